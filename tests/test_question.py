"""What a question is understood to ask, of whom, and when."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.known import Known, known_in
from answer.question import LONGEST_QUESTION, Question, read_question
from answer.times import When
from index.library import Library
from minutebook.errors import BadQuestion
from tests.held import asked, library_of


@pytest.mark.parametrize(("text", "problem"), [("", "empty"), (" \n\t ", "empty"), ("x" * 2001, "long")])
def test_a_question_that_cannot_be_asked_is_refused(library: Library, text: str, problem: str) -> None:
    with pytest.raises(BadQuestion, match=problem) as refused:
        asked(library, text)
    assert refused.value.field == "question"


def test_the_longest_question_is_still_read(library: Library) -> None:
    assert asked(library, "rents " * (LONGEST_QUESTION // 6)).terms


def test_terms_are_the_words_it_is_about_and_not_those_that_only_ask(library: Library) -> None:
    question = asked(library, "What was finally decided by the committee about the allotment rents?")
    assert {term.stem for term in question.terms} == set(library.words.terms("allotment rents"))
    assert all(term.known for term in question.terms)


def test_a_rare_word_tells_more_than_a_common_one(tmp_path: Path) -> None:
    library = library_of(
        tmp_path, {f"{n}.pdf": [f"The hall has {thing}."] for n, thing in enumerate(("a bell", "mice"))}
    )
    weight = {term.stem: term.weight for term in asked(library, "bell in the hall").terms}
    assert weight["bell"] > weight["hall"] > 0


def test_a_slip_of_the_pen_is_looked_for_as_it_was_meant_at_half_the_weight(library: Library) -> None:
    slip, meant = asked(library, "alotment"), asked(library, "allotment")
    assert slip.terms[0].stem == meant.terms[0].stem
    assert slip.terms[0].weight == pytest.approx(meant.terms[0].weight / 2)
    assert "allotment" in slip.words


def test_a_shortened_word_is_looked_for_in_full(tmp_path: Path) -> None:
    library = library_of(tmp_path, {f"{n}.pdf": [f"Hut {n} in Mill Road was let."] for n in range(6)})
    question = asked(library, "hut 3 mill rd")
    assert set(library.words.terms("road")) <= {term.stem for term in question.terms}
    assert "road" in question.words


def test_a_word_of_no_paper_is_known_for_one(library: Library) -> None:
    (term,) = asked(library, "zeppelins").terms
    assert not term.known


def test_an_abbreviation_may_be_said_in_full_and_the_other_way_round(library: Library) -> None:
    known = Known((), (), {"mslt": "Market Street library"})
    (short,) = asked(library, "mslt", known).terms
    assert short.known
    assert set(short.also) == set(library.words.terms("Market Street library"))
    spelt = asked(library, "market street library", known)
    assert {term.also for term in spelt.terms} == {("mslt",)}
    assert "mslt" in spelt.words


def test_bodies_and_committees_are_named_and_are_then_not_what_is_looked_for(library: Library) -> None:
    question = asked(library, "Did Wexmoor District Council's Planning Committee permit the riding school?")
    assert question.bodies == ("Wexmoor District Council",)
    assert question.committees == ("Planning Committee",)
    stems = {term.stem for term in question.terms}
    assert library.words.terms("riding")[0] in stems
    assert not stems & set(library.words.terms("Wexmoor planning"))
    assert "Wexmoor" not in question.words


@pytest.mark.parametrize(
    ("question", "elsewhere"),
    [
        ("did Thornby parish council agree to sell the depot?", True),
        ("what did the Harbour Committee decide?", True),
        ("did Wexmoor District Council sell the depot?", False),
        ("did the planning committee permit it?", False),
        ("what did the full council decide?", False),
        ("council tax for care leavers", False),
    ],
)
def test_a_body_that_is_none_of_the_papers_is_told_apart(library: Library, question: str, elsewhere: bool) -> None:
    assert asked(library, question).elsewhere is elsewhere


def test_its_times_and_periods_are_read_and_short_years_as_financial_ones(library: Library) -> None:
    question = asked(library, "rents for 24/25 as set in March 2024")
    assert question.times == (When(2024, 3, None),)
    assert question.periods == ("2024-25", "2024")


def test_sums_and_shares_are_kept_as_written(library: Library) -> None:
    assert asked(library, "who spent £640,000 or 5.5% of it").figures == ("£640,000", "5.5%")


@pytest.fixture(scope="session")
def known(library: Library) -> Known:
    return known_in(library)


@given(text=st.text(st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_whatever_is_typed_is_read_or_refused_in_words(library: Library, known: Known, text: str) -> None:
    try:
        question = read_question(text, known, library.words)
    except BadQuestion:
        assert not text.strip()
        return
    assert isinstance(question, Question)
    assert all(term.weight > 0 for term in question.terms)
    assert len({term.stem for term in question.terms}) == len(question.terms)
