"""Folders of PDFs into a home: read what is new or changed, embed it, and commit it all as one new generation."""

import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index import album, rulebook
from index.answers import Answers
from index.audit import COMMAND_LINE, Audit, Entry, What, now
from index.derived import build_derived, derived_folder, drop_older
from index.embed import Embedder
from index.judging import judged_anew
from index.parsing import Parsed, parse
from index.plan import Failure, Plan, gone_from, plan_of
from index.readings import has_reading, keep_reading, kept_reading, reader_name
from index.report import IngestReport, closed_papers, gone_papers, idle_rules, same_texts, unread_pages
from index.rulebook import Said, read_rulebook
from index.schema import connect
from index.tokens_kept import drop_idle_tokens, embed_missing_tokens
from index.turn import turn
from index.vectors_kept import Progress, embed_missing, texts_of
from index.verdicts import Word, keep_word, words_in
from index.writing import settle, write_file
from ingest.ocr import ocr_available
from ingest.versions import parser_version
from ingest.worker import read_documents
from minutebook.errors import HomeError, NotHeld, UnreadablePaper


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
        plan = plan_of(paths, home)
        book, words = read_rulebook(home / rulebook.FILE_NAME, groups=True), words_in(connection)
        closed = closed_papers(connection)
        held = {row["path"]: row for row in connection.execute("SELECT path, root, sha256, parser FROM files")}
        gone = [path for path in gone_from(held, paths, plan) if path not in plan.roots]
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
        parsed: list[tuple[Parsed, str]] = []
        for path in readable:
            document = kept_reading(connection, plan.hashes[path])
            one = parse(document, path, plan.roots[path], rule=plan.rules[path], book=book, words=words)
            parsed.append((one, version))
            progress.advance(note=path)
        parsed += judged_anew(connection, book, words, rules=plan.rules, but={*readable, *forgotten})
        if parsed or forgotten or connection.execute("SELECT 1 FROM meta WHERE key = 'generation'").fetchone() is None:
            _commit(connection, home, parsed, forgotten, embedder, progress)
        else:  # a home made before words were embedded has none yet
            embed_missing_tokens(connection, texts_of(connection, []), embedder.matcher, progress)
        known = set(held) - set(forgotten)
        return IngestReport(
            added=tuple(path for path in readable if path not in held),
            replaced=tuple(path for path in readable if path in held and held[path]["sha256"] != plan.hashes[path]),
            unchanged=tuple(
                path for path in plan.hashes if path in known and held[path]["sha256"] == plan.hashes[path]
            ),
            forgotten=tuple(forgotten),
            failed=tuple(sorted(plan.failed, key=lambda failure: failure.path)),
            unread=unread_pages(connection),
            same_text=same_texts(connection),
            opened=tuple(sorted(closed - closed_papers(connection) - gone_papers(connection, closed))),
            idle_rules=(*plan.idle_rules, *idle_rules(connection, home, book)),
            pages=sum(len(one.pages) for one, _ in parsed),
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
        # An officer's word stays, so that the paper is not open if it comes back; their reason may tell what was in it.
        _commit(
            connection,
            home,
            [],
            [row["path"]],
            embedder,
            Silent(),
            lambda: connection.execute("UPDATE classified SET reason = '' WHERE path = ?", (row["path"],)),
        )
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
        _commit(connection, home, [], [], embedder, progress)


def classify(
    home: Path,
    paper_or_path: str,
    classification: Said | None,
    *,
    groups: Sequence[str] = (),
    reason: str = "",
    by: str,
    audit: Audit,
    embedder: Embedder,
) -> tuple[str, ...]:
    """An officer's word on a paper, or on each paper of a file: from now on it is so. None takes back what was said.

    Gives the ids of the papers meant. `audit` has it written down, or it is not done. Raises NotHeld and HomeError.
    """
    with _writing(home, Silent()) as connection:
        rows = connection.execute(
            "SELECT papers.*, files.sha256 AS file_sha256 FROM papers JOIN files USING (path) WHERE path = ? OR id = ? "
            "ORDER BY path, first_page",
            (paper_or_path, paper_or_path),
        ).fetchall()
        words = words_in(connection)
        whole = [word for word in words if word.path == paper_or_path]
        if not rows and not (whole and classification is None):
            raise NotHeld(f"{paper_or_path}: no file or paper of that name is held; `minutebook papers` lists them")
        at = datetime.now(UTC).isoformat(timespec="seconds")
        said = [
            Word(
                row["path"], row["first_page"], row["last_page"], classification, tuple(sorted(set(groups))), reason,
                by, at, row["file_sha256"], row["sha256"],
            )
            for row in rows
            if classification is not None
        ]  # fmt: skip
        replaced = {(word.path, word.first_page) for word in whole} | {(row["path"], row["first_page"]) for row in rows}
        kept = [word for word in words if (word.path, word.first_page) not in replaced]

        def keep() -> None:
            connection.executemany("DELETE FROM classified WHERE path = ? AND first_page = ?", list(replaced))
            for word in said:
                keep_word(connection, word)
            what: What = "word taken back" if not said else "opened" if classification == "public" else "closed"
            noted = [(row["id"], row["path"], row["first_page"]) for row in rows]
            # Of a file that is no longer held, its papers' ids are not known.
            noted = noted or [("", word.path, word.first_page) for word in whole]
            audit.write([Entry(now(), COMMAND_LINE, by, what, *paper, reason or None) for paper in noted])

        book = read_rulebook(home / rulebook.FILE_NAME, groups=True)
        _commit(connection, home, judged_anew(connection, book, [*kept, *said]), [], embedder, Silent(), keep)
        return tuple(row["id"] for row in rows)


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


def _read(
    connection: sqlite3.Connection,
    home: Path,
    plan: Plan,
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
    parsed: Sequence[tuple[Parsed, str]],
    forgotten: Sequence[str],
    embedder: Embedder,
    progress: Progress,
    also: Callable[[], object] = lambda: None,
) -> None:
    """Embeds what is missing, then makes the new generation: rows, derived files, and last the number itself.

    Each parsed file comes with the version that parsed it; what `also` writes is of the same generation.
    """
    texts = texts_of(connection, [one for one, _ in parsed])
    embed_missing(connection, texts, embedder, progress)
    embed_missing_tokens(connection, texts, embedder.matcher, progress)
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        raise HomeError(f"{home}: another ingest is writing to it; wait for it to end ({error})") from error
    try:
        connection.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in forgotten])
        also()
        for one, version in parsed:
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
        drop_idle_tokens(connection, embedder.matcher)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise
    progress.advance()
    drop_older(home, generation)
