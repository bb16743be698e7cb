"""A PDF page's text layer as words with places, by pdfium."""

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.lines import Word, clean_glyphs

# pdfium writes a space or a line end wherever it sees a gap of about 0.2 em, so its own breaks are enough:
# of 232,000 neighbouring characters on 500 pages of real papers, one stood further apart than that without one.
# Where a word is broken at a line's end it runs on, with a mark of pdfium's own for the hyphen (LINE_END).
LINE_END = "\x02\ufffe"
PRINTED = re.compile(f"[^\r\n\t \xa0\u2002-\u200a\u202f\u3000{LINE_END}]+[{LINE_END}]?|[{LINE_END}]")
BOLD_WEIGHT = 600
BOLD_NAME = re.compile(r"bold|black|heavy|demi|,b|-bd", re.IGNORECASE)
SYMBOL_NAME = re.compile(r"symbol|wingdings|webdings|dingbats", re.IGNORECASE)
MOST_CHARACTERS = 200_000  # on a page; the fullest table of a budget has a tenth of it
LEVEL = 20  # degrees from level that text may lean and still belong to lines

Point = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Face:
    """How a run is set: its size on the page in points, whether bold, and the font's name."""

    size: float
    bold: bool
    font: str


@dataclass(frozen=True, slots=True)
class TextLayer:
    """A page's text in the order pdfium gives it, and its words.

    `fonts` holds what is written in each font, as it came; characters without a Unicode of their own in the
    file are kept apart, under the font's name and "?" (see ingest.language).
    """

    text: str
    words: tuple[Word, ...]
    fonts: dict[str, str]


class TooMuchText(ValueError):
    """A page has more characters than any that is meant to be read."""


def placer(page: pdfium.PdfPage) -> Point:
    """A function from PDF user space to points from the top left of the page as shown (ISO 32000-1, 7.7.3.3)."""
    left, bottom, right, top = page.get_bbox()
    places: dict[int, Point] = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }
    return places[page.get_rotation()]


def read_text_layer(page: pdfium.PdfPage) -> TextLayer:
    """The page's text, and its words with their places on the page as shown; words off the page are left out.

    Raises PdfiumError for a page that cannot be read, and TooMuchText for one of more characters than any page has.
    """
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > MOST_CHARACTERS:
            raise TooMuchText(f"has more than {MOST_CHARACTERS} characters")
        reader = _Reader(page, textpage)
        words = tuple(reader.words())
        return TextLayer(
            clean_glyphs(reader.text.replace("\r\n", "\n").replace("\ufffe", "-\n")), words, reader.written()
        )
    finally:
        textpage.close()


