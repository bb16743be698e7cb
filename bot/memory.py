"""What the bot must remember across restarts: what it has seen, where it answers, and what it was asked."""

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from minutebook.errors import HomeError

FILE_NAME = "slack.sqlite"
DAY = 86_400.0
#: How long things are kept, in seconds. Slack sends an event again for an hour or so; a thread ends of itself.
SEEN_FOR = 3 * DAY
THREADS_FOR = 60 * DAY
#: How many rows a table keeps at most, and after how many events that is looked at.
MOST_ROWS = 50_000
BETWEEN_SWEEPS = 500

_TABLES = """
CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS threads (
    channel TEXT NOT NULL, thread TEXT NOT NULL, muted INTEGER NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (channel, thread)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS questions (
    channel TEXT NOT NULL, ts TEXT NOT NULL, digest TEXT NOT NULL, thread TEXT, answers TEXT NOT NULL,
    deleted INTEGER NOT NULL, at REAL NOT NULL, PRIMARY KEY (channel, ts)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS channels (channel TEXT PRIMARY KEY, follow_ups INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_by_time ON seen (at);
CREATE INDEX IF NOT EXISTS threads_by_time ON threads (at);
CREATE INDEX IF NOT EXISTS questions_by_time ON questions (at);
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in Slack: the digest of its words, the thread it is answered in, and its answer's messages."""

    digest: str
    thread: str | None
    answers: tuple[str, ...]
    deleted: bool


def digest(text: str) -> str:
    """Tells an edited question from one that is not. The words themselves are not kept here."""
    return hashlib.sha256(text.encode()).hexdigest()


class Memory:
    """One SQLite file. Safe to share between threads and processes, so that `serve` and `slack` never answer twice."""

    def __init__(self, home: Path, clock: Callable[[], float] = time.time) -> None:
        """Raises HomeError when the file cannot be made or used."""
        file = home / FILE_NAME
        self._clock = clock
        self._lock = threading.Lock()
        self._claims = 0
        try:
            home.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(file, check_same_thread=False, timeout=10, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.executescript(_TABLES)
        except (sqlite3.DatabaseError, OSError) as error:
            raise HomeError(f"{file}: cannot be used ({error}); move it away, and the bot begins anew") from error

    def claim(self, key: str) -> bool:
        """Whether this is the first time that `key` (an event's id) is seen. Only one caller is ever told so."""
        with self._lock:
            self._claims += 1
            if self._claims % BETWEEN_SWEEPS == 1:
                self._sweep()
            done = self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (key, self._clock()))
            return done.rowcount == 1

    def ask(self, channel: str, ts: str, text: str, thread: str | None) -> bool:
        """Notes a question; False when that message was noted already."""
        row = (channel, ts, digest(text), thread, "[]", 0, self._clock())
        return self._write("INSERT OR IGNORE INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)", row) == 1

    def asked(self, channel: str, ts: str) -> Asked | None:
        """What is known of that message, if it was a question."""
        with self._lock:
            row = self._connection.execute(
                "SELECT digest, thread, answers, deleted FROM questions WHERE channel = ? AND ts = ?", (channel, ts)
            ).fetchone()
        return Asked(row[0], row[1], tuple(json.loads(row[2])), bool(row[3])) if row else None

    def answered(self, channel: str, ts: str, answers: Sequence[str]) -> None:
        """Notes the messages that answer a question."""
        self._write(
            "UPDATE questions SET answers = ? WHERE channel = ? AND ts = ?", (json.dumps(list(answers)), channel, ts)
        )

    def edited(self, channel: str, ts: str, text: str) -> bool:
        """Notes a question's new words; False when it was none of ours, is gone, or reads as before."""
        values = (digest(text), channel, ts, digest(text))
        return self._write(
            "UPDATE questions SET digest = ? WHERE channel = ? AND ts = ? AND digest <> ? AND NOT deleted", values
        ) == 1  # fmt: skip

    def deleted(self, channel: str, ts: str) -> bool:
        """Notes that a question is gone; False when it was none of ours."""
        return self._write("UPDATE questions SET deleted = 1 WHERE channel = ? AND ts = ?", (channel, ts)) == 1

    def answer_in(self, channel: str, thread: str) -> None:
        """Notes that the bot answers in a thread. It is no longer muted there."""
        self._write("INSERT OR REPLACE INTO threads VALUES (?, ?, 0, ?)", (channel, thread, self._clock()))

    def mute(self, channel: str, thread: str) -> None:
        self._write("INSERT OR REPLACE INTO threads VALUES (?, ?, 1, ?)", (channel, thread, self._clock()))

    def is_muted(self, channel: str, thread: str) -> bool:
        return self._thread(channel, thread) is True

    def answers_in(self, channel: str, thread: str) -> bool:
        """Whether the bot answers in that thread and has not been stopped."""
        return self._thread(channel, thread) is False

    def set_follow_ups(self, channel: str, on: bool) -> None:
        """Whether in that channel's threads the bot answers without being mentioned anew."""
        self._write("INSERT OR REPLACE INTO channels VALUES (?, ?)", (channel, on))

    def follows_up(self, channel: str) -> bool:
        with self._lock:
            row = self._connection.execute("SELECT follow_ups FROM channels WHERE channel = ?", (channel,)).fetchone()
        return bool(row and row[0])

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _thread(self, channel: str, thread: str) -> bool | None:
        """Whether the thread is muted; None for one the bot has no part in."""
        with self._lock:
            row = self._connection.execute(
                "SELECT muted FROM threads WHERE channel = ? AND thread = ?", (channel, thread)
            ).fetchone()
        return bool(row[0]) if row else None

    def _write(self, statement: str, values: Sequence[object]) -> int:
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    def _sweep(self) -> None:
        now = self._clock()
        for table, kept_for in (("seen", SEEN_FOR), ("threads", THREADS_FOR), ("questions", THREADS_FOR)):
            self._connection.execute(f"DELETE FROM {table} WHERE at < ?", (now - kept_for,))
            newest = f"SELECT at FROM {table} ORDER BY at DESC LIMIT 1 OFFSET {MOST_ROWS}"
            self._connection.execute(f"DELETE FROM {table} WHERE at <= ({newest})")
