"""Resolutions that have a number of their own, as North American minutes print them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.outcomes import Outcome, outcome_of
from ingest.structure import Paragraph
from ingest.votes import LOST


@dataclass(frozen=True, slots=True)
class NumberedResolution:
    """Paragraphs `first` to `last`; its words begin at `moves`, after its number, movers and recitals.

    `verdict` is what is said of the vote at its end ("carried"), or None.
    """

    first: int
    moves: int
    last: int
    verdict: str | None
    outcome: Outcome


_NUMBER = re.compile(r"(?:Resolution|No\.?|#|[A-Z]{0,3}-?(?:19|20)\d\d[-/]\d)", re.IGNORECASE)
_MOVES = re.compile(r"^(?:(?:NOW,? )?THEREFORE\b|BE IT\b|THAT\b|That\b|Now,? therefore\b)")
_WHEREAS = re.compile(r"^(?:AND )?WHEREAS\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:not carried|carried|lost|defeated|withdrawn|deferred|tabled)\b(?: as amended| unanimously)?\W*$"
    r"|^(?:carried|defeated|lost)\b|\bpassed this \d{1,2}\s?(?:st|nd|rd|th)? day of [\w ,]+\W*$",
    re.IGNORECASE,
)


def _is_numbered(paragraph: Paragraph) -> bool:
    number = paragraph.number
    return bool(number and _NUMBER.match(number) and paragraph.text.startswith(number))


def _verdict(text: str) -> str | None:
    match = _VERDICT.search(text[-60:] if len(text) > 60 else text)
    if match is None:
        return None
    return "passed" if match[0].lower().startswith("passed") else match[0].strip(" .*:").lower()


def numbered_resolution(paragraphs: Sequence[Paragraph], first: int) -> NumberedResolution | None:
    """The resolution whose number the paragraph begins with, to the words that say how the vote went."""
    if not _is_numbered(paragraphs[first]):
        return None
    last = _block_end(paragraphs, first)
    texts = [paragraphs[position].text for position in range(first, last + 1)]
    whole = " ".join(texts)
    verdict = _verdict(whole)
    if verdict is None and not re.search(r"\b(?:resolved|that)\b", whole, re.IGNORECASE):
        return None
    start = next((n for n, text in enumerate(texts) if _MOVES.match(text)), None)
    if start is None:
        start = next((n for n, text in enumerate(texts) if n and not _WHEREAS.match(text)), 0)
    return NumberedResolution(first, first + start, last, verdict, _outcome_by(verdict, " ".join(texts[start:])))


def _outcome_by(verdict: str | None, text: str) -> Outcome:
    if verdict is None:
        return "proposed"
    if LOST.search(verdict):
        return "lost"
    if "withdrawn" in verdict:
        return "withdrawn"
    if verdict.startswith(("deferred", "tabled")):
        return "deferred"
    outcome = outcome_of("carried", _MOVES.sub("", text))
    return outcome if outcome in ("decided", "noted", "deferred") else "decided"


def _block_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last paragraph of a numbered resolution: before the next number, or the one that says how the vote went."""
    last = first
    for position in range(first, len(paragraphs)):
        if position > first and (_is_numbered(paragraphs[position]) or paragraphs[position].kind == "heading"):
            break
        last = position
        if _verdict(paragraphs[position].text):
            # A by-law "passed this 4th day of May" may be said to be carried on a line of its own.
            after = paragraphs[position + 1].text if position + 1 < len(paragraphs) else ""
            return position + 1 if len(after) < 30 and _verdict(after) else position
    return last
