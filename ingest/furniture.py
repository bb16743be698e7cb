"""Running headers and footers, and the page number printed in them."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingest.lines import Line

BAND = 0.12  # of the page's height, at top and at bottom, in which furniture stands
DEPTH = 4  # at most this many lines of header, and of footer
SAME_PLACE = 6.0  # points between two pages' copies of one running line
BARE_NUMBER = re.compile(r"[-–—\[(|\s]*(\d{1,4}|[ivxlc]{1,6})[-–—\])|\s]*", re.IGNORECASE)
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?(?!\d)|(?<!\d)(\d{1,4})\s+of\s+\d{1,4}", re.IGNORECASE
)


def strip_furniture(
    pages: Sequence[Sequence[Line]], heights: Sequence[float]
) -> list[tuple[list[Line], list[Line], str | None]]:
    """For each page its body lines, its furniture, and the page number printed on it if there is one.

    A line near the top or bottom is furniture when its words (digits masked) stand at the same place on other
    pages too, or when it is nothing but a page number.
    """
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, lines in enumerate(edges):
        for line, place in lines:
            seen[_mask(line.text)].append((number, place))
    result: list[tuple[list[Line], list[Line], str | None]] = []
    numbers = _printed_numbers(edges)
    for number, lines in enumerate(pages):
        furniture = {
            id(line) for line, place in edges[number] if _repeats(seen[_mask(line.text)], number, place, len(pages))
        }
        furniture |= {
            id(line)
            for line, _ in edges[number]
            if _is_page_number(line.text) and (numbers[number] is not None or _says_page(line.text))
        }
        body = [line for line in lines if id(line) not in furniture]
        result.append((body, [line for line in lines if id(line) in furniture], numbers[number]))
    return result


def _edge_lines(lines: Sequence[Line], height: float) -> list[tuple[Line, float]]:
    """The lines in the top and bottom bands, outermost first, with their distance from that edge (foot negative)."""
    ordered = sorted(lines, key=lambda line: line.top)
    head = [line for line in ordered if line.bottom < BAND * height][:DEPTH]
    foot = [line for line in ordered if line.top > (1 - BAND) * height][-DEPTH:]
    return [(line, line.top) for line in head] + [(line, line.top - height) for line in foot if line not in head]


def _mask(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\d+", "#", text.casefold())).strip()


def _repeats(places: Sequence[tuple[int, float]], page: int, place: float, pages: int) -> bool:
    same = {
        other
        for other, there in places
        if other != page and (there < 0) == (place < 0) and abs(there - place) <= SAME_PLACE
    }
    near = sum(abs(other - page) <= 4 for other in same)
    return near >= (1 if pages <= 3 else 2) or len(same) >= max(2, pages // 3)


def _is_page_number(text: str) -> bool:
    return bool(BARE_NUMBER.fullmatch(text)) or _says_page(text)


def _says_page(text: str) -> bool:
    found = PAGE_NUMBER.search(text)
    return found is not None and len(PAGE_NUMBER.sub("", text).strip(" -–—|[]().,")) < 3


def _printed_numbers(edges: Sequence[Sequence[tuple[Line, float]]]) -> list[str | None]:
    """The printed number of each page: of the candidates, the one that fits the longest run of pages."""
    votes: Counter[int] = Counter()
    candidates: list[dict[int, str]] = []
    for page, lines in enumerate(edges):
        found: dict[int, str] = {}
        for line, _ in lines:
            for value in _numbers_in(line.text):
                found.setdefault(int(value) - page, value)
        candidates.append(found)
        votes.update(found.keys())
    result: list[str | None] = []
    for found in candidates:
        best = max(found, key=lambda offset: votes[offset], default=None)
        result.append(found[best] if best is not None and (votes[best] > 1 or len(edges) == 1) else None)
    return result


def _numbers_in(text: str) -> list[str]:
    bare = BARE_NUMBER.fullmatch(text)
    if bare and bare[1].isdigit():
        return [bare[1]]
    return [found[1] or found[2] for found in PAGE_NUMBER.finditer(text)]
