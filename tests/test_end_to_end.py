"""The sample papers with the real model, from PDFs to marked answers."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from answer.answer import Answer
from answer.ask import ask
from index.build import Silent, ingest
from index.embed import load_embedder
from index.filters import EVERYTHING
from index.library import Library
from ingest.ocr import ocr_available
from minutebook.evaluation import Figures, Mark, evaluate, figures, pages_in, read_gold

pytestmark = pytest.mark.model

CORPUS = Path(__file__).parents[1] / "corpus"
CARE_LEAVERS = "what was agreed on care leaver council tax"
# What is measured, less a little: a change that answers fewer questions must be seen.
LEAST_TRUSTED, LEAST_CITED, LEAST_STATUS = 0.70, 0.77, 0.60


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("sample")
    embedder = load_embedder()
    ocr = ocr_available() is not None
    report = ingest(
        home, [CORPUS], embedder=embedder, ocr=ocr, jobs=2, confirm_forget=lambda gone: False, progress=Silent()
    )
    assert report.failed == ()
    assert len(report.added) == len(list(CORPUS.rglob("*.pdf")))
    library = Library.open(home, embedder)
    yield library
    library.close()


@pytest.fixture(scope="module")
def marks(sample: Library) -> list[Mark]:
    return evaluate(sample, read_gold(CORPUS / "questions.jsonl"), pages_in(CORPUS))


@pytest.fixture(scope="module")
def measured(marks: list[Mark]) -> Figures:
    return figures(marks)


@pytest.fixture(scope="module")
def care_leavers(sample: Library) -> Answer:
    return ask(sample, CARE_LEAVERS)


def test_the_care_leavers_question_is_decided_on_its_page_with_its_clauses(care_leavers: Answer) -> None:
    assert care_leavers.outcome == "decided"
    first = care_leavers.citations[0]
    assert (first.path, first.page) in {
        ("county/children-and-families-committee-2025-01-14-minutes.pdf", 4),
        ("county/children-and-families-committee-2025-03-11-agenda-pack.pdf", 7),
    }
    assert first.paragraph is not None
    assert first.paragraph.startswith("9.6")
    assert "a) RECOMMEND to Full Council" in care_leavers.answer
    assert "b) " in care_leavers.answer


def test_a_question_about_a_page_read_by_ocr_says_so(sample: Library) -> None:
    if ocr_available() is None:
        pytest.skip("tesseract is not installed")
    answer = ask(sample, "what did nether sallow first agree to pay the stonemason for the burial ground wall?")
    assert "4,275" in answer.answer
    assert any(citation.ocr and "4,275" in citation.quote for citation in answer.citations)
    assert any("OCR" in note for note in answer.notes)


def test_every_quote_is_on_its_page_in_the_pdf_itself(measured: Figures) -> None:
    assert measured.quotes.part == 1.0
    assert measured.quotes.of > 30


def test_the_questions_are_answered_as_well_as_they_were(measured: Figures) -> None:
    assert measured.trusted.part is not None
    assert measured.trusted.part >= LEAST_TRUSTED
    assert measured.cited.part is not None
    assert measured.cited.part >= LEAST_CITED
    assert measured.status_ok.part is not None
    assert measured.status_ok.part >= LEAST_STATUS
    assert measured.wrongly_abstained.part is not None
    assert measured.wrongly_abstained.part <= 0.11


def test_nothing_exempt_is_said(sample: Library, marks: list[Mark]) -> None:
    closed = [paper for paper in sample.store.papers(audience=EVERYTHING) if paper.id not in sample.visible()]
    pages = {(paper.path, page) for paper in closed for page in range(paper.first_page, paper.last_page + 1)}
    assert pages
    for found in marks:
        assert pages.isdisjoint(found.pages)
        assert "Little Otters" not in found.answer
    answer = ask(sample, "how much rent did the bidders offer for Fernhill House?")
    assert not any(word in json.dumps(answer.as_json()) for word in ("68,500", "74,000", "Little Otters"))


def test_what_is_told_as_decided_was_decided(marks: list[Mark]) -> None:
    """Of the questions that are misread still, none other may join them: a false yes is the worst error there is."""
    known = {
        "s-012",  # the resolution is told, not the amendment that was lost before it
    }
    assert {found.id for found in marks if found.false_yes} <= known
