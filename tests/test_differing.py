"""Where two papers of one meeting give different figures for the same, both are told."""

from pathlib import Path

import pytest

from answer.ask import ask, find_evidence
from answer.compose import DIFFERS
from answer.differing import differing
from answer.shelf import Shelves
from index.filters import PUBLIC, Filters
from index.library import Library
from tests.held import asked, library_of

REPORT = """
# Thornby Town Council
# Report to Parks Committee
Date of meeting: {day} 2024
Report title: {title}
# Background
1.1 {words}
"""
SAID = "In the year to March the boating lake on the Lower Common was visited by {n} people in all."
QUESTION = "how many people visited the boating lake?"


def held(folder: Path, *reports: tuple[str, str]) -> Library:
    """A library of a report for each day with these words."""
    papers = {
        f"{n}.pdf": [REPORT.format(day=day, title=f"The lake, part {n}", words=words)]
        for n, (day, words) in enumerate(reports)
    }
    return library_of(folder, papers)


def test_another_figure_for_the_same_is_told_too(tmp_path: Path) -> None:
    library = held(tmp_path, ("11 June", SAID.format(n="4,120")), ("11 June", SAID.format(n="4,210")))
    answer = ask(library, QUESTION)
    assert "4,120 people" in answer.answer
    assert "4,210 people" in answer.answer
    assert DIFFERS in answer.answer
    assert {citation.path for citation in answer.citations} == {"0.pdf", "1.pdf"}


@pytest.mark.parametrize(
    ("day", "words", "question"),
    [
        ("11 June", SAID.format(n="4,120"), QUESTION),  # the same
        ("9 July", SAID.format(n="4,210"), QUESTION),  # a later meeting: it may have changed
        ("11 June", "In May the 310 boats were painted green and put on the lake for people to row.", QUESTION),
        ("11 June", SAID.format(n="4,210"), "where is the boating lake?"),  # no figure is asked for
    ],
)
def test_what_does_not_contradict_it_is_no_other_figure(tmp_path: Path, day: str, words: str, question: str) -> None:
    library = held(tmp_path, ("11 June", SAID.format(n="4,120")), (day, words))
    read = asked(library, question)
    evidence = find_evidence(library, read, Shelves(library), Filters(), PUBLIC)
    assert evidence
    assert differing(read, evidence) == []
    assert DIFFERS not in ask(library, question).answer


def test_of_nothing_nothing_differs(tmp_path: Path) -> None:
    library = held(tmp_path, ("11 June", SAID.format(n="4,120")))
    assert differing(asked(library, QUESTION), []) == []
