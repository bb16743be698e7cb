"""What a PDF says of itself: title, date, outline and page labels, by pypdf. Nothing here is needed to read it."""

import logging
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from ingest.lines import clean_glyphs

# What pypdf is known to raise on a damaged file. Its facts are then left out; pdfium reads the pages all the same.
DAMAGE = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
          NotImplementedError, AssertionError, struct.error, zlib.error)  # fmt: skip
# pypdf tells its log of every fault it mends; what matters to the reader is said by UnreadablePaper.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)
DEEPEST = 12  # levels of outline


@dataclass(frozen=True, slots=True)
class Facts:
    """`created` is an ISO date and time; `outline` holds (title, page from 1); `labels` the page labels by page."""

    title: str | None = None
    created: str | None = None
    outline: tuple[tuple[str, int], ...] = ()
    labels: dict[int, str] = field(default_factory=dict)


def facts_of(data: bytes) -> Facts:
    """The facts of the PDF in `data`; those that cannot be read are left empty."""
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        about = reader.metadata
        title = _words(about.title) if about else ""
        made = about.creation_date if about else None
    except DAMAGE:
        return Facts()
    try:
        outline = tuple(_entries(reader, reader.outline))
    except DAMAGE:
        outline = ()
    try:
        labels = (
            {n: _number(label) for n, label in enumerate(reader.page_labels, 1)}
            if "/PageLabels" in reader.root_object
            else {}
        )
    except DAMAGE:
        labels = {}
    return Facts(title or None, made.isoformat() if made else None, outline, labels)


def _entries(reader: pypdf.PdfReader, outline: list[Any], depth: int = 0) -> Iterator[tuple[str, int]]:
    for entry in outline:
        if isinstance(entry, list):
            if depth < DEEPEST:
                yield from _entries(reader, entry, depth + 1)
            continue
        page = reader.get_destination_page_number(entry)
        if page is not None and page >= 0 and _words(entry.title):
            yield _words(entry.title), page + 1


def _number(label: str) -> str:
    """A page label as people say it: some writers put the word "Page" into it."""
    return re.sub(r"(?i)^\s*page\s+", "", label)


def _words(value: object) -> str:
    """A title without what cannot be seen and what turns words about."""
    return re.sub(r"\s+", " ", clean_glyphs(str(value))).strip() if value else ""
