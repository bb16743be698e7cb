"""What stands side by side: two tables, an amount right before its name, two columns of prose."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.grid import is_figure, squeezed
from ingest.lines import Cell, Line

# Accounts with last year's sum before the name and this year's after it: "6,600.00 Precept".
_SUM = re.compile(r"[-–(£$€]*\d[\d,]*\.\d\d\)?")
_SUM_AND_NAME = re.compile(r"([-–(£$€]*\d[\d,]*\.\d\d\)?) +([A-Z].*)")


def one_cell(line: Line, number: int) -> Line:
    """Only that cell of the line."""
    cell = line.cells[number]
    return replace(line, text=cell.text, x0=cell.x0, x1=cell.x1, cells=(cell,))


def tables_beside(grid: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The columns of each of the tables that stand side by side (income | payments); all of them for a single table."""
    width = len(grid[0])
    columns = [[row[column] for row in grid if row[column]] for column in range(width)]
    figures = [bool(column) and sum(map(is_figure, column)) >= 0.6 * len(column) for column in columns]
    # A table's names stand first, or after last year's sums.
    sums = [sum(bool(_SUM.fullmatch(cell)) for cell in column) for column in columns]
    figures = [
        figure or count >= max(3, 0.5 * len(column))
        for figure, count, column in zip(figures, sums, columns, strict=True)
    ]
    named = int(sums[0] >= max(3, 0.5 * len(columns[0])))
    names = [n for n in range(named, width) if not figures[n] and (n == named or figures[n - 1])]
    starts = [n - named for n in names]
    parts = list(zip(starts, [*starts[1:], width], strict=True)) if starts else []
    if len(parts) < 2 or starts[0] != 0 or not all(any(figures[first + named : last]) for first, last in parts):
        return [(0, width)]
    if named and not all(figures[first] and sums[first] for first in starts):
        return [(0, width)]
    both = [
        row
        for row in grid
        if all(row[at] and any(row[at + 1 : last]) for at, (_, last) in zip(names, parts, strict=True))
    ]
    return parts if len(both) >= 2 else [(0, width)]


def with_names_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a sum and the name printed right after it in cells of their own, where three rows have that."""
    if sum(bool(_SUM_AND_NAME.fullmatch(cell.text)) for line in lines for cell in line.cells) < 3:
        return list(lines)
    return [replace(line, cells=tuple(part for cell in line.cells for part in _parted(cell))) for line in lines]


def _parted(cell: Cell) -> tuple[Cell, ...]:
    if not (match := _SUM_AND_NAME.fullmatch(cell.text)):
        return (cell,)
    letter = (cell.x1 - cell.x0) / len(cell.text)
    return (
        Cell(match[1], cell.x0, cell.x0 + letter * match.end(1)),
        Cell(match[2], cell.x0 + letter * match.start(2), cell.x1),
    )


def prose_beside(lines: Sequence[Line], on_page: str) -> list[Line]:
    """Two columns of prose as their lines, column by column; empty for a table.

    They are prose where the page's own order of words, `on_page` squeezed, runs down each and its lines fill it.
    """
    two = [line for line in lines if len(line.cells) == 2]
    if len(two) < 4 or any(len(line.cells) > 2 or any(is_figure(cell.text) for cell in line.cells) for line in lines):
        return []
    edge = min(line.cells[1].x0 for line in two) - 2
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        for number, cell in enumerate(line.cells):
            if cell.x0 < edge < cell.x1:
                return []
            columns[cell.x0 >= edge].append(one_cell(line, number))
    return [*columns[0], *columns[1]] if all(_is_prose(column, on_page) for column in columns) else []


#: Of a column of prose, the share of lines that fill it, and of those that the page has one after another.
_FULL, _RUNNING = 0.7, 0.75


def _is_prose(column: Sequence[Line], on_page: str) -> bool:
    widest = max(line.x1 - line.x0 for line in column)
    full = sum(line.x1 - line.x0 > _FULL * widest for line in column)
    running = sum(squeezed(above.text + below.text) in on_page for above, below in pairwise(column))
    enough = len(column) >= 4 and widest > 9 * column[0].size
    return enough and full >= _FULL * len(column) and running >= _RUNNING * (len(column) - 1)
