"""The word and vector files of one generation, made from the store and thrown away when a newer one stands."""

import hashlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.disk import sync_file, sync_folder
from index.filters import EVERYTHING, PUBLIC, Audience, Filters
from index.store import conditions
from index.vectors import build_vectors
from index.words import Words, WordsEntry, build_words
from minutebook.errors import HomeError

FOLDER = "index"
_DONE = "complete"


def derived_folder(home: Path, generation: int) -> Path:
    """Where a generation's derived files are."""
    return home / FOLDER / f"{generation:06d}"


def is_complete(folder: Path, made: str = "") -> bool:
    """Whether all was written, for the generation that was `made` so: a number may come twice, a mark not."""
    return _vouched(folder)[:1] == [made]


def spoilt_in(folder: Path) -> tuple[Path, ...]:
    """The files that are no longer what was written: a disk may lose or change bytes without a word."""
    found = []
    for line in _vouched(folder)[1:]:
        digest, _, name = line.partition(" ")
        try:
            whole = _digest(folder / name) == digest
        except OSError:
            whole = False
        if not whole:
            found.append(folder / name)
    return tuple(found)


def _vouched(folder: Path) -> list[str]:
    """The mark of the generation, and then a SHA-256 and a name for each file; nothing where it was cut off."""
    try:
        return (folder / _DONE).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return []


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def words_folder(folder: Path, audience: Audience) -> Path:
    """Where the words that an audience may know of are: what others hold must not show in weights or spellings."""
    if audience.groups:
        digest = hashlib.sha256("\n".join(audience.groups).encode()).hexdigest()
        return folder / f"words-{digest[:16]}"
    return folder / ("words" if audience.everything else "words-public")


def paper_number(paper: str) -> int:
    """The whole number by which the word index knows a paper: its id, which is hexadecimal."""
    return int(paper, 16)


def build_derived(connection: sqlite3.Connection, folder: Path, model: str, dimension: int) -> None:
    """Writes the files anew; the marker that they are whole comes last, so a cut-off build is never opened.

    Raises HomeError when they cannot be written.
    """
    made = connection.execute("SELECT value FROM meta WHERE key = 'made'").fetchone()
    temporary = folder.with_name(f"{folder.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        temporary.mkdir(parents=True)
        for audience in audiences_in(connection):
            build_words(words_folder(temporary, audience), _entries(connection, audience))
        rows = connection.execute(
            "SELECT chunks.id, vector FROM chunks JOIN embeddings ON sha256 = embedded_sha256 AND model = ? "
            "ORDER BY chunks.id",
            (model,),
        ).fetchall()
        ids = np.array([row[0] for row in rows], dtype=np.int64)
        matrix = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32).reshape(len(rows), dimension)
        build_vectors(temporary / "vectors.faiss", ids, matrix)
        _to_disk(temporary)
        files = sorted(file for file in temporary.rglob("*") if file.is_file() and not file.name.endswith(".lock"))
        sums = [f"{_digest(file)} {file.relative_to(temporary).as_posix()}" for file in files]
        (temporary / _DONE).write_text("\n".join([made["value"] if made else "", *sums]), encoding="utf-8")
        _to_disk(temporary)
        shutil.rmtree(folder, ignore_errors=True)
        temporary.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        if temporary.is_dir() and is_complete(folder, made["value"] if made else ""):
            return  # somebody else made the same at the same time, and was done first
        raise HomeError(f"{folder}: cannot be written ({error})") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def words_of(connection: sqlite3.Connection, folder: Path, audience: Audience) -> Words:
    """The words that an audience may know of, made in a generation's folder unless they are there.

    Raises HomeError when they cannot be made.
    """
    place = words_folder(folder, audience)
    if place.is_dir():
        try:
            return Words.open(place)
        except HomeError:  # damaged: made anew
            shutil.rmtree(place, ignore_errors=True)
    temporary = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        shutil.rmtree(temporary, ignore_errors=True)
        build_words(temporary, _entries(connection, audience))
        _to_disk(temporary)
        if not place.is_dir():  # another process may have been first
            temporary.rename(place)
        shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise HomeError(f"{place}: cannot be written ({error})") from error
    return Words.open(place)


def audiences_in(connection: sqlite3.Connection) -> tuple[Audience, ...]:
    """The audiences that need words of their own from the start: where nothing is closed, one index does for all.

    How many groups meet in one person is not known here, so groups' words are made when they are asked for.
    """
    where, values = conditions(Filters(), PUBLIC)
    closed = connection.execute(f"SELECT 1 FROM papers WHERE NOT ({where}) LIMIT 1", values).fetchone()
    return (EVERYTHING, PUBLIC) if closed else (EVERYTHING,)


def _to_disk(folder: Path) -> None:
    """Has the system write all of a folder to the disk, so that a marker never outlives what it vouches for."""
    for file in folder.rglob("*"):
        if file.is_dir():
            sync_folder(file)
        else:
            sync_file(file)
    sync_folder(folder)


def drop_older(home: Path, generation: int) -> None:
    """Removes derived files older than the generation before this one, which a reader may still be leaving."""
    for folder in (home / FOLDER).iterdir():
        if folder.name.split(".")[0].isdigit() and int(folder.name.split(".")[0]) < generation - 1:
            shutil.rmtree(folder, ignore_errors=True)


def _entries(connection: sqlite3.Connection, audience: Audience) -> Iterator[WordsEntry]:
    where, values = conditions(Filters(), audience)
    rows = connection.execute(
        "SELECT chunks.id, paper, text, chunks.item, headings, label, title, body, committee, meeting_date "
        f"FROM chunks JOIN papers ON papers.id = chunks.paper WHERE {where} ORDER BY chunks.id",
        values,
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
