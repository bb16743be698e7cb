"""A home's SQLite file opened for its readers and its one writer, with damage told in words wherever it shows."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from minutebook.errors import HomeError

#: What SQLite says of a file whose pages are not what they should be (https://sqlite.org/rescode.html).
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
#: What it says where it cannot make the files that it needs beside the one that is read.
_SHUT = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


#: How often, and how long apart in seconds, a file that another process is just making is tried again.
TRIES, APART = 60, 0.05


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Has the file written ahead. SQLite does not wait here for another that does the same, as it does elsewhere."""
    for left in range(TRIES, 0, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if left == 1 or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(APART)


def opened(file: Path) -> sqlite3.Connection:
    """A connection that the server's threads may share: SQLite is built to serialise its use of it.

    On a disk that can only be read it reads what is there. Raises HomeError where it may not be read so, and, whenever
    it is used, where the file turns out to be damaged; otherwise sqlite3's errors.
    """
    connection = _connection(file, str(file))
    try:
        _write_ahead(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in _SHUT or os.access(file.parent, os.W_OK):
            raise
        connection = _only_to_read(file)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _connection(file: Path, name: str, *, uri: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(name, check_same_thread=False, timeout=30, factory=_Connection, uri=uri)
    connection.file = file
    connection.row_factory = sqlite3.Row
    return connection


def _only_to_read(file: Path) -> sqlite3.Connection:
    """SQLite may take a file as it stands only where nobody can be writing to it (https://sqlite.org/wal.html, 6)."""
    home = file.parent
    if not _on_a_disk_to_read(file):
        raise HomeError(
            f"{home}: may not be written to by this user, and SQLite needs to, even to read; let the user who runs "
            "this write there, or run it as the user who may"
        )
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        raise HomeError(
            f"{home}: on a disk that can only be read, and not all of it was brought into {file.name}; copy the home "
            "to a disk that can be written, and use it there"
        )
    return _connection(file, f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _on_a_disk_to_read(file: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(file).f_flag & os.ST_RDONLY)


def _in_words(call: Callable[..., Any]) -> Callable[..., Any]:
    def called(self: Any, *arguments: Any) -> Any:
        try:
            return call(self, *arguments)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
                raise
            raise HomeError(damaged(self.connection.file, error)) from error

    return called


def damaged(file: Path, why: object) -> str:
    """What to do with a SQLite file that is damaged."""
    return (
        f"{file}: is damaged ({why}); nothing more is read from it. Restore a backup: minutebook restore FROM "
        "--replace; or move it away and ingest the papers again"
    )


class _Cursor(sqlite3.Cursor):
    execute = _in_words(sqlite3.Cursor.execute)
    executemany = _in_words(sqlite3.Cursor.executemany)
    fetchone = _in_words(sqlite3.Cursor.fetchone)
    fetchmany = _in_words(sqlite3.Cursor.fetchmany)
    fetchall = _in_words(sqlite3.Cursor.fetchall)
    __next__ = _in_words(sqlite3.Cursor.__next__)


class _Connection(sqlite3.Connection):
    file: Path

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    # SQLite's own make a plain cursor, whatever `cursor` gives.
    def execute(self, *arguments: Any) -> Any:
        return self.cursor().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        return self.cursor().executemany(*arguments)
