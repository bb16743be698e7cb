"""Which passages bear on a question, and when too little does."""

from dataclasses import replace
from pathlib import Path

import pytest

from answer.evidence import OTHERWISE_SAID, Evidence, facts_of, surely_decided, sureness, weigh
from answer.passages import Passage
from answer.shelf import Shelf
from answer.weights import ENOUGH, LEAST, LEAST_DECIDED
from index.library import Library
from tests.held import asked, library_of, passage_with, passages_on, shelves_by_path

MINUTES = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on {day} 2024 at 7.00 pm
# 2 Paddling pool
2.1 The pool was repaired at a cost of £4,210.
2.2 RESOLVED that a charge of £2.50 be made for the paddling pool.
2.3 RESOLVED that the hut be painted green.
"""
REPORT = """
# Report to Parks Committee
Date of meeting: 11 June 2024
Report title: Charges
# Recommendations
1.1 That the committee approves a charge of £2.50 for the paddling pool.
"""
QUESTION = "was a charge agreed for the paddling pool?"


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    papers = {
        "before.pdf": [MINUTES.format(day="12 March")],
        "report.pdf": [REPORT],
        "same.pdf": [MINUTES.format(day="11 June")],
    }
    return library_of(tmp_path_factory.mktemp("parks"), papers)


@pytest.fixture(scope="module")
def shelves(parks: Library) -> dict[str, Shelf]:
    return shelves_by_path(parks)


def evidence_of(library: Library, question: str, *passages: Passage) -> list[Evidence]:
    """The passages as evidence in this order, each weighing 1 less than the one before."""
    read = asked(library, question)
    return [replace(weigh(read, [passage])[0], score=9.0 - at) for at, passage in enumerate(passages)]


def test_the_weights_given_decide_the_order(parks: Library, shelves: dict[str, Shelf]) -> None:
    passages = passages_on(shelves["before.pdf"])
    question = asked(parks, "the hut painted green")
    assert "hut" in weigh(question, passages, {"text": 1.0})[0].passage.text
    assert "hut" in weigh(question, passages, {"text": -1.0})[-1].passage.text


def test_evidence_carries_its_signs_by_name(parks: Library, shelves: dict[str, Shelf]) -> None:
    (found,) = weigh(asked(parks, "hut"), [passage_with(shelves["before.pdf"], "hut")], {"text": 2.0})
    assert found.sign("text") == 1
    assert found.score == pytest.approx(2)


def test_what_weighs_the_same_comes_in_the_order_of_the_papers(parks: Library, shelves: dict[str, Shelf]) -> None:
    passages = [*passages_on(shelves["same.pdf"]), *passages_on(shelves["before.pdf"])]
    ranked = [(each.passage.paper.path, each.passage.first) for each in weigh(asked(parks, "hut"), passages[::-1], {})]
    assert ranked == sorted(ranked)


def test_nothing_found_is_no_answer(parks: Library) -> None:
    assert sureness(asked(parks, QUESTION), []) == 0


def test_what_is_weighed_for_whether_to_answer_is_known(parks: Library, shelves: dict[str, Shelf]) -> None:
    given = evidence_of(parks, QUESTION, *passages_on(shelves["same.pdf"]))
    assert set(ENOUGH) <= set(facts_of(asked(parks, QUESTION), given))
    assert 0 < LEAST <= LEAST_DECIDED < 1


def test_one_is_surer_the_more_is_covered_and_less_sure_elsewhere(parks: Library, shelves: dict[str, Shelf]) -> None:
    def sure(question: str) -> float:
        weighed = weigh(
            asked(parks, question), [*passages_on(shelves["same.pdf"]), *passages_on(shelves["report.pdf"])]
        )
        return sureness(asked(parks, question), weighed)

    assert sure(QUESTION) > LEAST_DECIDED
    assert sure(QUESTION) > sure("was a charge agreed for the crazy golf trampoline?")
    assert sure(QUESTION) > sure("was a charge agreed by Otterby Parish Council for the paddling pool?")
    assert sure(QUESTION) > sure("was a charge agreed for the paddling pool in July 2021?")


def test_an_empty_library_gives_no_evidence(tmp_path: Path) -> None:
    library = library_of(tmp_path, {})
    assert weigh(asked(library, "anything at all about pools"), []) == []


@pytest.mark.parametrize(
    ("question", "decided"),
    [
        (QUESTION, True),
        ("what charge was agreed for the paddling pool at the March 2024 meeting?", True),
        ("what charge was agreed for the paddling pool at the April 2024 meeting?", False),
        ("what charge was agreed for the paddling pool on 11 June 2024?", False),
        ("what charge was agreed for the paddling pool in May 2021?", False),
        ("who put the paddling pool idea forward?", False),  # it names nobody
        ("was a trampoline agreed?", False),
    ],
)
def test_a_decision_is_only_told_as_the_one_asked_about_where_it_must_be(
    parks: Library, shelves: dict[str, Shelf], question: str, decided: bool
) -> None:
    (best,) = evidence_of(parks, question, passage_with(shelves["before.pdf"], "charge of £2.50"))
    assert surely_decided(asked(parks, question), best, 1.0) is decided
    assert not surely_decided(asked(parks, question), best, LEAST_DECIDED - 0.01)


def test_a_decision_in_other_words_than_the_questions_is_told_where_they_match_well(
    parks: Library, shelves: dict[str, Shelf]
) -> None:
    question = "was a trampoline agreed?"
    (best,) = evidence_of(parks, question, passage_with(shelves["before.pdf"], "charge of £2.50"))
    for match, decided in ((OTHERWISE_SAID, True), (OTHERWISE_SAID - 0.01, False)):
        matching = replace(best, passage=replace(best.passage, match=match))
        assert surely_decided(asked(parks, question), matching, 1.0) is decided


def test_a_mover_kept_apart_from_the_words_is_a_name_and_a_day_in_them_that_of_its_subject(tmp_path: Path) -> None:
    minutes = """
# Thornby Town Council
Minutes of the meeting held on 9 April 2024 at 7.00 pm
# 2 Minutes
R2024-31 A. Ash, B. Fell:
That the minutes of the meeting of 12 March 2024 be accepted. Carried.
"""
    library = library_of(tmp_path, {"minutes.pdf": [minutes]})
    accepted = passage_with(shelves_by_path(library)["minutes.pdf"], "be accepted")
    assert accepted.decision is not None
    accepted = replace(accepted, decision=replace(accepted.decision, procedural=False))
    for question in (
        "were the minutes of the 12 March 2024 meeting accepted?",
        "who moved that the minutes be accepted?",
    ):
        (best,) = evidence_of(library, question, accepted)
        assert surely_decided(asked(library, question), best, 1.0)
    other = "were the minutes of the 7 May 2024 meeting accepted?"
    assert not surely_decided(asked(library, other), evidence_of(library, other, accepted)[0], 1.0)


def test_a_routine_resolution_is_not_what_its_item_came_to(tmp_path: Path) -> None:
    minutes = """
# Thornby Town Council
Minutes of the meeting held on 12 March 2024 at 7.00 pm
# 2 Legal opinion on the paddling pool
2.1 It was RESOLVED that Council proceed to conduct the following business 'In Committee'.
"""
    library = library_of(tmp_path, {"minutes.pdf": [minutes]})
    question = "what was the legal opinion on the paddling pool?"
    (best,) = evidence_of(library, question, passage_with(shelves_by_path(library)["minutes.pdf"], "RESOLVED"))
    assert best.sign("procedural")
    assert not surely_decided(asked(library, question), best, 1.0)
