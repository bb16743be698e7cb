"""What the papers call things: bodies, committees and abbreviations."""

import pytest

from answer.known import Known, abbreviations, known_in
from index.library import Library

BODIES = ("Wexmoor District Council", "Otterby Parish Council", "Otterby Village Hall Association")
COMMITTEES = ("Leisure and Libraries Committee", "Cabinet", "Council")


@pytest.fixture
def known() -> Known:
    return Known(BODIES, COMMITTEES)


def test_they_are_learnt_from_the_papers(library: Library) -> None:
    known = known_in(library)
    assert known.bodies == ("Wexmoor District Council",)
    assert set(known.committees) == {
        "Leisure and Libraries Committee",
        "Cabinet",
        "Planning Committee",
        "Resources Committee",
    }


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("did wexmoor sell it?", ["Wexmoor District Council"]),
        ("what is Wexmoor’s precept", ["Wexmoor District Council"]),
        ("did WDC sell it?", ["Wexmoor District Council"]),
        ("did the district council sell it?", []),
        ("Otterby village hall roof", ["Otterby Village Hall Association"]),
        ("Otterby parish precept", ["Otterby Parish Council"]),
        ("Otterby roads", ["Otterby Parish Council", "Otterby Village Hall Association"]),
        ("Wexmoor and Thornby", ["Wexmoor District Council"]),
    ],
)
def test_a_body_is_named_by_its_own_word_or_its_initials(known: Known, question: str, bodies: list[str]) -> None:
    assert known.bodies_in(question) == bodies


@pytest.mark.parametrize(
    ("question", "committees"),
    [
        ("what did the leisure and libraries committee note?", ["Leisure and Libraries Committee"]),
        ("what did the cabinet decide?", ["Cabinet"]),
        ("cabinets for the kitchen", []),
        ("leisure centre", []),
        ("what did the council decide?", []),
    ],
)
def test_a_committee_is_named_in_full(known: Known, question: str, committees: list[str]) -> None:
    assert known.committees_in(question) == committees


def test_the_words_of_a_name_and_its_initials_only_say_whose_papers_are_meant(known: Known) -> None:
    assert known.body_words("Wexmoor District Council") == {"wexmoor", "district", "council", "wdc"}


@pytest.mark.parametrize(
    ("text", "learnt"),
    [
        ("A report on Looked After Children (LAC) was read.", {"lac": "Looked After Children"}),
        ("The Department for Work and Pensions (the DWP) wrote.", {"dwp": "Department for Work and Pensions"}),
        ("The Terms of Reference (ToR) stand.", {"tor": "Terms of Reference"}),
        (
            "Houses in Multiple Occupation (HMOs) are licensed.",
            dict.fromkeys(("hmos", "hmo"), "Houses in Multiple Occupation"),
        ),
        ("The Medium Term Financial Strategy (“MTFS”) was noted.", {"mtfs": "Medium Term Financial Strategy"}),
        ("Councillor Amberley (Chair) spoke.", {}),
        ("Upper Tansy Farm (ABC) was visited.", {}),
        ("The cost (GBP) is below.", {}),
    ],
)
def test_an_abbreviation_is_learnt_where_its_letters_are_the_words_initials(text: str, learnt: dict[str, str]) -> None:
    assert abbreviations([text]) == learnt


def test_of_two_long_forms_the_more_frequent_is_meant() -> None:
    once, twice = "Local Area Commander (LAC)", "Looked After Children (LAC)"
    assert abbreviations([once, twice, twice]) == {"lac": "Looked After Children"}
