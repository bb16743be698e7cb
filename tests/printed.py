"""Pages as the reader gives them, made from plain text: a line a string, cells parted by " | "."""

import re
from collections.abc import Sequence

from ingest.decisions import Decision, decisions_of
from ingest.head import Kind
from ingest.lines import Cell, Line
from ingest.pages import Document, Page
from ingest.structure import Paragraph, paragraphs_of

LEFT = 72.0
COLUMN = 130.0  # points between the starts of a row's cells
LETTER = 4.6  # points a letter takes


def line(text: str, top: float, *, x0: float = LEFT, size: float = 11.0, bold: bool = False) -> Line:
    """One printed line; "a | b | c" is a row, its cells `COLUMN` points apart."""
    cells = []
    for number, part in enumerate(re.split(r"\s*\|\s*", text)):
        left = x0 + number * COLUMN
        cells.append(Cell(part, left, left + LETTER * len(part)))
    cells = [cell for cell in cells if cell.text]
    joined = " ".join(cell.text for cell in cells)
    return Line(joined, cells[0].x0, top, cells[-1].x1, top + size, size, bold, tuple(cells))


def page(text: str, number: int = 1, *, words: str | None = None, furniture: Sequence[str] = ()) -> Page:
    """A page of lines 14 points apart; a blank line is a gap, "# " begins a bold one, spaces before indent it.

    `words` is the page's text in its own order, where that is not line by line.
    """
    lines = []
    top = 72.0
    for printed in text.strip("\n").split("\n"):
        bare = printed.strip()
        if bare:
            indent = 5.0 * (len(printed) - len(printed.lstrip()))
            lines.append(line(bare.removeprefix("#").strip(), top, x0=LEFT + indent, bold=bare.startswith("#")))
        top += 14.0
    running = tuple(line(each, 20.0, size=9.0) for each in furniture)
    whole = "\n".join(each.text for each in (*running, *lines)) if words is None else words
    return Page(number, str(number), 595.0, 842.0, tuple(lines), running, whole, "text")


def document(*pages: Page, outline: tuple[tuple[str, int], ...] = ()) -> Document:
    return Document("0" * 64, pages, None, None, outline)


def paragraphs(*pages: Page, minutes: bool = True) -> list[Paragraph]:
    return paragraphs_of(pages, minutes=minutes)


def decided(text: str, kind: Kind = "minutes") -> list[Decision]:
    """The decisions of a one-page paper."""
    return decisions_of(paragraphs(page(text)), kind)


def told(text: str) -> list[Decision]:
    """The decisions of one-page minutes, less the actions."""
    return [each for each in decided(text) if each.outcome != "action"]
