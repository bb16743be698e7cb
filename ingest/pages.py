"""A PDF's pages as lines of text with their places. Only this and ingest.text_layer import pypdf and pypdfium2."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.columns import reading_order
from ingest.furniture import strip_furniture
from ingest.language import garbled_share, lying_fonts
from ingest.lines import Cell, Line, Word, lines_of
from ingest.mend import mend
from ingest.ocr import LONGEST, Picture, Scan, ocr_available, read_scans
from ingest.text_facts import facts_of
from ingest.text_layer import TooMuchText, read_text_layer
from ingest.text_picture import has_ink, is_picture, picture_of, read_rules
from ingest.text_struck import struck_words
from minutebook.errors import UnreadablePaper

__all__ = ["Cell", "Document", "Line", "Page", "Source", "read_document"]

Source = Literal["text", "ocr", "unread"]
GARBLED = 0.3  # of a page's letters; with more, its whole text layer is put aside for its picture
FEW_LETTERS = 25  # a page with fewer is a picture with a page number stamped on it, if there is a picture
SOME_LETTERS = 150  # a page with fewer, mostly under one picture, may say more than its text layer
FEW_BROKEN = 4  # characters on a page; with fewer (a signature line's dots) no picture is read for them
FEW_SEEN = 3  # words; a picture with no more adds nothing
MOSTLY_LOST = 0.1  # of a page's letters, surely read; with less it counts as unread
LEGIBLE = 0.45  # confidence; below it what was read is not worth keeping
MOST_CHARACTERS = 20_000_000  # in a file; a pack of 500 pages has two million
FONT_SAMPLE = 20_000  # characters of each font that are judged
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF.

    `lines` are in reading order without running headers and footers (those are in `furniture`).
    `text` is everything on the page as read, header and footer too: what a quote is checked against.
    Letters and figures of a line's text stand in `text` in the same order, whatever the spaces between.
    `struck` says that words of it are struck out: they stand in `text`, which is what is printed, and in no line.
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
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole PDF as read; `sha256` is of the file's bytes, `created` an ISO date and time, `outline` (title, page)."""

    sha256: str
    pages: tuple[Page, ...]
    title: str | None
    created: str | None
    outline: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page as its text layer gives it; `fonts` says how many characters are written in each.

    `wanting` is what has to come from its picture: nothing, some words, most of the page, or all of it. `keeps` is
    whether the text layer is worth keeping where the picture cannot be read.
    """

    page: Page
    fonts: dict[str, int] = field(default_factory=dict)
    wanting: Literal["", "some", "most", "all"] = ""
    keeps: bool = True


def read_document(
    path: Path,
    *,
    ocr: bool = True,
    ocr_cache: Path | None = None,
    ocr_jobs: int = 2,
    max_pages: int | None = None,
    progress: Progress | None = None,
) -> Document:
    """Reads the PDF at `path`; pages without a usable text layer by OCR, what that read being kept in `ocr_cache`.

    `ocr_jobs` pages are read by OCR side by side. `progress(done, to_do)` is called after each page read, `to_do`
    growing by the pages found to need OCR. Raises UnreadablePaper naming the file and the reason.
    """
    data = _bytes_of(path)
    pdf = _opened(path, data)
    try:
        if max_pages is not None and len(pdf) > max_pages:
            raise UnreadablePaper(str(path), f"has {len(pdf)} pages, and at most {max_pages} are read")
        tell = progress or (lambda done, to_do: None)
        drafts, lying = _read_text_layers(path, pdf, tell)
        if (characters := sum(len(draft.page.text) for draft in drafts)) > MOST_CHARACTERS:
            raise UnreadablePaper(str(path), f"has {characters} characters, and at most {MOST_CHARACTERS} are read")
        pages = {draft.page.number: _without_picture(draft) for draft in drafts}
        if ocr and ocr_available():
            wanting = {draft.page.number: draft for draft in drafts if draft.wanting}
            scans = read_scans(wanting, lambda number, dpi: _draw(pdf, number, dpi), ocr_cache, ocr_jobs)
            for done, (number, scan) in enumerate(scans, 1):
                pages[number] = _with_picture(pdf, wanting[number], lying, scan)
                tell(len(drafts) + done, len(drafts) + len(wanting))
    finally:
        pdf.close()
    if all(page.width == 0 for page in pages.values()):
        raise UnreadablePaper(str(path), "is damaged: none of its pages can be opened")
    facts = facts_of(data)
    finished = _finished(list(pages.values()), facts.labels)
    return Document(hashlib.sha256(data).hexdigest(), finished, facts.title, facts.created, facts.outline)


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadablePaper(str(path), f"cannot be opened: {error.strerror}") from error
    if not data.strip(b"\0\t\n\f\r "):
        raise UnreadablePaper(str(path), "is empty")
    # Readers accept other bytes before the header, within the first 1024 (ISO 32000-1, annex H, note 13).
    if b"%PDF-" not in data[:1024]:
        start = data[:1024].lstrip(b"\xef\xbb\xbf\t\n\r ").lower()
        what = "an HTML page" if start.startswith((b"<!doctype html", b"<html", b"<head")) else ascii(data[:8])[1:]
        raise UnreadablePaper(str(path), f"is not a PDF: it begins with {what}")
    return data


def _opened(path: Path, data: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data, password="")
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise UnreadablePaper(str(path), "needs a password") from error
        raise UnreadablePaper(str(path), "is damaged: it cannot be opened as a PDF") from error
    if len(pdf) == 0:
        pdf.close()
        raise UnreadablePaper(str(path), "is damaged: it has no pages")
    return pdf


def _read_text_layers(path: Path, pdf: pdfium.PdfDocument, tell: Progress) -> tuple[list[_Draft], frozenset[str]]:
    """Every page by its text layer, and those fonts of the document that give glyph numbers for letters."""
    drafts: list[_Draft] = []
    written: dict[str, str] = defaultdict(str)
    for number in range(1, len(pdf) + 1):
        try:
            draft, texts = _draft(pdf[number - 1], number)
        except TooMuchText as error:
            raise UnreadablePaper(str(path), f"{error} on page {number}") from error
        except pdfium.PdfiumError:
            draft, texts = _Draft(Page(number, None, 0.0, 0.0, (), (), "", "unread")), {}
        drafts.append(draft)
        for font, text in texts.items():
            if len(written[font]) < FONT_SAMPLE:
                written[font] += text + "\n"
        tell(number, len(pdf))
    lying = lying_fonts(written)
    return [_judged(draft, lying) for draft in drafts], lying


def _draft(page: pdfium.PdfPage, number: int) -> tuple[_Draft, dict[str, str]]:
    try:
        return _read_text_layer(page, number)
    finally:
        page.close()


def _read_text_layer(page: pdfium.PdfPage, number: int) -> tuple[_Draft, dict[str, str]]:
    width, height = page.get_size()
    layer = read_text_layer(page)
    struck = struck_words(page, layer.words)
    lines = _lines(page, [word for n, word in enumerate(layer.words) if n not in struck])
    letters = sum(char.isalpha() for char in layer.text)
    keeps = True
    wanting: Literal["", "most", "all"] = ""
    if letters < SOME_LETTERS and is_picture(page):
        wanting, keeps = "most", letters >= FEW_LETTERS
    elif letters < FEW_LETTERS and has_ink(page, layer.words):
        wanting, keeps = "most", letters > 0
    elif garbled_share(line.text for line in lines) > GARBLED:
        wanting, keeps = "all", False
    fonts = {font: sum(not char.isspace() for char in text) for font, text in layer.fonts.items()}
    read = Page(number, None, width, height, lines, (), layer.text, "text", struck=bool(struck))
    return _Draft(read, fonts, wanting, keeps), layer.fonts


def _lines(page: pdfium.PdfPage, words: Iterable[Word]) -> tuple[Line, ...]:
    blocks = reading_order(tuple(words), lambda: read_rules(page))
    return tuple(line for block in blocks for line in lines_of(block))


def _judged(draft: _Draft, lying: frozenset[str]) -> _Draft:
    broken = sum(count for font, count in draft.fonts.items() if font in lying)
    if draft.wanting == "most" or broken < FEW_BROKEN:
        return draft
    if broken > GARBLED * sum(draft.fonts.values()):
        return replace(draft, wanting="all", keeps=False)
    return replace(draft, wanting="some")


def _without_picture(draft: _Draft) -> Page:
    """The page where its picture is not read: a few broken words are let stand, a page of them is not."""
    return draft.page if draft.keeps else replace(draft.page, source="unread")


def _with_picture(pdf: pdfium.PdfDocument, draft: _Draft, lying: frozenset[str], scan: Scan) -> Page:
    page = draft.page
    if len(scan.words) <= FEW_SEEN or scan.confidence < LEGIBLE:
        return _without_picture(draft)
    drawn = pdf[page.number - 1]
    try:
        if scan.turned:
            lines = _lines(drawn, scan.words)
        else:
            usable = draft.wanting != "all" or not lying.isdisjoint(draft.fonts)
            words = read_text_layer(drawn).words if usable else ()
            lines = _lines(drawn, mend(words, lying, scan.words, everywhere=draft.wanting != "some"))
    finally:
        drawn.close()
    width, height = (page.height, page.width) if scan.turned % 180 else (page.width, page.height)
    text = "\n".join(line.text for line in lines)
    # Where the picture is as wrong as the text layer, what is missing counts against the rest.
    whole = min(1.0, sum(not char.isspace() for char in text) / max(1, sum(draft.fonts.values())))
    if scan.confidence * whole < MOSTLY_LOST:
        return _without_picture(draft)
    return Page(page.number, None, width, height, lines, (), text, "ocr", round(scan.confidence * whole, 3))


def _draw(pdf: pdfium.PdfDocument, number: int, dpi: int) -> tuple[Picture, float]:
    page = pdf[number - 1]
    try:
        return picture_of(page, min(dpi / 72, LONGEST / max(1.0, *page.get_size())))
    finally:
        page.close()


def _finished(pages: list[Page], labels: dict[int, str]) -> tuple[Page, ...]:
    """The pages with their running headers and footers apart and their printed numbers known."""
    blurred = [n for n, page in enumerate(pages) if page.source != "text"]
    parted = strip_furniture([page.lines for page in pages], [page.height for page in pages], blurred)
    finished = []
    for page, (body, furniture, number) in zip(pages, parted, strict=True):
        unread = page.source == "unread"
        finished.append(
            replace(
                page,
                lines=() if unread else tuple(body),
                furniture=tuple(furniture),
                text="" if unread else page.text,
                printed_number=number or labels.get(page.number),
            )
        )
    return tuple(finished)
