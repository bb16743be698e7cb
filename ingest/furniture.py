"""Running headers and footers, and the page number printed in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ingest.lines import Line

BAND = 0.12  # of the page's height, at top and at bottom, in which furniture stands
DEPTH = 4  # lines of header, and of footer, at most
SAME_PLACE = 6.0  # points between two pages' copies of one running line
NEAR = 2  # pages before and after among which a running line must be found again
FAR = 15  # pages before and after whose body may show that the place belongs to the body
ALONE = re.compile(r"[-–—\[(|\s]*(?:page\s*)?(\d{1,4})[-–—\])|.\s]*", re.IGNORECASE)
PAGE = re.compile(r"\b(?:page|pg\.?|p\.)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?(?!\d)", re.IGNORECASE)
OUT_OF = re.compile(r"\s*(\d{1,4})\s*(?:of|/)\s*\d{1,4}\s*", re.IGNORECASE)
AT_AN_END = re.compile(r"(?<![\w.,/£$-])(\d{1,4})\s*$|^\s*(\d{1,4})(?![\w.,/%-])")


class Stripped(NamedTuple):
    """A page's body, its furniture, and the page number printed on it if there is one."""

    body: list[Line]
    furniture: list[Line]
    number: str | None


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line near the top or the foot of a page; `place` is its distance from that edge, negative at the foot."""

    line: Line
    page: int
    place: float
    mask: str


def strip_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], blurred: Collection[int] = ()
) -> list[Stripped]:
    """Each page's body apart from its running headers and footers, and its printed page number.

    A line near the top or the foot is furniture when its words (figures masked) stand at the same place on pages
    near by, or when it is a page number that goes up by one from page to page. `blurred` are the pages, from 0,
    read by OCR, which loses small numbers: theirs are told from their neighbours'.
    """
    edges = [_edges(page, lines, height) for page, (lines, height) in enumerate(zip(pages, heights, strict=True))]
    running = _running([edge for found in edges for edge in found], len(pages))
    running -= _again(edges, pages)
    votes, candidates = _candidates(edges, running)
    numbers = [_chosen(found, votes, len(pages)) for found in candidates]
    _fill_in(numbers, blurred)
    result = []
    for page, lines in enumerate(pages):
        gone = {id(edge.line) for edge in edges[page] if id(edge.line) in running or _is_number(edge, votes)}
        gone |= {id(edge.line) for edge in _outermost(edges[page]) if _says_its_page(edge)}
        body = [line for line in lines if id(line) not in gone]
        number = numbers[page]
        result.append(Stripped(body, [line for line in lines if id(line) in gone], str(number) if number else None))
    return result


def _edges(page: int, lines: Sequence[Line], height: float) -> list[_Edge]:
    ordered = sorted(lines, key=lambda line: line.top)
    head = [line for line in ordered if line.bottom < BAND * height][:DEPTH]
    foot = [line for line in ordered if line.top > (1 - BAND) * height][-DEPTH:]
    places = [(line, line.top) for line in head] + [(line, line.top - height) for line in foot]
    return [_Edge(line, page, place, _masked(line.text)) for line, place in places]


def _again(edges: Sequence[Sequence[_Edge]], pages: Sequence[Sequence[Line]]) -> set[int]:
    """The ids of edge lines whose words stand on their page a second time: rows of a table, not running lines."""
    found: set[int] = set()
    for lines, near in zip(pages, edges, strict=True):
        counts = Counter(_masked(line.text) for line in lines)
        found |= {id(edge.line) for edge in near if counts[edge.mask] > 1}
    return found


def _masked(text: str) -> str:
    return " ".join(re.sub(r"\d+", "#", text.casefold()).split())


def _running(edges: Sequence[_Edge], pages: int) -> set[int]:
    """The ids of the lines that run from page to page."""
    alike: dict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        if any(char.isalpha() for char in edge.mask):
            alike[edge.mask].append(edge)
    wanted = 2 if pages <= 3 else 3
    running: dict[int, _Edge] = {}
    for group in alike.values():
        for edge in group:
            near = {other.page for other in group if abs(other.page - edge.page) <= NEAR and _same_place(edge, other)}
            if len(near) >= wanted:
                running[id(edge.line)] = edge
    return {
        key
        for key, edge in running.items()
        if not _is_title(edge, alike[edge.mask])
        and not _is_table_head(edge, edges)
        and not _is_in_body(edge, edges, running)
    }


def _same_place(one: _Edge, other: _Edge) -> bool:
    return (one.place < 0) == (other.place < 0) and abs(one.place - other.place) <= SAME_PLACE


def _is_title(edge: _Edge, group: Sequence[_Edge]) -> bool:
    """Where a running head begins it is the title of what begins there, and stays in the body."""
    before = any(0 < edge.page - other.page <= NEAR and _same_place(edge, other) for other in group)
    return edge.place >= 0 and not before and not PAGE.search(edge.line.text)


def _is_table_head(edge: _Edge, edges: Sequence[_Edge]) -> bool:
    """A table that runs over several pages repeats its heads, some of several lines; they belong to the body."""
    if edge.place < 0 or PAGE.search(edge.line.text):
        return False
    near = (
        other.line for other in edges if other.page == edge.page and abs(other.place - edge.place) < 2 * edge.line.size
    )
    return any(len(line.cells) >= 3 for line in near)


def _is_in_body(edge: _Edge, edges: Sequence[_Edge], running: Collection[int]) -> bool:
    """Whether other pages have their own words at this place: a heading on several pages, then, not a running one."""
    there = [other for other in edges if abs(other.page - edge.page) <= FAR and _same_place(edge, other)]
    own = {other.page for other in there if id(other.line) not in running and not ALONE.fullmatch(other.line.text)}
    same = {other.page for other in there if other.mask == edge.mask}
    return len(own - same) > len(same)


def _candidates(
    edges: Sequence[Sequence[_Edge]], running: Collection[int]
) -> tuple[Counter[int], list[dict[int, bool]]]:
    """For each page the offsets (number less page) its edges suggest, and whether surely; and the offsets' votes."""
    votes: Counter[int] = Counter()
    candidates: list[dict[int, bool]] = []
    for page, lines in enumerate(edges):
        found: dict[int, bool] = {}
        for edge in lines:
            sure = _says_its_page(edge) or (edge in _outermost(lines) and _says_only_page(edge.line))
            for value in _numbers_in(edge.line, id(edge.line) in running):
                found[value - page] = sure or found.get(value - page, False)
        candidates.append(found)
        votes.update(found.keys())
    return votes, candidates


