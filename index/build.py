"""Folders of PDFs into a home: read what is new or changed, embed it, and commit it all as one new generation."""

import hashlib
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from index import album
from index.answers import Answers
from index.derived import build_derived, derived_folder, drop_older
from index.embed import Embedder
from index.parsing import Parsed, parse
from index.readings import has_reading, keep_reading, kept_reading, reader_name
from index.schema import connect
from index.turn import turn
from index.vectors_kept import embed_missing
from index.writing import settle, write_file
from ingest.ocr import ocr_available
from ingest.versions import parser_version
from ingest.worker import read_documents
from minutebook.errors import HomeError, NotHeld, UnreadablePaper


class Progress(Protocol):
    """Hears how far an ingest has come."""

    def stage(self, name: str, total: int) -> None:
        """Begins a stage of `total` steps."""

    def advance(self, by: int = 1, note: str = "") -> None:
        """Takes `by` steps; `note` says what at."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in words."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, in paths relative to the folders given."""

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    forgotten: tuple[str, ...]
    failed: tuple[Failure, ...]
    unread: tuple[tuple[str, tuple[int, ...]], ...]
    same_text: tuple[tuple[str, str], ...]
    pages: int
    chunks: int
    seconds: float


@dataclass
class _Plan:
    """Which files are to be read, which only parsed anew, and which are as they were."""

    roots: dict[str, Path] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    failed: list[Failure] = field(default_factory=list)


def ingest(
    home: Path,
    paths: Sequence[Path],
    *,
    embedder: Embedder,
    ocr: bool = True,
    jobs: int = 2,
    confirm_forget: Callable[[Sequence[str]], bool],
    progress: Progress,
) -> IngestReport:
    """Brings the home up to date with the PDFs in `paths`. A bad file is named in the report and the rest goes in.

    What was read and embedded is kept as it is made, so an ingest cut off goes on where it was; readers see the papers
    of the last whole one until this one commits. Raises HomeError and ModelError.
    """
    began = time.monotonic()
    with _writing(home, progress, create=True) as connection:
        plan = _plan(paths)
        held = {row["path"]: row for row in connection.execute("SELECT path, root, sha256, parser FROM files")}
        gone = [path for path in _gone(held, paths, plan) if path not in plan.roots]
        forgotten = gone if gone and confirm_forget(gone) else []
        reader = reader_name(ocr=ocr_available() if ocr else None)
        version = f"{parser_version()}+{reader}"
        wanted = [
            path
            for path, sha256 in plan.hashes.items()
            if path not in held or held[path]["sha256"] != sha256 or held[path]["parser"] != version
        ]
        _read(connection, home, plan, wanted, reader, ocr, jobs, progress)
        failed = {failure.path for failure in plan.failed}
        readable = [path for path in wanted if path not in failed]
        progress.stage("Parsing", len(readable))
        parsed = []
        for path in readable:
            parsed.append(parse(kept_reading(connection, plan.hashes[path]), path, plan.roots[path]))
            progress.advance(note=path)
        if parsed or forgotten or connection.execute("SELECT 1 FROM meta WHERE key = 'generation'").fetchone() is None:
            _commit(connection, home, parsed, forgotten, version, embedder, progress)
        known = set(held) - set(forgotten)
        return IngestReport(
            added=tuple(path for path in readable if path not in held),
            replaced=tuple(path for path in readable if path in held and held[path]["sha256"] != plan.hashes[path]),
            unchanged=tuple(
                path for path in plan.hashes if path in known and held[path]["sha256"] == plan.hashes[path]
            ),
            forgotten=tuple(forgotten),
            failed=tuple(sorted(plan.failed, key=lambda failure: failure.path)),
            unread=_unread(connection),
            same_text=_same_text(connection),
            pages=sum(len(one.pages) for one in parsed),
            chunks=connection.execute("SELECT count(*) FROM chunks").fetchone()[0],
            seconds=time.monotonic() - began,
        )


def forget(home: Path, paper_or_path: str, *, embedder: Embedder) -> tuple[str, ...]:
    """Forgets a file and all that was read from it, named by its path or by the id of a paper in it. Raises NotHeld.

    Its words are gone from the disk too: overwritten in the database, and with them the derived files of before, its
    embeddings, the answers that name its papers, and the pictures kept of pages.
    """
    with _writing(home, Silent()) as connection:
        row = connection.execute(
            "SELECT path FROM files WHERE path = ? UNION SELECT path FROM papers WHERE id = ?",
            (paper_or_path, paper_or_path),
        ).fetchone()
        if row is None:
            raise NotHeld(f"{paper_or_path}: no file or paper of that name is held; `minutebook papers` lists them")
        papers = [each[0] for each in connection.execute("SELECT id FROM papers WHERE path = ?", (row["path"],))]
        connection.execute("PRAGMA secure_delete = ON")
        _commit(connection, home, [], [row["path"]], "", embedder, Silent())
        with connection:
            connection.execute("DELETE FROM embeddings WHERE sha256 NOT IN (SELECT embedded_sha256 FROM chunks)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        answers = Answers(home)
        answers.forget(papers)
        answers.close()
        drop_older(home, int(connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0]) + 1)
        shutil.rmtree(home / album.FOLDER, ignore_errors=True)
        return (row["path"],)


