"""Homes made by earlier versions, and by later ones."""

import json
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from index import migrations, schema
from index.answers import Answers
from index.build import Silent, ingest
from index.library import Library
from index.migrations import STEPS, Step, migrate
from index.schema import FILE_NAME, VERSION, connect
from index.soundness import damage
from index.store import Store
from index.turn import turn
from minutebook.errors import HomeError
from tests.council import LEISURE_MINUTES, PLANNING_MINUTES, make_pdf
from tests.embedder import FakeEmbedder

#: The tables of version 1, word for word as that version made them.
VERSION_1 = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
    sha256 TEXT PRIMARY KEY, reader TEXT NOT NULL, document BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, root TEXT NOT NULL, sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL, parser TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    path TEXT NOT NULL REFERENCES files ON DELETE CASCADE, number INTEGER NOT NULL, printed_number TEXT,
    text TEXT NOT NULL, source TEXT NOT NULL, confidence REAL, PRIMARY KEY (path, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS papers (
    id TEXT PRIMARY KEY, path TEXT NOT NULL REFERENCES files ON DELETE CASCADE,
    first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, body TEXT, committee TEXT, meeting_date TEXT,
    kind TEXT NOT NULL, title TEXT NOT NULL, item TEXT, standing TEXT NOT NULL, classification TEXT NOT NULL,
    sha256 TEXT NOT NULL, beliefs TEXT NOT NULL, read_as TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS papers_by_path ON papers (path, first_page);
CREATE TABLE IF NOT EXISTS paragraphs (
    paper TEXT NOT NULL REFERENCES papers ON DELETE CASCADE, position INTEGER NOT NULL, number TEXT, kind TEXT NOT NULL,
    text TEXT NOT NULL, spans TEXT NOT NULL, item TEXT, headings TEXT NOT NULL, label TEXT NOT NULL,
    cells TEXT NOT NULL, PRIMARY KEY (paper, position)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS decisions (
    id INTEGER PRIMARY KEY, paper TEXT NOT NULL REFERENCES papers ON DELETE CASCADE, outcome TEXT NOT NULL,
    verb TEXT NOT NULL, text TEXT NOT NULL, clauses TEXT NOT NULL, mover TEXT, seconder TEXT, vote TEXT, number TEXT,
    first INTEGER NOT NULL, last INTEGER NOT NULL, procedural INTEGER NOT NULL, stems TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS decisions_by_paper ON decisions (paper, first);
CREATE TABLE IF NOT EXISTS chunks (
    id INTEGER PRIMARY KEY, paper TEXT NOT NULL REFERENCES papers ON DELETE CASCADE, first INTEGER NOT NULL,
    last INTEGER NOT NULL, start INTEGER NOT NULL, text TEXT NOT NULL, item TEXT NOT NULL, headings TEXT NOT NULL,
    label TEXT NOT NULL, context TEXT NOT NULL, embedded_sha256 BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS chunks_by_paper ON chunks (paper, first);
CREATE TABLE IF NOT EXISTS embeddings (
    model TEXT NOT NULL, sha256 BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, sha256)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, asked_at TEXT NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID;
"""


def tables_of(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every table and index with its columns, in their order, and what its rows refer to."""
    found: dict[str, list[tuple[object, ...]]] = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall():
        asked = ("table_xinfo", "index_xinfo", "foreign_key_list")
        found[name] = [tuple(row) for pragma in asked for row in connection.execute(f"PRAGMA {pragma}({name})")]
    return found


def old_home(home: Path, papers: Path) -> Path:
    """A home as version 1 left it: today's papers in yesterday's tables, and an answer that was kept among them."""
    ingest(
        home, [papers], embedder=FakeEmbedder(), ocr=False, jobs=1, confirm_forget=lambda _: False, progress=Silent()
    )
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        rows = {
            table: [tuple(row) for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table}")]
            for table, columns in _columns_of_version_1().items()
            if table in {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        }
    for file in home.glob(f"{FILE_NAME}*"):
        file.unlink()
    with closing(sqlite3.connect(home / FILE_NAME)) as connection:
        connection.executescript(f"PRAGMA journal_mode = WAL; BEGIN; {VERSION_1} PRAGMA user_version = 1; COMMIT;")
        with connection:
            for table, held in rows.items():
                if held:
                    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(held[0]))})", held)
            kept = {"answer_id": "old", "answer": "Agreed.", "citations": [], "notes": []}
            connection.execute("INSERT INTO answers VALUES ('old', '2024-06-04', ?)", (json.dumps(kept),))
    return home


def _columns_of_version_1() -> dict[str, list[str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(VERSION_1)
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    make_pdf(tmp_path / "papers" / "a.pdf", LEISURE_MINUTES)
    make_pdf(tmp_path / "papers" / "b.pdf", PLANNING_MINUTES)
    return old_home(tmp_path / "home", tmp_path / "papers")


def test_the_steps_lead_from_the_first_version_to_the_tables_of_this_one(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as older, closing(connect(tmp_path, create=True)) as today:
        older.executescript(f"{VERSION_1} PRAGMA user_version = 1;")
        older.row_factory = sqlite3.Row
        migrate(older, tmp_path)
        assert tables_of(older) == tables_of(today)
        assert older.execute("PRAGMA user_version").fetchone()[0] == VERSION == len(STEPS) + 1


def test_a_home_of_the_first_version_opens_and_answers(old: Path, tmp_path: Path) -> None:
    with closing(Library.open(old, FakeEmbedder())) as library:
        assert damage(library.store) == ()
        assert {hit.paper.path for hit in library.hits("riding school library")} == {"a.pdf", "b.pdf"}
        assert library.store.answer("old")["answer"] == "Agreed."
        assert library.generation == 1
    make_pdf(tmp_path / "papers" / "c.pdf", PLANNING_MINUTES)
    report = ingest(
        old, [tmp_path / "papers"], embedder=FakeEmbedder(), ocr=False, jobs=1,
        confirm_forget=lambda _: False, progress=Silent(),
    )  # fmt: skip
    assert (report.added, report.unchanged) == (("c.pdf",), ("a.pdf", "b.pdf"))


def test_an_ingest_brings_an_old_home_along_in_its_own_turn(old: Path, tmp_path: Path) -> None:
    report = ingest(
        old, [tmp_path / "papers"], embedder=FakeEmbedder(), ocr=False, jobs=1,
        confirm_forget=lambda _: False, progress=Silent(),
    )  # fmt: skip
    assert report.unchanged == ("a.pdf", "b.pdf")
    with closing(Store(old)) as store:
        assert store.answer("old")["answer_id"] == "old"


def test_a_step_that_fails_leaves_the_home_as_it_was(old: Path) -> None:
    def stumble(connection: sqlite3.Connection, home: Path) -> None:
        connection.execute("DELETE FROM papers")
        raise HomeError("no further")

    with closing(sqlite3.connect(old / FILE_NAME)) as connection:
        connection.row_factory = sqlite3.Row
        before = tables_of(connection)
        with pytest.raises(HomeError, match="no further"):
            migrate(connection, old, (*STEPS, stumble))
        assert tables_of(connection) == before
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1
        assert connection.execute("SELECT count(*) FROM papers").fetchone()[0] > 0
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_step_may_be_statements_and_may_make_a_table_anew(old: Path) -> None:
    anew: Step = (
        "CREATE TABLE files_new (path TEXT PRIMARY KEY, root TEXT NOT NULL, sha256 TEXT NOT NULL, "
        "text_sha256 TEXT NOT NULL, pages INTEGER NOT NULL, parser TEXT NOT NULL, rule TEXT, seen TEXT) WITHOUT ROWID",
        "INSERT INTO files_new SELECT *, NULL FROM files",
        "DROP TABLE files",
        "ALTER TABLE files_new RENAME TO files",
    )
    with closing(connect(old)) as connection:
        papers = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
        migrate(connection, old, (*STEPS, anew))
        assert connection.execute("SELECT count(*) FROM papers").fetchone()[0] == papers > 0
        assert connection.execute("SELECT seen FROM files").fetchone()[0] is None


def test_rows_left_without_what_they_belong_to_stop_a_step(old: Path) -> None:
    with closing(connect(old)) as connection:
        with pytest.raises(HomeError, match="has lost its files"):
            migrate(connection, old, (*STEPS, ("DELETE FROM files",)))
        assert connection.execute("SELECT count(*) FROM files").fetchone()[0] == 2


def test_an_old_home_is_brought_along_once_whoever_opens_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def count(connection: sqlite3.Connection, home: Path) -> None:
        taken.append(1)
        migrations._answers_apart(connection, home)

    monkeypatch.setattr(schema, "migrate", lambda connection, home: migrate(connection, home, (count, *STEPS[1:])))
    threads = [threading.Thread(target=lambda: connect(old).close()) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert taken == [1]


def test_an_old_home_waits_for_the_ingest_at_work(old: Path) -> None:
    opened = threading.Event()
    reader = threading.Thread(target=lambda: (connect(old).close(), opened.set()))
    with turn(old, lambda: pytest.fail("nobody else is at work")):
        reader.start()
        assert not opened.wait(1.0)
    assert opened.wait(20)
    reader.join()


def test_a_home_of_a_later_version_is_refused_with_the_command(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE_NAME)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(HomeError, match=r"later version.*999.*minutebook restore FROM"):
        Store(old)


def test_a_file_of_somebody_elses_is_not_made_into_a_home(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(HomeError, match="not a file of Minutebook's"):
        connect(tmp_path, create=True)


def test_answers_kept_among_the_papers_join_those_in_their_own_file(old: Path) -> None:
    with closing(Answers(old)) as answers:
        answers.keep("new", "2025-01-01", "{}")
    connect(old).close()
    with closing(Answers(old)) as answers:
        assert answers.find("new") == "{}"
        assert answers.find("old") is not None
