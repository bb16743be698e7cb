"""Of what one paragraph or one resolution decides in several parts, the part that a question is about."""

from dataclasses import replace

from answer.evidence import Evidence
from answer.passages import Passage
from answer.question import Question
from answer.signs import share_of
from index.chunks import sentences
from index.words import stemmed
from ingest.decisions import RECORDS
from ingest.outcomes import outcome_of

#: What a part of a resolution that was decided as a whole may come to by itself.
_LESS = ("deferred", "recommended", "noted", "withdrawn")


def own_first(question: Question, evidence: list[Evidence]) -> list[Evidence]:
    """Of several decisions in the first passage's paragraphs, first the one whose own words are asked about.

    They were found by the same words: those of the paragraph that they stand in.
    """
    if not evidence or evidence[0].passage.decision is None:
        return evidence
    first = evidence[0].passage
    beside = [evidence[0], *(each for each in evidence[1:] if _stands_with(each.passage, first))]
    said = [_holds(question, each.passage.text) for each in beside]
    best = max(range(len(beside)), key=lambda number: (said[number], -number))
    if said[best] <= said[0]:
        return evidence
    raised = replace(beside[best], score=evidence[0].score + 0.01)
    return [raised, *(each for each in evidence if each is not beside[best])]


def of_its_clause(question: Question, passage: Passage) -> Passage:
    """The passage, its decision come to what the clause asked about does, where that was put off, noted or asked for.

    "RESOLVED: (1) that the grants be paid; (2) that the toll be deferred" does not decide on the toll.
    """
    decision = passage.decision
    if decision is None or decision.outcome != "decided" or passage.paper.kind not in RECORDS:
        return passage
    parts = decision.clauses or tuple(decision.text[start:end] for start, end in sentences(decision.text))
    if len(parts) < 2:
        return passage
    said = [_holds(question, part) for part in parts]
    most = max(said)
    if not most or said.count(most) > 1:
        return passage
    outcome = outcome_of("agreed", parts[said.index(most)])
    return replace(passage, decision=replace(decision, outcome=outcome)) if outcome in _LESS else passage


def _stands_with(passage: Passage, other: Passage) -> bool:
    """Whether it is a decision of the same paragraphs, and not an action alone."""
    if passage.decision is None or passage.decision.outcome == "action" or passage.paper.id != other.paper.id:
        return False
    return passage.first <= other.last and other.first <= passage.last


def _holds(question: Question, text: str) -> float:
    return share_of(question.terms, frozenset(stemmed(text)))
