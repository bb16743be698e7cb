"""Of what one resolution decides in several parts, the part that a question is about."""

from dataclasses import replace

from answer.passages import Passage
from answer.question import Question
from answer.signs import share_of
from index.chunks import sentences
from index.words import stemmed
from ingest.decisions import RECORDS
from ingest.outcomes import outcome_of

#: What a part of a resolution that was decided as a whole may come to by itself.
_LESS = ("deferred", "recommended", "noted", "withdrawn")


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
    said = [holds(question, part) for part in parts]
    most = max(said)
    if not most or said.count(most) > 1:
        return passage
    outcome = outcome_of("agreed", parts[said.index(most)])
    return replace(passage, decision=replace(decision, outcome=outcome)) if outcome in _LESS else passage


def holds(question: Question, text: str) -> float:
    """The share of the question's words, each with its weight, that a text has."""
    return share_of(question.terms, frozenset(stemmed(text)))
