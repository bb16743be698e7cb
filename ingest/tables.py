"""Tables as rows that can be found and quoted: each cell with the head of its column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.bands import Band, bands_of
from ingest.beside import prose_beside, tables_beside, with_names_apart
from ingest.cards import card_of, name_of
from ingest.grid import cells_of, is_figure, rows_of, runs_of, squeezed
from ingest.heads import NAMED, caption_of, head_rows
from ingest.lines import Cell, Line
from ingest.markers import marker_of
from ingest.printed import Printed

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
    page = Printed(page_text)
    position = 0
    for first, last in _regions(lines):
        yield from _outside(lines, position, first)
        if prose := prose_beside(lines[first:last], page.squeezed):
            yield from prose
        else:
            goes_on = before if first == 0 else None
            table = with_names_apart(lines[first:last])
            yield from _rows(table, caption_of(lines[max(0, first - 2) : first]), page, goes_on)
        position = last
    yield from _outside(lines, position, len(lines))


def _outside(lines: Sequence[Line], first: int, last: int) -> Iterator[Line | Row]:
    """The lines that are in no table, those of cards as rows."""
    for number in range(first, last):
        if pairs := card_of(lines[number]):
            yield Row((lines[number],), lines[number].text, name_of(lines[first:number]), pairs)
        else:
            yield lines[number]


def _tabular(line: Line) -> bool:
    return len(_without_number(line)) >= 2 and not card_of(line)


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


#: Letters in the name of a group of rows at most.
_GROUP = 90


def _section(lines: Sequence[Line], number: int) -> bool:
    """Whether a short line between two rows names the rows after it: "Receipts"."""
    line = lines[number]
    if number + 1 >= len(lines) or not _tabular(lines[number + 1]) or line.text.endswith("."):
        return False
    if len(line.text) > (_GROUP if line.bold else 60):
        return False
    return lines[number + 1].top - line.bottom < 1.2 * max(line.size, 8) and not marker_of(line.text)


def _near(above: Line, below: Line) -> bool:
    return below.top - above.bottom < 0.35 * max(below.size, 8)


def _wrapped(line: Line, table: Sequence[Line]) -> bool:
    """Whether a line of one cell fits within a column of the table: not a line of prose after it."""
    if marker_of(line.text) or NAMED.match(line.text) or card_of(line):
        return False
    right = max(other.x1 for other in table)
    columns = [cell.x0 for other in table for cell in other.cells]
    starts = any(abs(line.x0 - column) < 12 for column in columns) or line.x0 > min(columns)
    left = min(columns)
    return starts and line.x1 - line.x0 < 0.75 * (right - left)


# What every figure of a table is in, printed over it.
_UNIT = re.compile(r"\(?(?:[£$€]['’]?(?:m|k|bn|000)?['’]?s?|%)\)?", re.IGNORECASE)


def _rows(lines: Sequence[Line], caption: str, page: Printed, before: Row | None) -> Iterator[Row]:
    bands = tuple(bands_of(lines))
    groups = rows_of(lines, bands, page.squeezed)
    grid = [cells_of(group, bands) for group in groups]
    parts = tables_beside(grid)
    heads = [""] * len(bands)
    section = ""
    headed = head_rows(groups, grid)
    if before and len(before.bands) == len(bands) and 0 not in headed:
        heads, caption = list(before.heads), before.caption
    for number, (group, cells) in enumerate(zip(groups, grid, strict=True)):
        if number in headed:
            # A head over two lines is one; what stands over another table begins anew.
            over = heads if number - 1 in headed else [""] * len(bands)
            heads = [f"{head} {cell}".strip() for head, cell in zip(over, cells, strict=True)]
            yield from _written(group, cells, caption, (), tuple(heads), bands, caption, page)
            continue
        if _UNIT.fullmatch(unit := "".join(cells)):
            caption = f"{caption} ({unit})".strip()
            yield from _written(group, cells, caption, (), tuple(heads), bands, caption, page)
            continue
        above = section
        if cells[0] and not any(cells[1:]) and len(cells) > 1 and len(cells[0]) < _GROUP:
            section = cells[0]
        for first, last in parts:
            pairs = tuple((head, cell) for head, cell in zip(heads[first:last], cells[first:last], strict=True) if cell)
            if pairs:
                label = " | ".join(filter(None, (caption, above, *heads[first:last])))[:400]
                yield from _written(group, cells[first:last], label, pairs, tuple(heads), bands, caption, page)


def _written(
    group: Sequence[Line],
    cells: Sequence[str],
    label: str,
    pairs: tuple[tuple[str, str], ...],
    heads: tuple[str, ...],
    bands: tuple[Band, ...],
    caption: str,
    page: Printed,
) -> Iterator[Row]:
    """The row, in as many runs of its words as the page parts them into; a stray figure or two is left to `cells`."""
    texts = [cell for cell in cells if cell]
    on_page = page.squeezed
    runs = runs_of(texts, on_page)
    if len(runs) > 1 and (whole := page.stretch(texts)):
        runs = [[whole]]  # the page has its lines one after the other, not its columns
    elif any(squeezed("".join(run)) not in on_page for run in runs):  # a cell whose lines the page has apart
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