class _Reader:
    """One pass over a page. Each call into pdfium costs a microsecond, so a word costs a few and a letter none."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.handle = textpage.raw
        self.count = textpage.count_chars()
        self.text = self._characters()
        self.place = placer(page)
        self.turn = page.get_rotation()
        self.width, self.height = page.get_size()
        self.box = raw.FS_RECTF()
        self.across, self.along = ctypes.c_double(), ctypes.c_double()
        self.faces: dict[int, Face] = {}
        self.fonts: dict[str, list[str]] = {}

    def words(self) -> Iterator[Word]:
        order = 0
        for found in PRINTED.finditer(self.text):
            start, end = found.span()
            for first, last, known in self._runs(start, end):
                raw_text = self.text[first:last]
                face = self._face(first)
                font = face.font if known else face.font + "?"
                self.fonts.setdefault(font, []).append(raw_text)
                text = clean_glyphs(raw_text)
                if len(raw_text) == 1 and not known and SYMBOL_NAME.search(face.font):
                    text = "•"
                word = self._word(text, first, last - 1, face, font, glued=first > start, order=order)
                order += 1
                # A word of glyphs without letters has no text, but its place shows where to look in the picture.
                if (
                    (text or not known)
                    and word.x1 > 0
                    and word.bottom > 0
                    and word.x0 < self.width
                    and word.top < self.height
                ):
                    yield word

    def written(self) -> dict[str, str]:
        return {font: " ".join(texts) for font, texts in self.fonts.items()}

    def _characters(self) -> str:
        """One character for each that pdfium counts, so that a place in the string is a place in pdfium's list."""
        if self.count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (self.count + 1))()
        given = raw.FPDFText_GetText(self.handle, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(0, given - 1)].decode("utf-16-le", "replace")
        if len(text) == self.count:
            return text
        codes = (raw.FPDFText_GetUnicode(self.handle, n) for n in range(self.count))
        return "".join(chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd" for code in codes)

    def _runs(self, start: int, end: int) -> list[tuple[int, int, bool]]:
        """A word as runs of characters whose Unicode the file does, or does not, give."""
        lacks = raw.FPDFText_HasUnicodeMapError
        known = lacks(self.handle, start) != 1
        if end - start == 1 or known == (lacks(self.handle, end - 1) != 1):
            return [(start, end, known)]
        runs = [(start, start + 1, known)]
        for n in range(start + 1, end):
            first, _, before = runs[-1]
            now = lacks(self.handle, n) != 1
            if now == before:
                runs[-1] = (first, n + 1, now)
            else:
                runs.append((n, n + 1, now))
        return runs

    def _word(self, text: str, first: int, last: int, face: Face, font: str, *, glued: bool, order: int) -> Word:
        angle = math.degrees(max(0.0, raw.FPDFText_GetCharAngle(self.handle, first)))
        # pdfium's loose boxes run from origin to origin, which makes gaps exact, but only for level text.
        box = self._loose if min(angle, 360 - angle) < 1 else self._tight
        x0, y0, x1, y1 = box(first)
        if last != first:
            left, low, right, high = box(last)
            x0, y0, x1, y1 = min(x0, left), min(y0, low), max(x1, right), max(y1, high)
        raw.FPDFText_GetCharOrigin(self.handle, first, self.across, self.along)
        (ax, ay), (bx, by) = self.place(x0, y0), self.place(x1, y1)
        base = self.place(self.across.value, self.along.value)[1]
        left, right = (ax, bx) if ax < bx else (bx, ax)
        top, bottom = (ay, by) if ay < by else (by, ay)
        shown = (angle + self.turn) % 360  # pdfium measures clockwise, as /Rotate does
        upright = min(shown, 360 - shown) <= LEVEL
        return Word(text, left, top, right, bottom, base, face.size, face.bold, upright, glued, font, order)

    def _loose(self, n: int) -> tuple[float, float, float, float]:
        box = self.box
        raw.FPDFText_GetLooseCharBox(self.handle, n, box)
        return box.left, box.bottom, box.right, box.top

    def _tight(self, n: int) -> tuple[float, float, float, float]:
        left, right, low, high = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self.handle, n, left, right, low, high)
        return left.value, low.value, right.value, high.value

    def _face(self, n: int) -> Face:
        """How character `n` is set; looked up once a text object, since the lookup is dear."""
        obj = raw.FPDFText_GetTextObject(self.handle, n)
        key = ctypes.cast(obj, ctypes.c_void_p).value or 0
        if key not in self.faces:
            matrix = raw.FS_MATRIX()
            scale = 1.0
            if raw.FPDFText_GetMatrix(self.handle, n, matrix):
                scale = math.hypot(matrix.c, matrix.d) or 1.0
            size = abs(raw.FPDFText_GetFontSize(self.handle, n)) * scale
            name = ctypes.create_string_buffer(256)
            raw.FPDFText_GetFontInfo(self.handle, n, name, 256, ctypes.c_int())
            font = name.value.decode("utf-8", "replace")
            self.faces[key] = Face(size or 1.0, self._is_bold(n, obj, font), font)
        return self.faces[key]

    def _is_bold(self, n: int, obj: Any, font: str) -> bool:
        if BOLD_NAME.search(font) or raw.FPDFText_GetFontWeight(self.handle, n) >= BOLD_WEIGHT:
            return True
        # Word fakes a missing bold by stroking the outline as well as filling it (ISO 32000-1, table 106).
        return bool(obj) and raw.FPDFTextObj_GetTextRenderMode(obj) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