def _numbers_in(line: Line, running: bool) -> list[int]:
    said = [int(found[1]) for found in PAGE.finditer(line.text)]
    texts = [line.text, *(cell.text for cell in (line.cells[0], line.cells[-1]) if len(line.cells) > 1)]
    bare = [int(found[1]) for text in texts for pattern in (ALONE, OUT_OF) if (found := pattern.fullmatch(text))]
    ends = [int(found[1] or found[2]) for found in AT_AN_END.finditer(line.text)] if running else []
    return [*said, *bare, *ends]


def _chosen(found: dict[int, bool], votes: Counter[int], pages: int) -> int | None:
    """The offset, as a page number, that fits most pages; one page's word for it is enough only if sure."""
    best = max(found, key=lambda offset: (votes[offset], found[offset]), default=None)
    if best is None or (votes[best] == 1 and not found[best] and pages > 1):
        return None
    return best


def _fill_in(numbers: list[int | None], blurred: Collection[int]) -> None:
    """Turns offsets into page numbers, and gives blurred pages that have none their neighbours' offset."""
    offsets = list(numbers)
    for page, offset in enumerate(offsets):
        near = [other for other in offsets[max(0, page - FAR) : page + FAR + 1] if other is not None]
        if offset is None and page in blurred and len(near) >= 3 and len(set(near)) == 1:
            offset = near[0]
        numbers[page] = offset + page if offset is not None and offset + page > 0 else None


def _outermost(edges: Sequence[_Edge]) -> list[_Edge]:
    heads = [edge for edge in edges if edge.place >= 0]
    feet = [edge for edge in edges if edge.place < 0]
    return heads[:1] + feet[-1:]


def _says_its_page(edge: _Edge) -> bool:
    """Whether a short line says "page" and its own page's number: a running head of which there is but one."""
    found = PAGE.search(edge.line.text)
    return found is not None and int(found[1]) == edge.page + 1 and len(edge.line.text.split()) <= 12


def _says_only_page(line: Line) -> bool:
    rest = PAGE.sub("", line.text)
    return rest != line.text and sum(char.isalnum() for char in rest) < 3


def _is_number(edge: _Edge, votes: Counter[int]) -> bool:
    """Whether a line is nothing but a page number, by its words or because it goes up from page to page."""
    alone = ALONE.fullmatch(edge.line.text) or OUT_OF.fullmatch(edge.line.text)
    if alone:
        return votes[int(alone[1]) - edge.page] > 1 or bool(PAGE.search(edge.line.text))
    return _says_only_page(edge.line)
