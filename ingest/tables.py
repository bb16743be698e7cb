"""Tables as rows that can be found and quoted: each cell with the head of its column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.grid import Band, bands_of, cells_of, is_figure, rows_of, runs_of, squeezed
from ingest.lines import Cell, Line
from ingest.markers import marker_of

__all__ = ["Row", "squeezed", "table_rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row. `text` is its cells as printed, in an order that stands on the page; `label` caption and heads.

    A row whose cells stand apart on the page comes as several, the longest run of them first and with all `cells`.
    `heads` and `bands` are the table's, for the page on which it goes on.
    """

    lines: tuple[Line, ...]
    text: str
    label: str
    cells: tuple[tuple[str, str], ...]
    heads: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    caption: str = ""


def table_rows(lines: Sequence[Line], page_text: str, before: Row | None = None) -> Iterator[Line | Row]:
    """The page's lines in order, with those of its tables made into rows.

    `before` is the last row of the page before, where that page ended in a table: it may go on here.
    """
    on_page = squeezed(page_text)
    position = 0
    for first, last in _regions(lines):
        yield from lines[position:first]
        goes_on = before if first == 0 else None
        yield from _rows(lines[first:last], _caption(lines[max(0, first - 2) : first]), on_page, goes_on)
        position = last
    yield from lines[position:]


def _tabular(line: Line) -> bool:
    return len(_without_number(line)) >= 2


def _without_number(line: Line) -> tuple[Cell, ...]:
    """The cells less a first one that is only a paragraph's number or a bullet in its own column."""
    cells = line.cells
    marker = marker_of(f"{cells[0].text} {cells[1].text}") if len(cells) in (2, 3) else None
    if marker and (len(cells[0].text) <= 8 or marker.length > len(cells[0].text)):
        return cells[1:2] if _PAGE.fullmatch(cells[-1].text) else cells[1:]
    return cells[:1] if len(cells) == 2 and _PAGE.fullmatch(cells[1].text) and marker_of(line.text) else cells


# An agenda names the page of each item's report beside it.
_PAGE = re.compile(r"\(?pages? \d[\d –-]*\)?|\(?to follow\)?", re.IGNORECASE)


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
            elif not (_wrapped(lines[end], lines[start : last_tabular + 1]) or _section(lines, end)):
                break
            end += 1
        while start > floor and _wrapped(lines[start - 1], lines[start:end]) and _near(lines[start - 1], lines[start]):
            start -= 1
        stop = last_tabular + 1
        while stop < end and _wrapped(lines[stop], lines[start:stop]) and _near(lines[stop - 1], lines[stop]):
            stop += 1
        many = max(len(line.cells) for line in lines[start:stop])
        figures = sum(is_figure(cell.text) for line in lines[start:stop] for cell in line.cells)
        if tabular >= 2 and (many >= 3 or figures >= 2 or tabular >= 4):
            yield start, stop
            floor = stop
        start = stop


def _section(lines: Sequence[Line], number: int) -> bool:
    """Whether a short line between two rows names the rows after it: "Receipts"."""
    line = lines[number]
    if number + 1 >= len(lines) or not _tabular(lines[number + 1]) or len(line.text) > 60 or line.text.endswith("."):
        return False
    return lines[number + 1].top - line.bottom < 1.2 * max(line.size, 8) and not marker_of(line.text)


_NAMED = re.compile(r"(?:Table|Figure|Chart|Graph|Schedule|Appendix|Annex)\b", re.IGNORECASE)


def _near(above: Line, below: Line) -> bool:
    return below.top - above.bottom < 0.35 * max(below.size, 8)


def _wrapped(line: Line, table: Sequence[Line]) -> bool:
    """Whether a line of one cell fits within a column of the table: not a line of prose after it."""
    if marker_of(line.text) or _NAMED.match(line.text):
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


