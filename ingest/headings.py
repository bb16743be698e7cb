"""Which pieces of a paper are headings, and how deep."""

import re
from collections.abc import Sequence

from ingest.lines import Line
from ingest.markers import Marker
from ingest.pieces import Piece
from ingest.style import OPERATIVE, Style, begins_sentence, ends_short

# "That the Council:" and "That the report be received." may be printed in bold, and head nothing.
_MOVED = re.compile(r"[“\"]?That (?:the|it|this|a|an|no|[A-Z]\w+)\b")


# "The Committee NOTED the tracker." may be printed in bold too, and "The Board:" over what it did.
_DISPOSES = re.compile(
    r"\b(?:NOTED|AGREED|APPROVED|RESOLVED|ENDORSED|DELEGATED|RECOMMENDED)\b.*\.$"
    r"|^(?:The )?(?:\w+ )?(?:Committee|Council|Board|Cabinet|Panel|Commission|Authority|Forum)(?::$"
    r"| (?:unanimously )?(?:noted|agreed|approved|supported|endorsed|recommended|resolved|decided|received) )"
)


_BY_WHOM = re.compile(
    r"(?:moved|proposed|seconded|that|resolved|whereas|be it)\b|[A-Z]\.? ?[A-Z][a-z]+, ", re.IGNORECASE
)


def _heads_minute(marker: Marker, text: str, lines: Sequence[Line], style: Style) -> bool:
    """Whether a number like a resolution's begins a minute's title, standing out: "2024/31 Path by the loch"."""
    body = text[marker.length :]
    if not marker.mark[0].isdigit() or _BY_WHOM.match(body) or OPERATIVE.match(body):
        return False
    return all(style.stands_out(line) for line in lines) and not body.endswith(".") and len(body) > 3


def heading_level(piece: Piece, text: str, style: Style, following: Sequence[Piece]) -> int | None:
    """How deep a heading it is (1 is the outermost), or None for ordinary text."""
    lines = [line for _, line in piece.lines]
    if len(lines) > 4 or len(text) > 220 or not re.search(r"[A-Za-z]{2}", text):
        return None
    if OPERATIVE.match(text) or _MOVED.match(text) or _DISPOSES.search(text):
        return None
    if piece.marker and piece.marker.kind in ("bullet", "clause"):
        return None
    if piece.marker and piece.marker.kind == "resolution" and not _heads_minute(piece.marker, text, lines, style):
        return None
    body = text[piece.marker.length :] if piece.marker else text
    if not body or body[0].islower() or _MOVED.match(body) or _DISPOSES.search(body) or re.search(r"[;,]$", text):
        return None
    if piece.marker and OPERATIVE.match(body) and body.endswith((":", ".")):  # "2.1 RESOLVED:", and its clauses follow
        return None
    outstanding = all(style.stands_out(line) for line in lines)
    if outstanding and not (body.endswith(".") and len(body) > 90):
        if piece.marker:
            return 1 + piece.marker.depth
        return 1 if lines[0].size > 1.12 * style.size else 2
    # Plain type: only a short numbered line with no full stop, where no heading of the paper stands out better.
    if style.headings_stand_out or OPERATIVE.match(body) or body.endswith((".", ":")) or begins_sentence(body):
        return None
    if piece.marker and piece.marker.depth == 1 and len(lines) <= 2 and len(body) <= 100:
        next_marker = following[0].marker if following else None
        heads_nothing = next_marker is not None and next_marker.kind == "number" and next_marker.depth == 1
        if not heads_nothing or ends_short(lines[-1], style):
            return 2
    return None
