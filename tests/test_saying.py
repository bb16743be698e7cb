"""Which words of a passage are said."""

from pathlib import Path

import pytest

from answer.passages import Passage
from answer.saying import GAP, Said, said
from answer.verify import Pages
from index.library import Library
from tests.held import asked, library_of, passage_with, passages_on, shelves_by_path

MINUTES = """
# Thornby Town Council
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 2 Paddling pool
2.1 The pool was dug by volunteers before the war. Its walls are of brick and were last painted blue.
It holds some forty thousand gallons. The pump was bought for £4,210 in 2019 and has run well. Swans,
ducks and a pair of grebes come to it in the winter months, when the town's anglers feed them on bread
that the baker gives. Children come to it in summer. The railings were given by Miss Ash in memory of
her brother. The town's brass band plays beside it on bank holidays.
2.2 RESOLVED that the pool be closed for the winter:
a) that the pump be drained by the Clerk before the first of November in every year;
b) that the railings be painted by volunteers, and the paint be bought by the council;
c) that a sign saying when it opens again be put up at the gate, in letters of three inches.
"""
LONG = """
# Thornby Town Council
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 2 Cliff
2.1 The cliff at Thornby Ness fell in the night on to the lower road and the hut of the anglers, who had left it only an
hour before to mend their nets at the quay, and the road has been closed since, with a way round by the mill, and the
cost to date is £7,350, and talks go on with the owner of the cliff as to who is to bear it.
"""
TABLE = """
# Table 2: Charges at the pools (£)
# Pool | 2023-24 | 2024-25
# | charge | forecast
Paddling pool | 2.100 | 2.500
Boating lake | 5.100 | 6.400
# Total | 7.200 | 8.900
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(
        tmp_path_factory.mktemp("parks"), {"minutes.pdf": [MINUTES], "cliff.pdf": [LONG], "charges.pdf": [TABLE]}
    )


def say(library: Library, question: str, passage: Passage, longest: int) -> Said:
    found = said(asked(library, question), passage, longest, Pages(library.store), library.words)
    assert found is not None
    return found


@pytest.fixture
def told(parks: Library) -> Passage:
    return passage_with(shelves_by_path(parks)["minutes.pdf"], "volunteers before the war")


@pytest.fixture
def resolved(parks: Library) -> Passage:
    return passage_with(shelves_by_path(parks)["minutes.pdf"], "RESOLVED")


def test_a_passage_that_fits_is_said_whole(parks: Library, told: Passage) -> None:
    found = say(parks, "who dug the pool?", told, 900)
    assert found.text == told.text.removeprefix("2.1 ")  # the citation names the paragraph
    assert [quote.text for quote in found.quotes] == [told.text]


@pytest.mark.parametrize("longest", [90, 120, 200, 300])
def test_of_a_long_one_the_sentence_that_answers_is_said(parks: Library, told: Passage, longest: int) -> None:
    found = say(parks, "how much was the pump?", told, longest)
    assert len(found.text) <= longest
    assert "The pump was bought for £4,210" in found.text


def test_what_is_left_out_between_is_shown(parks: Library, told: Passage) -> None:
    found = say(parks, "who gave the railings and what did the pump cost", told, 190)
    assert "pump" in found.text
    assert "railings" in found.text
    assert GAP in found.text
    assert "Swans" not in found.text


def test_of_a_sentence_longer_than_the_room_the_part_that_answers_is_said(parks: Library) -> None:
    cliff = passage_with(shelves_by_path(parks)["cliff.pdf"], "Thornby Ness")
    found = say(parks, "what has the fall of the cliff cost?", cliff, 200)
    assert "£7,350" in found.text
    assert "…" in found.text  # it does not read as if it were whole
    pages = Pages(parks.store)
    assert all(pages.holds("cliff.pdf", quote.page, quote.text) for quote in found.quotes)


def test_a_quote_is_one_run_of_the_page(parks: Library, told: Passage) -> None:
    pages = Pages(parks.store)
    for longest in (90, 190, 900):
        for quote in say(parks, "who gave the railings and what did the pump cost", told, longest).quotes:
            assert pages.holds("minutes.pdf", quote.page, quote.text)
            assert GAP not in quote.text


def test_a_resolution_is_said_with_every_clause_where_it_fits(parks: Library, resolved: Passage) -> None:
    found = say(parks, "when is the pool closed?", resolved, 740)
    assert all(f"{clause})" in found.text for clause in "abc")


def test_a_resolution_that_is_cut_keeps_what_was_resolved(parks: Library, resolved: Passage) -> None:
    found = say(parks, "what letters will the sign have?", resolved, 170)
    assert found.text.startswith("RESOLVED that the pool be closed")
    assert "letters of three inches" in found.text
    assert len(found.text) <= 170


def test_a_tables_row_is_told_with_the_heads_of_its_columns(parks: Library) -> None:
    (row,) = [each for each in passages_on(shelves_by_path(parks)["charges.pdf"]) if each.text.startswith("Paddling")]
    found = say(parks, "paddling pool charge", row, 300)
    assert "2023-24 charge: 2.100" in found.text
    assert "2024-25 forecast: 2.500" in found.text
    (quote,) = found.quotes
    assert quote.text == row.text


def test_what_is_not_on_its_page_is_not_said(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"minutes.pdf": [MINUTES]})
    passage = passage_with(shelves_by_path(library)["minutes.pdf"], "RESOLVED")
    with library.store.connection as connection:
        connection.execute("UPDATE pages SET text = 'Another page altogether'")
    assert said(asked(library, "pool"), passage, 900, Pages(library.store), library.words) is None
