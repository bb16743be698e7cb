"""Tables as rows that can be found and quoted: each cell with the head of its column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.lines import Cell, Line
from ingest.markers import marker_of

_FIGURE = re.compile(r"[-–(£$€]*\d[\d,.]*\d?[%kmMbn)]*|[-–]|nil|n/a", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. `text` is its cells as printed, in an order that stands on the page; `label` caption and heads."""

    lines: tuple[Line, ...]
    text: str
    label: str
    cells: tuple[tuple[str, str], ...]


def squeezed(text: str) -> str:
    """Only the letters and figures, in lower case: how words are compared with a page."""
    return re.sub(r"[\W_]+", "", text).lower()


def table_rows(lines: Sequence[Line], page_text: str) -> Iterator[Line | Row]:
    """The page's lines in order, with those of its tables made into rows."""
    on_page = squeezed(page_text)
    position = 0
    for first, last in _regions(lines):
        yield from lines[position:first]
        caption = _caption(lines[max(0, first - 2) : first])
        yield from _rows(lines[first:last], caption, on_page)
        position = last
    yield from lines[position:]


def _tabular(line: Line) -> bool:
    cells = _without_number(line)
    return len(cells) >= 2


def _without_number(line: Line) -> tuple[Cell, ...]:
    """The cells less a first one that is only a paragraph's number or a bullet in its own column."""
    cells = line.cells
    if len(cells) == 2 and marker_of(f"{cells[0].text} {cells[1].text}") and len(cells[0].text) <= 8:
        return cells[1:]
    return cells


