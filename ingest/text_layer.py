"""A PDF page's text layer as words with places, by pdfium."""

import ctypes
import math
from collections.abc import Callable
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.lines import Word, clean_glyphs

BREAKS = frozenset(map(ord, "\r\n\t \xa0\u2002\u2003\u2009\u200a\u202f\u3000"))
WORD_GAP = 0.22  # em; a gap this wide without a space in the text is a space that was left out
BOLD_WEIGHT = 600

Point = Callable[[float, float], tuple[float, float]]


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


def read_words(page: pdfium.PdfPage) -> tuple[str, list[Word]]:
    """The page's text in pdfium's order, and its words with their places on the page as shown."""
    textpage = page.get_textpage()
    try:
        return _Reader(page, textpage).read()
    finally:
        textpage.close()


class _Reader:
    """Walks pdfium's characters once. pdfium's own line breaks and spaces part words, and so do gaps."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.raw = textpage.raw
        self.count = textpage.count_chars()
        self.place = placer(page)
        self.turn = page.get_rotation()
        self.faces: dict[int, tuple[float, bool]] = {}
        self.words: list[Word] = []

    def read(self) -> tuple[str, list[Word]]:
        unicode, loose = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
        handle, box = self.raw, raw.FS_RECTF()
        text: list[str] = []
        chars: list[str] = []
        first, x0, y0, x1, y1 = 0, 0.0, 0.0, 0.0, 0.0
        angle, size, spaced = 0, 10.0, True
        for n in range(self.count):
            code = unicode(handle, n)
            if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
                continue
            text.append(chr(code))
            if code in BREAKS:
                if chars:
                    self._add(chars, first, x0, y0, x1, y1, angle, not spaced)
                    chars = []
                spaced = True
                continue
            if not chars:
                angle = round(math.degrees(max(0.0, raw.FPDFText_GetCharAngle(handle, n)))) % 360
                size = self._face(n)[0]
            if angle:
                left, right, low, high = self._tight(n)
            else:
                loose(handle, n, box)
                left, right, low, high = box.left, box.right, box.bottom, box.top
            if chars and not angle:
                gap = left - x1
                if gap > WORD_GAP * size or gap < -1.5 * size or min(high, y1) - max(low, y0) <= 0:
                    apart = gap > WORD_GAP * size or gap < -1.5 * size or min(high, y1) <= max(low, y0)
                    self._add(chars, first, x0, y0, x1, y1, angle, not spaced)
                    chars, spaced = [], apart
                    size = self._face(n)[0]
            if chars:
                x0, x1, y0, y1 = min(x0, left), max(x1, right), min(y0, low), max(y1, high)
            else:
                first, x0, x1, y0, y1 = n, left, right, low, high
            chars.append(chr(code))
        if chars:
            self._add(chars, first, x0, y0, x1, y1, angle, not spaced)
        return clean_glyphs("".join(text).replace("\r\n", "\n")), self.words

    def _tight(self, n: int) -> tuple[float, float, float, float]:
        left, right, low, high = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(self.raw, n, left, right, low, high)
        return left.value, right.value, low.value, high.value

    def _face(self, n: int) -> tuple[float, bool]:
        """Size on the page in points, and whether bold, of character `n`; looked up once a text object."""
        obj = raw.FPDFText_GetTextObject(self.raw, n)
        key = ctypes.cast(obj, ctypes.c_void_p).value or 0
        if key not in self.faces:
            matrix = raw.FS_MATRIX()
            scale = 1.0
            if raw.FPDFText_GetMatrix(self.raw, n, matrix):
                scale = math.hypot(matrix.c, matrix.d) or 1.0
            size = abs(raw.FPDFText_GetFontSize(self.raw, n)) * scale
            self.faces[key] = (size or 1.0, self._is_bold(n, obj))
        return self.faces[key]

    def _is_bold(self, n: int, obj: Any) -> bool:
        name = ctypes.create_string_buffer(256)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self.raw, n, name, 256, flags)
        if any(mark in name.value.lower() for mark in (b"bold", b"black", b"heavy", b",b", b"-bd", b"demi")):
            return True
        # Word fakes bold by stroking the outline as well as filling it (text render mode 2).
        stroked = obj and raw.FPDFTextObj_GetTextRenderMode(obj) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        return bool(stroked) or raw.FPDFText_GetFontWeight(self.raw, n) >= BOLD_WEIGHT

    def _add(
        self, chars: list[str], first: int, x0: float, y0: float, x1: float, y1: float, angle: int, glued: bool
    ) -> None:
        text = clean_glyphs("".join(chars))
        if not text:
            return
        size, bold = self._face(first)
        across, down = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self.raw, first, across, down)
        corners = [self.place(x0, y0), self.place(x1, y1)]
        base = self.place(across.value, down.value)[1]
        shown = (angle + 360 - self.turn) % 360
        left, right = sorted(point[0] for point in corners)
        top, bottom = sorted(point[1] for point in corners)
        upright = min(shown, 360 - shown) <= 20
        self.words.append(Word(text, left, top, right, bottom, base, size, bold, upright, glued))
