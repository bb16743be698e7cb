"""The order in which evidence is told."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from answer.evidence import Evidence, weigh
from answer.order import (
    BEHIND,
    asked_first,
    decided_first,
    in_order,
    printed_first,
    settled_first,
    timely_first,
)
from answer.passages import Passage
from answer.shelf import Shelf
from index.library import Library
from tests.held import asked, library_of, passage_with, shelves_by_path

MINUTES = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on {day} 2024 at 7.00 pm
# 2 Paddling pool
2.1 Cllr Ash moved that the charge for the paddling pool be waived.
2.2 RESOLVED that a charge of £2.50 be made for the paddling pool.
2.3 RESOLVED that the hut be painted green.
# 3 Hedge
3.1 RESOLVED that the hedge by the sundial be cut in March.
"""
LATER = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on 9 July 2024 at 7.00 pm
# 4 Paddling pool
4.1 RESOLVED that the decision of 12 March 2024 be set aside and a charge of £3 be made for the paddling pool.
"""
REPORT = """
# Report to Parks Committee
Date of meeting: 11 June 2024
Report title: Charges
# Recommendations
1.1 That the committee approves a charge of £2.50 for the paddling pool.
# Background
2.1 There has never been a charge for the paddling pool before, and the town has been proud of that.
"""
QUESTION = "was a charge agreed for the paddling pool?"


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    papers = {
        "before.pdf": [MINUTES.format(day="12 March")],
        "report.pdf": [REPORT],
        "same.pdf": [MINUTES.format(day="11 June")],
        "later.pdf": [LATER],
        "scan.pdf": [MINUTES.format(day="12 March")],
    }
    library = library_of(tmp_path_factory.mktemp("parks"), papers)
    with library.store.connection as connection:
        connection.execute("UPDATE pages SET source = 'ocr' WHERE path = 'scan.pdf'")
    yield library
    library.close()


@pytest.fixture(scope="module")
def shelves(parks: Library) -> dict[str, Shelf]:
    return shelves_by_path(parks)


def evidence_of(library: Library, question: str, *passages: Passage) -> list[Evidence]:
    """The passages as evidence in this order, each weighing 1 less than the one before."""
    read = asked(library, question)
    return [replace(weigh(read, [passage])[0], score=9.0 - at) for at, passage in enumerate(passages)]


def test_the_resolution_that_decided_a_request_comes_before_it(parks: Library, shelves: dict[str, Shelf]) -> None:
    request = passage_with(shelves["report.pdf"], "approves")
    resolved = passage_with(shelves["same.pdf"], "RESOLVED that a charge")
    other = passage_with(shelves["same.pdf"], "hut")
    given = evidence_of(parks, QUESTION, request, other, resolved)
    first, *rest = decided_first(asked(parks, QUESTION), given)
    assert first.passage == resolved
    assert first.score > given[0].score
    assert [each.passage for each in rest] == [request, other]


@pytest.mark.parametrize(
    ("question", "path", "words", "behind"),
    [
        ("how much is the paddling pool", "same.pdf", "RESOLVED that a charge", 1.0),  # no decision is asked for
        (QUESTION, "same.pdf", "hut", 1.0),  # of another matter
        (QUESTION, "before.pdf", "RESOLVED that a charge", 1.0),  # of a meeting before
        (QUESTION, "same.pdf", "RESOLVED that a charge", 3.5),  # far less like the question
    ],
)
def test_no_other_resolution_does(
    parks: Library, shelves: dict[str, Shelf], question: str, path: str, words: str, behind: float
) -> None:
    first, second = evidence_of(
        parks, question, passage_with(shelves["report.pdf"], "approves"), passage_with(shelves[path], words)
    )
    given = [first, replace(second, score=first.score - behind)]
    assert decided_first(asked(parks, question), given) == given


def test_a_resolution_that_is_first_already_stays(parks: Library, shelves: dict[str, Shelf]) -> None:
    given = evidence_of(
        parks,
        QUESTION,
        passage_with(shelves["before.pdf"], "RESOLVED that a charge"),
        passage_with(shelves["same.pdf"], "RESOLVED that a charge"),
    )
    assert decided_first(asked(parks, QUESTION), given) == given
    assert decided_first(asked(parks, QUESTION), []) == []


def test_a_reports_recommendation_comes_before_its_prose_where_a_decision_is_asked_for(
    parks: Library, shelves: dict[str, Shelf]
) -> None:
    prose, request = (passage_with(shelves["report.pdf"], words) for words in ("proud of that", "approves"))
    given = evidence_of(parks, QUESTION, prose, request)
    for question in (QUESTION, "is there a charge for the paddling pool?"):
        assert [each.passage for each in asked_first(asked(parks, question), given)] == [request, prose]
    why = "why was the town proud of the pool"
    assert asked_first(asked(parks, why), given) == given


def test_the_vote_on_a_motion_comes_before_the_motion(parks: Library, shelves: dict[str, Shelf]) -> None:
    motion, vote = (passage_with(shelves["same.pdf"], words) for words in ("be waived", "RESOLVED that a charge"))
    motion = replace(motion, decision=None)
    elsewhere = passage_with(shelves["same.pdf"], "hedge")
    given = evidence_of(parks, QUESTION, motion, elsewhere, vote)
    assert [each.passage for each in settled_first(asked(parks, QUESTION), given)] == [vote, motion, elsewhere]
    assert settled_first(asked(parks, QUESTION), given[:2]) == given[:2]  # a vote on another item


def test_what_is_of_the_time_asked_about_comes_first(parks: Library, shelves: dict[str, Shelf]) -> None:
    question = "what was the charge for the paddling pool in June 2024?"
    march, june = (passage_with(shelves[path], "RESOLVED that a charge") for path in ("before.pdf", "same.pdf"))
    hedge = passage_with(shelves["same.pdf"], "hedge")
    given = evidence_of(parks, question, march, hedge, june)
    assert [each.passage for each in timely_first(asked(parks, question), given)] == [june, march, hedge]
    far = [given[0], replace(given[2], score=given[0].score - BEHIND - 0.1)]
    assert timely_first(asked(parks, question), far) == far


def test_print_comes_before_a_scan_of_the_same(parks: Library, shelves: dict[str, Shelf]) -> None:
    scan, printed, other = (
        passage_with(shelves[path], words)
        for path, words in (("scan.pdf", "hedge"), ("before.pdf", "hedge"), ("before.pdf", "hut"))
    )
    assert scan.scanned
    assert not printed.scanned
    given = evidence_of(parks, QUESTION, scan, other, printed)
    assert [each.passage for each in printed_first(asked(parks, QUESTION), given)] == [printed, scan, other]
    assert printed_first(asked(parks, QUESTION), given[:2]) == given[:2]


def test_every_step_leaves_nothing_as_nothing_and_loses_no_passage(parks: Library, shelves: dict[str, Shelf]) -> None:
    assert in_order(asked(parks, QUESTION), []) == []
    passages = [
        passage_with(shelves[path], words)
        for path, words in (("report.pdf", "proud"), ("report.pdf", "approves"), ("same.pdf", "RESOLVED that a charge"))
    ]
    told = in_order(asked(parks, QUESTION), evidence_of(parks, QUESTION, *passages))
    assert sorted((each.passage.paper.path, each.passage.first) for each in told) == sorted(
        (passage.paper.path, passage.first) for passage in passages
    )
    assert told[0].passage == passages[2]
    assert [each.score for each in told[:2]] == sorted((each.score for each in told[:2]), reverse=True)


def test_what_an_agenda_asked_is_not_told_before_what_its_meeting_resolved(tmp_path: Path) -> None:
    agenda = """
