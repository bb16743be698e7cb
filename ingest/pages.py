"""A PDF's pages as lines of text with their places. Only this and ingest.text_layer import pypdf and pypdfium2."""

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pypdf
import pypdf.errors
import pypdfium2 as pdfium

from ingest.furniture import strip_furniture
from ingest.language import garbled_share
from ingest.lines import Cell, Line, lines_of
from ingest.ocr import ocr_available, read_scans
from ingest.text_layer import read_words
from minutebook.errors import UnreadablePaper

__all__ = ["Cell", "Document", "Line", "Page", "Source", "read_document"]

Source = Literal["text", "ocr", "unread"]
GARBLED = 0.15  # of a page's letters; more than this is read from the picture of the page instead
FEW_LETTERS = 25  # a page with fewer is a picture with a page number stamped on it, if there is a picture
INKED = 0.002  # of the page's area dark: a page with less is blank


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


def read_document(path: Path, *, ocr: bool = True, ocr_cache: Path | None = None) -> Document:
    """Reads the PDF at `path`; pages without a usable text layer by OCR, kept in `ocr_cache` if given.

    Raises UnreadablePaper naming the file and the reason.
    """
    data = _bytes_of(path)
    title, created, outline, labels = _described(path, data)
    try:
        pdf = pdfium.PdfDocument(data, password="")
        count = len(pdf)
    except pdfium.PdfiumError as error:
        raise UnreadablePaper(str(path), f"is damaged: {error}") from error
    pages: list[Page] = []
    try:
        for n in range(count):
            pages.append(_read_page(path, pdf, n))
        wanting = [page.number for page in pages if page.source == "unread"]
        if wanting and ocr and ocr_available():
            for number, scan in read_scans(pdf, wanting, ocr_cache).items():
                if scan.lines:
                    pages[number - 1] = replace(
                        pages[number - 1],
                        lines=scan.lines,
                        text="\n".join(line.text for line in scan.lines),
                        source="ocr",
                        confidence=scan.confidence,
                    )
    finally:
        pdf.close()
    stripped = strip_furniture([page.lines for page in pages], [page.height for page in pages])
    finished = tuple(
        replace(page, lines=tuple(body), furniture=tuple(furniture), printed_number=number or labels.get(page.number))
        for page, (body, furniture, number) in zip(pages, stripped, strict=True)
    )
    return Document(hashlib.sha256(data).hexdigest(), finished, title, created, outline)


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadablePaper(str(path), f"cannot be opened: {error.strerror}") from error
    if not data.strip():
        raise UnreadablePaper(str(path), "is empty")
    # Readers accept junk before the header within the first 1024 bytes (ISO 32000-1, annex H, note 13).
    if b"%PDF-" not in data[:1024]:
        start = data[:1024].lstrip().lower()
        what = "an HTML page" if start.startswith((b"<!doctype html", b"<html")) else repr(data[:12].decode("latin-1"))
        raise UnreadablePaper(str(path), f"is not a PDF: it begins with {what}")
    return data


def _described(path: Path, data: bytes) -> tuple[str | None, str | None, tuple[tuple[str, int], ...], dict[int, str]]:
    """Title, creation date, outline and page labels. pypdf's view of the document; nothing of it is needed."""
    from io import BytesIO

    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadablePaper(str(path), "needs a password")
        facts = reader.metadata
        title = str(facts.title).strip() if facts and facts.title else None
        created = facts.creation_date.isoformat() if facts and facts.creation_date else None
        labels = (
            {n: label for n, label in enumerate(reader.page_labels, 1)} if "/PageLabels" in reader.root_object else {}
        )
        return title or None, created, tuple(_flat(reader, reader.outline)), labels
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, None, (), {}


def _flat(reader: pypdf.PdfReader, outline: list) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for entry in outline:
        if isinstance(entry, list):
            found += _flat(reader, entry)
            continue
        page = reader.get_destination_page_number(entry)
        if entry.title and page is not None and page >= 0:
            found.append((re.sub(r"\s+", " ", str(entry.title)).strip(), page + 1))
    return found


def _read_page(path: Path, pdf: pdfium.PdfDocument, n: int) -> Page:
    """Page `n` (from 0) by its text layer; source "unread" where that is missing or is not language."""
    try:
        page = pdf[n]
    except pdfium.PdfiumError as error:
        raise UnreadablePaper(str(path), f"is damaged: page {n + 1}: {error}") from error
    try:
        width, height = page.get_size()
        text, words = read_words(page)
        lines = tuple(lines_of(words))
        if sum(char.isalpha() for char in text) < FEW_LETTERS:
            usable = not _has_picture(page)
        else:
            usable = garbled_share([line.text for line in lines]) <= GARBLED
    finally:
        page.close()
    if not usable:
        return Page(n + 1, None, width, height, (), (), "", "unread")
    return Page(n + 1, None, width, height, lines, (), text, "text")


def _has_picture(page: pdfium.PdfPage) -> bool:
    """Whether pictures or drawings cover a good part of the page: then so little text is not all it says."""
    picture = page.render(scale=0.5, grayscale=True).to_numpy()
    return bool((picture < 200).mean() > INKED)