def _rows(lines: Sequence[Line], caption: str, on_page: str, before: Row | None) -> Iterator[Row]:
    bands = tuple(bands_of(lines))
    groups = rows_of(lines, bands, on_page)
    grid = [cells_of(group, bands) for group in groups]
    parts = _side_by_side(grid)
    heads = [""] * len(bands)
    section = ""
    if before and len(before.bands) == len(bands) and not _is_head(0, groups, grid):
        heads, caption = list(before.heads), before.caption
    fresh = True
    for number, (group, cells) in enumerate(zip(groups, grid, strict=True)):
        label = " | ".join(filter(None, (caption, section, *heads)))[:400]
        if _is_head(number, groups, grid):
            heads = (
                [f"{head} {cell}".strip() for head, cell in zip(heads, cells, strict=True)] if fresh else list(cells)
            )
            yield from _written(group, cells, caption, (), tuple(heads), bands, caption, on_page)
            continue
        fresh = False
        if cells[0] and not any(cells[1:]) and len(cells) > 1 and len(cells[0]) < 60:
            section = cells[0]
        for first, last in parts:
            pairs = tuple((head, cell) for head, cell in zip(heads[first:last], cells[first:last], strict=True) if cell)
            if pairs:
                yield from _written(group, cells[first:last], label, pairs, tuple(heads), bands, caption, on_page)


def _written(
    group: Sequence[Line],
    cells: Sequence[str],
    label: str,
    pairs: tuple[tuple[str, str], ...],
    heads: tuple[str, ...],
    bands: tuple[Band, ...],
    caption: str,
    on_page: str,
) -> Iterator[Row]:
    """The row, in as many runs of its words as the page parts them into; a stray figure or two is left to `cells`."""
    texts = [cell for cell in cells if cell]
    runs = runs_of(texts, on_page)
    if any(squeezed("".join(run)) not in on_page for run in runs):  # a cell whose lines the page has apart
        wanted = [squeezed(text) for text in texts]
        pieces = [piece for line in group for cell in line.cells for piece in _on_page(cell.text, on_page)]
        runs = (
            runs_of([piece for piece in pieces if any(squeezed(piece) in whole for whole in wanted)], on_page) or runs
        )
    name = next((cell for cell in cells if cell), "")[:80]
    for number, run in enumerate(runs):
        text = " ".join(run)
        if number and len(squeezed(text)) < 12:
            continue
        yield Row(
            tuple(group),
            text,
            label if number == 0 else f"{label} | {name}",
            pairs if number == 0 else (),
            heads,
            bands,
            caption,
        )


def _on_page(cell: str, on_page: str) -> list[str]:
    """A cell as the page has it, or its words where two columns were printed so close as to read as one cell."""
    return [cell] if squeezed(cell) in on_page else cell.split(" ")


_YEAR = re.compile(r"(?:19|20)\d\d\b|^£|^\$|^%$|^£?m$|^£?000")
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d")


def _is_head(number: int, groups: Sequence[Sequence[Line]], grid: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds heads: no figures but years, over rows that hold figures or in bolder type than they."""
    cells = grid[number]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 and not (number == 0 and cells[1:] and any(cells[1:])):
        return False
    figures = [cell for cell in cells[1:] if cell and is_figure(cell)]
    if figures and not _are_years(cells):
        return False
    if any(len(cell) > 90 for cell in filled):
        return False
    bold = all(line.bold for line in groups[number])
    below = grid[number + 1 : number + 4]
    heads_above = number > 0
    figured = any(is_figure(cell) for row in below for cell in row[1:] if cell)
    if heads_above and not _is_head(number - 1, groups, grid):
        return bold and any(not all(line.bold for line in group) for group in groups[number + 1 : number + 4])
    if figured:
        return True
    plainer = bool(below) and not all(line.bold for line in groups[number + 1])
    return plainer and (
        bold or (number == 0 and len(filled) >= 3 and any(len(cell) > 60 for row in below for cell in row))
    )


def _are_years(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return (
        bool(filled)
        and sum(bool(_YEAR.search(cell)) for cell in filled) >= max(1, len(filled) - 1)
        and not any(_AMOUNT.search(cell) for cell in filled)
    )


def _side_by_side(grid: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The columns of each of the tables that stand side by side (income | payments); all of them for a single table."""
    width = len(grid[0])
    kinds = []
    for column in range(width):
        filled = [row[column] for row in grid if row[column]]
        figures = sum(is_figure(cell) for cell in filled)
        kinds.append("figures" if filled and figures >= 0.6 * len(filled) else "words")
    starts = [0] + [n for n in range(1, width) if kinds[n] == "words" and kinds[n - 1] == "figures"]
    parts = list(zip(starts, [*starts[1:], width], strict=True))
    whole = [(0, width)]
    if len(parts) < 2 or any("figures" not in kinds[first:last] or kinds[first] != "words" for first, last in parts):
        return whole
    both = [row for row in grid if all(row[first] and any(row[first + 1 : last]) for first, last in parts)]
    return parts if len(both) >= 2 else whole
