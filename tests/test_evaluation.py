"""The evaluation: each mark, and the figures made of them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from answer.answer import Answer, Citation, Outcome, Searched
from index.library import Library
from minutebook.errors import BadQuestion
from minutebook.evaluation import (
    Gold,
    Mark,
    evaluate,
    figures,
    loose,
    mark,
    pages_in,
    read_gold,
    squash,
    stored_pages,
)

PAGE = "2.2 RESOLVED that the library open un-\ntil 8 pm on   Thursdays."


def gold(**fields: Any) -> Gold:
    given: dict[str, Any] = {
        "id": "g-1",
        "question": "When does the library close?",
        "kind": "fact",
        "must": ("8 ?pm",),
        "must_not": ("9 ?pm",),
        "pages": frozenset({("a.pdf", 2)}),
        "outcome": None,
        "needs_ocr": False,
    }
    return Gold(**{**given, **fields})


def citation(
    n: int = 1, path: str = "a.pdf", page: int = 2, quote: str = "open until 8 pm", ocr: bool = False
) -> Citation:
    return Citation(
        n, path, "ab", "Minutes", "minutes", None, None, date(2024, 3, 12), "draft", None, "2.2", page, None, quote, ocr
    )


def answer(outcome: Outcome = "decided", text: str = "Until 8 pm. [1]", *citations: Citation) -> Answer:
    return Answer("id", "q", outcome, text, citations or (citation(),), (), Searched(1, (), None, None), 1)


def marked(given: Answer, **fields: Any) -> Mark:
    return mark(gold(**fields), given, lambda path, page: PAGE if (path, page) == ("a.pdf", 2) else "", 10.0)


def test_right_and_cited_is_trusted() -> None:
    assert marked(answer()).trusted


@pytest.mark.parametrize(
    "given",
    [
        answer("decided", "Until 7 pm."),
        answer("decided", "Until 8 pm, not 9 pm."),
        answer("decided", "Until 8 pm. " + "x" * 900),
        answer("not_found", "Until 8 pm."),
    ],
)
def test_an_answer_is_not_right_that_lacks_adds_rambles_or_abstains(given: Answer) -> None:
    assert not marked(given).right


def test_the_first_citation_and_any_of_five_are_marked_apart() -> None:
    elsewhere = [citation(n, page=9) for n in range(1, 6)]
    assert marked(answer("decided", "8 pm", citation())).cited_first
    second = marked(answer("decided", "8 pm", elsewhere[0], citation(2)))
    assert (second.cited_first, second.cited) == (False, True)
    assert not marked(answer("decided", "8 pm", *elsewhere, citation(6))).cited


@pytest.mark.parametrize(
    ("outcome", "fields", "false_yes"),
    [
        ("decided", {"outcome": "recommended"}, True),
        ("decided", {"outcome": "lost"}, True),
        ("decided", {"outcome": "decided"}, False),
        ("decided", {}, False),
        ("recommended", {"outcome": "proposed"}, False),
        ("decided", {"kind": "unanswerable", "pages": frozenset()}, True),
    ],
)
def test_a_false_yes_is_what_was_told_as_decided_and_was_not(
    outcome: Outcome, fields: dict[str, Any], false_yes: bool
) -> None:
    assert marked(answer(outcome), **fields).false_yes is false_yes


def test_a_quote_counts_over_line_ends_and_hyphens_and_not_when_it_is_elsewhere() -> None:
    quotes = [
        citation(1),
        citation(2, quote="open until 9 pm"),
        citation(3, page=3),
        citation(4, quote=""),
        citation(5, ocr=True),
    ]
    assert marked(answer("decided", "8 pm", *quotes)).quotes == (True, False, False, False)


def test_text_is_made_alike_before_it_is_compared() -> None:
    assert squash(" a-\n  b\u00ad\tc ") == "a-b c"
    assert loose("Un-\ntil £8_pm!") == "until8pm"


def test_figures_are_of_the_questions_they_are_about() -> None:
    marks = [
        marked(answer()),
        marked(answer("decided", "nothing")),
        marked(answer(), needs_ocr=True),
        marked(answer("not_found", "no"), kind="unanswerable", pages=frozenset()),
        marked(answer("decided", "8 pm"), kind="vote", outcome="lost"),
    ]
    told = figures(marks)
    assert told.questions == 5
    assert (told.right.part, told.right.of) == (2 / 3, 3)
    assert (told.ocr_trusted.part, told.ocr_trusted.of) == (1.0, 1)
    assert (told.abstained.part, told.abstained.of) == (1.0, 1)
    assert (told.status_ok.part, told.status_ok.of) == (0.5, 2)
    assert told.false_yes == 1
    assert {kind: share.of for kind, share in told.by_kind.items()} == {"fact": 2, "vote": 1}
    assert json.loads(json.dumps(told.as_json()))["trusted"] == {"part": 2 / 3, "of": 3}


def test_no_questions_of_a_sort_make_no_share() -> None:
    told = figures([marked(answer())])
    assert (told.abstained.part, str(told.abstained)) == (None, "-")


def test_gold_is_read_line_by_line_and_a_bad_line_is_named(tmp_path: Path) -> None:
    line = {
        "id": "g",
        "q": "when?",
        "kind": "fact",
        "must": ["8"],
        "must_not": [],
        "gold": [{"file": "a.pdf", "pages": [1, 2]}],
    }
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(line) + "\n\n")
    assert read_gold(file)[0].pages == {("a.pdf", 1), ("a.pdf", 2)}
    for bad in ({**line, "must": ["("]}, {"id": "g"}, []):
        file.write_text(json.dumps(line) + "\n" + json.dumps(bad))
        with pytest.raises(BadQuestion, match="line 2"):
            read_gold(file)


def test_questions_are_asked_of_the_library_and_quotes_looked_for_on_the_real_pages(
    library: Library, papers_folder: Path
) -> None:
    golds = [
        gold(
            question="What was resolved about the opening hours of the Market Street library?",
            pages=frozenset({("leisure/2024-03-12 minutes.pdf", 1)}),
            outcome="decided",
        )
    ]
    for page_text in (stored_pages(library), pages_in(papers_folder)):
        (one,) = evaluate(library, golds, page_text)
        assert one.trusted
        assert one.quotes
        assert all(one.quotes)
    assert pages_in(papers_folder)("no.pdf", 1) == stored_pages(library)("no.pdf", 1) == ""
