"""A paper's lines as pieces: the lines of one paragraph, one heading or one table row together."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.actions import action_column, without_actions
from ingest.beside import one_cell
from ingest.grid import runs_of
from ingest.lines import Line
from ingest.markers import Marker, marker_of
from ingest.pages import Page
from ingest.style import OPERATIVE, Style, is_heading_alone, is_plain_heading
from ingest.tables import Row, squeezed, table_rows
from ingest.verdicts import VERDICT, VOTES


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together, before it is known what they are."""

    lines: tuple[tuple[int, Line], ...]
    marker: Marker | None = None
    row: Row | None = None


def pieces_of(pages: Sequence[Page], style: Style) -> Iterator[Piece]:
    """The pieces of a paper in reading order, each in words that stand on its pages one after another."""
    # Words struck out stand between those of a sentence: what parts it there is told by its spans.
    on_page = {page.number: squeezed(page.text) for page in pages if not page.struck}
    for piece in _pieces(pages, style):
        if piece.row or len(piece.lines) == 1 and len(piece.lines[0][1].cells) < 2:
            yield piece
        else:
            yield from _as_printed(piece, on_page)


#: A run of fewer letters that the page has apart from its sentence (a figure in a picture) is left out.
STRAY = 8


def _as_printed(piece: Piece, on_page: dict[int, str]) -> Iterator[Piece]:
    """The piece, or several where the page has its words apart: two columns read as one, a form's boxes."""
    by_page: dict[int, list[Line]] = {}
    for page, line in piece.lines:
        by_page.setdefault(page, []).append(line)
    apart = [
        page
        for page, lines in by_page.items()
        if page in on_page and squeezed("".join(line.text for line in lines)) not in on_page[page]
    ]
    cells = [(page, one_cell(line, n)) for page in apart for line in by_page[page] for n in range(len(line.cells))]
    if not apart or any(squeezed(cell.text) not in on_page[page] for page, cell in cells):
        yield piece
        return
    begins = True
    for page, lines in by_page.items():
        runs = [lines] if page not in apart else _runs([cell for at, cell in cells if at == page], on_page[page])
        for run in runs:
            if len(squeezed("".join(line.text for line in run))) >= STRAY or len(runs) == 1:
                same = begins and page not in apart
                yield Piece(tuple((page, line) for line in run), piece.marker if same else marker_of(run[0].text))
                begins = False


def _runs(lines: Sequence[Line], on_page: str) -> list[list[Line]]:
    left = list(lines)
    found = []
    for run in runs_of([line.text for line in lines], on_page):
        taken = []
        for text in run:
            line = next(line for line in left if line.text == text)
            left.remove(line)
            taken.append(line)
        found.append(taken)
    return sorted(found, key=lambda run: min(line.top for line in run))


def _pieces(pages: Sequence[Page], style: Style) -> Iterable[Piece]:
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
                    yield Piece(tuple(current), marker)
                current, marker = [], None
                yield Piece(tuple((page.number, line) for line in part.lines), None, part)
                continue
            mark = marker_of(part.text)
            if mark and current and _is_initial(mark, part.text, current[-1][1].text):
                mark = None
            if current and (mark is not None or _parts_from(current, page.number, part, style, marker)):
                yield Piece(tuple(current), marker)
                current, marker = [], None
            if not current:
                marker = mark
            current.append((page.number, part))
    if current:
        yield Piece(tuple(current), marker)


# "… on the proposal of Cllr." and on the next line "S. Hale": an initial, and no list's letter.
_NAMES_NEXT = re.compile(
    r"(?:\b(?:Cllrs?|Councillors?|Crs?|Mrs?|Ms|Miss|Dr|Ald|Aldermen|Alderman)\b\.?|\b(?:by|and|of)|,)$", re.IGNORECASE
)


def _is_initial(mark: Marker, text: str, before: str) -> bool:
    letter = mark.kind == "clause" and len(mark.mark) == 1 and mark.mark.isupper() and text[1:2] == "."
    return letter and bool(_NAMES_NEXT.search(before.rstrip()))


# "… and the amendment was therefore" and on the next line "CARRIED."
_UNENDED = re.compile(
    r"\b(?:to|and|the|of|was|were|therefore|then|duly|it|motion|amendment|council|committee|cabinet|board|members|panel"
    r"|trustees|unanimously)$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"(?:RESOLVED|AGREED|NOTED|APPROVED|CARRIED|LOST|DEFEATED|DEFERRED|WITHDRAWN)\b(?! ?[:–-]| (?:that|THAT)\b)"
)


def _runs_into(above: str, text: str, *, filled: bool) -> bool:
    """Whether a line that begins with an operative word goes on with the sentence of the line above it."""
    unended = _UNENDED.search(above.rstrip()) is not None
    return unended or (filled and _SAYS.match(text) is not None)


# "Moved Cr A Seconded Cr B": under a sentence's end, or a verdict, it begins a motion.
_MOVES = re.compile(r"(?:Moved|MOVED|Proposed|PROPOSED)\b:?(?: by\b:?)? [A-Z]")
_NUMBER_ALONE = re.compile(
    r"(?i:(?:council|committee|board)(?:[’']s)? )?(?:RESOLUTION|MOTION|Resolution|Motion)(?i: number| no\.?)?:? ?#? ?"
    r"[A-Z]{0,6}[-/]?\d[\w/.-]*\W*"
)
_ENDS = re.compile(r"[.:;!?][”\"’')\]]*$")


def _parts_from(
    current: Sequence[tuple[int, Line]], page: int, line: Line, style: Style, marker: Marker | None
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
    settled = (len(current) == 1 or not filled) and VERDICT.match(last.text) is not None
    if not filled and not runs_on and _MOVES.match(line.text) and (settled or (ended and not last.text.endswith(":"))):
        return True
    settles = settled and line.text[:1].isupper() and not VERDICT.match(line.text)
    if settles and (len(current) == 1 or not (filled or VOTES.match(line.text))):
        return True
    if OPERATIVE.match(line.text) and (ended or not _runs_into(last.text, line.text, filled=filled)):
        return True
    if len(current) == 1 and marker is not None and is_plain_heading(marker, last, style) and not runs_on:
        return True
    if len(current) == 1 and marker is not None and not runs_on and is_heading_alone(marker, last, style):
        return True
    if _NUMBER_ALONE.fullmatch(line.text):
        return True
    if gap > 1.45 * style.pitch or gap < -style.pitch:
        return not (runs_on and not ended and gap < 2.2 * style.pitch)
    listed = marker is not None and marker.kind in ("bullet", "clause")
    if listed and not runs_on and line.x0 < current[0][1].x0 - 4:
        return True
    short = last.x1 < style.right - 0.22 * (style.right - last.x0)
    if ended and short and not runs_on:
        return True
    return marker is None and ended and line.x0 - last.x0 > 10 and not runs_on
