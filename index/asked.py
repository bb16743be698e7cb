"""Questions that were asked in public and had an answer, to be offered to others: a SQLite file of its own."""

import json
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from minutebook.errors import HomeError

FILE_NAME = "asked.sqlite"
#: Questions kept, the latest asked; a longer one is somebody's own and not offered.
MOST_KEPT = 5_000
LONGEST = 120

_TABLE = """
CREATE TABLE IF NOT EXISTS asked (
    question TEXT PRIMARY KEY COLLATE NOCASE, papers TEXT NOT NULL, times INTEGER NOT NULL, at TEXT NOT NULL
    ) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the ids of the papers its answer cited, and how often it was asked."""

    question: str
    papers: tuple[str, ...]
    times: int


class AskedBefore:
    """The questions of one home. Safe to share between threads and processes. Who asked is not kept."""

    def __init__(self, home: Path) -> None:
        """Raises HomeError when the file cannot be made or used."""
        file = home / FILE_NAME
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(file, check_same_thread=False, timeout=10, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_TABLE)
        except (sqlite3.DatabaseError, OSError) as error:
            raise HomeError(f"{file}: cannot be used ({error}); move it away to begin anew") from error
        #: Raised by every question kept, so that what is made of them can be made anew.
        self.version = 0

    def keep(self, question: str, papers: Sequence[str]) -> None:
        """Keeps a question whose answer cited `papers`, unless it is too long to be offered to others."""
        question = " ".join(question.split())
        if not 2 < len(question) <= LONGEST or not papers:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock:
            self._connection.execute(
                "INSERT INTO asked VALUES (?, ?, 1, ?) ON CONFLICT (question) DO UPDATE SET "
                "papers = excluded.papers, times = times + 1, at = excluded.at",
                (question, json.dumps(list(dict.fromkeys(papers))), now),
            )
            self.version += 1
            if self.version % 100 == 0:
                self._connection.execute(
                    "DELETE FROM asked WHERE at < (SELECT at FROM asked ORDER BY at DESC LIMIT 1 OFFSET ?)",
                    (MOST_KEPT - 1,),
                )

    def all(self) -> list[Asked]:
        """Every question kept, the most often asked first."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT question, papers, times FROM asked ORDER BY times DESC, at DESC LIMIT ?", (MOST_KEPT,)
            ).fetchall()
        return [Asked(question, tuple(json.loads(papers)), times) for question, papers, times in rows]

    def close(self) -> None:
        self._connection.close()
