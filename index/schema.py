"""The tables of a home's one SQLite file. SQLite is the truth; vectors and words are derived from it."""

import sqlite3
from pathlib import Path

from minutebook.errors import HomeError

#: Raised whenever a table changes in a way that older files do not have.
VERSION = 1
FILE_NAME = "minutebook.sqlite"

# Which decision bears on which, how, and how surely. Homes made before it have it from their next ingest on.
LINKS = """
CREATE TABLE IF NOT EXISTS links (
    later INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE,
    earlier INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE, relation TEXT NOT NULL, weight REAL NOT NULL,
    PRIMARY KEY (later, earlier)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS links_by_earlier ON links (earlier)
"""
_TABLES = f"""
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
{LINKS};
"""


def connect(home: Path, *, create: bool = False) -> sqlite3.Connection:
    """Opens the home's SQLite file, making it first if `create`. Raises HomeError if there is none or it is damaged."""
    file = home / FILE_NAME
    if not file.exists() and not create:
        raise HomeError(f"{home}: no papers have been ingested here; run: minutebook ingest FOLDER")
    try:
        home.mkdir(parents=True, exist_ok=True)
        # One connection is shared by the server's threads: SQLite is built to serialise its use of it.
        connection = sqlite3.connect(file, check_same_thread=False, timeout=30)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            # Of two that make it at once, the second waits and finds all of it there.
            connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        elif version != VERSION:
            raise HomeError(
                f"{file}: made by another version of Minutebook (its tables are version {version}, this one's "
                f"{VERSION}); move it away and run: minutebook ingest FOLDER"
            )
    except (sqlite3.DatabaseError, OSError) as error:
        raise HomeError(f"{file}: cannot be used ({error}); restore it from a backup, or move it away") from error
    return connection
