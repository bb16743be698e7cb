"""What is quoted is on its page."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from answer.passages import Passage
from answer.shelf import Shelf
from answer.verify import Pages, pieces_of
from index.library import Library
from tests.held import library_of, passage_with, shelves_by_path

FIRST = """
# Thornby Town Council
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 2 Paddling pool
2.1 Mrs Fell was thanked. It was RESOLVED that the paddling pool be opened on 1 May and that the kiosk
beside it be let for the season to whoever offers the most for it, and that the keys to the pump
"""
SECOND = """
house be left with the Clerk until the season ends and the water is let out again.
2.2 The Clerk reported that the roller had been mended.
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("parks"), {"minutes.pdf": [FIRST, SECOND]})


@pytest.fixture
def shelf(parks: Library) -> Shelf:
    return shelves_by_path(parks)["minutes.pdf"]


@pytest.fixture
def pages(parks: Library) -> Pages:
    return Pages(parks.store)


@pytest.fixture
def reprinted(parks: Library, tmp_path: Path) -> Iterator[Library]:
    """Another library of the same paragraphs, on whose first page other words are printed now."""
    library = library_of(tmp_path, {"minutes.pdf": [FIRST, SECOND]})
    with library.store.connection as connection:
        connection.execute("UPDATE pages SET text = replace(text, 'kiosk', 'stall') WHERE number = 1")
    yield library
    library.close()


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("the kiosk beside it be let", True),  # over a line's end
        ("the kiosk  beside\nit be-let!", True),
        ("the kiosk beside it be sold", False),
        ("house be left with the Clerk", False),  # on the next page
        ("", False),
        (" … ", False),
    ],
)
def test_a_quote_is_on_its_page_whatever_its_spaces_and_points(pages: Pages, quote: str, there: bool) -> None:
    assert pages.holds("minutes.pdf", 1, quote) is there


@pytest.mark.parametrize(("path", "number"), [("minutes.pdf", 3), ("other.pdf", 1)])
def test_nothing_is_on_a_page_that_is_not_held(pages: Pages, path: str, number: int) -> None:
    assert not pages.holds(path, number, "the")
    assert pages.page(path, number).source == "unread"


def test_a_passage_over_two_pages_is_a_piece_on_each(shelf: Shelf, pages: Pages) -> None:
    pieces = pieces_of(passage_with(shelf, "RESOLVED"), pages)
    assert [piece.page for piece in pieces] == [1, 2]
    assert pieces[1].text == "house be left with the Clerk until the season ends and the water is let out again."
    assert all(pages.holds("minutes.pdf", piece.page, piece.text) for piece in pieces)


def test_a_decision_is_told_with_what_was_said_before_it_in_its_paragraph(shelf: Shelf, pages: Pages) -> None:
    decision = passage_with(shelf, "RESOLVED")
    assert decision.decision is not None
    assert "Mrs Fell was thanked. It was RESOLVED" in pieces_of(decision, pages)[0].text


def test_a_decision_begins_after_another_in_its_paragraph_and_without_a_long_account(tmp_path: Path) -> None:
    long = " ".join(["Mrs Fell spoke of the pump and of the children who had to go home."] * 6)
    minutes = f"""
# Thornby Town Council
Minutes of the meeting held on Tuesday 12 March 2024
# 2 Paddling pool
2.1 It was RESOLVED that the pool be closed. It was RESOLVED that the kiosk be let.
2.2 {long} It was RESOLVED that the pump be mended.
"""
    library = library_of(tmp_path, {"minutes.pdf": [minutes]})
    shelf, pages = shelves_by_path(library)["minutes.pdf"], Pages(library.store)
    for words in ("kiosk be let", "pump be mended"):
        (number,) = [n for n, decision in enumerate(shelf.decisions) if words in decision.text]
        found = shelf.decisions[number]
        decision = Passage(shelf, found.first, found.last, found, 0.5, 0.5)
        assert pieces_of(decision, pages)[0].text.startswith("It was RESOLVED that the")


def test_words_that_are_no_longer_printed_are_left_out(reprinted: Library) -> None:
    shelf, pages = shelves_by_path(reprinted)["minutes.pdf"], Pages(reprinted.store)
    pieces = pieces_of(passage_with(shelf, "RESOLVED"), pages)
    assert {piece.page for piece in pieces} == {1, 2}
    assert not any("kiosk" in piece.text for piece in pieces)
    assert all(pages.holds("minutes.pdf", piece.page, piece.text) for piece in pieces)


def test_of_a_sentence_that_is_mostly_there_the_longest_run_is_kept(reprinted: Library) -> None:
    shelf, pages = shelves_by_path(reprinted)["minutes.pdf"], Pages(reprinted.store)
    first = [piece for piece in pieces_of(passage_with(shelf, "RESOLVED"), pages) if piece.page == 1][-1]
    assert first.text.endswith("the keys to the pump")
    assert first.text.startswith("beside it be let")


def test_a_page_that_cannot_be_read_gives_nothing(parks: Library, tmp_path: Path) -> None:
    library = library_of(tmp_path, {"minutes.pdf": [FIRST, SECOND]})
    with library.store.connection as connection:
        connection.execute("UPDATE pages SET text = ''")
    shelf = shelves_by_path(library)["minutes.pdf"]
    assert pieces_of(passage_with(shelf, "RESOLVED"), Pages(library.store)) == []