def rebuild(home: Path, *, embedder: Embedder, progress: Progress) -> None:
    """Embeds every paper held with this embedder, after a change of model, and makes the word and vector files anew."""
    with _writing(home, progress) as connection:
        _commit(connection, home, [], [], "", embedder, progress)


@contextmanager
def _writing(home: Path, progress: Progress, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """The home's database for one writer alone. Raises HomeError, in words, for what the disk does not let it do."""
    if not create:
        connect(home).close()  # nothing is made where nothing is held
    with turn(home, lambda: progress.stage("Waiting for another ingest to end", 0)):
        connection = connect(home, create=create, writing=True)
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise HomeError(
                f"{home}: cannot be written ({error}); what was held is as it was. Make room, or see that it may be "
                "written, and run the same again; `minutebook doctor` says whether it is sound"
            ) from error
        finally:
            connection.close()


class Silent:
    """Progress that nobody hears."""

    def stage(self, name: str, total: int) -> None:
        pass

    def advance(self, by: int = 1, note: str = "") -> None:
        pass


def _plan(paths: Sequence[Path]) -> _Plan:
    plan = _Plan()
    for given in paths:
        root = given if given.is_dir() else given.parent
        files = sorted(file for file in given.rglob("*") if _is_pdf(file)) if given.is_dir() else [given]
        for file in files:
            path = file.relative_to(root).as_posix()
            if path != (text := path.encode("utf-8", "replace").decode()):
                plan.failed.append(Failure(text, "its name is not written in UTF-8; give it another"))
                continue
            if path in plan.roots and plan.roots[path] != root.resolve():
                plan.failed.append(Failure(path, f"two folders hold a file of this name; this one is {file}"))
                continue
            plan.roots[path] = root.resolve()
            try:
                plan.hashes[path] = hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError as error:
                plan.failed.append(Failure(path, f"cannot be opened: {error.strerror}"))
    return plan


def _is_pdf(file: Path) -> bool:
    return file.suffix.lower() == ".pdf" and not file.name.startswith(".") and file.is_file()


def _gone(held: dict[str, sqlite3.Row], paths: Sequence[Path], plan: _Plan) -> list[str]:
    """Files once read from a folder now given that are no longer in it."""
    folders = {str(path.resolve()) for path in paths if path.is_dir()}
    return sorted(path for path, row in held.items() if row["root"] in folders and path not in plan.roots)


def _read(
    connection: sqlite3.Connection,
    home: Path,
    plan: _Plan,
    wanted: Sequence[str],
    reader: str,
    ocr: bool,
    jobs: int,
    progress: Progress,
) -> None:
    files: dict[str, tuple[Path, str]] = {}
    for path in wanted:
        if not has_reading(connection, plan.hashes[path], reader):
            files.setdefault(plan.hashes[path], (plan.roots[path] / path, path))
    progress.stage("Reading", len(files))
    by_file = dict(files.values())
    for file, result, _ in read_documents(list(by_file), jobs=jobs, ocr=ocr, cache=home / "ocr"):
        path = by_file[file]
        if isinstance(result, UnreadablePaper):
            same = [other for other, sha256 in plan.hashes.items() if sha256 == plan.hashes[path]]
            plan.failed += [Failure(other, result.reason) for other in same]
            progress.advance(note=path)
        else:
            keep_reading(connection, result, reader)
            progress.advance(note=f"{path} ({len(result.pages)} pages)")


def _commit(
    connection: sqlite3.Connection,
    home: Path,
    parsed: Sequence[Parsed],
    forgotten: Sequence[str],
    version: str,
    embedder: Embedder,
    progress: Progress,
) -> None:
    """Embeds what is missing, then makes the new generation: rows, derived files, and last the number itself."""
    embed_missing(connection, parsed, embedder, progress)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise HomeError(f"{home}: another ingest is writing to it; wait for it to end ({error})") from error
    try:
        connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in forgotten])
        for one in parsed:
            write_file(connection, one, version)
        settle(connection)
        row = connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        generation = int(row["value"]) + 1 if row else 1
        progress.stage("Indexing", 1)
        # A mark that no other generation has: a restored home may come by the same number twice.
        connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('made', ?)", (uuid.uuid4().hex,))
        build_derived(connection, derived_folder(home, generation), embedder.name, embedder.dimension)
        connection.executemany(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
            [("generation", str(generation)), ("model", embedder.name)],
        )
        connection.execute("DELETE FROM readings WHERE sha256 NOT IN (SELECT sha256 FROM files)")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise
    progress.advance()
    drop_older(home, generation)


def _unread(connection: sqlite3.Connection) -> tuple[tuple[str, tuple[int, ...]], ...]:
    found: dict[str, list[int]] = {}
    for row in connection.execute("SELECT path, number FROM pages WHERE source = 'unread' ORDER BY path, number"):
        found.setdefault(row["path"], []).append(row["number"])
    return tuple((path, tuple(numbers)) for path, numbers in found.items())


def _same_text(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    rows = connection.execute(
        "SELECT a.path, b.path FROM files a JOIN files b ON a.text_sha256 = b.text_sha256 AND a.path < b.path "
        "ORDER BY a.path, b.path"
    )
    return tuple((row[0], row[1]) for row in rows)
