"""The signs by which a passage is weighed against a question, each a number of about 0 to 1."""

import re
from datetime import date

from answer.asks import HOLDS, Asks, held_kinds
from answer.passages import Passage
from answer.question import Question, Term
from answer.times import names_period
from index.words import normalise
from ingest.decisions import RECORDS

#: Each sign by name, in the order `signs_of` gives them.
SIGNS = (
    "text", "context", "focus", "rarest", "likeness", "chunk", "holds", "lacks", "decided", "inherited", "requested",
    "procedural", "action", "told", "agenda", "other_kind", "report_for_decision", "row_for_figure", "row", "in_time",
    "named_time", "out_of_time", "year", "other_year", "committee", "other_committee", "recent", "short", "title",
    "figures", "scanned", "fits", "unfit", "resolved_text", "resolved_unsaid", "match",
)  # fmt: skip
_SHORT = 40


def signs_of(question: Question, passage: Passage, earliest: date | None, latest: date | None) -> tuple[float, ...]:
    """The signs of one passage; `earliest` and `latest` are the meetings between which the passages lie."""
    own = passage.stems()
    around = own | passage.context()
    total = sum(term.weight for term in question.terms) or 1.0
    in_text, covered = _share(question.terms, own, total), _share(question.terms, around, total)
    paper, decision = passage.paper, passage.decision
    decides = paper.kind in RECORDS
    wants = wants_decision(question)
    text = passage.text
    asked = held_kinds(question.asks)
    figure = "amount" in question.asks
    is_row = passage.head.kind == "row"
    held = sum(_holds(kind, passage, text) for kind in asked) / len(asked) if asked else 0.0
    resolved = decision is not None and decides and not decision.procedural and decision.outcome != "action"
    meets = any(when.fits(paper.meeting_date) for when in question.times)
    named = not meets and any(when.named_in(passage.times_said) for when in question.times)
    of_period = bool(question.periods) and _names_periods(question, passage)
    shares = [_share(question.terms, stems, total) for stems in passage.sentence_stems()]
    focus = max(shares, default=0.0)
    fits = _fits(question, passage, shares, covered) if asked else 0.0
    return (
        in_text,
        covered,
        focus,
        _rarest(question.terms, around),
        passage.likeness,
        passage.score,
        held if asked else 0.0,
        1.0 - held if asked else 0.0,
        float(resolved and wants),
        covered - in_text if resolved else 0.0,
        float(decision is not None and not decides and wants),
        float(decision is not None and decision.procedural),
        float(decision is not None and decision.outcome == "action" and wants),
        float(decision is None and decides and wants),
        float(paper.kind in ("agenda", "notice")),
        float(paper.kind == "other"),
        float(paper.kind in ("report", "appendix") and wants),
        float(is_row and figure),
        float(is_row),
        float(meets),
        float(named),
        float(bool(question.times) and not meets and not named),
        float(bool(question.periods) and of_period),
        float(bool(question.periods) and not of_period),
        float(bool(question.committees) and paper.committee in question.committees),
        float(bool(question.committees) and paper.committee not in question.committees),
        _recency(paper.meeting_date, earliest, latest) if not question.times else 0.0,
        float(len(text) < _SHORT),
        _share(question.terms, passage.context(), total),
        float(bool(question.figures) and any(figure in text for figure in question.figures)),
        float(passage.scanned),
        fits,
        (1.0 - fits) if asked else 0.0,
        focus if resolved else 0.0,
        float(resolved and wants) * (1.0 - in_text),
        passage.match,
    )


_CURRENCY = re.compile(r"[£$€]")


def _holds(kind: Asks, passage: Passage, text: str) -> bool:
    """Whether what is asked for is there; the currency of a table's sums may stand in the head of their column."""
    if kind == "money" and passage.head.kind == "row" and _CURRENCY.search(passage.head.label):
        kind = "amount"
    return HOLDS[kind](text)


def _fits(question: Question, passage: Passage, shares: list[float], covered: float) -> float:
    """How well the passage's best sentence both bears on the question and holds what is asked for, 0 to 1."""
    if passage.head.kind == "row":
        return covered * question.fit.share(passage.text, row=True)
    best = 0.0
    for share, sentence in zip(shares, passage.sentences(), strict=False):
        # What a list or a minute is about is said once, over it.
        bears = max(share, 0.6 * covered)
        if bears > best:
            best = max(best, bears * question.fit.share(sentence))
    return best


def wants_decision(question: Question) -> bool:
    """Whether the question may be asking for a decision: in words, or by a yes or no."""
    return bool(question.asks & {"decision", "vote", "position", "yes_no"})


def _said(term: Term, stems: frozenset[str]) -> bool:
    return term.stem in stems or (bool(term.also) and all(other in stems for other in term.also))


def share_of(terms: tuple[Term, ...], stems: frozenset[str]) -> float:
    """The part of a question's words, by what they tell, that are among these stems, 0 to 1."""
    return _share(terms, stems, sum(term.weight for term in terms) or 1.0)


def _share(terms: tuple[Term, ...], stems: frozenset[str], total: float) -> float:
    return sum(term.weight for term in terms if _said(term, stems)) / total


def _rarest(terms: tuple[Term, ...], stems: frozenset[str]) -> float:
    """1 where the question's most telling word is there; less by how much the most telling missing one tells."""
    most = max((term.weight for term in terms), default=0.0)
    missing = max((term.weight for term in terms if not _said(term, stems)), default=0.0)
    return 1.0 - missing / most if most else 0.0


def _names_periods(question: Question, passage: Passage) -> bool:
    """Whether the passage, or what stands over it, names every year and quarter asked about, or its meeting is then."""
    head = passage.head
    said = normalise(
        " ".join(
            [passage.text, head.label, head.item or "", *head.headings, passage.paper.title, passage.shelf.path_words]
        )
    )
    day = passage.paper.meeting_date
    return all(
        names_period(said, period) or (len(period) == 4 and day is not None and str(day.year) == period)
        for period in question.periods
    )


def _recency(day: date | None, earliest: date | None, latest: date | None) -> float:
    if day is None or earliest is None or latest is None or latest <= earliest:
        return 0.0
    return (day - earliest).days / (latest - earliest).days
