"""Which passages bear on the question, and how well; or that too little does."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from answer.fits import CHIEF_KINDS
from answer.lead import how_of
from answer.passages import Passage
from answer.question import Question
from answer.shelf import Shelf
from answer.signs import SIGNS, signs_of
from answer.weights import ENOUGH, LEAST_DECIDED, WEIGHTS
from ingest.dates import dates_in
from ingest.decisions import Decision


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with how well it answers, and the signs that say so."""

    passage: Passage
    score: float
    signs: tuple[float, ...]

    def sign(self, name: str) -> float:
        """One sign by its name."""
        return self.signs[SIGNS.index(name)]

    @property
    def elsewhen(self) -> bool:
        """Whether a time is asked about and the passage is of another meeting, year or quarter."""
        return bool(self.sign("out_of_time") or self.sign("other_year"))

    def led_by(self, shelf: Shelf, decision: Decision) -> "Evidence":
        """A decision as the evidence that comes right before this, found by what found this."""
        its = replace(self.passage, shelf=shelf, first=decision.first, last=decision.last, decision=decision)
        return replace(self, passage=its, score=self.score + 0.01)


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


#: A passage that covers less than this of the question, and is no more than this like it, is about something else.
LEAST_COVERED, LEAST_ALIKE = 0.2, 0.5


def sureness(question: Question, evidence: Sequence[Evidence], weights: Mapping[str, float] = ENOUGH) -> float:
    """How likely it is, 0 to 1, that the best passage answers the question at all."""
    if not evidence:
        return 0.0
    best = evidence[0]
    if best.sign("context") < LEAST_COVERED and best.passage.likeness < LEAST_ALIKE:
        return 0.0
    told = facts_of(question, evidence)
    return 1 / (1 + math.exp(-sum(weights.get(name, 0.0) * value for name, value in told.items())))


#: A decision that lacks the question's most telling word must be this like it all the same, or match it this well.
ALIKE_WITHOUT_IT, OTHERWISE_SAID = 0.45, 0.62


def surely_decided(question: Question, best: Evidence, sure: float) -> bool:
    """Whether a decision may be told as what was decided: a wrong one is the worst that can be told.

    Not one of another meeting than the one asked about, nor one without the sum, the name or the day asked for, nor a
    routine one that only stands in the item, nor one that lacks the word that tells most and much else.
    """
    if sure < LEAST_DECIDED or _of_another_meeting(question, best):
        return False
    if question.fit.kinds and not question.fit.share(f"{best.passage.text}{how_of(best.passage)}"):
        return False
    if best.sign("procedural") and best.sign("text") < OF_ITSELF:
        return False
    if best.sign("rarest") >= HARDLY_THERE:
        return True
    return (best.sign("text") > 0 and best.passage.likeness >= ALIKE_WITHOUT_IT) or best.passage.match >= OTHERWISE_SAID


def _of_another_meeting(question: Question, best: Evidence) -> bool:
    """Whether a meeting is asked about, by its day, or its month and year, and this is of another."""
    if question.of_meeting or any(when.day for when in question.times):
        # "Were the minutes of 28 November accepted?" they were, at the next meeting.
        days = [found.date for found in dates_in(best.passage.text)]
        named = any(when.day and when.fits(day) for day in days for when in question.times)
        return bool(question.times) and not best.sign("in_time") and not named
    return best.elsewhen and any(when.year and when.month for when in question.times)


#: How much of the question a routine resolution must hold in its own words.
OF_ITSELF = 0.5
#: Less than this of the most telling word's weight is there where the word itself is not.
HARDLY_THERE = 0.15


def facts_of(question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
    """What the decision to answer or not is made on: the best passage's signs, and the question's own."""
    best = evidence[0]
    rivals = evidence[4:14]
    chiefly = question.fit.chiefly
    return {
        **{f"asks_{kind}": float(kind == chiefly) for kind in CHIEF_KINDS},
        **{f"unfit_{kind}": best.sign("unfit") * (kind == chiefly) for kind in CHIEF_KINDS},
        "one": 1.0,
        "yes_no": float("yes_no" in question.asks),
        "terms": min(1.0, len(question.terms) / 10),
        "lead": (best.score - sum(each.score for each in rivals) / len(rivals)) / 4 if rivals else 0.5,
        "best_likeness": max(each.passage.likeness for each in evidence),
        "out_of_time": best.sign("out_of_time"),
        "elsewhen": float(best.elsewhen),
        "elsewhere": float(question.elsewhere),
        "agenda": best.sign("agenda"),
    }
