"""A table's lines as a grid: which lines are one row, which cells one column, and in what order the page has them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from ingest.bands import Band
from ingest.lines import Cell, Line

FIGURE = re.compile(r"[-–(£$€+]*\d[\d,.]*\d?[%kmMbn)]*|[-–]|nil|n/a", re.IGNORECASE)
_WORDS = re.compile(r"[A-Za-z]{3}")
#: Lines of one row at most; beyond it the page's words run down the columns and say nothing of rows.
TALLEST = 40


def is_figure(cell: str) -> bool:
    """Whether a cell holds an amount, a count or a dash: "£1,234", "(56)", "12 %"; not "31 March 2024"."""
    first, _, rest = cell.partition(" ")
    return bool(FIGURE.fullmatch(cell.replace(" ", "")) or (FIGURE.fullmatch(first) and not _WORDS.search(rest)))


def squeezed(text: str) -> str:
    """Only the letters and figures, in lower case: how words are compared with a page."""
    return re.sub(r"[\W_]+", "", text).lower()


def cells_of(group: Sequence[Line], bands: Sequence[Band]) -> list[str]:
    """One text a column, wrapped lines joined."""
    texts = [""] * len(bands)
    if len(group) == 1 and len(group[0].cells) == 1 and not _SUM.search(group[0].text):
        # A line of one cell over several columns names the rows after it.
        texts[_first_column(group[0].cells[0], bands)] = group[0].text
        return texts
    for line in group:
        for number, text in _placed(line, bands):
            texts[number] = f"{texts[number]} {text}".strip()
    for number, after in enumerate(texts[1:]):
        if (match := _SIGN_OF_NEXT.search(texts[number])) and after[:1].isdigit():
            texts[number : number + 2] = [texts[number][: match.start()], f"{match[1]} {after}"]
    return texts


_SUM = re.compile(r"[£$€]\d|\d,\d{3}|\d\.\d")
# A currency's sign stands at its column's left, and so nearer to the column before.
_SIGN_OF_NEXT = re.compile(r"(?:(?<=\S) |^)([£$€])$")


_SPLITS = re.compile(r"\s(?=\d{1,2} [A-Z][a-z]+ \d{4}|(?:19|20)\d\d[-/]\d\d|£)")


def _placed(line: Line, bands: Sequence[Band]) -> Iterator[tuple[int, str]]:
    """Each cell with its column; a cell printed over two columns is parted, as if its gap were only too narrow."""
    taken = [_column(cell, bands) for cell in line.cells]
    for cell, number in zip(line.cells, taken, strict=True):
        after = number + 1
        left, right = bands[number]
        over = min(cell.x1 - right, 10_000.0) if after < len(bands) else 0.0
        before = left - cell.x0 if number else 0.0
        if over > 14 and after not in taken and (match := _split(cell, right)):
            yield number, cell.text[:match]
            yield after, cell.text[match:].strip()
        elif before > 14 and number - 1 not in taken and (match := _split(cell, left)):
            yield number - 1, cell.text[:match]
            yield number, cell.text[match:].strip()
        else:
            yield number, cell.text


def _split(cell: Cell, at: float) -> int | None:
    spaces = [match.start() for match in _SPLITS.finditer(cell.text)] or [
        m.start() for m in re.finditer(" ", cell.text)
    ]
    if not spaces:
        return None
    want = (at - cell.x0) / (cell.x1 - cell.x0) * len(cell.text)
    best = min(spaces, key=lambda space: abs(space - want))
    return best if abs(best - want) < 0.25 * len(cell.text) + 2 else None


def _column(cell: Cell, bands: Sequence[Band]) -> int:
    return max(range(len(bands)), key=lambda n: min(cell.x1, bands[n][1]) - max(cell.x0, bands[n][0]))


def _first_column(cell: Cell, bands: Sequence[Band]) -> int:
    own = _column(cell, bands)
    over = [n for n, (left, right) in enumerate(bands) if cell.x0 < right - 14 and cell.x1 > left + 14]
    return min(over) if len(over) > 1 and cell.x0 < bands[0][1] else own


def rows_of(lines: Sequence[Line], bands: Sequence[Band], on_page: str) -> list[list[Line]]:
    """Lines parted into rows: by the page's own order of words, by figures, and by the distance between lines."""
    groups = _grouped(lines, bands, _places(lines, on_page))
    tallest = max(groups, key=len)
    if len(tallest) > 0.7 * len(lines) and sum(len(line.cells) > 1 for line in tallest) >= 4:
        # The page has its words column by column, which says nothing of rows.
        groups = _grouped(lines, bands, [[] for _ in lines])
    return groups


def _grouped(lines: Sequence[Line], bands: Sequence[Band], places: Sequence[Sequence[int]]) -> list[list[Line]]:
    pitch, leading = _pitch(lines), _leading(lines, bands)
    groups = [[lines[0]]]
    spans = [list(places[0])]
    for before, line, place in zip(lines, lines[1:], places[1:], strict=False):
        gap = line.top - before.top
        if _same_row(groups[-1], line, gap, pitch, leading, bands, spans[-1], place):
            groups[-1].append(line)
            spans[-1] = [*spans[-1], *place]
        else:
            groups.append([line])
            spans.append(list(place))
    return groups


