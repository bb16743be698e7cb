"""The tables of a home's one SQLite file. SQLite is the truth; vectors and words are derived from it."""

import logging
import sqlite3
from contextlib import nullcontext
from pathlib import Path

from index.database import opened
from index.migrations import STEPS, migrate
from index.turn import turn
from minutebook.errors import HomeError

log = logging.getLogger(__name__)

#: Of the tables below: whatever changes them has a step in `index/migrations.py`, which brings older homes along.
VERSION = len(STEPS) + 1
FILE_NAME = "minutebook.sqlite"
#: Stands in a home for as long as a restore has put back some of its files and not others.
RESTORING = "restoring"

_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS readings (
    sha256 TEXT PRIMARY KEY, reader TEXT NOT NULL, document BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, root TEXT NOT NULL, sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL,
    pages INTEGER NOT NULL, parser TEXT NOT NULL, rule TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    path TEXT NOT NULL REFERENCES files ON DELETE CASCADE, number INTEGER NOT NULL, printed_number TEXT,
    text TEXT NOT NULL, source TEXT NOT NULL, confidence REAL, PRIMARY KEY (path, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS papers (
    id TEXT PRIMARY KEY, path TEXT NOT NULL REFERENCES files ON DELETE CASCADE,
    first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, body TEXT, committee TEXT, meeting_date TEXT,
    kind TEXT NOT NULL, title TEXT NOT NULL, item TEXT, standing TEXT NOT NULL, classification TEXT NOT NULL,
    sha256 TEXT NOT NULL, beliefs TEXT NOT NULL, read_as TEXT NOT NULL, groups TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT '', marked TEXT NOT NULL DEFAULT '', marked_why TEXT NOT NULL DEFAULT '');
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
CREATE TABLE IF NOT EXISTS tokens (
    matcher TEXT NOT NULL, sha256 BLOB NOT NULL, places BLOB NOT NULL, vectors BLOB NOT NULL,
    PRIMARY KEY (matcher, sha256));
CREATE TABLE IF NOT EXISTS classified (
    path TEXT NOT NULL, first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, classification TEXT NOT NULL,
    groups TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, file_sha256 TEXT NOT NULL,
    paper_sha256 TEXT NOT NULL, PRIMARY KEY (path, first_page)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (
    later INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE,
    earlier INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE, relation TEXT NOT NULL, weight REAL NOT NULL,
    PRIMARY KEY (later, earlier)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_by_earlier ON links (earlier);
"""


def connect(home: Path, *, create: bool = False, writing: bool = False) -> sqlite3.Connection:
    """Opens the home's SQLite file, making it first if `create`; one of an older version is brought to this one.

    `writing` says that the caller holds the home's turn. Raises HomeError if there is none, it is damaged, it was made
    by a later version, or a restore into it was cut off.
    """
    file = home / FILE_NAME
    if not file.exists() and not create:
        raise HomeError(f"{home}: no papers have been ingested here; run: minutebook ingest FOLDER")
    if (home / RESTORING).exists():
        raise HomeError(f"{home}: a restore into it is going on or was cut off; run: minutebook restore FROM --replace")
    connection = None
    try:
        home.mkdir(parents=True, exist_ok=True)
        connection = opened(file)
        _bring_to_this_version(connection, home, writing=writing)
    except (sqlite3.DatabaseError, OSError, HomeError) as error:
        if connection is not None:
            connection.close()
        if isinstance(error, HomeError):
            raise
        raise HomeError(
            f"{file}: cannot be used ({error}); restore a backup (minutebook restore FROM --replace), or move it away "
            "and ingest the papers again"
        ) from error
    return connection


def _bring_to_this_version(connection: sqlite3.Connection, home: Path, *, writing: bool) -> None:
    version, tables = connection.execute(
        "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
    ).fetchone()
    if version == VERSION:
        return
    file = home / FILE_NAME
    if version > VERSION:
        raise HomeError(
            f"{file}: made by a later version of Minutebook (its tables are version {version}, this one's {VERSION}); "
            "use that one, or a backup made by this one: minutebook restore FROM --replace"
        )
    if version == 0 and tables:
        raise HomeError(f"{file}: not a file of Minutebook's; move it away, or name another home")
    if version == 0:
        # Of two that make it at once, the second waits and finds all of it there.
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        return
    with nullcontext() if writing else turn(home, lambda: log.warning("waiting for an ingest to end")):
        migrate(connection, home)
    log.warning("%s: brought from version %d to version %d", file, version, VERSION)
