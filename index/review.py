"""What officers look through: every paper that is closed, or was opened, with the reason and where it came from."""

import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.schema import connect
from index.verdicts import groups_from, words_in
from ingest.exempt import Classification


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A paper as an officer sees it: what it is taken for and why, and what its own marks say."""

    paper: str
    path: str
    first_page: int
    last_page: int
    title: str
    meeting_date: str | None
    classification: Classification
    groups: tuple[str, ...]
    reason: str
    marked: Classification

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "groups": list(self.groups)}


@dataclass(frozen=True, slots=True)
class Idle:
    """An officer's word on a paper that is not held (any more): it counts again if the file comes back."""

    path: str
    first_page: int
    last_page: int
    classification: Classification
    reason: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def to_review(home: Path) -> tuple[list[Reviewed], list[Idle]]:
    """The papers to look through, those in doubt first, and the words that no paper held is meant by.

    Raises HomeError.
    """
    connection = connect(home)
    try:
        rows = connection.execute(
            "SELECT * FROM papers WHERE classification != 'public' OR marked != 'public' "
            "ORDER BY classification != 'unsure', instr(reason, 'look again') = 0, path, first_page"
        ).fetchall()
        held = {row["path"] for row in connection.execute("SELECT path FROM files")}
        idle = [
            Idle(word.path, word.first_page, word.last_page, word.classification, word.told)
            for word in words_in(connection)
            if word.path not in held
        ]
        return [_reviewed(row) for row in rows], idle
    finally:
        connection.close()


def reasons(home: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By paper, why it is classified as it is, as officers are told it, and the groups it is closed to."""
    connection = connect(home)
    try:
        rows = connection.execute("SELECT id, reason, groups FROM papers").fetchall()
        return {row["id"]: (row["reason"], groups_from(row["groups"])) for row in rows}
    finally:
        connection.close()


def _reviewed(row: sqlite3.Row) -> Reviewed:
    return Reviewed(
        row["id"], row["path"], row["first_page"], row["last_page"], row["title"], row["meeting_date"],
        row["classification"], groups_from(row["groups"]), row["reason"], row["marked"],
    )  # fmt: skip
