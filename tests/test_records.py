"""The register of decisions."""

from datetime import date
from pathlib import Path

import pytest

from index.filters import Filters
from index.library import Library
from index.records import find_decisions
from ingest.tables import squeezed
from tests.held import library_of

MINUTES = """
# Thornby Town Council
# {committee}
Minutes of the meeting held on {day} at 7.00 pm
# 1 Minutes
1.1 RESOLVED that the minutes of the last meeting be confirmed as a correct record.
# 2 Paddling pool
2.1 Proposed by Cllr Fell, seconded by Cllr Moss and RESOLVED that the pool be mended, by 5 votes to 2.
# 3 Bandstand
3.1 Cllr Ash moved that the bandstand be sold. The motion was LOST by 3 votes to 4.
"""
REPORT = """
# Report to Parks Committee
Date of meeting: 9 July 2024
Report title: Bandstand
# Recommendations
1.1 That the committee approves a new roof of slate for the bandstand.
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    papers = {
        "old.pdf": [MINUTES.format(committee="Parks Committee", day="12 March 2024")],
        "new.pdf": [MINUTES.format(committee="Amenities Committee", day="14 May 2024")],
        "report.pdf": [REPORT],
    }
    return library_of(tmp_path_factory.mktemp("parks"), papers)


def numbers(library: Library, words: str = "", **wanted: object) -> set[tuple[str, str | None]]:
    """The file and number of each decision found, having seen that as many are counted."""
    records, total = find_decisions(library.store, words, **wanted)  # type: ignore[arg-type]
    assert total == len(records)
    return {(record.paper.path, record.decision.number) for record in records}


def test_without_words_it_is_the_whole_register(parks: Library) -> None:
    both = {(path, number) for path in ("old.pdf", "new.pdf") for number in ("1.1", "2.1", "3.1")}
    assert numbers(parks) == both | {("report.pdf", "1.1")}
    assert len(numbers(parks)) == parks.store.counts()["decisions"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pool", {("old.pdf", "2.1"), ("new.pdf", "2.1")}),
        ("pools mending", {("old.pdf", "2.1"), ("new.pdf", "2.1")}),  # in any form
        ("paddling", {("old.pdf", "2.1"), ("new.pdf", "2.1")}),  # of its item
        ("the pool", {("old.pdf", "2.1"), ("new.pdf", "2.1")}),
        ("pool slate", set()),  # every word
        ("slate", {("report.pdf", "1.1")}),
        ("oo", set()),  # whole words
        ("bandstand sold", {("old.pdf", "3.1"), ("new.pdf", "3.1")}),
        (
            "% _",
            {(path, n) for path in ("old.pdf", "new.pdf") for n in ("1.1", "2.1", "3.1")} | {("report.pdf", "1.1")},
        ),
    ],
)
def test_words(parks: Library, words: str, found: set[tuple[str, str]]) -> None:
    assert numbers(parks, words) == found


def test_outcome_and_mover(parks: Library) -> None:
    assert numbers(parks, outcome="lost") == {("old.pdf", "3.1"), ("new.pdf", "3.1")}
    assert numbers(parks, outcome="recommended") == {("report.pdf", "1.1")}
    assert numbers(parks, outcome="withdrawn") == set()
    assert numbers(parks, mover="fell") == {("old.pdf", "2.1"), ("new.pdf", "2.1")}
    assert numbers(parks, mover="fell", outcome="lost") == set()
    assert numbers(parks, mover="Moss") == set()  # who seconded it did not move it


def test_dates_committees_and_kinds(parks: Library) -> None:
    assert {path for path, _ in numbers(parks, filters=Filters(since=date(2024, 5, 14)))} == {"new.pdf", "report.pdf"}
    assert {path for path, _ in numbers(parks, filters=Filters(until=date(2024, 5, 13)))} == {"old.pdf"}
    assert {path for path, _ in numbers(parks, filters=Filters(committee="amenities committee"))} == {"new.pdf"}
    assert {path for path, _ in numbers(parks, filters=Filters(kind="report"))} == {"report.pdf"}


@pytest.mark.parametrize(
    ("order", "paths"),
    [
        ("newest", ["report.pdf", "new.pdf", "new.pdf", "new.pdf", "old.pdf", "old.pdf", "old.pdf"]),
        ("oldest", ["old.pdf", "old.pdf", "old.pdf", "new.pdf", "new.pdf", "new.pdf", "report.pdf"]),
        ("committee", ["new.pdf", "new.pdf", "new.pdf", "report.pdf", "old.pdf", "old.pdf", "old.pdf"]),
        ("weight", ["new.pdf", "new.pdf", "old.pdf", "old.pdf", "report.pdf", "new.pdf", "old.pdf"]),
    ],
)
def test_orders(parks: Library, order: str, paths: list[str]) -> None:
    records, _ = find_decisions(parks.store, order=order)  # type: ignore[arg-type]
    assert [record.paper.path for record in records] == paths
    if order == "weight":
        assert [record.decision.procedural for record in records] == [False] * 5 + [True] * 2


def test_pages_of_the_register_follow_on_and_count_the_whole(parks: Library) -> None:
    whole, _ = find_decisions(parks.store)
    parts = [find_decisions(parks.store, limit=2, offset=offset) for offset in range(0, 8, 2)]
    assert [record.id for records, _ in parts for record in records] == [record.id for record in whole]
    assert {total for _, total in parts} == {7}


def test_a_record_says_where_it_stands(parks: Library) -> None:
    (record, _), _ = find_decisions(parks.store, "pool", order="oldest")
    fields = record.as_json()
    assert (fields["mover"], fields["seconder"]) == ("Cllr Fell", "Cllr Moss")
    assert fields["vote"] == {"for": 5, "against": 2, "abstained": None, "how": None}
    assert (fields["path"], fields["page"], fields["paragraph"], fields["item"]) == (
        "old.pdf",
        1,
        "2.1",
        "2 Paddling pool",
    )
    assert fields["meeting_date"] == "2024-03-12"
    assert fields["url"] == f"/papers/{record.paper.id}/pdf#page=1"
    assert "ocr" not in fields


def test_every_quote_is_on_its_page(parks: Library, library: Library) -> None:
    for held in (parks, library):
        for record in find_decisions(held.store)[0]:
            assert record.quote
            assert squeezed(record.quote) in squeezed(held.store.page(record.paper.path, record.page).text)


def test_a_quote_that_is_no_longer_on_its_page_is_left_out(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"report.pdf": [REPORT]})
    with library.store.connection as connection:
        connection.execute("UPDATE pages SET text = 'other words', source = 'ocr'")
    (record,), _ = find_decisions(library.store)
    assert record.quote == ""
    assert record.as_json()["ocr"] is True
