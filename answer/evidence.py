"""Which passages bear on the question, and how well; or that too little does."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from answer.passages import Passage
from answer.question import Question
from answer.signs import SIGNS, signs_of, wants_decision
from answer.weights import ENOUGH, WEIGHTS


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with how well it answers, and the signs that say so."""

    passage: Passage
    score: float
    signs: tuple[float, ...]

    def sign(self, name: str) -> float:
        """One sign by its name."""
        return self.signs[SIGNS.index(name)]


def weigh(question: Question, passages: Sequence[Passage], weights: Mapping[str, float] = WEIGHTS) -> list[Evidence]:
    """The passages as evidence, best first."""
    days = [passage.paper.meeting_date for passage in passages if passage.paper.meeting_date]
    earliest, latest = min(days, default=None), max(days, default=None)
    row = [weights.get(name, 0.0) for name in SIGNS]
    weighed = []
    for passage in passages:
        signs = signs_of(question, passage, earliest, latest)
        score = sum(weight * sign for weight, sign in zip(row, signs, strict=True))
        weighed.append(Evidence(passage, score, signs))
    return sorted(weighed, key=lambda each: (-each.score, each.passage.paper.path, each.passage.first))


#: How much of a request's words must stand again in a resolution for it to be the one that decided it.
SAME_MATTER = 0.5
#: How far behind the request the resolution may have come.
BEHIND = 3.0


#: A passage that covers less than this of the question, and is no more than this like it, is about something else.
LEAST_COVERED, LEAST_ALIKE = 0.3, 0.5


def decided_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Puts before a report's recommendation the resolution that decided it, where one of the same matter is held."""
    if not evidence or not wants_decision(question):
        return evidence
    first = evidence[0]
    if first.passage.decision is None or first.passage.paper.kind in ("minutes", "decision"):
        return evidence
    for each in evidence[1:30]:
        if first.score - each.score > BEHIND:
            break
        decision = each.passage.decision
        if decision is None or each.passage.paper.kind not in ("minutes", "decision") or decision.outcome == "action":
            continue
        if _shared(first.passage, each.passage) >= SAME_MATTER and _not_before(each.passage, first.passage):
            raised = replace(each, score=first.score + 0.01)
            return [raised, *(other for other in evidence if other is not each)]
    return evidence


def asked_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Where a decision is asked for and only a report's prose comes first, that report's recommendation before it."""
    if not evidence or "decision" not in question.asks:
        return evidence
    first = evidence[0]
    if first.passage.decision is not None or first.passage.paper.kind not in ("report", "appendix", "supplement"):
        return evidence
    for each in evidence[1:40]:
        request = each.passage.decision
        if request is not None and request.outcome == "recommended" and each.passage.paper.id == first.passage.paper.id:
            raised = replace(each, score=first.score + 0.01)
            return [raised, *(other for other in evidence if other is not each)]
    return evidence


#: How alike a scanned passage and one with a text layer must be, and how near, for the scan to stand behind it.
SAME_WORDS, NEAR = 0.8, 4.0


def printed_first(evidence: list[Evidence]) -> list[Evidence]:
    """Puts before a scanned first passage the same words where a paper with a text layer has them: those are exact."""
    if not evidence or not evidence[0].passage.scanned:
        return evidence
    first = evidence[0]
    for each in evidence[1:40]:
        if first.score - each.score > NEAR:
            break
        if not each.passage.scanned and _shared(first.passage, each.passage) >= SAME_WORDS:
            raised = replace(each, score=first.score + 0.01)
            return [raised, *(other for other in evidence if other is not each)]
    return evidence


def in_order(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """The evidence as it is told: what was decided before what was asked for, and print before scans of the same."""
    return printed_first(decided_first(question, asked_first(question, evidence)))


def _shared(one: Passage, other: Passage) -> float:
    mine, theirs = one.stems(), other.stems()
    return len(mine & theirs) / (min(len(mine), len(theirs)) or 1)


def _not_before(one: Passage, other: Passage) -> bool:
    """Whether the first passage's meeting was not before the other's."""
    days = one.paper.meeting_date, other.paper.meeting_date
    return days[0] is None or days[1] is None or days[0] >= days[1]


def sureness(question: Question, evidence: Sequence[Evidence], weights: Mapping[str, float] = ENOUGH) -> float:
    """How likely it is, 0 to 1, that the best passage answers the question at all."""
    if not evidence:
        return 0.0
    best = evidence[0]
    if best.sign("context") < LEAST_COVERED and best.passage.likeness < LEAST_ALIKE:
        return 0.0
    told = facts_of(question, evidence)
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in told.items())))


def facts_of(question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the decision to answer or not is made on: the best passage's signs, and the question's own."""
    best = evidence[0]
    known = [term for term in question.terms if term.known]
    rivals = evidence[4:14]
    decision = float("decision" in question.asks)
    return {
        "one": 1.0,
        **{name: best.sign(name) for name in ("text", "context", "focus", "rarest", "likeness", "chunk", "lacks")},
        "score": best.score / 8,
        "lead": (best.score - sum(each.score for each in rivals) / len(rivals)) / 4 if rivals else 0.5,
        "best_likeness": max(each.passage.likeness for each in evidence),
        "unknown": 1.0 - len(known) / len(question.terms) if question.terms else 1.0,
        "few_terms": 1.0 / (1 + len(question.terms)),
        "decision": decision,
        "decision_uncovered": decision * (1.0 - best.sign("context")),
        "decision_unlike": decision * (1.0 - best.passage.likeness),
        "out_of_time": best.sign("out_of_time"),
        "elsewhen": max(best.sign("out_of_time"), best.sign("other_year")),
        "elsewhere": float(question.elsewhere),
        "resolved": best.sign("decided"),
        "agenda": best.sign("agenda"),
    }
