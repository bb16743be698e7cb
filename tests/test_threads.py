"""Conversations: what is remembered, and what a follow-up takes from the question before."""

import pytest

from answer.ask import ask
from answer.threads import MOST_THREADS, REMEMBERED, Threads, Turn, completed, is_follow_up, wants_report
from index.filters import Filters
from index.library import Library
from tests.held import asked


@pytest.fixture
def turn(library: Library) -> Turn:
    return Turn(asked(library, "allotment rents"), ())


def test_a_turn_is_remembered_for_a_time_after_the_last_question(turn: Turn) -> None:
    now = 1000.0
    threads = Threads(clock=lambda: now)
    assert threads.last("a") is None
    threads.keep("a", turn)
    now += REMEMBERED
    assert threads.last("a") == turn
    threads.keep("a", turn)
    now += REMEMBERED
    assert threads.last("a") == turn
    now += 1
    assert threads.last("a") is None
    now -= REMEMBERED
    assert threads.last("a") is None  # forgotten, not only hidden


def test_the_longest_unused_conversation_is_forgotten_when_there_are_too_many(turn: Turn) -> None:
    threads = Threads()
    for number in range(MOST_THREADS):
        threads.keep(str(number), turn)
    threads.keep("0", turn)
    threads.keep("new", turn)
    assert threads.last("0") == threads.last("new") == turn
    assert threads.last("1") is None
    assert threads.last("2") == turn


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("and who seconded it?", True),
        ("what about 2023?", True),
        ("how did the vote go", True),
        ("when?", True),
        ("show me the report", True),
        ("allotment rents", False),
        ("and what about the lowest tender for the swimming lessons at the boating lake", False),
    ],
)
def test_a_question_leans_on_the_one_before_or_stands_by_itself(library: Library, question: str, leans: bool) -> None:
    assert is_follow_up(asked(library, question)) is leans


@pytest.mark.parametrize(
    ("question", "wants"), [("show me the report", True), ("what did the report say", True), ("who moved it", False)]
)
def test_the_report_may_be_asked_for(library: Library, question: str, wants: bool) -> None:
    assert wants_report(asked(library, question)) is wants


def test_a_follow_up_is_completed_by_what_it_leaves_unsaid(library: Library) -> None:
    before = asked(library, "did Wexmoor's Planning Committee permit the riding school in May 2024?")
    whole = completed(asked(library, "and who proposed it?"), before)
    assert whole.terms == before.terms
    assert (whole.bodies, whole.committees, whole.times) == (before.bodies, before.committees, before.times)
    assert whole.periods == before.periods
    assert "riding" in whole.words
    assert whole.asks >= {"vote", "who"}


def test_what_a_follow_up_says_itself_stands(library: Library) -> None:
    before = asked(library, "was the riding school permitted in May 2024?")
    whole = completed(asked(library, "what about 2023?"), before)
    assert whole.times == asked(library, "what about 2023?").times
    assert whole.periods == ("2023",)
    assert {term.stem for term in before.terms} <= {term.stem for term in whole.terms}
    other = completed(asked(library, "and the allotments?"), before)
    assert [term.stem for term in other.terms] == [*(term.stem for term in before.terms), "allot"]
    assert other.asks == before.asks


def test_a_conversation_is_carried_from_question_to_question(library: Library) -> None:
    first = ask(library, "what became of the allotment rents?", thread="conversation")
    assert first.outcome == "lost"
    follow = ask(library, "and who moved it?", thread="conversation")
    assert follow.citations[0].paragraph == "5.1"
    assert "Dunstan" in follow.answer


def test_without_its_thread_a_follow_up_is_a_question_like_any_other(library: Library) -> None:
    ask(library, "what became of the allotment rents?", thread="one")
    for thread in (None, "another"):
        assert not any(
            each.paragraph == "5.1" for each in ask(library, "and who moved it?", thread=thread).citations[:1]
        )


def test_a_conversation_does_not_widen_the_filters(library: Library) -> None:
    ask(library, "what became of the allotment rents?", thread="narrow")
    follow = ask(library, "and who moved it?", filters=Filters(committee="Planning Committee"), thread="narrow")
    assert all(citation.committee == "Planning Committee" for citation in follow.citations)
    assert "Dunstan" not in follow.answer


def test_the_report_behind_a_decision_is_shown(library: Library) -> None:
    ask(library, "is the Quarry Lane depot to be sold?", thread="depot")
    follow = ask(library, "show me the report", thread="depot")
    assert follow.citations
    assert {citation.kind for citation in follow.citations} == {"report"}
