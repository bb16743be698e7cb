"""The word and vector files of one generation, made from the store and thrown away when a newer one stands."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.vectors import build_vectors
from index.words import WordsEntry, build_words
from minutebook.errors import HomeError

_DONE = "complete"


def derived_folder(home: Path, generation: int) -> Path:
    """Where a generation's derived files are."""
    return home / "index" / f"{generation:06d}"


def is_complete(folder: Path) -> bool:
    return (folder / _DONE).is_file()


def paper_number(paper: str) -> int:
    """The whole number by which the word index knows a paper: its id, which is hexadecimal."""
    return int(paper, 16)


def build_derived(connection: sqlite3.Connection, folder: Path, model: str, dimension: int) -> None:
    """Writes the files anew; the marker that they are whole comes last, so a cut-off build is never opened."""
    temporary = folder.with_name(f"{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir(parents=True)
        build_words(temporary / "words", _entries(connection))
        rows = connection.execute(
            "SELECT chunks.id, vector FROM chunks JOIN embeddings ON sha256 = embedded_sha256 AND model = ? "
            "ORDER BY chunks.id",
            (model,),
        ).fetchall()
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32).reshape(len(rows), dimension)
        build_vectors(temporary / "vectors.faiss", ids, matrix)
        (temporary / _DONE).touch()
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
    except OSError as error:
        raise HomeError(f"{folder}: cannot be written ({error})") from error


def drop_older(home: Path, generation: int) -> None:
    """Removes derived files older than the generation before this one, which a reader may still be leaving."""
    for folder in (home / "index").iterdir():
        if folder.name.split(".")[0].isdigit() and int(folder.name.split(".")[0]) < generation - 1:
            shutil.rmtree(folder, ignore_errors=True)


def _entries(connection: sqlite3.Connection) -> Iterator[WordsEntry]:
    rows = connection.execute(
        "SELECT chunks.id, paper, text, chunks.item, headings, label, title, body, committee, meeting_date "
        "FROM chunks JOIN papers ON papers.id = chunks.paper ORDER BY chunks.id"
    )
    for row in rows:
        title = " ".join(filter(None, (row["title"], row["body"], row["committee"], row["meeting_date"])))
        yield WordsEntry(
            id=row["id"],
            paper=paper_number(row["paper"]),
            text=row["text"],
            item=row["item"],
            headings=row["headings"],
            title=title,
            label=row["label"],
        )
