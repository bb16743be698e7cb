"""A PDF's pages as read, kept by the hash of its bytes: reading is slow, and OCR slower, so neither is done twice."""

import json
import sqlite3
import zlib
from dataclasses import astuple

from ingest.lines import Cell, Line
from ingest.pages import Document, Page
from ingest.versions import reader_version


def keep_reading(connection: sqlite3.Connection, document: Document, reader: str) -> None:
    """Keeps the document under its hash; `reader` says which version read it, and with OCR or without."""
    blob = zlib.compress(json.dumps(astuple(document), ensure_ascii=False, separators=(",", ":")).encode())
    with connection:
        connection.execute(
            "INSERT OR REPLACE INTO readings (sha256, reader, document) VALUES (?, ?, ?)",
            (document.sha256, reader, blob),
        )


def has_reading(connection: sqlite3.Connection, sha256: str, reader: str) -> bool:
    row = connection.execute("SELECT reader FROM readings WHERE sha256 = ?", (sha256,)).fetchone()
    return row is not None and row["reader"] == reader


def kept_reading(connection: sqlite3.Connection, sha256: str) -> Document:
    """The document as it was read. Raises KeyError when there is none."""
    row = connection.execute("SELECT document FROM readings WHERE sha256 = ?", (sha256,)).fetchone()
    if row is None:
        raise KeyError(sha256)
    digest, pages, title, created, outline = json.loads(zlib.decompress(row["document"]))
    return Document(
        digest, tuple(_page(*page) for page in pages), title, created, tuple((name, page) for name, page in outline)
    )


def reader_name(*, ocr: str | None) -> str:
    """The version of the code that reads, and of the OCR it had: with a new one, pages are read anew."""
    return f"{reader_version()}+{ocr or 'no ocr'}"


def _page(number, printed, width, height, lines, furniture, text, source, confidence, struck) -> Page:  # type: ignore[no-untyped-def]
    return Page(number, printed, width, height, _lines(lines), _lines(furniture), text, source, confidence, struck)


def _lines(rows: list[list]) -> tuple[Line, ...]:  # type: ignore[type-arg]
    return tuple(_line(*row) for row in rows)


def _line(text, x0, top, x1, bottom, size, bold, cells) -> Line:  # type: ignore[no-untyped-def]
    return Line(text, x0, top, x1, bottom, size, bold, tuple(Cell(*cell) for cell in cells))
