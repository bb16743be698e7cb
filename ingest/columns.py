"""The order of reading: down one column of prose and then the next, but straight across a table."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.lines import Word

WHITE = 0.45  # em: between two columns on every line beside them; wider than a stretched space mostly is
GUTTER = 0.9  # em: the same, on most lines
MIDDLE = (0.25, 0.75)  # of the text's width: a gutter further out parts off a margin or an Action column, not prose
LINES = 8  # in each column, at least
FILLED = 0.4  # of a column's lines reach its far side (within FULL of its width)
FULL = 0.75
WHOLE = 0.75  # of a column's lines have no gap inside them: a table has more columns than two
FIGURES = 0.12  # of its words, at most, begin with a figure
WORDY = 3.5  # words a line in columns of prose; cells of a table hold fewer
SAME_ROW = 2.0  # points
STEP = 4.0  # points between the places tried for a gutter


RULED = 0.7  # of the text's width: a line so long is drawn across both columns

Rule = tuple[float, float, float]
Rules = Callable[[], list[Rule]]


@dataclass(frozen=True, slots=True)
class _Row:
    """The words on one baseline, left to right, and the stretches they fill with no white of WHITE inside."""

    base: float
    words: tuple[Word, ...]
    filled: tuple[tuple[float, float], ...]

    def gap_at(self, x: float) -> float:
        """The width of the white at `x`; 0 where words are."""
        left = max((end for _, end in self.filled if end <= x), default=-math.inf)
        right = min((start for start, _ in self.filled if start >= x), default=math.inf)
        return right - left if all(not start < x < end for start, end in self.filled) else 0.0


def reading_order(words: Sequence[Word], rules: Rules = list) -> list[list[Word]]:
    """The page's words in blocks to be read one after another; one block unless prose stands in columns.

    `rules` gives the horizontal lines drawn on the page as (left, right, height); it is asked only on a page that
    seems to have columns, since finding them is dear.
    """
    level = [word for word in words if word.upright and word.text]
    if len(level) < 2 * LINES * WORDY:
        return [list(words)] if words else []
    found = _columns(_rows(level))
    if found is None or _is_ruled(found, level, rules()):
        return [list(words)]
    gutter, top, bottom = found
    beside = [word for word in words if top <= word.base <= bottom]
    return [
        *reading_order([word for word in words if word.base < top], rules),
        *reading_order([word for word in beside if word.x0 < gutter], rules),
        *reading_order([word for word in beside if word.x0 >= gutter], rules),
        *reading_order([word for word in words if word.base > bottom], rules),
    ]


def _is_ruled(columns: tuple[float, float, float], words: Sequence[Word], rules: Sequence[Rule]) -> bool:
    """Whether lines are drawn across both columns: then they are a table's."""
    _, top, bottom = columns
    left, right = min(word.x0 for word in words), max(word.x1 for word in words)
    drawn: dict[int, float] = {}
    for start, end, height in rules:
        if top < height < bottom:
            row = round(height / SAME_ROW)
            drawn[row] = drawn.get(row, 0.0) + max(0.0, min(end, right) - max(start, left))
    return sum(length > RULED * (right - left) for length in drawn.values()) >= 2


def _rows(words: Sequence[Word]) -> list[_Row]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and abs(rows[-1][0].base - word.base) < 0.2 * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_row(sorted(row, key=lambda word: word.x0)) for row in rows]


def _row(words: Sequence[Word]) -> _Row:
    white = WHITE * words[0].size
    filled = [(words[0].x0, words[0].x1)]
    for word in words[1:]:
        start, end = filled[-1]
        if word.x0 - end < white:
            filled[-1] = (start, max(end, word.x1))
        else:
            filled.append((word.x0, word.x1))
    return _Row(words[0].base, tuple(words), tuple(filled))


