"""Answers as they were given, in a SQLite file of their own: one is kept while an ingest holds the papers' file."""

import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from minutebook.errors import HomeError

FILE_NAME = "answers.sqlite"

_TABLE = "CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, asked_at TEXT NOT NULL, answer TEXT NOT NULL)"


class Answers:
    """The answers of one home. Safe to share between threads and processes."""

    def __init__(self, home: Path) -> None:
        """Raises HomeError when the file cannot be made or used."""
        file = home / FILE_NAME
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(file, check_same_thread=False, timeout=10, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.execute(_TABLE)
        except (sqlite3.DatabaseError, OSError) as error:
            raise HomeError(f"{file}: cannot be used ({error}); move it away to begin anew") from error

    def keep(self, answer_id: str, asked_at: str, answer: str) -> None:
        """Keeps an answer's JSON. Raises HomeError when it cannot be written."""
        try:
            with self._lock:
                self._connection.execute(
                    "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (answer_id, asked_at, answer)
                )
        except sqlite3.OperationalError as error:
            raise HomeError(f"the answer could not be kept ({error})") from error

    def find(self, answer_id: str) -> str | None:
        """The answer's JSON."""
        with self._lock:
            row = self._connection.execute("SELECT answer FROM answers WHERE id = ?", (answer_id,)).fetchone()
        return row[0] if row else None

    def forget(self, papers: Iterable[str]) -> None:
        """Forgets every answer that names one of these papers' ids."""
        with self._lock:
            self._connection.executemany("DELETE FROM answers WHERE instr(answer, ?)", [(paper,) for paper in papers])
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._connection.close()
