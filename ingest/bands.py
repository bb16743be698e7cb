"""A table's columns, as bands across it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.lines import Cell, Line

#: Where a column begins and ends, from the page's left, in points.
Band = tuple[float, float]


def bands_of(lines: Sequence[Line]) -> list[Band]:
    """The columns as bands across the table, from the lines that have the most usual number of cells, and more."""
    counts = Counter(len(line.cells) for line in lines if len(line.cells) >= 2)
    usual = max(counts, key=lambda count: (counts[count] * (count - 1), count))
    full = [line for line in lines if len(line.cells) == usual]
    columns: list[list[float]] = []
    others = [line for line in lines if len(line.cells) != usual]
    for line in (*full, *sorted(others, key=lambda line: -len(line.cells))):
        for cell in line.cells:
            touching = [column for column in columns if cell.x0 < column[1] and column[0] < cell.x1]
            if not touching:
                columns.append([cell.x0, cell.x1])
            elif len(touching) == 1 and (len(line.cells) == usual or _fits(cell, touching[0])):
                touching[0][0], touching[0][1] = min(touching[0][0], cell.x0), max(touching[0][1], cell.x1)
    columns = _without_seams(_without_overlaps(sorted(columns)), lines)
    columns = [part for column in columns for part in _parted(column, lines)]
    edges = [(left[1] + right[0]) / 2 for left, right in pairwise(columns)]
    return list(pairwise([float("-inf"), *edges, float("inf")]))


def _fits(cell: Cell, column: Sequence[float]) -> bool:
    return cell.x1 - cell.x0 < 1.5 * (column[1] - column[0])


def _parted(column: list[float], lines: Sequence[Line]) -> list[list[float]]:
    """A column in two, where on two lines a second cell begins at the same place within it."""
    starts: Counter[int] = Counter()
    for line in lines:
        for left, right in pairwise(line.cells):
            if column[0] - 2 <= left.x0 and right.x1 <= column[1] + 2:
                starts[round(right.x0 / 4)] += 1
    if not starts or (best := starts.most_common(1)[0])[1] < 2:
        return [column]
    return [[column[0], best[0] * 4 - 4], [best[0] * 4 - 2, column[1]]]


def _without_overlaps(columns: list[list[float]]) -> list[list[float]]:
    kept: list[list[float]] = []
    for column in columns:
        if kept and column[0] < kept[-1][1]:
            kept[-1][1] = max(kept[-1][1], column[1])
        else:
            kept.append(list(column))
    return kept


def _without_seams(columns: list[list[float]], lines: Sequence[Line]) -> list[list[float]]:
    """The columns, two as one where cells run over both and no line but that of the heads has a cell in each."""
    kept: list[list[float]] = []
    for column in columns:
        if kept and _is_seam(kept[-1], column, lines):
            kept[-1][1] = max(kept[-1][1], column[1])
        else:
            kept.append(column)
    return kept


#: Between a head and the figures under it at most, in letters' heights.
_WIDEST = 8
#: Lines of heads at most that have a place of their own, to the left or right of the figures under them.
_HEADS = 2


def _is_seam(left: Sequence[float], right: Sequence[float], lines: Sequence[Line]) -> bool:
    over = both = 0
    alone = [0, 0]
    for line in lines:
        over += any(cell.x0 < left[1] - 6 and cell.x1 > right[0] + 6 for cell in line.cells)
        lefts, rights = (sum(_within(cell, column) for cell in line.cells) for column in (left, right))
        both += lefts + rights > 1
        alone[0] += lefts == 1 and not rights
        alone[1] += rights == 1 and not lefts
    if over >= 3:
        return both <= 0.1 * over
    # A head at its column's left and figures at its right, or the other way round, are one column.
    return not both and 0 < min(alone) <= _HEADS and max(alone) >= 3 and right[0] - left[1] < _WIDEST * lines[0].size


def _within(cell: Cell, column: Sequence[float]) -> bool:
    return column[0] - 2 <= cell.x0 and cell.x1 <= column[1] + 2