def _regions(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines (first, one past the last) that make a table: tabular ones, and the wrapped cells between them."""
    start = floor = 0
    while start < len(lines):
        if not _tabular(lines[start]):
            start += 1
            continue
        end, last_tabular, tabular = start + 1, start, 1
        while end < len(lines) and end - last_tabular <= 4:
            gap = lines[end].top - lines[end - 1].bottom
            if gap > 3 * max(lines[end].size, 8) or gap < -200:
                break
            if _tabular(lines[end]):
                last_tabular, tabular = end, tabular + 1
            elif not _wrapped(lines[end], lines[start : last_tabular + 1]):
                break
            end += 1
        while start > floor and _wrapped(lines[start - 1], lines[start:end]) and _near(lines[start - 1], lines[start]):
            start -= 1
        stop = last_tabular + 1
        while stop < end and _wrapped(lines[stop], lines[start:stop]) and _near(lines[stop - 1], lines[stop]):
            stop += 1
        many = max(len(line.cells) for line in lines[start:stop])
        figures = sum(bool(_FIGURE.fullmatch(cell.text)) for line in lines[start:stop] for cell in line.cells)
        if tabular >= 2 and (many >= 3 or figures >= 2 or tabular >= 4):
            yield start, stop
            floor = stop
        start = stop


def _near(above: Line, below: Line) -> bool:
    return below.top - above.bottom < 0.35 * max(below.size, 8)


def _wrapped(line: Line, table: Sequence[Line]) -> bool:
    """Whether a line of one cell fits within a column of the table: not a line of prose after it."""
    if marker_of(line.text):
        return False
    right = max(other.x1 for other in table)
    columns = [cell.x0 for other in table for cell in other.cells]
    starts = any(abs(line.x0 - column) < 12 for column in columns) or line.x0 > min(columns)
    left = min(columns)
    return starts and line.x1 - line.x0 < 0.75 * (right - left)


def _caption(above: Sequence[Line]) -> str:
    """The line over a table, where it is short enough to be its name."""
    named = [line.text for line in above if len(line.text) < 110 and not line.text.rstrip().endswith((".", ";"))]
    return " ".join(named)


def _rows(lines: Sequence[Line], caption: str, on_page: str) -> Iterator[Row]:
    groups = _grouped(lines)
    columns = _columns(lines)
    heads: list[str] = [""] * len(columns)
    label = caption
    in_heads = True
    for group in groups:
        cells = _cells(group, columns)
        figures = [cell for cell in cells[1:] if cell and _FIGURE.fullmatch(cell.split(" ")[0])]
        if in_heads and (not figures or _are_years(cells)) and (len(group) < len(lines)) and any(cells):
            heads = [f"{head} {cell}".strip() for head, cell in zip(heads, cells, strict=True)]
            label = " | ".join(filter(None, (caption, *heads)))
            yield Row(tuple(group), _text(group, cells, on_page), caption, ())
            in_heads = sum(bool(head) for head in heads) < 2 or _are_years(cells)
            continue
        in_heads = False
        pairs = tuple((head, cell) for head, cell in zip(heads, cells, strict=True) if cell)
        yield Row(tuple(group), _text(group, cells, on_page), label[:400], pairs)


def _are_years(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return (
        bool(filled)
        and sum(bool(re.search(r"(?:19|20)\d\d\b|^£|^\$|^%$|^£?m$|^£?000", cell)) for cell in filled)
        >= max(1, len(filled) - 1)
        and not any(re.search(r"\d,\d{3}|\d\.\d", cell) for cell in filled)
    )


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines parted into rows, by the larger of two distances where there are two, else a line a row."""
    gaps = [below.top - above.top for above, below in pairwise(lines)]
    positive = [gap for gap in gaps if gap > 0]
    if not positive:
        return [[line] for line in lines]
    near, far = min(positive), max(positive)
    two_distances = far > 1.22 * near and any(not _tabular(line) for line in lines)
    limit = (near + min(far, 2 * near)) / 2 if two_distances else 0.0
    groups = [[lines[0]]]
    for gap, line in zip(gaps, lines[1:], strict=True):
        previous = groups[-1]
        full = _tabular(line) and any(_tabular(other) for other in previous) and _same_first_column(previous, line)
        if two_distances and gap <= limit and not (full and gap > 0.95 * limit):
            previous.append(line)
        elif not two_distances and not _tabular(line) and line.text[:1].islower() and _near(previous[-1], line):
            previous.append(line)
        else:
            groups.append([line])
    return groups


def _same_first_column(group: Sequence[Line], line: Line) -> bool:
    figures = sum(bool(_FIGURE.fullmatch(cell.text)) for cell in line.cells[1:])
    return figures >= 1 and any(_FIGURE.fullmatch(cell.text) for other in group for cell in other.cells[1:])


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The columns' extents: cells that overlap sideways are of one column; cells over several columns do not count."""
    widths = [cell.x1 - cell.x0 for line in lines for cell in line.cells]
    usual = median(widths)
    columns: list[list[float]] = []
    for cell in sorted((cell for line in lines for cell in line.cells), key=lambda cell: cell.x1 - cell.x0):
        touching = [column for column in columns if cell.x0 < column[1] and column[0] < cell.x1]
        if not touching:
            columns.append([cell.x0, cell.x1])
        elif len(touching) == 1 and (cell.x1 - cell.x0) <= 3 * usual:
            touching[0][0], touching[0][1] = min(touching[0][0], cell.x0), max(touching[0][1], cell.x1)
    return [(left, right) for left, right in sorted(columns)]


def _cells(group: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[str]:
    """One text a column, wrapped lines joined."""
    texts = [""] * len(columns)
    for line in group:
        for cell in line.cells:
            shares = [min(cell.x1, right) - max(cell.x0, left) for left, right in columns]
            best = max(range(len(columns)), key=lambda n: shares[n])
            texts[best] = f"{texts[best]} {cell.text}".strip()
    return texts


def _text(group: Sequence[Line], cells: Sequence[str], on_page: str) -> str:
    """The row's words in an order in which they stand on the page: cell by cell if they do, else line by line."""
    by_cell = " ".join(filter(None, cells))
    by_line = " ".join(line.text for line in group)
    return by_line if squeezed(by_cell) not in on_page and squeezed(by_line) in on_page else by_cell
