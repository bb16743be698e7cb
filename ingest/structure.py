"""Pages as items and numbered paragraphs, each with its place on each page."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.headings import heading_level
from ingest.lines import Line
from ingest.markers import ADDRESS, Marker
from ingest.pages import Page
from ingest.pieces import Piece, pieces_of
from ingest.style import Style
from ingest.tables import squeezed

ParagraphKind = Literal["text", "heading", "bullet", "row", "contents"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of a paragraph's text stand on this page of the PDF, one after another."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph, bullet, heading or table row.

    `text` is the words as printed with line ends joined; `spans` tile it, one a page, and more
    where words struck out stand between.
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


def paragraphs_of(pages: Sequence[Page], *, minutes: bool) -> list[Paragraph]:
    """The paragraphs of one paper, in reading order. In minutes and agendas the numbered headings are its items."""
    style = Style.of(pages)
    words = {word for page in pages for word in re.findall(r"[a-z]{4,}", page.text.lower())}
    pieces = list(pieces_of(pages, style))
    struck = {page.number: squeezed(page.text) for page in pages if page.struck}
    return list(_arranged(pieces, style, words, minutes, struck))


def _joined(
    lines: Sequence[tuple[int, Line]], words: set[str], struck: Mapping[int, str]
) -> tuple[str, tuple[Span, ...]]:
    """The lines as one text, a word broken over a line end mended where the paper has that word whole elsewhere.

    `struck` holds the text, squeezed, of each page that has words struck out: there a span ends where they stand.
    """
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
    return text, tuple(part for span in tiled for part in _parted(text, span, struck.get(span.page)))


def _parted(text: str, span: Span, on_page: str | None) -> Iterator[Span]:
    """The span as runs of words that stand on its page one after another."""
    if on_page is None or squeezed(text[span.start : span.end]) in on_page:
        yield span
        return
    start = span.start
    for match in re.finditer(r"\S+\s*", text[span.start : span.end]):
        begin, end = span.start + match.start(), span.start + match.end()
        if begin > start and squeezed(text[start:end]) not in on_page:
            yield replace(span, start=start, end=begin)
            start = begin
    yield replace(span, start=start)


_CONTENTS = re.compile(r"(?:\.{4,}|(?:\s\.){4,}|…{2,})\s*\d*\s*$")


def _arranged(
    pieces: Sequence[Piece], style: Style, words: set[str], minutes: bool, struck: Mapping[int, str]
) -> Iterable[Paragraph]:
    """Gives each piece its kind, number, item and headings."""
    trail: list[tuple[int, str]] = []
    item: str | None = None
    number: str | None = None
    items = _Items()
    text = ""
    for position, piece in enumerate(pieces):
        text_before = text
        text, spans = (
            (piece.row.text, (Span(piece.lines[0][0], 0, len(piece.row.text)),))
            if piece.row
            else _joined(piece.lines, words, struck)
        )
        if not text:
            continue
        level = None if piece.row else heading_level(piece, text, style, pieces[position + 1 : position + 2])
        if level is not None:
            title = _title(text)
            trail = [(above, heading) for above, heading in trail if above < level]
            if minutes and piece.marker and items.headed_by(piece.marker) and not ADDRESS.search(text):
                items = items.after(piece)
                item, trail = title, []
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
            elif minutes and items.leads_to(piece, text_before):
                items = items.after(piece)
                item = _title(text)[:120]
            elif minutes:
                items = items.listing(piece, text_before)
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


# What leads into a numbered list rather than ends a minute.
_LEADS_IN = re.compile(r"(?::|[–—-]|\b(?:to|that|following))\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Items:
    """How far an agenda or minutes have counted: the last item's number, and where on the line it stands.

    `listed` is the last number of a list that an item holds.
    """

    number: int = 0
    x0: float | None = None
    listed: int = 0
    mark: str = ""

    def headed_by(self, marker: Marker) -> bool:
        """Whether a numbered heading is an item's: "8.1" is, unless it stands under the heading of 8."""
        return marker.depth == 1 or (marker.depth == 2 and marker.mark.split(".")[0] not in (str(self.number), ""))

    def leads_to(self, piece: Piece, before: str) -> bool:
        """Whether a numbered sentence is the next item: one or two more, at the same place, so in no list."""
        if self._is_listed(piece, before):
            return False
        same = self.x0 is None or abs(piece.lines[0][1].x0 - self.x0) < 6
        if piece.marker and "/" in piece.marker.mark:
            return same and (not self.mark or _runs_on(self.mark, piece.marker.mark))
        # One may be passed over: an item that was taken out, or is struck out.
        onward = (str(self.number + 1), str(self.number + 2)) if self.number else ("1",)
        return piece.marker is not None and piece.marker.mark in onward and same

    def _is_listed(self, piece: Piece, before: str) -> bool:
        mark = piece.marker.mark if piece.marker else ""
        return mark.isdigit() and (mark == str(self.listed + 1) if mark != "1" else bool(_LEADS_IN.search(before)))

    def listing(self, piece: Piece, before: str) -> "_Items":
        """As it is after a numbered sentence that is no item but may be of a list."""
        return replace(self, listed=int(piece.marker.mark) if piece.marker and self._is_listed(piece, before) else 0)

    def after(self, piece: Piece) -> "_Items":
        mark = piece.marker.mark if piece.marker else ""
        return _Items(int(mark) if mark.isdigit() else self.number, piece.lines[0][1].x0, mark=mark)


def _runs_on(before: str, mark: str) -> bool:
    """Whether a minute's number is the next, or the next but one, of a series: "Fin/32/24-25" after "Fin/31/24-25"."""
    if re.sub(r"\d", "0", before) != re.sub(r"\d", "0", mark) and before.count("/") != mark.count("/"):
        return False
    steps = [int(b) - int(a) for a, b in zip(re.findall(r"\d+", before), re.findall(r"\d+", mark), strict=False)]
    return sorted(steps)[-1:] in ([1], [2]) and sum(map(abs, steps)) == max(steps)


def _title(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" :").replace(" | ", " ")
    return re.sub(r"\s+\(?(?:Pages? \d[\d –-]*|to follow)\)?$", "", text, flags=re.IGNORECASE)[:200]
