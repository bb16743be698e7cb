"""A question in, an answer out."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answer.answer import LONGEST_ANSWER, MOST_CITATIONS
from answer.ask import ask, prepare
from answer.verify import Pages
from index.build import Silent, rebuild
from index.filters import EVERYTHING, Filters
from index.library import Library
from minutebook.errors import BadQuestion, HomeError, NotHeld
from tests.embedder import FakeEmbedder
from tests.held import library_of

TENDER = "What was the lowest tender for office cleaning, from Brightmop?"
QUESTIONS = [
    ("What was resolved about the opening hours of the Market Street library?", "decided", ["8 pm", "Thursdays"]),
    ("are swimming lessons free for under-eights?", "recommended", ["AGREED to RECOMMEND to Full Council"]),
    ("what was decided on swimming lessons for under-eights?", "decided", ["AGREED to RECOMMEND to Full Council"]),
    ("were allotment rents halved?", "lost", ["LOST", "Dunstan", "1 for, 3 against"]),
    ("was the report on the boating lake agreed?", "noted", ["NOTED the report"]),
    ("did Cabinet approve the sale of the Quarry Lane depot?", "recommended", ["£640,000", "No decision on this"]),
    ("what does the empty depot cost a year to secure?", "reported", ["£18,300"]),
    ("how far is the nearest house from the riding school?", "reported", ["85 metres"]),
]


@pytest.mark.parametrize(("question", "outcome", "said"), QUESTIONS)
def test_an_answer_says_what_became_of_it(library: Library, question: str, outcome: str, said: list[str]) -> None:
    answer = ask(library, question)
    assert answer.outcome == outcome
    assert all(words in answer.answer for words in said)


@pytest.mark.parametrize("question", [question for question, *_ in QUESTIONS])
def test_an_answer_keeps_its_promises(library: Library, question: str) -> None:
    answer = ask(library, question)
    pages = Pages(library.store)
    assert len(answer.answer) <= LONGEST_ANSWER
    assert 1 <= len(answer.citations) <= MOST_CITATIONS
    assert all(pages.holds(each.path, each.page, each.quote) for each in answer.citations)
    assert [int(n) for n in re.findall(r"\[(\d)\]", answer.answer)] == [each.n for each in answer.citations]


@pytest.mark.parametrize(
    "question", ["who is the mayor's astrologer?", "what is the capital of Peru?", "zeppelins", "?", "of the"]
)
def test_what_the_papers_do_not_say_is_said_so(library: Library, question: str) -> None:
    answer = ask(library, question)
    assert answer.outcome == "not_found"
    assert answer.citations == ()
    assert answer.answer.startswith("The papers do not say.")
    assert all(note.startswith("Closest, but not an answer:") for note in answer.notes)


def test_what_was_searched_is_said(library: Library) -> None:
    searched = ask(library, "who is the mayor's astrologer?").searched
    assert searched.papers == 5  # and not the exempt one
    assert searched.bodies == ("Wexmoor District Council",)
    assert (searched.since, searched.until) == (date(2024, 3, 12), date(2024, 6, 3))
    assert "12 March 2024 to 3 June 2024" in ask(library, "who is the mayor's astrologer?").answer


def test_a_question_that_cannot_be_asked_is_refused(library: Library) -> None:
    with pytest.raises(BadQuestion):
        ask(library, "  ")


@pytest.mark.parametrize(
    "filters",
    [
        Filters(committee="Planning Committee"),
        Filters(since=date(2024, 5, 1), until=date(2024, 5, 31)),
        Filters(path="planning-2024-05-09.pdf"),
        Filters(path="cabinet"),
        Filters(kind="report"),
    ],
)
def test_filters_narrow_the_answer_and_what_was_searched(library: Library, filters: Filters) -> None:
    allowed = library.visible(filters)
    for question, *_ in QUESTIONS:
        answer = ask(library, question, filters=filters)
        assert answer.searched.papers == len(allowed)
        assert {citation.paper for citation in answer.citations} <= allowed


def test_filters_that_fit_no_paper_find_nothing(library: Library) -> None:
    answer = ask(library, QUESTIONS[0][0], filters=Filters(body="Thornby Town Council"))
    assert answer.outcome == "not_found"
    assert answer.answer == "The papers do not say: none of the papers held match."
    assert answer.notes == ()


def test_what_is_exempt_is_answered_only_to_those_who_may_see_it(library: Library) -> None:
    told = ask(library, TENDER, audience=EVERYTHING)
    assert "£71,234" in told.answer
    public = json.dumps(ask(library, TENDER).as_json())
    exempt = {paper.id for paper in library.store.papers(audience=EVERYTHING)} - library.visible()
    assert exempt
    assert not any(paper in public for paper in exempt)
    assert "71,234" not in public
    assert "appendix" not in public.lower()


def test_the_same_question_has_the_same_id_and_is_kept_under_it(library: Library) -> None:
    first, again = (ask(library, QUESTIONS[0][0]) for _ in range(2))
    assert first.answer_id == again.answer_id
    kept = library.store.answer(first.answer_id)
    assert {**kept, "took_ms": 0} == {**first.as_json(), "took_ms": 0}


def test_another_question_filter_audience_or_thread_has_another_id(library: Library) -> None:
    question = QUESTIONS[0][0]
    answers = [
        ask(library, question),
        ask(library, question + "?"),
        ask(library, question, filters=Filters(committee="Cabinet")),
        ask(library, question, audience=EVERYTHING),
        ask(library, question, thread="a thread of its own"),
    ]
    assert len({answer.answer_id for answer in answers}) == len(answers)


def test_an_answer_from_exempt_papers_is_not_handed_on(library: Library) -> None:
    answer = ask(library, TENDER, audience=EVERYTHING)
    with pytest.raises(NotHeld):
        library.store.answer(answer.answer_id)
    assert library.store.answer(answer.answer_id, EVERYTHING)["answer"] == answer.answer


MINUTES = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on Tuesday {day} 2024 at 7.00 pm
# 1 Minutes
1.1 RESOLVED that the minutes of the meeting held on {before} 2024 be confirmed as a correct record.
# 2 {thing}
2.1 RESOLVED that the {thing} be mended by volunteers in the spring.
"""
REPORT = """
# Report to Parks Committee
Date of meeting: 9 July 2024
Report title: Bandstand
# Recommendations
1.1 That the committee approves a new roof of slate for the bandstand.
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    papers = {
        "2024-03-12-minutes.pdf": [MINUTES.format(day="12 March", before="9 January", thing="pavilion")],
        "2024-05-14-draft-minutes.pdf": [
            "DRAFT\n" + MINUTES.format(day="14 May", before="12 March", thing="sundial").strip()
        ],
        "2024-07-09-report.pdf": [REPORT],
    }
    library = library_of(tmp_path_factory.mktemp("parks"), papers)
    yield library
    library.close()


def test_a_note_says_that_minutes_are_a_draft_still(parks: Library) -> None:
    draft = ask(parks, "was it agreed that the sundial be mended?")
    assert draft.outcome == "decided"
    assert any("draft, not yet confirmed" in note for note in draft.notes)
    confirmed = ask(parks, "was it agreed that the pavilion be mended?")
    assert confirmed.citations[0].standing == "confirmed"
    assert not any("draft" in note for note in confirmed.notes if "12 March" in note)


def test_a_note_says_that_the_minutes_of_a_meeting_are_not_held(parks: Library) -> None:
    answer = ask(parks, "was a new roof of slate for the bandstand agreed?")
    assert answer.outcome == "recommended"
    assert any("minutes of the meeting of 9 July 2024 are not held" in note for note in answer.notes)


def test_a_note_says_that_a_page_was_read_by_ocr(tmp_path: Path) -> None:
    library = library_of(
        tmp_path, {"minutes.pdf": [MINUTES.format(day="12 March", before="9 January", thing="pavilion")]}
    )
    question = "was it agreed that the pavilion be mended?"
    assert not any("OCR" in note for note in ask(library, question).notes)
    with library.store.connection as connection:
        connection.execute("UPDATE pages SET source = 'ocr'")
    answer = ask(library, question)
    assert answer.citations[0].ocr
    assert answer.citations[0].as_json()["ocr"] is True
    assert any("OCR" in note for note in answer.notes)


def test_papers_replaced_under_a_question_are_never_half_seen(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"report.pdf": [REPORT]})
    prepare(library)
    rebuild(tmp_path, embedder=FakeEmbedder(), progress=Silent())
    with pytest.raises(HomeError, match="ask again"):
        ask(library, "bandstand")
    assert ask(library.refresh(), "was a slate roof agreed for the bandstand?").outcome == "recommended"


def test_an_answer_as_json_is_the_public_contract(library: Library) -> None:
    answer = ask(library, QUESTIONS[0][0])
    fields = answer.as_json()
    assert list(fields) == "answer_id question outcome answer citations notes searched took_ms".split()
    assert " ".join(fields["citations"][0]) == (
        "n path paper title kind body committee meeting_date standing item paragraph page printed_page quote url"
    )
    assert fields["citations"][0]["url"] == f"/papers/{answer.citations[0].paper}/pdf#page=1"
    assert replace(answer.citations[0], ocr=True).as_json()["ocr"] is True
    assert set(fields["searched"]) == {"papers", "bodies", "from", "to"}
