"""Pages as items and numbered paragraphs, each with its place on each page."""

from dataclasses import dataclass
from typing import Literal

ParagraphKind = Literal["text", "heading", "bullet", "row", "contents"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a paragraph's text stand on this page of the PDF."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, bullet, heading or table row.

    `text` is the words as printed with line ends joined; `spans` tile it, one a page.
    `headings` is the trail above it, outermost first; `item` the agenda item or minute it is in ("11 Council Tax …").
    `label` is, for a table row, its column heads and caption: context to find it by, never quoted.
    """

    number: str | None
    kind: ParagraphKind
    text: str
    spans: tuple[Span, ...]
    item: str | None
    headings: tuple[str, ...]
    label: str = ""
