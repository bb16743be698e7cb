"""What only shows when papers are seen together."""

from dataclasses import replace

from ingest.decisions import decisions_of
from ingest.pages import Page
from ingest.papers import Paper, papers_of
from ingest.settling import settled
from ingest.structure import paragraphs_of
from tests.printed import document, page

HEAD = "# Thornwick Parish Council\n# Minutes of the Parish Council meeting held on {day}\n\n# 1. Minutes\n\n{said}"


def read(*files: tuple[str, Page]) -> list[Paper]:
    papers, decisions = [], {}
    for path, each in files:
        for paper in papers_of(document(each), path):
            papers.append(paper)
            decisions[paper.id] = decisions_of(paragraphs_of([each], minutes=paper.kind == "minutes"), paper.kind)
    return settled(papers, decisions)


def minutes(day: str, said: str) -> Page:
    return page(HEAD.format(day=day, said=said))


def test_minutes_are_confirmed_by_a_later_meeting() -> None:
    march, april = read(
        ("2023-03-07.pdf", minutes("Tuesday 7 March 2023", "There were none.")),
        (
            "2023-04-04.pdf",
            minutes("Tuesday 4 April 2023", "The minutes of the meeting held on 7 March 2023 were approved."),
        ),
    )
    assert march.standing == "confirmed"
    assert march.beliefs[-1].why == f"resolved at the meeting of 2023-04-04 ({april.id})"
    assert april.standing == "unknown"


def test_a_date_without_its_year_is_the_last_such_day() -> None:
    december, _ = read(
        ("2022-12-06.pdf", minutes("Tuesday 6 December 2022", "There were none.")),
        (
            "2023-02-07.pdf",
            minutes("Tuesday 7 February 2023", "The minutes of 6th December were approved without comment."),
        ),
    )
    assert december.standing == "confirmed"


def test_minutes_not_approved_are_not_confirmed() -> None:
    march, _ = read(
        ("2023-03-07.pdf", minutes("Tuesday 7 March 2023", "There were none.")),
        ("2023-04-04.pdf", minutes("Tuesday 4 April 2023", "The minutes of 7 March 2023 were not to hand.")),
    )
    assert march.standing == "unknown"


def test_another_committee_confirms_nothing() -> None:
    later = minutes("Tuesday 4 April 2023", "The minutes of the meeting held on 7 March 2023 were approved.")
    (path, other) = ("2023-04-04.pdf", later)
    papers = read(("2023-03-07.pdf", minutes("Tuesday 7 March 2023", "There were none.")), (path, other))
    moved = [replace(papers[0], committee="Burial Committee", standing="unknown"), papers[1]]
    decisions = {papers[1].id: decisions_of(paragraphs_of([other], minutes=True), "minutes")}
    assert settled(moved, decisions)[0].standing == "unknown"


def test_a_paper_that_names_no_body_is_its_folders() -> None:
    papers = read(
        ("thornwick/2023-03-07.pdf", minutes("Tuesday 7 March 2023", "There were none.")),
        ("thornwick/accounts.pdf", page("# Receipts\n" + "Rent\n" * 15 + "From Ashcombe District Council")),
        ("elsewhere/accounts.pdf", page("# Receipts and payments")),
    )
    assert [paper.body for paper in papers] == ["Thornwick Parish Council", "Thornwick Parish Council", None]
