"""Which papers a PDF holds, and what is believed of each."""

from datetime import date
from pathlib import Path

import pytest

from ingest.pages import read_document
from ingest.papers import Paper, papers_of
from tests.printed import document, page

COUNTY = Path(__file__).parents[1] / "corpus" / "county"
FRONT = (
    "# Thornwick County Council\n# Schools Committee\n# Agenda\nDate: Thursday, 4 May 2023\n1. Apologies\n2. Minutes"
)
MINUTES = (
    "# Thornwick County Council\n# Schools Committee\n# Minutes of the Meeting held on Thursday, 2 March 2023\n"
    "# Present:\nMs Hale"
)
REPORT = (
    "Report title: | School buses\nDate of meeting: | 4 May 2023\nResponsible officer: | The Director\n"
    "Executive summary"
)
APPENDIX = "# Appendix A: The routes\nThe first route"


def pack() -> list[Paper]:
    pages = (FRONT, MINUTES, "More was said at length.", REPORT, "2.1 The buses ran late.", APPENDIX)
    return papers_of(document(*(page(text, n) for n, text in enumerate(pages, start=1))), "schools/2023-05-04-pack.pdf")


def test_a_pack_is_parted_where_its_pages_say() -> None:
    assert [(paper.kind, paper.first_page, paper.last_page) for paper in pack()] == [
        ("agenda", 1, 1),
        ("minutes", 2, 3),
        ("report", 4, 5),
        ("appendix", 6, 6),
    ]


def test_each_paper_of_a_pack_has_its_own_meeting() -> None:
    assert [paper.meeting_date for paper in pack()] == [
        date(2023, 5, 4),
        date(2023, 3, 2),
        date(2023, 5, 4),
        date(2023, 5, 4),
    ]
    assert {paper.committee for paper in pack()} == {"Schools Committee"}
    assert {paper.body for paper in pack()} == {"Thornwick County Council"}


def test_what_is_believed_says_why() -> None:
    why = {belief.field: belief.why for belief in pack()[3].beliefs}
    assert why["meeting_date"] == "the pack it is in"
    assert why["kind"] == "headed Appendix"


def test_a_running_title_begins_no_paper() -> None:
    pages = [page(MINUTES, 1), page("# Minutes of the Meeting held on Thursday, 2 March 2023\nMore was said", 2)]
    assert len(papers_of(document(*pages), "minutes.pdf")) == 1


def test_minutes_spoken_of_on_a_later_page_begin_no_paper() -> None:
    pages = [
        page(MINUTES, 1),
        page("That the minutes of the special meeting held April 16, 2023 be adopted.\nCarried.", 2),
    ]
    assert len(papers_of(document(*pages), "minutes.pdf")) == 1


def test_a_misprinted_year_gives_way_to_a_file_name_that_agrees_with_the_day() -> None:
    text = "# Thornwick Parish Council\n# Minutes of the meeting held on Tuesday 3 January 2023"
    (paper,) = papers_of(document(page(text)), "minutes-2024-01-03.pdf")
    # 3 January 2023 was a Tuesday: what is printed stands.
    assert paper.meeting_date == date(2023, 1, 3)
    wrong = text.replace("Tuesday", "Wednesday")
    (paper,) = papers_of(document(page(wrong)), "minutes-2024-01-03.pdf")
    assert paper.meeting_date == date(2024, 1, 3)


def test_draft_minutes_say_so() -> None:
    (paper,) = papers_of(document(page("# DRAFT\n" + MINUTES)), "minutes.pdf")
    assert paper.standing == "draft"


def test_an_empty_document_is_one_paper() -> None:
    (paper,) = papers_of(document(page("x")), "a.pdf")
    assert (paper.first_page, paper.last_page, paper.kind) == (1, 1, "other")


def test_the_sample_pack() -> None:
    name = "children-and-families-committee-2025-03-11-agenda-pack.pdf"
    papers = papers_of(read_document(COUNTY / name, ocr=False), name)
    assert [(paper.first_page, paper.kind) for paper in papers] == [
        (1, "agenda"), (4, "minutes"), (10, "report"), (14, "appendix"), (15, "report"), (18, "report"),
        (21, "appendix"), (22, "appendix"), (23, "appendix"), (24, "appendix"), (25, "report"), (27, "appendix"),
        (28, "report"),
    ]  # fmt: skip
    assert [paper.first_page for paper in papers if paper.classification != "public"] == [23, 24]
    assert {paper.committee for paper in papers} == {"Children and Families Committee"}
    assert {paper.meeting_date for paper in papers if paper.kind != "minutes"} == {date(2025, 3, 11)}
    assert papers[1].meeting_date == date(2025, 1, 14)


