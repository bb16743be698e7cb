"""Which passages bear on the question, and how well; or that too little does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answer.passages import Passage
from answer.question import HOLDS, Question

#: How many kinds of answer a passage may be asked to hold.
_HELD = ("amount", "when", "who", "vote")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts. Learnt with benchmarks/bench_answers.py on some bodies and checked on the others."""

    text: float = 1.0
    context: float = 0.7
    likeness: float = 1.2
    chunk: float = 0.8
    holds: float = 0.12
    decided: float = 0.35
    asked_for: float = 0.05
    procedural: float = -0.4
    minutes_for_decision: float = 0.1
    report_for_figure: float = 0.0
    agenda: float = -0.25
    other: float = -0.05
    contents: float = -0.1
    in_time: float = 0.45
    out_of_time: float = -0.1
    committee: float = 0.15
    recent: float = 0.12
    short: float = -0.15
    row: float = 0.0
    #: Below this an answer is not given.
    least: float = 1.55
    least_coverage: float = 0.38


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage with how well it answers. `coverage` is the share of the question's weight that it or its trail holds."""

    passage: Passage
    score: float
    coverage: float
    in_text: float
    in_time: bool


def weigh(question: Question, passages: Sequence[Passage], weights: Weights = Weights()) -> list[Evidence]:
    """The passages as evidence, best first."""
    days = [passage.paper.meeting_date for passage in passages if passage.paper.meeting_date]
    latest, earliest = max(days, default=None), min(days, default=None)
    weighed = [_weighed(question, passage, weights, earliest, latest) for passage in passages]
    return sorted(weighed, key=lambda evidence: (-evidence.score, evidence.passage.paper.path, evidence.passage.first))


def _weighed(question: Question, passage: Passage, w: Weights, earliest: date | None, latest: date | None) -> Evidence:
    own, context = passage.stems(), passage.context()
    total = sum(term.weight for term in question.terms) or 1.0
    in_text = sum(term.weight for term in question.terms if _said(term.stem, term.also, own)) / total
    covered = sum(term.weight for term in question.terms if _said(term.stem, term.also, own | context)) / total
    paper, decision = passage.paper, passage.decision
    text = passage.text
    score = w.text * in_text + w.context * covered + w.likeness * passage.likeness + w.chunk * passage.score
    asked = [kind for kind in _HELD if kind in question.asks]
    if asked:
        score += w.holds * sum(1 if HOLDS[kind](text) else -1 for kind in asked)
    wants_decision = bool(question.asks & {"decision", "vote", "position"})
    if decision is not None:
        if decision.procedural:
            score += w.procedural
        elif wants_decision and paper.kind in ("minutes", "decision") and decision.outcome != "action":
            score += w.decided
        elif wants_decision:
            score += w.asked_for
    if paper.kind == "minutes" and wants_decision:
        score += w.minutes_for_decision
    if paper.kind in ("report", "appendix") and "amount" in question.asks and not wants_decision:
        score += w.report_for_figure
    if paper.kind in ("agenda", "notice"):
        score += w.agenda
    if paper.kind == "other":
        score += w.other
    if passage.head.kind == "row":
        score += w.row
    if len(text) < 40:
        score += w.short
    in_time = _in_time(question, passage)
    if question.times:
        score += w.in_time if in_time else w.out_of_time
    if question.committees:
        score += w.committee if paper.committee in question.committees else -w.committee
    if latest and earliest and latest > earliest and not question.times:
        day = paper.meeting_date or earliest
        score += w.recent * (day - earliest).days / (latest - earliest).days
    return Evidence(passage, score, covered, in_text, in_time)


def _said(stem: str, also: tuple[str, ...], stems: frozenset[str]) -> bool:
    return stem in stems or (bool(also) and all(other in stems for other in also))


def _in_time(question: Question, passage: Passage) -> bool:
    """Whether the paper's meeting is in a time asked about, or the passage itself names the year."""
    day = passage.paper.meeting_date
    for when in question.times:
        if when.fits(day):
            return True
        if when.year is not None and str(when.year) in passage.text and when.day is None:
            return True
    return False


def enough(question: Question, best: Evidence, weights: Weights = Weights()) -> bool:
    """Whether the best evidence is enough to answer from."""
    return best.score >= weights.least and best.coverage >= weights.least_coverage
