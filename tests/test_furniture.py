"""Running lines and page numbers, told from the body."""

import pytest

from ingest.furniture import strip_furniture
from ingest.lines import Cell, Line

HEIGHT = 800.0
BODY = "the tender was accepted and the bridge will open again in the month of may after repairs to it".split()


def line(text: str, top: float, *cells: str, x0: float = 72) -> Line:
    parts = tuple(Cell(cell, x0 + 100 * n, x0 + 100 * n + 50) for n, cell in enumerate(cells or (text,)))
    return Line(" ".join(cells) if cells else text, x0, top, x0 + 300, top + 12, 11, False, parts)


def body(page: int) -> list[Line]:
    """Thirty lines of a page, none like another page's."""
    return [
        line(f"{BODY[(page + n) % 19]} {BODY[(2 * page + 3 * n) % 19]} {page}.{n}x", 110 + 20 * n) for n in range(30)
    ]


def stripped(*pages: list[Line], blurred: tuple[int, ...] = ()) -> list[tuple[list[str], list[str], str | None]]:
    found = strip_furniture(list(pages), [HEIGHT] * len(pages), blurred)
    return [([a.text for a in page.body], [a.text for a in page.furniture], page.number) for page in found]


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("foot", "numbers"),
    [
        ("{}", ["3", "4", "5", "6"]),
        ("- {} -", ["3", "4", "5", "6"]),
        ("Page {} of 9", ["3", "4", "5", "6"]),
        ("Minutes – September 2, 2025 – Page {}", ["3", "4", "5", "6"]),
        ("{} of 9", ["3", "4", "5", "6"]),
        ("Rural Affairs Panel, 14 May 2024 {}", ["3", "4", "5", "6"]),
    ],
)
def test_footers_go_and_give_the_page_number(foot: str, numbers: list[str]) -> None:
    pages = [[*body(n), line(foot.format(n + 3), 770)] for n in range(4)]
    found = stripped(*pages)
    assert [number for _, _, number in found] == numbers
    assert [kept for kept, _, _ in found] == [texts(body(n)) for n in range(4)]
    assert found[1][1] == [foot.format(4)]


def test_the_number_in_a_cell_of_the_footer() -> None:
    pages = [[*body(n), line("", 770, "Rural Affairs Panel", "May 2024", str(n + 8))] for n in range(4)]
    assert [number for _, _, number in stripped(*pages)] == ["8", "9", "10", "11"]


def test_a_running_head_begins_as_the_title() -> None:
    pages = [[line("Rural Affairs Panel", 40), *body(n)] for n in range(5)]
    found = stripped(*pages)
    assert found[0][0][0] == "Rural Affairs Panel"
    assert all(furniture == ["Rural Affairs Panel"] for _, furniture, _ in found[1:])


def test_two_pages_of_minutes_lose_only_what_runs() -> None:
    first = [line("Upper Marsh Parish Council", 40), line("Minutes of 3 June 2024", 60), *body(0)]
    second = [line("Page 2 – Minutes – June 3, 2024", 40), *body(1)]
    found = stripped(first, second)
    assert found[0] == (texts(first), [], None)
    assert found[1] == (texts(body(1)), ["Page 2 – Minutes – June 3, 2024"], "2")


def test_a_page_named_in_the_agenda_is_no_page_number() -> None:
    agenda = [line("8. Budget monitoring Page 69", 40), *body(0), line("9. Risk register Page 77", 770)]
    found = stripped(agenda, body(1), body(2))
    assert found[0] == (texts(agenda), [], None)


def test_the_heads_of_a_table_stay() -> None:
    pages = [[line("", 60, "Service", "Budget", "Forecast", "Variance"), *body(n)] for n in range(5)]
    assert all(not furniture for _, furniture, _ in stripped(*pages))


def test_rows_that_come_twice_on_a_page_stay() -> None:
    pages = [[line("Address and postcode", 40), *body(n), line("Address and postcode", 400)] for n in range(5)]
    assert all(not furniture for _, furniture, _ in stripped(*pages))


def test_a_heading_on_three_pages_where_others_have_their_own_stays() -> None:
    def page(n: int) -> list[Line]:
        return [line("Why it matters" if n in (4, 5, 6) else f"{BODY[n]} {BODY[n + 3]} {BODY[n + 5]}", 60), *body(n)]

    found = stripped(*[page(n) for n in range(12)])
    assert all(not furniture for _, furniture, _ in found)


def test_of_two_numbers_the_one_that_fits_more_pages() -> None:
    # A pack: each report has its own page numbers, and all have the pack's.
    pages = [[*body(n), line(f"Page {n % 3 + 1}", 750), line(str(n + 51), 775)] for n in range(9)]
    found = stripped(*pages)
    assert [number for _, _, number in found] == [str(n + 51) for n in range(9)]
    assert found[4][1] == ["Page 2", "55"]


def test_figures_at_the_foot_of_a_table_are_no_page_numbers() -> None:
    pages = [[*body(n), line(figure, 770)] for n, figure in enumerate(("12", "40", "7", "19"))]
    found = stripped(*pages)
    assert [number for _, _, number in found] == [None] * 4
    assert found[0][0][-1] == "12"


def test_a_number_lost_by_ocr_is_told_from_its_neighbours() -> None:
    pages = [[*body(n), *([line(str(n + 3), 770)] if n not in (0, 2) else [])] for n in range(6)]
    assert [number for _, _, number in stripped(*pages)] == [None, "4", None, "6", "7", "8"]
    assert [number for _, _, number in stripped(*pages, blurred=(0, 2))] == ["3", "4", "5", "6", "7", "8"]


def test_nothing_at_all() -> None:
    assert strip_furniture([], []) == []
    assert stripped([]) == [([], [], None)]