def test_every_sample_paper_has_its_body_and_date() -> None:
    committees = {"Children and Families Committee", "Highways and Environment Committee"}
    for path in sorted(COUNTY.glob("*.pdf")):
        for paper in papers_of(read_document(path, ocr=False), path.name):
            assert paper.body == "Marlshire County Council", path.name
            assert paper.meeting_date is not None, path.name
            assert paper.committee in committees, path.name


ENDED = (
    MINUTES
    + "\n7. RESOLVED that the buses be kept.\nThere being no further business the meeting was closed at 9.15 pm."
)
LETTER = (
    "Ashcombe Town Council\n12 March 2023\nDear Clerk\nPlease be advised that the following was passed.\n"
    "THEREFORE BE IT RESOLVED THAT Ashcombe supports free buses. CARRIED"
)
FORM = "# THORNWICK COUNTY COUNCIL\n# RESOLUTION\nDATE: 4 May 2023\nMoved by\nSeconded by\nThat it be sold.\nCarried"
BY_LAW = "# COUNTY OF THORNWICK\n# BY-LAW NUMBER 2023-11\nBeing a by-law to appoint a weed inspector."
STAFF = "# Staff Report dated 3 March 2023\nApplicant: A. Hale\nThat the council approves a new gate."
LIBRARY = (
    "Thornwick & District Public Library\nMinutes for Monday, 20 February 2023 - 6.15 pm\nPresent: A. Hale\n"
    "Motion: That the budget be approved.\nCarried"
)


def enclosing(*texts: str) -> list[Paper]:
    pages = (page(text, number) for number, text in enumerate((FRONT, *texts), start=1))
    return papers_of(document(*pages), "schools/2023-05-04-pack.pdf")[1:]


@pytest.mark.parametrize(
    ("text", "kind"), [(LETTER, "other"), (FORM, "other"), (BY_LAW, "other"), (STAFF, "report"), ("A map", "other")]
)
def test_what_a_pack_holds_after_the_end_of_minutes_is_none_of_them(text: str, kind: str) -> None:
    minutes, after = enclosing(ENDED, text)
    assert (minutes.kind, minutes.last_page) == ("minutes", 2)
    assert (after.kind, after.first_page) == (kind, 3)


@pytest.mark.parametrize("text", [LETTER, FORM, BY_LAW, STAFF])
def test_a_letter_or_a_form_is_no_minutes_even_where_no_end_is_read_before_it(text: str) -> None:
    assert [paper.kind == "minutes" for paper in enclosing(MINUTES, text)] == [True, False]


@pytest.mark.parametrize(
    "text",
    ["8. Buses\n8.1 It was said that they ran late.", "and so it was agreed.", "Minutes - 2 March 2023 - Page 2\nMore"],
)
def test_minutes_go_on_after_an_adjournment(text: str) -> None:
    assert len(enclosing(MINUTES + "\nThe meeting was adjourned for tea.", text)) == 1


@pytest.mark.parametrize("text", [STAFF, FORM, "Minutes - 2 March 2023 - Page 2\n" + STAFF])
def test_a_staff_report_spoken_of_on_a_page_of_minutes_begins_no_paper(text: str) -> None:
    assert len(papers_of(document(page(MINUTES, 1), page(text, 2)), "minutes.pdf")) == 1
    if "Page 2" in text:
        assert len(enclosing(MINUTES, text)) == 1


def test_minutes_by_themselves_keep_what_is_attached_to_them() -> None:
    pages = [page(ENDED, 1), page("Payments made: the school bus, £40", 2)]
    assert len(papers_of(document(*pages), "minutes.pdf")) == 1


def test_the_minutes_of_a_body_that_a_pack_only_encloses_are_not_the_councils() -> None:
    (library,) = enclosing(LIBRARY)
    assert (library.kind, library.committee) == ("minutes", "Thornwick & District Public Library")
