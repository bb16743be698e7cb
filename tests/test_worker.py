"""Files read in other processes, some of which have to be stopped."""

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

from ingest.pages import Document
from ingest.worker import Limits, read_documents
from minutebook.errors import UnreadablePaper
from tests.test_pages import at, drawn


def paper(path: Path, text: str, pages: int = 1) -> Path:
    def draw(canvas: Canvas) -> None:
        for n in range(pages):
            at(canvas, 72, 200, f"{text}, page {n + 1} of the papers")
            canvas.showPage()

    return drawn(path, draw)


def test_good_and_bad_files_come_back_each_with_its_result(tmp_path: Path) -> None:
    for n in range(4):
        paper(tmp_path / f"{n}.pdf", f"Paper {n}")
    (tmp_path / "page.pdf").write_text("<html><body>Gone</body></html>")
    (tmp_path / "empty.pdf").touch()
    paths = sorted(tmp_path.iterdir())
    found = {path.name: result for path, result, _ in read_documents(paths, jobs=2, ocr=False)}
    assert sorted(found) == [path.name for path in paths]
    for n in range(4):
        result = found[f"{n}.pdf"]
        assert isinstance(result, Document)
        assert result.pages[0].text == f"Paper {n}, page 1 of the papers"
    html, empty = found["page.pdf"], found["empty.pdf"]
    assert isinstance(html, UnreadablePaper)
    assert isinstance(empty, UnreadablePaper)
    assert (html.path, html.reason) == (str(tmp_path / "page.pdf"), "is not a PDF: it begins with an HTML page")
    assert empty.reason == "is empty"


def test_no_files(tmp_path: Path) -> None:
    assert list(read_documents([])) == []


def test_progress_is_told_by_page(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = paper(tmp_path / "a.pdf", "Paper", pages=3)
    list(read_documents([path], ocr=False, progress=lambda path, done, to_do: told.append((path.name, done, to_do))))
    assert told == [("a.pdf", 1, 3), ("a.pdf", 2, 3), ("a.pdf", 3, 3)]


def test_too_many_pages(tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(40):
        writer.add_blank_page(200, 200)
    writer.write(tmp_path / "a.pdf")
    [(_, result, _)] = read_documents([tmp_path / "a.pdf"], limits=Limits(pages=30))
    assert isinstance(result, UnreadablePaper)
    assert result.reason == "has 40 pages, and at most 30 are read"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_file_that_never_ends_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "0-endless.pdf")  # opening it waits for a writer that never comes
    paper(tmp_path / "1.pdf", "Paper")
    paper(tmp_path / "2.pdf", "Paper")
    began = time.monotonic()
    found = {
        path.name: result
        for path, result, _ in read_documents(sorted(tmp_path.iterdir()), jobs=1, ocr=False, limits=Limits(seconds=3))
    }
    endless = found["0-endless.pdf"]
    assert isinstance(endless, UnreadablePaper)
    assert endless.reason == "took longer than 3 seconds"
    assert isinstance(found["1.pdf"], Document)
    assert isinstance(found["2.pdf"], Document)
    assert time.monotonic() - began < 60


@pytest.mark.skipif(os.name != "posix", reason="memory is bound on POSIX systems only")
def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path: Path) -> None:
    large = tmp_path / "0-large.pdf"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(3 * 2**30)  # sparse: takes no room on the disk
    paper(tmp_path / "1.pdf", "Paper")
    found = {path.name: result for path, result, _ in read_documents(sorted(tmp_path.iterdir()), jobs=1, ocr=False)}
    result = found["0-large.pdf"]
    assert isinstance(result, UnreadablePaper)
    assert result.reason == "needed more than 2 GiB"
    assert isinstance(found["1.pdf"], Document)


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_reader_that_dies_is_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "0-endless.pdf")
    paper(tmp_path / "1.pdf", "Paper")
    results = read_documents(sorted(tmp_path.iterdir()), jobs=1, ocr=False)
    before = set(multiprocessing.active_children())

    def kill() -> None:
        while not (mine := set(multiprocessing.active_children()) - before):
            pass
        os.kill(next(iter(mine)).pid or 0, signal.SIGSEGV)

    killer = threading.Thread(target=kill)
    killer.start()
    found = {path.name: result for path, result, _ in results}
    killer.join()
    died = found["0-endless.pdf"]
    assert isinstance(died, UnreadablePaper)
    assert died.reason == "stopped the PDF reader (exit status -11)"
    assert isinstance(found["1.pdf"], Document)


def test_leaving_early_leaves_no_process_behind(tmp_path: Path) -> None:
    before = set(multiprocessing.active_children())
    results = read_documents([paper(tmp_path / f"{n}.pdf", "Paper") for n in range(6)], jobs=2, ocr=False)
    next(results)
    results.close()
    assert set(multiprocessing.active_children()) == before
