"""The sample papers are what their sources say, and the questions about them can be answered from them."""

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pypdf
import pytest

from ingest.pages import Document, read_document

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.txt"))
QUESTIONS = [json.loads(line) for line in (CORPUS / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
PACK = "county/children-and-families-committee-2025-03-11-agenda-pack.pdf"


@cache
def texts(path: str) -> list[str]:
    """Each page's text as pypdf reads it: another reader than the one under test."""
    return [page.extract_text() for page in pypdf.PdfReader(CORPUS / path).pages]


@cache
def document(path: str) -> Document:
    return read_document(CORPUS / path, ocr=False)


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def committed() -> list[str]:
    return sorted(str(path.relative_to(CORPUS).as_posix()) for path in CORPUS.glob("*/*.pdf"))


def test_building_again_gives_the_bytes_that_are_committed(tmp_path: Path) -> None:
    subprocess.run([sys.executable, CORPUS / "build.py", "--to", tmp_path], check=True, capture_output=True)
    built = {str(path.relative_to(tmp_path).as_posix()): path.read_bytes() for path in tmp_path.glob("*/*.pdf")}
    assert sorted(built) == committed()
    assert [name for name in built if built[name] != (CORPUS / name).read_bytes()] == []


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: path.stem)
def test_a_page_reads_line_by_line_as_it_is_printed(golden: Path) -> None:
    first, *expected = golden.read_text(encoding="utf-8").splitlines()
    name, number = first.rsplit(" ", 1)
    page = document(name).pages[int(number) - 1]
    assert [words(line.text) for line in (*page.lines, *page.furniture)] == expected


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked["id"])
def test_a_question_rests_on_pages_that_bear_its_evidence(asked: dict) -> None:
    if not asked["gold"]:
        assert (asked["kind"], asked["status"], asked["evidence"]) == ("unanswerable", "not_found", "")
        return
    evidence = [asked["evidence"]] if isinstance(asked["evidence"], str) else asked["evidence"]
    pages = {
        (gold["file"], number): words(texts(gold["file"])[number - 1])
        for gold in asked["gold"]
        for number in gold["pages"]
    }
    if asked.get("needs_ocr"):
        assert set(pages.values()) == {""}
        return
    assert [place for place, text in pages.items() if not any(said in text for said in evidence)] == []
    assert [said for said in evidence if not any(said in text for text in pages.values())] == []


@pytest.mark.parametrize("asked", [asked for asked in QUESTIONS if asked["gold"]], ids=lambda asked: asked["id"])
def test_a_questions_own_answer_would_be_marked_right(asked: dict) -> None:
    assert [wanted for wanted in asked["must"] if not re.search(wanted, asked["answer"], re.IGNORECASE)] == []
    assert [barred for barred in asked["must_not"] if re.search(barred, asked["answer"], re.IGNORECASE)] == []


def test_the_packs_contents_list_names_the_pages_where_the_items_begin() -> None:
    pages = texts(PACK)
    named = re.findall(r"Page\s+(\d+)", pages[1])
    assert len(named) == 7
    # The front sheet has no number, so printed page 1 is the PDF's second; the number is each page's last line.
    starts = [pages[int(number)].split("\n") for number in named]
    assert [page[-1].strip() or page[-2].strip() for page in starts] == named
    heads = {page[0].strip() for page in starts}
    assert heads == {"Children and Families Committee", "Marlshire County Council", "7. Notice of Motion"}


def test_the_minutes_in_the_pack_are_those_held_alone_though_the_bytes_differ() -> None:
    def body(pages: list[str]) -> str:
        return words(" ".join(re.sub(r"\n\d+\s*$", "", page) for page in pages))

    alone = body(texts("county/children-and-families-committee-2025-01-14-minutes.pdf"))
    assert alone.endswith("could not promise more than that.")
    assert body(texts(PACK)[3:9]) == alone


def test_what_is_exempt_stands_on_the_exempt_page_and_nowhere_else() -> None:
    secrets = ("Little Otters", "68,500", "74,000", "46,200")
    found = {
        (name, number)
        for name in committed()
        for number, text in enumerate(texts(name), 1)
        if any(secret in text for secret in secrets)
    }
    assert found == {(PACK, 24)}


def test_the_scanned_page_is_a_picture_without_words() -> None:
    page = pypdf.PdfReader(CORPUS / "parish/nether-sallow-2024-11-13-minutes.pdf").pages[1]
    assert page.extract_text().strip() == ""
    assert len(page.images) == 1