def _columns(rows: Sequence[_Row]) -> tuple[float, float, float] | None:
    """The gutter's x, and the first and last baseline beside it, of the tallest two columns of prose."""
    left = min(row.words[0].x0 for row in rows)
    steps = int((max(row.words[-1].x1 for row in rows) - left) / STEP) + 1
    white = [_white(row, left, steps) for row in rows]
    best: tuple[int, float, float, float] | None = None
    for step in range(int(MIDDLE[0] * steps), int(MIDDLE[1] * steps)):
        x = left + STEP * step
        for band in _bands(rows, [row[step] for row in white]):
            count = sum(len(row.words) for row in band)
            if (best is None or count > best[0]) and _is_prose(band, x):
                best = (count, x, band[0].base, band[-1].base)
    return best[1:] if best else None


def _white(row: _Row, left: float, steps: int) -> bytearray:
    """For each step from `left`, whether it is white on this row."""
    white = bytearray(b"\1" * steps)
    for start, end in row.filled:
        first, last = math.floor((start - left) / STEP) + 1, math.ceil((end - left) / STEP)
        white[first:last] = bytes(max(0, last - first))
    return white


def _bands(rows: Sequence[_Row], white: Sequence[int]) -> list[list[_Row]]:
    """Stretches of the page with white on every row."""
    bands: list[list[_Row]] = [[]]
    for row, is_white in zip(rows, white, strict=True):
        if is_white:
            bands[-1].append(row)
        elif bands[-1]:
            bands.append([])
    return [band for band in bands if len(band) >= LINES]


def _is_prose(band: Sequence[_Row], x: float) -> bool:
    left = [part for row in band if (part := [word for word in row.words if word.x0 < x])]
    right = [part for row in band if (part := [word for word in row.words if word.x0 >= x])]
    if len(left) < LINES or len(right) < LINES:
        return False
    em = median(row.words[0].size for row in band)
    if sum(row.gap_at(x) >= GUTTER * em for row in band) < 0.8 * len(band):
        return False
    if not (_is_column(left) and _is_column(right) and _beside(left, right)):
        return False
    fewer, more = sorted((_breaks(left), _breaks(right)), key=len)
    shared = sum(any(abs(start - other) < SAME_ROW for other in more) for start in fewer)
    # In a table both cells of a row begin at one height; in a newsletter each column breaks where it likes.
    return not (len(fewer) >= 2 and shared >= 0.6 * len(fewer))


def _is_column(side: Sequence[Sequence[Word]]) -> bool:
    if sum(map(len, side)) < WORDY * len(side):
        return False
    words = [word for part in side for word in part]
    if sum(word.text.lstrip("(£$€-–")[:1].isdigit() for word in words) > FIGURES * len(words):
        return False
    if sum(_is_whole(part) for part in side) < WHOLE * len(side):
        return False
    width = max(part[-1].x1 for part in side) - min(part[0].x0 for part in side)
    return sum(part[-1].x1 - part[0].x0 >= FULL * width for part in side) >= FILLED * len(side)


def _is_whole(part: Sequence[Word]) -> bool:
    """Whether a line has no gap as wide as a gutter, except after a bullet or a number."""
    return all(after.x0 - before.x1 < GUTTER * before.size for before, after in pairwise(part[1:]))


def _beside(one: Sequence[Sequence[Word]], other: Sequence[Sequence[Word]]) -> bool:
    """Whether two columns run side by side for most of the shorter's height."""
    (top, bottom), (other_top, other_bottom) = ((side[0][0].base, side[-1][0].base) for side in (one, other))
    return min(bottom, other_bottom) - max(top, other_top) > 0.6 * min(bottom - top, other_bottom - other_top)


def _breaks(side: Sequence[Sequence[Word]]) -> list[float]:
    """The baselines on which a column goes on after a gap taller than its line spacing by two fifths."""
    bases = [part[0].base for part in side]
    usual = median(after - before for before, after in pairwise(bases))
    return [after for before, after in pairwise(bases) if after - before > 1.4 * usual]
