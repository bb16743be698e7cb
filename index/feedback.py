"""What people thought of answers, in a SQLite file of its own beside the papers' one."""

import json
import sqlite3
import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from minutebook.errors import BadQuestion, HomeError

FILE_NAME = "feedback.sqlite"
#: How long an opinion is kept, and how many are.
KEPT_FOR = timedelta(days=730)
MOST_KEPT = 20_000
LONGEST_REASON = 2_000

_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    answer_id TEXT NOT NULL, by TEXT NOT NULL, helpful INTEGER NOT NULL, reason TEXT, surface TEXT NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (answer_id, by)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS feedback_by_time ON feedback (at);
"""


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's word on one answer. Who said it is kept, so that they can change it, and not told."""

    answer_id: str
    helpful: bool
    reason: str | None
    surface: str
    at: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Feedback:
    """The opinions of one home. Safe to share between threads and processes."""

    def __init__(self, home: Path) -> None:
        """Raises HomeError when the file cannot be made or used."""
        file = home / FILE_NAME
        self._lock = threading.Lock()
        try:
            home.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, check_same_thread=False, timeout=10, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_TABLE)
        except (sqlite3.DatabaseError, OSError) as error:
            raise HomeError(f"{file}: cannot be used ({error}); move it away to begin anew") from error

    def give(self, answer_id: str, by: str, *, helpful: bool, surface: str, reason: str | None = None) -> None:
        """Keeps what `by` thinks of an answer, in the place of what they thought before.

        Raises BadQuestion for an id or reason too long to be one.
        """
        if not 0 < len(answer_id) <= 100:
            raise BadQuestion("answer_id", "must be 1 to 100 characters")
        if reason is not None and len(reason) > LONGEST_REASON:
            raise BadQuestion("reason", f"must be at most {LONGEST_REASON} characters")
        now = datetime.now(UTC)
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO feedback VALUES (?, ?, ?, ?, ?, ?)",
                (answer_id, by, helpful, reason or None, surface, now.isoformat(timespec="microseconds")),
            )
            self._connection.execute("DELETE FROM feedback WHERE at < ?", ((now - KEPT_FOR).isoformat(),))
            self._connection.execute(
                # Of several at one moment some go too, so that the bound holds.
                "DELETE FROM feedback WHERE (at, answer_id, by) < (SELECT at, answer_id, by FROM feedback "
                "ORDER BY at DESC, answer_id DESC, by DESC LIMIT 1 OFFSET ?)",
                (MOST_KEPT - 1,),
            )

    def answer_ids(self) -> set[str]:
        """The answers that there are opinions on."""
        with self._lock:
            return {row[0] for row in self._connection.execute("SELECT DISTINCT answer_id FROM feedback")}

    def opinions(
        self,
        *,
        answer_id: str | None = None,
        helpful: bool | None = None,
        but: Collection[str] = (),
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[list[Opinion], int]:
        """The opinions that match, newest first, and how many there are in all; none on the answers `but`."""
        where, values = ["1"], []
        if answer_id is not None:
            where.append("answer_id = ?")
            values.append(answer_id)
        if helpful is not None:
            where.append("helpful = ?")
            values.append(str(int(helpful)))
        if but:
            where.append("answer_id NOT IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(but)))
        matching = f"FROM feedback WHERE {' AND '.join(where)}"
        with self._lock:
            (total,) = self._connection.execute(f"SELECT count(*) {matching}", values).fetchone()
            rows = self._connection.execute(
                f"SELECT answer_id, helpful, reason, surface, at {matching} ORDER BY at DESC LIMIT ? OFFSET ?",
                (*values, limit, offset),
            ).fetchall()
        return [Opinion(row[0], bool(row[1]), *row[2:]) for row in rows], total

    def close(self) -> None:
        self._connection.close()
