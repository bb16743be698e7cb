"""Named API keys and what each may do, in a SQLite file of its own. Only digests are kept: a key is shown once."""

import hashlib
import re
import secrets
import sqlite3
import threading
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from index.filters import GROUP_NAME, Audience
from minutebook.errors import HomeError, KeyProblem

FILE_NAME = "keys.sqlite"

Scope = Literal["ask", "search", "papers", "feedback", "metrics", "exempt"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
#: What members do.
USUAL: frozenset[Scope] = frozenset(("ask", "search", "papers", "feedback"))

#: What every key begins with, so that one that is where it should not be can be found.
BEGINNING = "mb_"
NAME = re.compile(r"[\w. -]{1,60}")

_TABLE = """
CREATE TABLE IF NOT EXISTS keys (
    digest BLOB PRIMARY KEY, name TEXT NOT NULL, scopes TEXT NOT NULL, made TEXT NOT NULL, revoked TEXT, used TEXT,
    groups TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS keys_in_use ON keys (name) WHERE revoked IS NULL;
"""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is told of; never the key itself. `used` is the last day it was used.

    `groups` are those that whoever has it belongs to, and so may see what is closed to all others.
    """

    name: str
    scopes: tuple[Scope, ...]
    made: str
    revoked: str | None
    used: str | None
    groups: tuple[str, ...] = ()

    @property
    def audience(self) -> Audience:
        """What whoever has it may see."""
        return Audience("exempt" in self.scopes, self.groups)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "scopes": list(self.scopes), "groups": list(self.groups)}


class Keys:
    """The keys of one home. Safe to share between threads and processes: what one revokes, all know at once."""

    def __init__(self, home: Path) -> None:
        """Raises HomeError when the file cannot be made or used."""
        self._file = home / FILE_NAME
        self._lock = threading.Lock()
        try:
            home.mkdir(parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
            self._connection = sqlite3.connect(self._file, check_same_thread=False, timeout=10, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_TABLE)
            with suppress(sqlite3.OperationalError):  # it is there, but in a file made before there were groups
                self._connection.execute("ALTER TABLE keys ADD COLUMN groups TEXT NOT NULL DEFAULT ''")
        except (sqlite3.DatabaseError, OSError) as error:
            raise HomeError(f"{self._file}: cannot be used ({error}); restore it, or make the keys anew") from error

    def make(self, name: str, scopes: Collection[Scope] = USUAL, groups: Collection[str] = ()) -> str:
        """A new key, which is told here and never again. Raises KeyProblem: a name that is no name, or in use."""
        if not NAME.fullmatch(name) or name != name.strip():
            raise KeyProblem(f"{name!r} cannot be a key's name: up to 60 letters, figures, spaces, dots and dashes")
        if not scopes or not set(scopes) <= set(SCOPES):
            raise KeyProblem(f"a key's scopes are some of {', '.join(SCOPES)}")
        secret = BEGINNING + secrets.token_urlsafe(32)
        if any(not GROUP_NAME.fullmatch(group) for group in groups):
            raise KeyProblem("a group's name is in small letters: letters, figures, spaces, dots and dashes")
        kept = "|".join(sorted(set(groups)))
        row = (_digest(secret), name, " ".join(scope for scope in SCOPES if scope in scopes), _now(), kept)
        with self._lock:
            try:
                self._connection.execute(
                    "INSERT INTO keys (digest, name, scopes, made, groups) VALUES (?, ?, ?, ?, ?)", row
                )
            except sqlite3.IntegrityError as error:
                raise KeyProblem(f"there is a key named {name!r} already; revoke it first") from error
        return secret

    def revoke(self, name: str) -> None:
        """The key of that name opens nothing from now on. Raises KeyProblem when there is none."""
        with self._lock:
            done = self._connection.execute(
                "UPDATE keys SET revoked = ? WHERE name = ? AND revoked IS NULL", (_now(), name)
            )
        if not done.rowcount:
            raise KeyProblem(f"there is no key named {name!r}; `minutebook keys list` names them")

    def all(self) -> list[Key]:
        """Every key, also those revoked, in the order they were made."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT name, scopes, made, revoked, used, groups FROM keys ORDER BY made, name"
            ).fetchall()
        return [_key(row) for row in rows]

    def any_in_use(self) -> bool:
        """Whether there is a key that opens anything."""
        with self._lock:
            return bool(self._connection.execute("SELECT 1 FROM keys WHERE revoked IS NULL LIMIT 1").fetchone())

    def find(self, secret: str) -> Key | None:
        """The key that this is, or None. Notes the day.

        SHA-256 alone keeps it well: a key is 256 random bits, which no list of likely ones holds.
        """
        with self._lock:
            row = self._connection.execute(
                "SELECT name, scopes, made, revoked, used, groups FROM keys WHERE digest = ? AND revoked IS NULL",
                (_digest(secret),),
            ).fetchone()
            today = _now()[:10]
            if row is not None and row[4] != today:
                self._connection.execute("UPDATE keys SET used = ? WHERE digest = ?", (today, _digest(secret)))
        return _key(row) if row else None

    def close(self) -> None:
        self._connection.close()


def _key(row: tuple[str, str, str, str | None, str | None, str]) -> Key:
    name, scopes, made, revoked, used, groups = row
    held = tuple(scope for scope in SCOPES if scope in scopes.split())
    return Key(name, held, made, revoked, used, tuple(filter(None, groups.split("|"))))


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
