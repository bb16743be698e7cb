"""Who was shown which closed paper, and who opened or closed one: a SQLite file of its own that only grows."""

import re
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from index.closed import closed_paths
from index.filters import PUBLIC, Audience
from index.store import Store
from minutebook.errors import HomeError

FILE_NAME = "audit.sqlite"
#: Seconds in which the same page, shown to the same one in the same way, is the same showing: a reader's next range of
#: a PDF, or a page that is loaded again.
AGAIN = 60.0
_MOST_REMEMBERED = 10_000

#: How a paper was shown; and what an officer did about it.
What = Literal["answer", "hit", "decision", "listed", "paper", "page", "pdf", "closed", "opened", "word taken back"]

_TABLE = """
CREATE TABLE IF NOT EXISTS audit (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, surface TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
    paper TEXT NOT NULL, path TEXT NOT NULL, page INTEGER, said TEXT);
CREATE INDEX IF NOT EXISTS audit_by_time ON audit (at);
CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'what was written down is not changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_is_not_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'what was written down is not deleted'); END;
"""
#: What an officer's own commands are called.
COMMAND_LINE = "command line"
_COLUMNS = "at, surface, who, what, paper, path, page, said"
_NAMED = re.compile(r"/papers/(\w+)/pdf#page=(\d+)")

#: A paper's id, and the page of it that was shown, where it was one.
Place = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when, on which surface, to whom, how, which page of which paper.

    `said` is the question, where questions may be logged, or an officer's reason.
    """

    at: str
    surface: str
    who: str
    what: What
    paper: str
    path: str
    page: int | None
    said: str | None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Audit:
    """The audit of one home. Safe to share between threads and processes."""

    def __init__(self, home: Path) -> None:
        self._file = home / FILE_NAME
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None
        self._shown: dict[tuple[object, ...], float] = {}

    def write(self, entries: Sequence[Entry]) -> None:
        """Writes them down, all or none. Raises HomeError when that cannot be."""
        rows = [tuple(asdict(entry).values()) for entry in entries]
        try:
            with self._lock, self._connection() as connection:
                connection.executemany(f"INSERT INTO audit ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        except (sqlite3.DatabaseError, OSError) as error:
            raise HomeError(f"{self._file}: cannot be written ({error}), so nothing closed is shown") from error

    def write_new(self, entries: Sequence[Entry]) -> None:
        """Writes down those that were not in the last minute. Raises HomeError when that cannot be."""
        moment = time.monotonic()
        with self._lock:
            new = [each for each in entries if moment - self._shown.get(_showing(each), moment - AGAIN) >= AGAIN]
        if not new:
            return
        self.write(new)
        with self._lock:
            if len(self._shown) >= _MOST_REMEMBERED:
                self._shown.clear()
            self._shown |= dict.fromkeys(map(_showing, new), moment)

    def entries(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        paper: str | None = None,
        who: str | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> tuple[list[Entry], int]:
        """The lines that match, newest first, and how many there are in all. Dates are inclusive, in UTC.

        `paper` is an id or a path, `who` a part of a name. Raises HomeError.
        """
        if not self._file.exists():
            return [], 0
        where, values = ["1"], []
        for test, day in ((">=", since), ("<", until and until + timedelta(days=1))):
            if day is not None:
                where.append(f"at {test} ?")
                values.append(day.isoformat())
        if paper is not None:
            where.append("(paper = ? OR path = ?)")
            values += [paper, paper]
        if who is not None:
            where.append("instr(lower(who), lower(?))")
            values.append(who)
        matching = f"FROM audit WHERE {' AND '.join(where)}"
        try:
            with self._lock:
                connection = self._connection()
                (total,) = connection.execute(f"SELECT count(*) {matching}", values).fetchone()
                rows = connection.execute(
                    f"SELECT {_COLUMNS} {matching} ORDER BY id DESC LIMIT ? OFFSET ?",
                    (*values, limit, offset),
                ).fetchall()
        except (sqlite3.DatabaseError, OSError) as error:
            raise HomeError(f"{self._file}: cannot be read ({error})") from error
        return [Entry(*row) for row in rows], total

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _connection(self) -> sqlite3.Connection:
        """Opened when it is first needed: where nothing is closed there is no such file."""
        if self._opened is None:
            self._file.touch(mode=0o600)
            self._opened = sqlite3.connect(self._file, check_same_thread=False, timeout=10)
            self._opened.execute("PRAGMA journal_mode = WAL")
            self._opened.executescript(_TABLE)
        return self._opened


@dataclass(frozen=True, slots=True)
class Witness:
    """Sees to it that what is shown to an audience that may see closed papers is written down before it is shown."""

    audit: Audit
    audience: Audience
    surface: str
    who: str
    question: str | None = None

    def saw(self, store: Store, what: What, places: Iterable[Place]) -> None:
        """Writes down which of these places are closed papers'. Raises HomeError, and then they may not be shown."""
        if self.audience == PUBLIC:  # which is shown none
            return
        places = list(dict.fromkeys(places))
        closed = closed_paths(store, {paper for paper, _ in places})
        at = now()
        self.audit.write_new(
            [
                Entry(at, self.surface, self.who, what, paper, closed[paper], page, self.question)
                for paper, page in places
                if paper in closed
            ]
        )


def _showing(entry: Entry) -> tuple[object, ...]:
    """All of an entry but when: what is one showing within a minute."""
    return (entry.surface, entry.who, entry.what, entry.paper, entry.page, entry.said)


def now() -> str:
    """This moment as it is written down."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def places_in(answer: Mapping[str, Any]) -> list[Place]:
    """The places that an answer's JSON cites, or names as the closest."""
    cited: list[Place] = [(citation["paper"], citation["page"]) for citation in answer["citations"]]
    return cited + [(paper, int(page)) for paper, page in _NAMED.findall(" ".join(answer["notes"]))]


def places_of(found: Iterable[Mapping[str, Any]]) -> list[Place]:
    """The places of hits or decisions given as JSON, and of the decisions that they are linked to."""
    places: list[Place] = []
    for each in found:
        places.append((each["paper"], each["page"]))
        linked = [one for value in each.values() if isinstance(value, list) for one in value if isinstance(one, dict)]
        places += [(one["paper"], one["page"]) for one in linked if "paper" in one]
    return places
