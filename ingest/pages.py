"""A PDF's pages as lines of text with their places. The only importer of pypdf and pypdfium2."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Source = Literal["text", "ocr", "unread"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A run of text with a clear gap on either side: a column's part of a line. Points."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Points from the page's top left corner, as the page is shown."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF.

    `lines` are in reading order without running headers and footers (those are in `furniture`).
    `text` is everything on the page as read, header and footer too: what a quote is checked against.
    """

    number: int
    printed_number: str | None
    width: float
    height: float
    lines: tuple[Line, ...]
    furniture: tuple[Line, ...]
    text: str
    source: Source
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole PDF as read; `sha256` is of the file's bytes, `unread` the pages nobody could read."""

    sha256: str
    pages: tuple[Page, ...]
    title: str | None
    created: str | None
    outline: tuple[tuple[str, int], ...] = ()


def read_document(path: Path, *, ocr: bool = True) -> Document:
    """Reads the PDF at `path`. Raises UnreadablePaper naming the file and the reason."""
    raise NotImplementedError
