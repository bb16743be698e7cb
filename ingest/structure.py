"""Pages as items and numbered paragraphs, each with its place on each page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from ingest.actions import action_column, without_actions
from ingest.lines import Line
from ingest.markers import Marker, marker_of
from ingest.pages import Page
from ingest.tables import Row, table_rows

ParagraphKind = Literal["text", "heading", "bullet", "row", "contents"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a paragraph's text stand on this page of the PDF."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, bullet, heading or table row.

    `text` is the words as printed with line ends joined; `spans` tile it, one a page.
    `headings` is the trail above it, outermost first; `item` the agenda item or minute it is in ("11 Council Tax …").
    `label` is, for a table row, its caption and column heads: context to find it by, never quoted.
    `cells` is, for a table row, each cell with the head of its column.
    """

    number: str | None
    kind: ParagraphKind
    text: str
    spans: tuple[Span, ...]
    item: str | None
    headings: tuple[str, ...]
    label: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that belong together, before it is known what they are."""

    lines: tuple[tuple[int, Line], ...]
    marker: Marker | None = None
    row: Row | None = None


def paragraphs_of(pages: Sequence[Page], *, minutes: bool) -> list[Paragraph]:
    """The paragraphs of one paper, in reading order. In minutes and agendas the numbered headings are its items."""
    style = _Style.of(pages)
    words = {word for page in pages for word in re.findall(r"[a-z]{4,}", page.text.lower())}
    pieces = list(_pieces(pages, style))
    return list(_arranged(pieces, style, words, minutes))


@dataclass(frozen=True, slots=True)
class _Style:
    """What is usual in the paper: size of type, distance between lines, right edge, and whether bold says anything."""

    size: float
    pitch: float
    right: float
    bold_tells: bool
    headings_stand_out: bool

    @staticmethod
    def of(pages: Sequence[Page]) -> "_Style":
        lines = [line for page in pages for line in page.lines]
        prose = [line for line in lines if len(line.text) > 40] or lines
        if not prose:
            return _Style(11, 14, 500, False, False)
        gaps = [
            below.top - above.top
            for page in pages
            for above, below in pairwise(page.lines)
            if 0.8 * above.size < below.top - above.top < 2.5 * max(above.size, 1)
        ]
        style = _Style(
            size=median(line.size for line in prose),
            pitch=median(gaps) if gaps else 14,
            right=sorted(line.x1 for line in prose)[int(0.9 * (len(prose) - 1))],
            bold_tells=0 < sum(line.bold for line in prose) < 0.5 * len(prose) or not any(line.bold for line in prose),
            headings_stand_out=False,
        )
        numbered = [line for line in lines if _is_numbered_heading(line) and style.stands_out(line)]
        return replace(style, headings_stand_out=len(numbered) >= 2)

    def stands_out(self, line: Line) -> bool:
        letters = [char for char in line.text if char.isalpha()]
        capitals = len(letters) > 3 and sum(char.isupper() for char in letters) > 0.85 * len(letters)
        return (line.bold and self.bold_tells) or line.size > 1.12 * self.size or capitals


def _pieces(pages: Sequence[Page], style: _Style) -> Iterable[_Piece]:
    current: list[tuple[int, Line]] = []
    marker: Marker | None = None
    column = action_column(page.lines for page in pages)
    above: Row | None = None
    for page in pages:
        before = above
        for part in table_rows(without_actions(page.lines, column), page.text, before):
            above = part if isinstance(part, Row) else None
            if isinstance(part, Row):
                if current:
                    yield _Piece(tuple(current), marker)
                current, marker = [], None
                yield _Piece(tuple((page.number, line) for line in part.lines), None, part)
                continue
            mark = marker_of(part.text)
            if current and (mark is not None or _parts_from(current, page.number, part, style, marker)):
                yield _Piece(tuple(current), marker)
                current, marker = [], None
            if not current:
                marker = mark
            current.append((page.number, part))
    if current:
        yield _Piece(tuple(current), marker)


_ENDS = re.compile(r"[.:;!?][”\"’')\]]*$")
_OPERATIVE = re.compile(
    r"(?:IT WAS )?(?:RESOLVED|AGREED|DECISION|DECIDED|RECOMMENDED|NOTED|APPROVED|CARRIED|LOST|Resolved|Carried"
    r"|Defeated)\b"
    r"|(?:NOW )?THEREFORE\b|(?:AND )?WHEREAS\b|(?:For|Against|Abstained|Abstentions?|Not voting)\s*[:(–-]\s*\(?\d"
    r"|AND (?:FURTHER )?THAT\b|THAT\b|Recommendations?\s*:"
)


def _parts_from(
    current: Sequence[tuple[int, Line]], page: int, line: Line, style: _Style, marker: Marker | None
) -> bool:
    """Whether `line` begins something new after `current`."""
    last_page, last = current[-1]
    ended = bool(_ENDS.search(last.text))
    runs_on = line.text[:1].islower()
    if page != last_page:
        return not runs_on and (ended or style.stands_out(line) != style.stands_out(last))
    gap = line.top - last.top
    filled = last.x1 > style.right - 0.1 * (style.right - last.x0)
    if style.stands_out(line) != style.stands_out(last) and not (
        not ended and (runs_on or (filled and gap < 1.2 * style.pitch and not style.stands_out(last)))
    ):
        return True
    if abs(line.size - last.size) > 0.15 * style.size and not runs_on:
        return True
    if _OPERATIVE.match(line.text) and (ended or not last.text.rstrip().endswith(("to", "and", "the", "of", "was"))):
        return True
    if len(current) == 1 and marker is not None and _is_plain_heading(marker, last, style) and not runs_on:
        return True
    if gap > 1.45 * style.pitch or gap < -style.pitch:
        return not (runs_on and not ended and gap < 2.2 * style.pitch)
    short = last.x1 < style.right - 0.22 * (style.right - last.x0)
    if ended and short and not runs_on:
        return True
    return marker is None and ended and line.x0 - last.x0 > 10 and not runs_on


def _joined(lines: Sequence[tuple[int, Line]], words: set[str]) -> tuple[str, tuple[Span, ...]]:
    """The lines as one text, a word broken over a line end mended where the paper has that word whole elsewhere."""
    text = ""
    spans: list[Span] = []
    for number, (page, line) in enumerate(lines):
        piece = line.text.strip()
        if number and text:
            broken = re.search(r"([A-Za-z]{2,})-$", text)
            onward = re.match(r"[a-z]+", piece)
            if broken and onward:
                if (broken[1] + onward[0]).lower() in words:
                    text = text[:-1]
            else:
                text += " "
        if spans and spans[-1].page == page:
            spans[-1] = replace(spans[-1], end=len(text) + len(piece))
        else:
            spans.append(Span(page, len(text), len(text) + len(piece)))
        text += piece
    tiled = [replace(span, end=spans[n + 1].start if n + 1 < len(spans) else len(text)) for n, span in enumerate(spans)]
    return text, tuple(tiled)


_CONTENTS = re.compile(r"(?:\.{4,}|(?:\s\.){4,}|…{2,})\s*\d*\s*$")


def _arranged(pieces: Sequence[_Piece], style: _Style, words: set[str], minutes: bool) -> Iterable[Paragraph]:
    """Gives each piece its kind, number, item and headings."""
    trail: list[tuple[int, str]] = []
    item: str | None = None
    number: str | None = None
    for position, piece in enumerate(pieces):
        text, spans = (
            (piece.row.text, (Span(piece.lines[0][0], 0, len(piece.row.text)),))
            if piece.row
            else _joined(piece.lines, words)
        )
        if not text:
            continue
        level = None if piece.row else _heading_level(piece, text, style, pieces[position + 1 : position + 2])
        if level is not None:
            title = _title(text)
            trail = [(above, heading) for above, heading in trail if above < level]
            if minutes and piece.marker and piece.marker.depth == 1:
                item = title
                trail = []
            else:
                trail.append((level, title))
            number = piece.marker.mark if piece.marker else None
            yield Paragraph(number, "heading", text, spans, item, tuple(heading for _, heading in trail))
            continue
        kind: ParagraphKind = "text"
        if piece.row:
            kind = "row"
        elif _CONTENTS.search(text):
            kind = "contents"
        elif piece.marker and piece.marker.kind in ("bullet", "clause"):
            kind = "bullet"
        elif piece.marker:
            number = piece.marker.mark
            if piece.marker.kind == "resolution":
                item, trail = None, []
        shown = number
        if piece.marker and piece.marker.kind == "clause":
            shown = f"{number} ({piece.marker.mark})" if number else f"({piece.marker.mark})"
        yield Paragraph(
            number=shown,
            kind=kind,
            text=text,
            spans=spans,
            item=item,
            headings=tuple(heading for _, heading in trail),
            label=piece.row.label if piece.row else "",
            cells=piece.row.cells if piece.row else (),
        )


def _title(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" :").replace(" | ", " ")[:200]


def _heading_level(piece: _Piece, text: str, style: _Style, following: Sequence[_Piece]) -> int | None:
    """How deep a heading it is (1 is the outermost), or None for ordinary text."""
    lines = [line for _, line in piece.lines]
    if len(lines) > 4 or len(text) > 220 or _OPERATIVE.match(text) or not re.search(r"[A-Za-z]{2}", text):
        return None
    if piece.marker and piece.marker.kind in ("bullet", "clause", "resolution"):
        return None
    body = text[piece.marker.length :] if piece.marker else text
    if not body or body[0].islower() or re.search(r"[;,]$", text):
        return None
    outstanding = all(style.stands_out(line) for line in lines)
    if outstanding and not (body.endswith(".") and len(body) > 90):
        if piece.marker:
            return 1 + piece.marker.depth
        return 1 if lines[0].size > 1.12 * style.size else 2
    # Plain type: only a short numbered line with no full stop, where no heading of the paper stands out better.
    if style.headings_stand_out or _OPERATIVE.match(body) or body.endswith((".", ":")):
        return None
    if piece.marker and piece.marker.depth == 1 and len(lines) <= 2 and len(body) <= 100:
        next_marker = following[0].marker if following else None
        heads_nothing = next_marker is not None and next_marker.kind == "number" and next_marker.depth == 1
        if not heads_nothing or _ends_short(lines[-1], style):
            return 2
    return None


def _is_numbered_heading(line: Line) -> bool:
    marker = marker_of(line.text)
    return marker is not None and marker.kind == "number" and marker.depth == 1 and len(line.text) < 110


def _is_plain_heading(marker: Marker, line: Line, style: _Style) -> bool:
    """Whether a line in ordinary type reads as a numbered heading: "5. Matters Arising", alone on its line."""
    body = line.text[marker.length :]
    return not style.headings_stand_out and (
        marker.kind == "number"
        and marker.depth == 1
        and body[:1].isupper()
        and len(body) <= 100
        and not body.rstrip().endswith((".", ";", ",", ":"))
        and line.x1 < style.right - 0.12 * (style.right - line.x0)
    )


def _ends_short(line: Line, style: _Style) -> bool:
    return line.x1 < style.right - 0.2 * (style.right - line.x0)
