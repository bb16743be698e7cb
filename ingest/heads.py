"""What a table says over its rows: its name, and the heads of its columns."""

import re
from collections.abc import Sequence

from ingest.grid import is_figure
from ingest.lines import Line
from ingest.markers import marker_of

#: What a table, a chart or a part of a paper is named with.
NAMED = re.compile(r"(?:Table|Figure|Chart|Graph|Schedule|Appendix|Annex)\b", re.IGNORECASE)
_UNFINISHED = re.compile(r"(?:[.;,]|\b(?:a|an|and|as|at|by|for|from|in|is|of|on|or|that|the|to|was|were|which|with))$")
_YEAR = re.compile(r"(?:19|20)\d\d\b|^£|^\$|^%$|^£?m$|^£?000")
# What looks like a figure and may be the lower line of a head: "2025" over its "Budget", "%".
_OF_HEADS = re.compile(r"(?:19|20)\d\d|%|[£$€]?[mk]?|[£$€]?['’]?000['’]?s?", re.IGNORECASE)
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d")
#: Lines of heads at most, and letters in a head's line at most.
_DEEPEST, _LONGEST = 6, 40


def caption_of(above: Sequence[Line]) -> str:
    """The line or two right over a table that are its name: "" where prose stands there."""
    named: list[Line] = []
    for line in reversed(above):
        text = line.text.strip()
        if len(text) >= 110 or (len(line.cells) > 1 and not NAMED.match(text)) or _UNFINISHED.search(text):
            break
        if named and not _same_name(line, named[0]):
            break
        named.insert(0, line)
    if named and named[0].text[:1].islower() and not named[-1].text.endswith(":"):
        # The end of a sentence, and what may be more of it.
        named = [line for line in named[1:] if marker_of(line.text) or NAMED.match(line.text)]
    return " ".join(line.text for line in named)


def _same_name(above: Line, below: Line) -> bool:
    """Whether two lines over a table are one name, or one under the other; not a line of prose over a title."""
    alike = above.bold == below.bold and abs(above.size - below.size) < 0.15 * max(below.size, 8)
    return bool(NAMED.match(above.text)) or alike


def head_rows(groups: Sequence[Sequence[Line]], grid: Sequence[Sequence[str]]) -> frozenset[int]:
    """The rows that hold heads, by their number."""
    found: set[int] = set()
    for number in range(len(grid)):
        if _is_head(number, groups, grid, below_head=number - 1 in found):
            found.add(number)
    found |= _block(grid)
    for number in sorted(found, reverse=True):
        if number + 1 in found and _apart(groups[number], groups[number + 1]):
            return frozenset(each for each in found if each > number)  # a title, and no head
    return frozenset(found)


def _apart(above: Sequence[Line], below: Sequence[Line]) -> bool:
    return below[0].top - max(line.top for line in above) > 1.8 * max(below[0].size, 8)


def _block(grid: Sequence[Sequence[str]]) -> set[int]:
    """Heads printed over several lines: the rows of words over the first figures of a table made of figures."""
    first = next((number for number, row in enumerate(grid) if _figured(row)), 0)
    if not 2 <= first <= _DEEPEST or not all(_figured(row) for row in grid[first + 1 : first + 3]) or len(grid) < 4:
        return set()
    rows = range(first)
    if any(is_figure(cell) and not _YEAR.search(cell) for number in rows for cell in grid[number] if cell):
        return set()
    heads = {number for number in rows if any(grid[number][1:]) and all(len(cell) < _LONGEST for cell in grid[number])}
    widest = max((sum(map(bool, grid[number])) for number in heads), default=0)
    # Rows of words that are no heads ("Chair | Cllr Smith") leave the figures' columns empty.
    columns = {n for row in grid[first : first + 3] for n, cell in enumerate(row) if n and is_figure(cell)}
    headed = {n for number in heads for n, cell in enumerate(grid[number]) if cell}
    return heads if widest >= 3 and columns <= headed and max(heads) >= first - 2 else set()


def _figured(row: Sequence[str]) -> bool:
    """Whether a row holds figures in at least half of the cells after its name."""
    cells = [cell for cell in row[1:] if cell]
    return bool(cells) and sum(map(is_figure, cells)) >= 0.5 * len(cells) and not _are_years(row)


def _is_head(number: int, groups: Sequence[Sequence[Line]], grid: Sequence[Sequence[str]], *, below_head: bool) -> bool:
    """Whether a row holds heads: no figures but years, over rows that hold figures or in bolder type than they."""
    cells = grid[number]
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 and not (number == 0 and cells[1:] and any(cells[1:])):
        return False
    figures = [cell for cell in cells[1:] if cell and is_figure(cell)]
    if figures and not _are_years(cells) and not (below_head and all(map(_OF_HEADS.fullmatch, figures))):
        return False
    if any(len(cell) > 90 for cell in filled):
        return False
    bold = all(line.bold for line in groups[number])
    below = grid[number + 1 : number + 4]
    figured = any(is_figure(cell) for row in below for cell in row[1:] if cell)
    if number and not below_head:
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
