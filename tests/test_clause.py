"""Of what one paragraph or one resolution decides in several parts, the part that is asked about."""

import pytest

from answer.ask import ask
from answer.clause import of_its_clause
from answer.evidence import weigh
from answer.order import own_first
from index.library import Library
from tests.held import asked, library_of, passage_with, passages_on, shelves_by_path

MINUTES = """
# Thornby Town Council
Minutes of the meeting held on 12 March 2024 at 7.00 pm
# 2 Grants
2.1 RESOLVED:
a) that £200 be given to the rowing club;
b) that the request of the brass band be deferred to May;
c) that the letter of the museum be noted.
# 3 Allotments
3.1 It was agreed that the hedge be cut. It was agreed to recommend to Council that rents be raised.
# 4 Kiosk
4.1 RESOLVED that the kiosk be let and that its roof be mended.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("town"), {"a.pdf": [MINUTES]})


@pytest.mark.parametrize(
    ("question", "words", "outcome"),
    [
        ("did the brass band get its money?", "rowing club", "deferred"),
        ("what about the museum's letter?", "rowing club", "noted"),
        ("did the rowing club get a grant?", "rowing club", "decided"),
        ("were any grants given?", "rowing club", "decided"),
        ("is the kiosk to be let?", "kiosk be let", "decided"),
    ],
)
def test_a_resolution_comes_to_what_the_clause_asked_about_does(
    town: Library, question: str, words: str, outcome: str
) -> None:
    passage = passage_with(shelves_by_path(town)["a.pdf"], words)
    assert passage.decision is not None
    found = of_its_clause(asked(town, question), passage).decision
    assert found is not None
    assert found.outcome == outcome
    assert found.text == passage.decision.text


@pytest.mark.parametrize(("question", "words"), [("are rents going up?", "rents"), ("is the hedge cut?", "hedge")])
def test_of_two_decisions_in_a_paragraph_the_one_asked_about(town: Library, question: str, words: str) -> None:
    read = asked(town, question)
    passages = [each for each in passages_on(shelves_by_path(town)["a.pdf"]) if each.head.number == "3.1"]
    for order in (passages, passages[::-1]):
        first = own_first(read, [weigh(read, [each])[0] for each in order])[0]
        assert words in first.passage.text


def test_what_is_told_of_it(town: Library) -> None:
    band = ask(town, "what was agreed on the brass band request?")
    assert (band.outcome, band.answer.startswith("Deferred, not decided, by")) == ("proposed", True)
    rents = ask(town, "are allotment rents to be raised?")
    assert rents.outcome == "recommended"
