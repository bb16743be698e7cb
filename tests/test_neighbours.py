"""What stands beside a passage and holds what it leaves out."""

import pytest

from answer.ask import ask
from answer.compose import compose
from answer.evidence import Evidence
from answer.neighbours import beside
from answer.signs import SIGNS
from answer.verify import Pages
from index.library import Library
from tests.held import asked, library_of, passage_with, shelves_by_path

MINUTES = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 2 Paddling pool
2.1 RESOLVED that the paddling pool be closed in the winter.
2.2 The votes were cast as follows. For: Mrs Fell, Mr Moss, Mr Reed. Against: Mr Hart, Mrs Lane.
2.3 RESOLVED that Mr Otter be asked to mend the pump.
# 3 Bandstand
3.1 The bandstand was painted green.
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("parks"), {"2024-03-12-minutes.pdf": [MINUTES]})


def first(library: Library, words: str) -> Evidence:
    shelf = shelves_by_path(library)["2024-03-12-minutes.pdf"]
    return Evidence(passage_with(shelf, words), 9.0, (0.0,) * len(SIGNS))


def test_who_voted_is_found_under_the_resolution(parks: Library) -> None:
    (found,) = beside(
        asked(parks, "who voted against closing the paddling pool?"), first(parks, "closed in the winter")
    )
    assert "Against: Mr Hart" in found.passage.text


def test_nothing_is_sought_where_nothing_is_missing_or_asked(parks: Library) -> None:
    pool = first(parks, "closed in the winter")
    assert beside(asked(parks, "what became of the paddling pool?"), pool) == []
    assert beside(asked(parks, "who mends the pump?"), first(parks, "mend the pump")) == []


def test_neither_another_item_nor_another_decision_is_taken_for_it(parks: Library) -> None:
    assert beside(asked(parks, "who painted the bandstand?"), first(parks, "painted green")) == []
    pool = beside(asked(parks, "who voted against closing the paddling pool?"), first(parks, "closed in the winter"))
    assert all("Otter" not in each.passage.text for each in pool)


def test_both_are_told_and_cited(parks: Library) -> None:
    question = asked(parks, "who voted against closing the paddling pool?")
    made = compose(question, [first(parks, "closed in the winter")], Pages(parks.store), parks.words)
    assert made is not None
    assert made.outcome == "decided"
    assert "Mr Hart" in made.text
    assert [citation.paragraph for citation in made.citations] == ["2.1", "2.2"]
    answer = ask(parks, "who voted against closing the paddling pool?")
    assert "Mr Hart" in answer.answer
