"""Which papers are not for everybody (Local Government Act 1972, Schedule 12A, Part 1); when in doubt, closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ingest.head import Head
from ingest.pages import Page

Classification = Literal["public", "exempt", "unsure"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a paper may be shown to everybody and, if not, to which groups.

    `why` may be told to whoever may see the paper; `reason` says more, and is for officers.
    """

    classification: Classification
    groups: tuple[str, ...]
    why: str
    reason: str

    def reaches(self, other: "Verdict") -> bool:
        """Whether everybody who may see a paper with this verdict may see one with the `other`."""
        if other.classification == "public":
            return True
        if self.classification == "public":
            return False
        return not self.groups or set(self.groups) <= set(other.groups)


_EXEMPT = re.compile(
    r"\bnot for publication\b|\bexempt (?:appendix|annex|report|paper|information|minutes?)\b"
    r"|\b(?:appendix|annex|report|paper|minutes?)[^.\n]{0,30}\bexempt\b"
    r"|\bby virtue of paragraphs? [\d, and]+ of (?:part \d of )?schedule 12a\b|\bexempt from (?:publication"
    r"|disclosure)\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"^(?:strictly |private and )?confidential\b|^restricted\b|^exempt\b|^part (?:2|ii)\b.{0,20}(?:private|closed"
    r"|exempt)",
    re.I,
)
_OPEN = re.compile(r"^(?:unrestricted|public|open|part 1|not exempt|no\b)", re.IGNORECASE)
_ABOUT = re.compile(
    r"^for publication\b|\bdo(?:es)? not (?:include|contain)\b|\bnot exempt\b|\bno exempt\b", re.IGNORECASE
)
# A public report names its exempt appendix at its head, and an agenda its items'.
_PART = re.compile(
    r"\b(?:appendix|annex)\b.{0,60}\b(?:is|are|exempt|not for publication)\b|\bexempt (?:appendix|annex)\b",
    re.IGNORECASE,
)
_LISTS = ("agenda", "minutes", "notice")
# The mark itself, however long the statute's words make it, and not a sentence that speaks of exemption.
_MARK = re.compile(
    r"^\W*(?:not for publication|exempt (?:minutes?|information|report|from)|exempt by virtue)\b", re.IGNORECASE
)
# What heads a closed part within a paper that is open: the mark by itself, or a heading that says exempt what.
_HEADS = re.compile(
    r"^\W*(?:NOT FOR PUBLICATION\b|(?:(?:strictly )?private (?:and|&) )?(?:exempt|confidential) "
    r"(?:minutes?|report|items?|paper|appendix|annex|session|business)\b(?!.*\b(?:were|was|be|that|is|are)\b)"
    r"|part (?:2|ii)\b.{0,12}\b(?:private|closed|exempt|confidential)\b"
    r"|(?:strictly |private (?:and|&) )?(?:confidential|exempt)\W*$)",
    re.IGNORECASE,
)
_STAMPED = re.compile(r"^\W*NOT FOR PUBLICATION\b")
_AT_HEAD = 4  # lines


def speaks_of_exempt(text: str) -> bool:
    """Whether a text says of something that it is not for publication."""
    return bool(_EXEMPT.search(text)) and not _ABOUT.search(text)


def closed_from(page: Page) -> str | None:
    """The mark by which a page within a paper is closed, whatever paper it is in; None for a page that has none.

    A heading counts at the top of the page, the mark in capitals anywhere: then the whole page is closed, though some
    of it were open.
    """
    lines = [line.text.strip() for line in page.lines]
    for number, line in enumerate(lines):
        pattern = _HEADS if number < _AT_HEAD and (len(line) <= 60 or _MARK.match(line)) else _STAMPED
        if pattern.match(line) and not _ABOUT.search(line):
            return line
    return None


def classification_of(pages: Sequence[Page], head: Head) -> tuple[Classification, str]:
    """Whether the paper may be shown to everybody, with the reason.

    Only its own head and running lines are asked: an agenda that lists an exempt item, and a minute that records the
    exclusion of the public, are themselves public.
    """
    said = head.fields.get("classification", "").strip()
    if _OPEN.match(said):
        return "public", f"classified {said[:60]}"
    top = [line.text.strip() for page in pages[:1] for line in (*page.furniture, *page.lines[:10])]
    running = [line.text.strip() for page in pages for line in page.furniture]
    strict = head.kind in _LISTS
    for line in top[:6] if strict else top:
        if (
            _EXEMPT.search(line)
            and not _ABOUT.search(line)
            and not (strict and len(line) > 60 and not _MARK.match(line))
        ):
            if (strict or head.kind == "report") and _PART.search(line):
                continue
            return "exempt", f"marked: {line[:100]}"
    for line in running:
        if _EXEMPT.search(line):
            return "exempt", f"marked on its pages: {line[:100]}"
    for line in (*top[:4], *running):
        if _CLOSED.match(line) and len(line) < 80:
            return "unsure", f"may be closed: {line[:100]}"
    return "public", "nothing marks it as closed"
