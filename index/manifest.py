"""What a backup holds, written last of it: its files with their sums, and what stands in them."""

import hashlib
import json
import os
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from index.schema import FILE_NAME as PAPERS
from index.schema import VERSION
from minutebook.errors import BackupProblem

FILE_NAME = "manifest.json"
#: Raised when backups are laid out otherwise than before.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was written."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup: when it was made, by which Minutebook, of which generation, and what is in it.

    `tables` is the version of the papers' tables; `made` the generation's own mark; `rows` counts the rows of every
    table of every SQLite file; `files` has every file by its path in the backup.
    """

    minutebook: str
    made_at: str
    tables: int
    generation: int
    made: str
    rows: dict[str, dict[str, int]]
    files: dict[str, Entry]

    def as_json(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}


def entry_of(file: Path) -> Entry:
    """The file's size and sum, read from the disk and not from what the system remembers of it, where it can be."""
    with file.open("rb") as opened:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        return Entry(opened.tell(), digest)


def rows_of(connection: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for (name,) in tables}


def generation_of(connection: sqlite3.Connection) -> tuple[int, int, str]:
    """The version of the tables, and the generation's number and mark, of an open file of papers."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    rows = connection.execute("SELECT key, value FROM meta WHERE key IN ('generation', 'made')").fetchall()
    held = {row[0]: row[1] for row in rows}
    return int(version), int(held.get("generation", 0)), held.get("made", "")


def opened_copy(file: Path) -> sqlite3.Connection:
    """A SQLite file of a backup, which nobody writes to, wherever it lies."""
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def checked(folder: Path) -> Manifest:
    """The manifest of a backup whose every file is as it was written. Raises BackupProblem, naming what is not."""
    manifest = _read(folder)
    for name, entry in manifest.files.items():
        file = folder / name
        try:
            same = not file.is_symlink() and file.stat().st_size == entry.bytes and entry_of(file) == entry
        except OSError as error:
            raise BackupProblem(folder, f"{name} cannot be read ({error.strerror}); use another backup") from error
        if not same:
            raise BackupProblem(folder, f"{name} is not as it was written; use another backup")
    for name, rows in manifest.rows.items():
        _see_inside(folder, name, rows, manifest)
    return manifest


def _read(folder: Path) -> Manifest:
    file = folder / FILE_NAME
    try:
        held = json.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise BackupProblem(folder, f"no backup that Minutebook made: there is no {FILE_NAME} in it") from error
    except (OSError, ValueError) as error:
        raise BackupProblem(folder, f"{FILE_NAME} is damaged ({error}); use another backup") from error
    try:
        if (given := held.pop("format")) != FORMAT:
            raise BackupProblem(folder, f"made in another format ({given}, this Minutebook's is {FORMAT})")
        manifest = Manifest(**{**held, "files": {name: Entry(**entry) for name, entry in held["files"].items()}})
        tables, strays = int(manifest.tables), [name for name in manifest.files if not _may_stand(name)]
        unlisted = manifest.rows.keys() - manifest.files.keys()
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise BackupProblem(folder, f"{FILE_NAME} is damaged ({error!r}); use another backup") from error
    if strays or unlisted or PAPERS not in manifest.rows:
        raise BackupProblem(folder, f"no backup that Minutebook made: {FILE_NAME} names {strays or 'no papers'}")
    if tables > VERSION:
        raise BackupProblem(
            folder, f"made by a later version of Minutebook, {manifest.minutebook}; restore it with that one"
        )
    return manifest


def _may_stand(name: str) -> bool:
    """Whether a file of a home can be named so: nothing leads out of the backup, or out of the home."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _see_inside(folder: Path, name: str, rows: dict[str, int], manifest: Manifest) -> None:
    try:
        with closing(opened_copy(folder / name)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            whole = said == "ok" and loose is None and rows_of(connection) == rows
            if name == PAPERS:
                known = (manifest.tables, manifest.generation, manifest.made)
                whole = whole and generation_of(connection) == known
    except sqlite3.DatabaseError as error:
        raise BackupProblem(folder, f"{name} is damaged ({error}); use another backup") from error
    if not whole:
        raise BackupProblem(folder, f"{name} does not hold what {FILE_NAME} says ({said}); use another backup")
