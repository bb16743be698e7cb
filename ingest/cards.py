"""Cards: the figures of one thing on a line of their own, each with its name: "Latest: 84%   Target: 92%"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.lines import Line

_NAMED = re.compile(r"([A-Z][\w /]{2,24}): ?(\S.{0,40})")


def card_of(line: Line) -> tuple[tuple[str, str], ...]:
    """Each figure of a card with its name; empty where the line is none."""
    if len(line.cells) < 2:
        return ()
    found = [_NAMED.fullmatch(cell.text.strip()) for cell in line.cells]
    pairs = tuple((match[1], match[2]) for match in found if match)
    if len(pairs) < len(found):
        return ()
    return pairs if sum(any(map(str.isdigit, value)) for _, value in pairs) >= 2 else ()


def name_of(above: Sequence[Line]) -> str:
    """What a card is about: the lines right over it that hang together, be a chart between them and it or not."""
    lines = list(above[-3:])
    for number, (upper, lower) in reversed(list(enumerate(pairwise(lines), 1))):
        if lower.top - upper.top > 1.6 * max(lower.size, 8) or lower.bold != upper.bold or upper.text.endswith("."):
            lines = lines[number:]
            break
    # At the end of the line stands how it is doing: RED, AMBER, GREEN.
    return " ".join(line.cells[0].text if line.cells else line.text for line in lines)
