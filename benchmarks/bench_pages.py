"""Pages a second: pypdf's text, our lines without OCR, and OCR, on a sample of a folder's PDFs.

python benchmarks/bench_pages.py FOLDER [--pages 400] [--scans 12]
"""

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path

import pypdf
from pypdf.errors import PyPdfError

from ingest.ocr import ocr_available
from ingest.pages import Document, read_document
from minutebook.errors import UnreadablePaper


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=400, help="how many pages to read with each")
    parser.add_argument("--scans", type=int, default=12, help="how many pages to read with OCR")
    given = parser.parse_args()
    paths = sorted(given.folder.rglob("*.pdf"))
    random.Random(1).shuffle(paths)

    ours, read = _ours(paths, given.pages)
    _say("lines, no OCR", *ours)
    _say("pypdf's text", *_pypdf(list(read)))
    unread = sum(page.source == "unread" for document in read.values() for page in document.pages)
    print(f"{'':16}{unread} of those pages have no usable text layer")
    if ocr_available() is None:
        print("OCR: Tesseract is not installed")
    elif unread:
        _say("with OCR", *_scans(read, given.scans))


def _say(what: str, pages: int, seconds: float) -> None:
    print(f"{what:16}{pages:6} pages in {seconds:6.1f} s = {pages / seconds:6.1f} a second")


def _ours(paths: Sequence[Path], wanted: int) -> tuple[tuple[int, float], dict[Path, Document]]:
    read: dict[Path, Document] = {}
    pages = 0
    began = time.perf_counter()
    for path in paths:
        try:
            read[path] = read_document(path, ocr=False)
        except UnreadablePaper as refused:
            print(refused)
            continue
        pages += len(read[path].pages)
        if pages >= wanted:
            break
    return (pages, time.perf_counter() - began), read


def _pypdf(paths: Sequence[Path]) -> tuple[int, float]:
    pages = 0
    began = time.perf_counter()
    for path in paths:
        try:
            for page in pypdf.PdfReader(path).pages:
                page.extract_text()
                pages += 1
        except PyPdfError as error:
            print(f"{path}: pypdf: {error}")
    return pages, time.perf_counter() - began


def _scans(read: dict[Path, Document], wanted: int) -> tuple[int, float]:
    """Whole files, smallest first, until `wanted` pages have been read by OCR."""
    scanned = {path: sum(page.source == "unread" for page in document.pages) for path, document in read.items()}
    pages = 0
    began = time.perf_counter()
    for path in sorted((path for path, count in scanned.items() if count), key=lambda path: len(read[path].pages)):
        pages += sum(page.source == "ocr" for page in read_document(path).pages)
        if pages >= wanted:
            break
    return pages, time.perf_counter() - began


if __name__ == "__main__":
    main()
