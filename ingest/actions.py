"""The Action column of minutes: who is to do it, printed at the right edge beside the sentence, never part of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.lines import Line
from ingest.markers import marker_of

_WHO = r"(?:[A-Z]{2,3}|[A-Z][A-Za-z]{1,2}|[A-Z]{1,2}[a-z]|All|ALL|Clerk|Chair|Secretary|Treasurer)"
_INITIALS = re.compile(rf"{_WHO}(?:(?:\s*[/&,+]\s*|\s+and\s+|\s+){_WHO}){{0,3}}$")
_LAST = re.compile(rf"(?<=\S)\s+(?P<who>{_WHO}(?:(?:\s*[/&,+]\s*){_WHO}){{0,2}})$")
_HEAD = re.compile(r"actions?(?: by| for)?|action point", re.IGNORECASE)
# In a column too short for that, only what can hardly be a cell of a table is an entry.
_PLAIN = re.compile(r"(?!(?:NO|YES|NA|NIL|TBC|TBA)$)[A-Z]{2,3}")
#: With a head over it, two entries make a column; without one, three that begin in line do, or fewer beside numbered
#: sentences of which no line reaches so far.
ENTRIES = 3


@dataclass(frozen=True, slots=True)
class ActionColumn:
    """Where the column begins, in points from the left. `clear` says that no sentence of the paper runs into it."""

    left: float
    clear: bool


def action_column(pages: Iterable[Sequence[Line]]) -> ActionColumn | None:
    """The Action column of a paper, or None where it has none."""
    pages = list(pages)
    left = _left(pages)
    if left is None:
        return None
    lines = [line for page in pages for line in page if line.cells]
    below = next((n for n, line in enumerate(lines) if _HEAD.fullmatch(line.cells[-1].text)), 0)
    prose = [line for line in lines[below:] if len(line.cells[0].text) > 40]
    over = [line for line in prose if line.cells[0].x1 > left + 6 and not _LAST.search(line.cells[0].text)]
    return ActionColumn(left, len(over) <= 0.02 * len(prose))


def _left(pages: Iterable[Sequence[Line]]) -> float | None:
    headed: list[float] = []
    starts: list[float] = []
    beside: list[Line] = []
    for lines in pages:
        edge = max((line.x1 for line in lines), default=0.0)
        for line in lines:
            if line.cells and line.x1 > 0.9 * edge and _HEAD.fullmatch(line.cells[-1].text) and _is_aside(line, edge):
                headed.append(line.cells[-1].x0)
            elif _is_entry(line, edge):
                starts.append(line.cells[-1].x0)
                if _PLAIN.fullmatch(line.cells[-1].text) and len(line.cells) > 1 and marker_of(line.text):
                    beside.append(line)
    if headed:
        return min(headed + [start for start in starts if start > min(headed) - 25]) - 4
    starts.sort()
    close = [start for start in starts if starts and start > starts[-1] - 25]
    if len(close) >= ENTRIES:
        return close[0] - 4
    text = [line.cells[-2].x0 for line in beside]
    edges = [
        cell.x1 for lines in pages for line in lines for cell in line.cells if any(abs(cell.x0 - x0) < 3 for x0 in text)
    ]
    return close[0] - 4 if close and len(beside) == len(starts) and close[0] > max(edges) + 6 else None


def without_actions(lines: Sequence[Line], column: ActionColumn | None) -> list[Line]:
    """The lines without what stands in the Action column."""
    if column is None:
        return list(lines)
    kept: list[Line] = []
    for line in lines:
        inside = [cell for cell in line.cells if cell.x0 >= column.left and len(cell.text) <= 16]
        rest = tuple(cell for cell in line.cells if cell not in inside)
        if not rest:
            continue
        last = rest[-1]
        match = _LAST.search(last.text) if column.clear and last.x1 > column.left + 6 else None
        if match:  # printed so close to the sentence that it reads on
            rest = (*rest[:-1], replace(last, text=last.text[: match.start()], x1=column.left))
        if match or inside:
            line = replace(line, text=" ".join(cell.text for cell in rest), cells=rest, x1=rest[-1].x1)
        kept.append(line)
    return kept


def _is_entry(line: Line, edge: float) -> bool:
    if not line.cells:
        return False
    last = line.cells[-1]
    beside = len(line.cells) == 1 or len(line.cells[-2].text) > 8
    return _is_aside(line, edge) and beside and len(last.text) <= 16 and bool(_INITIALS.match(last.text))


def _is_aside(line: Line, edge: float) -> bool:
    return line.cells[-1].x0 > 0.78 * edge
