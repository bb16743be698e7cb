"""The Action column of minutes: who is to do it, printed at the right edge beside the sentence, never part of it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.lines import Line

_INITIALS = re.compile(
    r"(?:(?:[A-Z][A-Za-z]{0,2}|All|ALL|Clerk|Chair|Secretary|Treasurer)(?:\s*[/&,+]\s*|\s+and\s+|\s+)?){1,4}$"
)
_HEAD = re.compile(r"actions?(?: by| for)?|action point", re.IGNORECASE)


def without_actions(lines: Sequence[Line]) -> list[Line]:
    """The lines without their Action cells; a page that has no such column comes back as it was."""
    edge = max((line.x1 for line in lines), default=0.0)
    head = next(
        (line.cells[-1] for line in lines if len(line.cells) > 1 and _HEAD.fullmatch(line.cells[-1].text)), None
    )
    found = [
        line
        for line in lines
        if len(line.cells) == 2 and _is_action(line, edge) or line.cells and len(line.cells) == 1 and _alone(line, edge)
    ]
    if head is None and len(found) < 2:
        return list(lines)
    kept: list[Line] = []
    for line in lines:
        if line.cells and head is not None and line.cells[-1] == head:
            rest = line.cells[:-1]
        elif line in found:
            rest = line.cells[:-1]
        else:
            kept.append(line)
            continue
        if rest:
            kept.append(replace(line, text=" ".join(cell.text for cell in rest), cells=rest, x1=rest[-1].x1))
    return kept


def _is_action(line: Line, edge: float) -> bool:
    last = line.cells[-1]
    return (
        last.x0 > 0.75 * edge
        and len(last.text) <= 16
        and bool(_INITIALS.match(last.text))
        and len(line.cells[0].text) > 8
    )


def _alone(line: Line, edge: float) -> bool:
    return line.x0 > 0.8 * edge and len(line.text) <= 16 and bool(_INITIALS.match(line.text))
