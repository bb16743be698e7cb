"""Words with places -> printed lines with cells. The same for a text layer and for OCR."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

CELL_GAP = 1.5  # em; wider than justified prose stretches its spaces, narrower than any column's gutter
ALIGNED_GAP = 0.7  # em; enough where a line near it has a cell begin at the same place
APART_GAP = 0.4  # em; enough where the file does not have the one word follow the other
SAME_COLUMN = 1.5  # points


@dataclass(frozen=True, slots=True)
class Word:
    """A word as printed, in points from the page's top left as shown; `base` is its baseline.

    `upright` is False for text that runs up or down the page.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    upright: bool = True
    glued: bool = False  # printed against the word before it: no space between
    font: str = ""
    order: int = 0  # its place in the order that the text layer, or OCR, gives


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


LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
HYPHENS = {0x02: "-", 0xFFFE: "-"}  # what pdfium gives for a hyphen it takes to be a line-end one
CONTROLS = (code for code in (*range(32), *range(127, 160)) if code not in (2, 9, 10, 13))
TURNS = (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A))  # show words otherwise than they are read
NOTHING: dict[int, str] = dict.fromkeys((*CONTROLS, *TURNS, 0x200B, 0xFEFF, 0xFFFF), "")
# Symbol fonts put their glyphs at U+F000 + code (Microsoft's convention); the ones papers use as bullets.
BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF06E, 0xF0FC, 0xF076, 0xF0A8, 0xF071, 0xF02D, 0x25CF, 0xF09F), "•")
GLYPHS = LIGATURES | HYPHENS | NOTHING | BULLETS
SYMBOL_FONT_TEXT = re.compile("[\uf021-\uf07e]{2,}")
PRIVATE = re.compile("[\ue000-\uf8ff]")


def clean_glyphs(text: str) -> str:
    """`text` with ligatures spelt out, symbol-font bullets as "•", and pdfium's line-end marks as "-"."""
    text = text.translate(GLYPHS)
    if PRIVATE.search(text):
        text = SYMBOL_FONT_TEXT.sub(lambda run: "".join(chr(ord(glyph) - 0xF000) for glyph in run[0]), text)
        text = PRIVATE.sub("•", text)
    return text


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Lines from the top down, each left to right, with its cells."""
    words = [word for word in words if word.text]
    rows = _rows([word for word in words if word.upright])
    lines = [_line(row) for row in _align(rows)]
    lines += _sideways([word for word in words if not word.upright])
    return sorted(lines, key=lambda line: (line.top + line.bottom) / 2)


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Words that stand on one baseline; raised and lowered small print joins the line it belongs to."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        for row in reversed(rows[-4:]):
            if abs(row[0].base - word.base) <= 0.25 * min(row[0].size, word.size) and _fits(row, word):
                row.append(word)
                break
        else:
            rows.append([word])
    tall = [row for row in rows if len(row) > 2]
    joined: list[list[Word]] = []
    for row in rows:
        host = None
        if len(row) <= 2:
            host = next((other for other in tall if other is not row and _is_script_of(row, other)), None)
        if host is None:
            joined.append(row)
        else:
            host.extend(row)
    return [sorted(row, key=lambda word: word.x0) for row in joined]


def _fits(row: Sequence[Word], word: Word) -> bool:
    slack = 0.4 * word.size
    return all(word.x0 >= other.x1 - slack or word.x1 <= other.x0 + slack for other in row)


def _is_script_of(row: Sequence[Word], host: Sequence[Word]) -> bool:
    """Whether `row` is superscript or subscript (a footnote mark, "2nd", "m²") of the line `host`."""
    size = host[0].size
    if max(word.size for word in row) > 0.85 * size:
        return False
    return all(
        abs(word.base - host[0].base) < 0.6 * size
        and any(-0.5 * size < word.x0 - other.x1 < 0.6 * size for other in host)
        and _fits(host, word)
        for word in row
    )


def _align(rows: Sequence[Sequence[Word]]) -> list[list[list[Word]]]:
    """Each row as cells: parted at wide gaps, and at narrower ones where a row near it has a column."""
    parted = [_part(row, ()) for row in rows]
    starts = [[cell[0].x0 for cell in cells] for cells in parted]
    return [
        _part(row, [x for near in starts[max(0, n - 3) : n] + starts[n + 1 : n + 4] for x in near])
        for n, row in enumerate(rows)
    ]


def _part(row: Sequence[Word], columns: Sequence[float]) -> list[list[Word]]:
    """`row` in cells; `columns` are where the cells of its neighbours start."""
    cells = [[row[0]]]
    end = row[0].x1
    for before, word in pairwise(row):
        em = max(word.size, before.size)
        gap = word.x0 - end
        aligned = gap > ALIGNED_GAP * em and any(abs(x - word.x0) < SAME_COLUMN for x in columns)
        # Where the file itself goes on elsewhere the two words are in different cells, however near they stand.
        apart = gap > APART_GAP * em and not 0 <= word.order - before.order <= 1
        if gap > CELL_GAP * em or aligned or apart:
            cells.append([word])
        else:
            cells[-1].append(word)
        end = max(end, word.x1)
    return cells


def _line(cells: Sequence[Sequence[Word]]) -> Line:
    words = [word for cell in cells for word in cell]
    made = tuple(Cell(_joined(cell), cell[0].x0, max(word.x1 for word in cell)) for cell in cells)
    weight = sum(len(word.text) for word in words)
    return Line(
        text=" ".join(cell.text for cell in made if cell.text),
        x0=min(word.x0 for word in words),
        top=min(word.top for word in words),
        x1=max(word.x1 for word in words),
        bottom=max(word.bottom for word in words),
        size=round(median(word.size for word in words for _ in word.text), 1),
        bold=2 * sum(len(word.text) for word in words if word.bold) > weight,
        cells=made,
    )


def _joined(words: Sequence[Word]) -> str:
    text = words[0].text
    for word in words[1:]:
        text += word.text if word.glued else " " + word.text
    # A soft hyphen shows only where the line breaks at it.
    return re.sub("\xad(?=.)", "", text).replace("\xad", "-").strip()


def _sideways(words: Sequence[Word]) -> list[Line]:
    """Text running up or down the page: one line a run, as it stands."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and abs(runs[-1][-1].x0 - word.x0) < word.size / 2:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_line([run]) for run in runs]
