"""What stands after the words that decide: the vote that was taken, or the decision in words of its own."""

import re
from collections.abc import Sequence

from ingest.amendments import on_amendment, speaks_of_motion
from ingest.clauses import LEADS_BARELY, clauses_end
from ingest.moved import NEAR
from ingest.structure import Paragraph
from ingest.verdicts import verdict_in

_LABEL = re.compile(
    r"^\W*(?:\d[\d.]*\s+)?(?:(?:the )?(?:decision|resolution)\W*"
    r"|(?:.{0,40}\b)?(?:(?:RESOLVED|AGREED|DECISION)\b|Resolved(?=\s?[–:-])))"
)


def is_worded_next(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a paragraph that only says how a vote went leads to the decision in its own words, in the next one."""
    text = paragraphs[position].text
    if position + 1 == len(paragraphs) or not (verdict_in(text) or text.endswith(":")):
        return False
    here, after = paragraphs[position], paragraphs[position + 1]
    if after.kind == "heading" and re.fullmatch(r"\W*(?:DECISION|Decision)\W*", after.text):
        return True
    same = (after.item, after.number) == (here.item, here.number) and after.kind == "text"
    return same and _LABEL.match(after.text) is not None


_VOTE_AFTER = re.compile(
    r"^\W*(?:\d[\d.]*\s+)?(?:proposed|moved|proposer|seconded|carried|unanimous|all in favour|approval\b.{0,12}proposed"
    r"|(?:agreed|resolved|approved|passed) (?:unanimously|nem\b|by \d)|motion (?:carried|passed)"
    r"|adopted (?:unanimously|by (?:majority|all))|voting\b|ayes\b|yeas\b"
    r"|(?:the )?vote\b|votes? (?:for|cast)"
    r"|(?:for|in favou?r)(?: the (?:motion|amendment))?\s*:?\s*\(?\d|on a (?:show|vote)"
    r"|(?:the|this) (?:motion|amendment|proposal) (?:was|being)?.{0,40}(?:carried|lost|put))",
    re.IGNORECASE,
)
# "Moved by A, seconded by B, to seek sealed bids": words of its own, not the vote on those before.
_MOVES_ANOTHER = re.compile(
    r"^\W*(?i:moved|proposed)(?i: by)?\W{1,3}[^.]{3,90}?,? (?:to (?!the )[a-z]+|that [a-z]+) \w+", re.DOTALL
)
#: Characters of a paragraph that only tells a vote.
LONGEST = 240


def vote_after(paragraphs: Sequence[Paragraph], position: int, last: int, said: str) -> str:
    """The paragraph right after `last` if it tells how the vote on what was `said` at `position` went; else ""."""
    if last + 1 == len(paragraphs):
        return ""
    here, after = paragraphs[position], paragraphs[last + 1]
    if after.kind != "text" or after.item != here.item or _leads_on(paragraphs, last + 1):
        return ""
    if (on_amendment(said) and speaks_of_motion(after.text)) or _MOVES_ANOTHER.match(after.text):
        return ""
    return after.text if len(after.text) < LONGEST and _VOTE_AFTER.match(after.text) else ""


_NAMES_MOVERS = re.compile(r"\W*(?:proposed|moved|seconded)\b", re.IGNORECASE)


def _leads_on(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a paragraph leads into another resolution: "Resolved unanimously:", or movers before "And resolved:"."""
    if clauses_end(paragraphs, position) > position:
        return True
    below = paragraphs[position + 1 : position + 1 + NEAR]
    if paragraphs[position].text.endswith(" and"):
        return True
    named = _NAMES_MOVERS.match(paragraphs[position].text) is not None
    return named and any(LEADS_BARELY.fullmatch(each.text) for each in below if each.item == paragraphs[position].item)
