"""The present position comes first: what replaced a decision, and the minute that decided what was asked."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from answer.ask import ask
from answer.evidence import Evidence, weigh
from answer.passages import Passage
from answer.shelf import Shelves
from answer.standing import as_it_stands
from index.filters import PUBLIC, Audience, Filters
from index.library import Library
from tests.held import asked, library_of, passage_with, shelves_by_path

OLD = """
# Thornby Town Council
# Full Council
Minutes of the meeting held on 12 March 2024 at 7.00 pm
# 4 Bus shelter
R2024-31 A. Ash, B. Fell:
That a bus shelter be built at the quay for £9,400. Carried.
"""
NEW = """
# Thornby Town Council
# Full Council
Minutes of the meeting held on 14 May 2024 at 7.00 pm
# 3 Bus shelter
R2024-58 A. Ash, B. Fell:
That we rescind Resolution R2024-31 of 12 March 2024, the bus shelter at the quay. Carried.
"""
AGENDA = """
# Thornby Town Council
# Full Council
# Agenda
Meeting to be held on 12 March 2024 at 7.00 pm
# 4 Bus shelter
4. To consider and approve a bus shelter built at the quay
"""
QUESTION = "was a bus shelter agreed at the quay?"


@pytest.fixture(scope="module")
def quay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    papers = {"old.pdf": [OLD], "new.pdf": [NEW], "agenda.pdf": [AGENDA]}
    library = library_of(tmp_path_factory.mktemp("quay"), papers)
    yield library
    library.close()


def first_of(
    library: Library, question: str, path: str, words: str, filters: Filters = Filters(), audience: Audience = PUBLIC
) -> Passage:
    """The passage that comes first where the one with these words alone was found."""
    passage = passage_with(shelves_by_path(library)[path], words)
    read = asked(library, question)
    found: list[Evidence] = [replace(weigh(read, [passage])[0], score=5.0)]
    return as_it_stands(read, found, library, Shelves(library), filters, audience)[0].passage


def test_what_replaced_a_decision_comes_before_it(quay: Library) -> None:
    assert first_of(quay, QUESTION, "old.pdf", "be built").paper.path == "new.pdf"


def test_before_a_request_comes_its_minute_and_before_that_what_replaced_it(quay: Library) -> None:
    assert first_of(quay, QUESTION, "agenda.pdf", "consider").paper.path == "new.pdf"
    of_march = "was a bus shelter agreed at the quay in March 2024?"
    assert first_of(quay, of_march, "agenda.pdf", "consider").paper.path == "old.pdf"


@pytest.mark.parametrize(
    ("question", "path", "words", "filters"),
    [
        ("was a bus shelter agreed on 12 March 2024?", "old.pdf", "be built", Filters()),  # then it was
        (QUESTION, "new.pdf", "rescind", Filters()),  # that stands
        (QUESTION, "old.pdf", "be built", Filters(path="old.pdf")),  # only what was asked to be looked through
        ("where is the quay?", "agenda.pdf", "consider", Filters()),  # no decision is asked for
    ],
)
def test_what_answers_as_it_is_stays_first(
    quay: Library, question: str, path: str, words: str, filters: Filters
) -> None:
    assert first_of(quay, question, path, words, filters).paper.path == path


def test_nothing_stays_nothing(quay: Library) -> None:
    assert as_it_stands(asked(quay, QUESTION), [], quay, Shelves(quay), Filters(), PUBLIC) == []


def test_what_replaced_it_is_not_told_to_who_may_not_see_it(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"old.pdf": [OLD], "new.pdf": [NEW]}, officers={"new.pdf": ()})
    assert first_of(library, QUESTION, "old.pdf", "be built").paper.path == "old.pdf"
    assert not any("new.pdf" in note or "14 May" in note for note in ask(library, QUESTION).notes)
    everything = Audience(everything=True)
    assert first_of(library, QUESTION, "old.pdf", "be built", audience=everything).paper.path == "new.pdf"


def test_an_answer_says_what_was_replaced_and_what_replaced_it(quay: Library) -> None:
    now = ask(quay, QUESTION)
    assert now.citations[0].path == "new.pdf"
    assert any("By this was rescinded" in note and "12 March 2024, minute R2024-31" in note for note in now.notes)
    then = ask(quay, "was a bus shelter agreed at the quay on 12 March 2024?")
    assert then.citations[0].path == "old.pdf"
    assert any("Since then rescinded" in note and "14 May 2024, minute R2024-58" in note for note in then.notes)