# Thornby Town Council
# Parks Committee
Agenda for the meeting to be held on {day} 2024 at 7.00 pm
1 To consider an application by Elm Farm for a holiday let
"""
    minutes = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on 12 March 2024 at 7.00 pm
# 1 Holiday let at Elm Farm
1.1 RESOLVED: That the Council has concerns about its scale.
"""
    papers = {"agenda.pdf": [agenda.format(day="12 March")], "minutes.pdf": [minutes]}
    library = library_of(tmp_path, {**papers, "later.pdf": [agenda.format(day="14 May")]})
    shelves = shelves_by_path(library)
    question = "was the Elm Farm holiday let agreed?"
    resolved = passage_with(shelves["minutes.pdf"], "concerns")
    asked_then = evidence_of(library, question, passage_with(shelves["agenda.pdf"], "To consider"), resolved)
    assert decided_first(asked(library, question), asked_then)[0].passage == resolved
    asked_later = evidence_of(library, question, passage_with(shelves["later.pdf"], "To consider"), resolved)
    assert decided_first(asked(library, question), asked_later) == asked_later


def test_a_reports_recommendation_is_told_though_only_its_prose_was_found(
    parks: Library, shelves: dict[str, Shelf]
) -> None:
    prose = passage_with(shelves["report.pdf"], "never been a charge")
    question = "what was agreed about charges for the paddling pool?"
    found = evidence_of(parks, question, prose)
    first = asked_first(asked(parks, question), found)[0].passage
    assert first.decision is not None
    assert first.decision.outcome == "recommended"
    fact = "how long has there been a charge for the paddling pool?"
    assert asked_first(asked(parks, fact), found) == found
