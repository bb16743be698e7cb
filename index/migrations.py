"""What brings the tables of an older home to this version's, one step at a time and all of them or none."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from index.answers import Answers
from minutebook.errors import HomeError

#: Statements, or what is to be done with a home's connection and folder, inside the transaction.
Step = Sequence[str] | Callable[[sqlite3.Connection, Path], None]


def _answers_apart(connection: sqlite3.Connection, home: Path) -> None:
    """Answers have a file of their own. They are there before they are gone from here, so none is ever nowhere."""
    held = connection.execute("SELECT id, asked_at, answer FROM answers").fetchall()
    if held:
        apart = Answers(home)
        for row in held:
            apart.keep(*row)
        apart.close()
    connection.execute("DROP TABLE answers")


#: Papers are classified by more than their own marks.
_CLASSIFIED = (
    "ALTER TABLE files ADD COLUMN rule TEXT",
    "ALTER TABLE papers ADD COLUMN groups TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE papers ADD COLUMN reason TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE papers ADD COLUMN marked TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE papers ADD COLUMN marked_why TEXT NOT NULL DEFAULT ''",
    "UPDATE papers SET marked = classification, marked_why = coalesce((SELECT json_extract(value, '$[2]') "
    "FROM json_each(beliefs) WHERE json_extract(value, '$[0]') = 'classification'), '')",
    "UPDATE papers SET reason = marked_why",
    """CREATE TABLE IF NOT EXISTS classified (
    path TEXT NOT NULL, first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, classification TEXT NOT NULL,
    groups TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, file_sha256 TEXT NOT NULL,
    paper_sha256 TEXT NOT NULL, PRIMARY KEY (path, first_page)) WITHOUT ROWID""",
)


#: Which decision bears on which, how, and how surely: worked out at the next ingest.
_LINKED = (
    """CREATE TABLE IF NOT EXISTS links (
    later INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE,
    earlier INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE, relation TEXT NOT NULL, weight REAL NOT NULL,
    PRIMARY KEY (later, earlier)) WITHOUT ROWID""",
    """CREATE INDEX IF NOT EXISTS links_by_earlier ON links (earlier)""",
)


#: The embeddings of the words of chunks: made at the next ingest.
_TOKENS = (
    """CREATE TABLE IF NOT EXISTS tokens (
    matcher TEXT NOT NULL, sha256 BLOB NOT NULL, places BLOB NOT NULL, vectors BLOB NOT NULL,
    PRIMARY KEY (matcher, sha256))""",
)


#: From version 1 to 2, from 2 to 3, and so on. A change of tables adds one line at the end, and changes
#: `index/schema.py` alike; lines that are here stay as they are.
STEPS: tuple[Step, ...] = (
    _answers_apart,
    _CLASSIFIED,
    _LINKED,
    _TOKENS,
)  # fmt: skip


def migrate(connection: sqlite3.Connection, home: Path, steps: Sequence[Step] = STEPS) -> None:
    """Takes every step that the home has not taken, in one transaction. The caller holds the home's turn.

    Raises HomeError when a row would be left without the row that it belongs to.
    """
    # Tables made anew must not take with them the rows that refer to them (https://sqlite.org/lang_altertable.html, 7).
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for step in steps[version - 1 :]:
            if callable(step):
                step(connection, home)
            else:
                for statement in step:
                    connection.execute(statement)
        _see_that_nothing_is_loose(connection, home)
        connection.execute(f"PRAGMA user_version = {len(steps) + 1}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _see_that_nothing_is_loose(connection: sqlite3.Connection, home: Path) -> None:
    loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    if loose is not None:
        raise HomeError(f"{home}: cannot be brought to this version: a row of {loose[0]} has lost its {loose[2]}")
