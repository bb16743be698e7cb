"""Words of a PDF page that are struck out: by a line drawn through them, or by a strike-out annotation."""

import ctypes
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.lines import Word
from ingest.text_layer import Point, placer

#: A line through words is no thicker than this part of their size, and no shorter than so many points.
THIN, SHORT = 0.2, 3.0
#: How far above the baseline it runs, in parts of the size: an underline runs below, a border above.
LOW, HIGH = 0.12, 0.48
#: What part of a word it must cover, and how far beyond the words it may reach, in parts of their size.
COVERED, BEYOND = 0.75, 0.8
#: A page of more things drawn is a map or a plan, and is not looked through.
MOST = 6000

Mark = tuple[float, float, float, float]  # left, top, right, bottom as shown


def struck_words(page: pdfium.PdfPage, words: Sequence[Word]) -> frozenset[int]:
    """The places in `words` of those struck out."""
    place = placer(page)
    lines = sorted(_drawn(page, place), key=lambda mark: mark[1])
    return frozenset((*_under_lines(words, lines), *_annotated(words, list(_annotations(page, place)))))


def _drawn(page: pdfium.PdfPage, place: Point) -> Iterator[Mark]:
    """The thin level lines drawn on the page."""
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > MOST:
        return
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    for number in range(count):
        drawn = raw.FPDFPage_GetObject(page.raw, number)
        if raw.FPDFPageObj_GetType(drawn) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPageObj_GetBounds(drawn, left, low, right, high):
            mark = _shown(place, left.value, low.value, right.value, high.value)
            if mark[2] - mark[0] >= SHORT and mark[3] - mark[1] <= 4:
                yield mark


def _shown(place: Point, x0: float, y0: float, x1: float, y1: float) -> Mark:
    (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _under_lines(words: Sequence[Word], lines: Sequence[Mark]) -> Iterator[int]:
    if not lines:
        return
    heights = [line[1] for line in lines]
    for number, word in enumerate(words):
        if not word.upright or not word.text.strip():
            continue
        top, bottom = word.base - HIGH * word.size, word.base - LOW * word.size
        near = lines[bisect_left(heights, top - 4) : bisect_left(heights, bottom)]
        through = [
            line
            for line in near
            if top <= (line[1] + line[3]) / 2 <= bottom
            and line[3] - line[1] <= max(1.0, THIN * word.size)
            and min(line[2], word.x1) > max(line[0], word.x0)
        ]
        over = sum(min(line[2], word.x1) - max(line[0], word.x0) for line in through)
        if over >= COVERED * (word.x1 - word.x0) and all(_ends_at_words(line, word, words) for line in through):
            yield number


def _ends_at_words(line: Mark, word: Word, words: Sequence[Word]) -> bool:
    """Whether a line begins and ends where words of that baseline do: a rule across a page does not."""
    beside = [other for other in words if abs(other.base - word.base) < 0.3 * word.size]
    left = min((other.x0 for other in beside if other.x1 > line[0]), default=word.x0)
    right = max((other.x1 for other in beside if other.x0 < line[2]), default=word.x1)
    return line[0] >= left - BEYOND * word.size and line[2] <= right + BEYOND * word.size


def _annotations(page: pdfium.PdfPage, place: Point) -> Iterator[Mark]:
    """The stretches of the page that strike-out annotations mark (ISO 32000-1, 12.5.6.10)."""
    corners = raw.FS_QUADPOINTSF()
    for number in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, number)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(note) != raw.FPDF_ANNOT_STRIKEOUT:
                continue
            for quad in range(raw.FPDFAnnot_CountAttachmentPoints(note)):
                if raw.FPDFAnnot_GetAttachmentPoints(note, quad, corners):
                    xs = (corners.x1, corners.x2, corners.x3, corners.x4)
                    ys = (corners.y1, corners.y2, corners.y3, corners.y4)
                    yield _shown(place, min(xs), min(ys), max(xs), max(ys))
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _annotated(words: Sequence[Word], marks: Sequence[Mark]) -> Iterator[int]:
    for number, word in enumerate(words) if marks else ():
        middle = word.base - 0.3 * word.size
        for left, top, right, bottom in marks:
            over = min(right, word.x1) - max(left, word.x0)
            if top <= middle <= bottom and over >= COVERED * (word.x1 - word.x0):
                yield number
                break
