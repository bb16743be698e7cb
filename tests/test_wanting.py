"""Questions after something that what was found does not have."""

from pathlib import Path

import pytest

from answer.ask import ask
from answer.evidence import weigh
from answer.wanting import asks_in_vain
from index.library import Library
from tests.held import asked, library_of, passage_with, shelves_by_path

MINUTES = """
# Thornby Town Council
Minutes of the meeting held on 12 March 2024 at 7.00 pm
# 2 Paddling pool
2.1 The pool had been repaired by Lamb & Son Ltd at a cost of £4,210 because it leaked.
2.2 RESOLVED that the paddling pool be painted green.
# 3 Bandstand
3.1 RESOLVED that the bandstand be roofed. Four votes were cast.
# 4 Mill Lane
4.1 RESOLVED that By-law 2024-38, to set a speed limit on Mill Lane, be passed.
4.2 The limit on Church Lane is 20 miles an hour, which 61% of those asked had wanted.
4.3 Two quotations had come in for the signs. The Clerk was asked for a third.
4.4 RESOLVED that the signs be put up in the week after Easter.
4.5 RESOLVED that the offer of Bright Signs be accepted.
4.6 RESOLVED that the ambulance be hired at £9.50 a head.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("town"), {"a.pdf": [MINUTES]})


@pytest.mark.parametrize(
    ("question", "words", "in_vain"),
    [
        ("how much did painting the paddling pool cost?", "painted green", True),
        ("how much did the pool repair cost?", "£4,210", False),
        ("how many slates are on the bandstand roof?", "be roofed", True),
        ("which firm won the contract to paint the paddling pool?", "painted green", True),
        ("which firm repaired the pool?", "£4,210", False),
        ("what was agreed on the winter grant payment for the paddling pool?", "painted green", False),
        ("why is the paddling pool to be painted green?", "painted green", True),
        ("what was the reason for painting the paddling pool?", "painted green", True),
        ("why was the pool repaired?", "£4,210", False),
        ("was the cost of painting the pool agreed?", "painted green", False),
        ("what was agreed on the paddling pool?", "painted green", False),
        ("who moved the roof of the bandstand?", "be roofed", False),
        ("what will the speed limit on Mill Lane be?", "speed limit on Mill Lane", True),
        ("what is the speed limit on Church Lane?", "20 miles an hour", False),
        ("what percentage wanted the lower limit on Church Lane?", "20 miles an hour", False),
        ("what percentage wanted the lower limit on Mill Lane?", "speed limit on Mill Lane", True),
        ("what were the two quotes for the signs?", "Two quotations", True),
        ("what are Bright Signs charging us for the signs?", "Bright Signs", True),
        ("when are the signs to be put up?", "after Easter", False),
        ("when are the signs to be put up?", "Bright Signs", True),
        ("what was agreed when the signs were put up?", "Bright Signs", False),
        ("how long will the signs of 2024 take?", "speed limit on Mill Lane", True),
        ("how long will the ambulance be hired for?", "£9.50 a head", True),
        ("how many were for and against the bandstand roof?", "be roofed", False),
    ],
)
def test_a_passage_on_the_subject_may_have_nothing_of_what_is_asked(
    town: Library, question: str, words: str, in_vain: bool
) -> None:
    read = asked(town, question)
    passage = passage_with(shelves_by_path(town)["a.pdf"], words)
    assert asks_in_vain(read, weigh(read, [passage])) is in_vain


def test_nothing_found_is_nothing_of_it(town: Library) -> None:
    assert asks_in_vain(asked(town, "what was agreed?"), [])


def test_it_is_told_that_the_papers_do_not_say(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"a.pdf": [MINUTES]})
    assert ask(library, "was it agreed to paint the paddling pool green?").outcome != "not_found"
    assert ask(library, "why was it agreed to paint the paddling pool green?").outcome == "not_found"