def _same_row(
    group: Sequence[Line],
    line: Line,
    gap: float,
    pitch: float,
    leading: float,
    bands: Sequence[Band],
    span: Sequence[int],
    place: Sequence[int],
) -> bool:
    if gap <= 0 or gap > 3.5 * max(line.size, 6) or len(group) >= TALLEST:
        return False
    if _figures(line, bands) & {column for other in group for column in _figures(other, bands)}:
        return False
    if span and place and min(place) < max(span):
        return True
    first = _column(line.cells[0], bands)
    if leading:
        return gap < leading and (first > 0 or len(_figures(line, bands)) < 2)
    close = gap < (0.82 * pitch if pitch else 1.3 * line.size)
    if len(line.cells) > 1:
        return close and (first > 0 or line.text[:1].islower())
    return close and (first > 0 or line.text[:1].islower() or bool(pitch and len(group[-1].cells) > 1))


def _figures(line: Line, bands: Sequence[Band]) -> set[int]:
    found = {_column(cell, bands) for cell in line.cells if is_figure(cell.text)}
    return found - {0}


def _pitch(lines: Sequence[Line]) -> float:
    """The distance between rows of one line: 0 where no two such follow each other."""
    gaps = [
        below.top - above.top
        for above, below in pairwise(lines)
        if len(above.cells) > 1 and len(below.cells) > 1
        and any(is_figure(cell.text) for cell in above.cells[1:])
        and any(is_figure(cell.text) for cell in below.cells[1:])
    ]  # fmt: skip
    return median(gaps) if gaps else 0.0


#: Rows stand further apart than their lines by this much at least.
_WIDER = 1.18


def _leading(lines: Sequence[Line], bands: Sequence[Band]) -> float:
    """What lines of one row are nearer to each other than, where rows stand further apart than that; else 0."""
    steps = [
        (below.top - above.top, above, below)
        for above, below in pairwise(lines)
        if 0 < below.top - above.top < 4 * max(below.size, 6)
    ]
    gaps = sorted(gap for gap, _, _ in steps)
    if len(gaps) < 5:
        return 0.0
    nearer, further = max(pairwise(gaps), key=lambda pair: pair[1] / pair[0])
    if further < _WIDER * nearer or nearer > 1.6 * max(line.size for line in lines):
        return 0.0
    within = [(above, below) for gap, above, below in steps if gap <= nearer]
    between = [below for gap, _, below in steps if gap >= further]
    if len(within) < 3:
        return 0.0
    begin = sum(_column(line.cells[0], bands) == 0 for line in between)
    wrapped = sum(len(below.cells) < len(above.cells) or below.text[:1].islower() for above, below in within)
    few = 0.6 if len(between) < 3 else 0.4
    return (nearer + further) / 2 if begin >= 0.75 * len(between) and wrapped >= few * len(within) else 0.0


def _places(lines: Sequence[Line], on_page: str) -> list[list[int]]:
    """Where each line's cells stand in the page's order of words, of those that stand there only once."""
    found = []
    for line in lines:
        places = []
        for cell in line.cells:
            wanted = squeezed(cell.text)
            at = on_page.find(wanted) if len(wanted) > 3 else -1
            if at >= 0 and on_page.find(wanted, at + 1) < 0:
                places.append(at)
        found.append(places)
    return found


def runs_of(texts: Sequence[str], on_page: str) -> list[list[str]]:
    """The pieces of a row in the fewest runs that stand on the page, the longest run first.

    `on_page` is the page squeezed. What is nowhere on it comes back as a run of its own.
    """
    if squeezed("".join(texts)) in on_page:
        return [list(texts)]
    left = [(text, squeezed(text)) for text in texts]
    runs = []
    while left:
        run = _longest_run(left, on_page)
        runs.append([left[n][0] for n in run])
        left = [piece for n, piece in enumerate(left) if n not in run]
    return sorted(runs, key=lambda run: -sum(len(text) for text in run))


def _longest_run(pieces: Sequence[tuple[str, str]], on_page: str) -> list[int]:
    first = max(range(len(pieces)), key=lambda n: len(pieces[n][1]))
    wanted = pieces[first][1]
    best: list[int] = [first]
    at = on_page.find(wanted) if wanted else -1
    for _ in range(12):
        if at < 0 or len(best) == len(pieces):
            break
        run = _run_around(pieces, first, at, on_page)
        best = max(best, run, key=lambda run: sum(len(pieces[n][1]) for n in run))
        at = on_page.find(wanted, at + 1)
    return best


def _run_around(pieces: Sequence[tuple[str, str]], first: int, at: int, on_page: str) -> list[int]:
    """The run that has piece `first` at `at`: whichever pieces stand right after it and right before it."""
    run = [first]
    start, end = at, at + len(pieces[first][1])
    left = [n for n in range(len(pieces)) if n != first and pieces[n][1]]
    while after := [n for n in left if on_page.startswith(pieces[n][1], end)]:
        best = max(after, key=lambda n: (len(pieces[n][1]), -n))
        run.append(best)
        left.remove(best)
        end += len(pieces[best][1])
    while before := [n for n in left if on_page.endswith(pieces[n][1], 0, start)]:
        best = max(before, key=lambda n: (len(pieces[n][1]), n))
        run.insert(0, best)
        left.remove(best)
        start -= len(pieces[best][1])
    return run
