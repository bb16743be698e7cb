"""A home kept in another folder, while it is asked and while papers go in."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from index import album, derived, manifest
from index.database import damaged, opened
from index.disk import sync_file, sync_folder
from index.manifest import Manifest, checked, entry_of, generation_of, rows_of
from index.schema import FILE_NAME as PAPERS
from index.schema import RESTORING
from index.turn import FILE_NAME as TURN
from index.turn import turn
from minutebook.errors import BackupProblem, HomeError

#: The folder in a home for what libraries write while they run, where the machine has no other.
TEMPORARY = "tmp"
#: Made anew from the rest.
LEFT_OUT = (derived.FOLDER, album.FOLDER, TEMPORARY)
#: Kept by SQLite beside its files, and of no use without the process that made them.
_BESIDE = ("-wal", "-shm", "-journal")
_PART = ".part"


class _Progress(Protocol):
    def stage(self, name: str, total: int) -> None: ...
    def advance(self, by: int = 1, note: str = "") -> None: ...


def back_up(home: Path, to: Path, progress: _Progress) -> Manifest:
    """Keeps all that a home holds in the folder `to`, which appears whole and checked, or not at all.

    Each SQLite file is as it was at one moment (https://sqlite.org/backup.html); nobody waits for it. The PDFs are not
    in a home, and so not in its backup. Raises HomeError for the home, and BackupProblem for the folder.
    """
    if not (home / PAPERS).exists():
        raise HomeError(f"{home}: no papers have been ingested here, so there is nothing to back up")
    if (home / RESTORING).exists():
        raise HomeError(f"{home}: a restore into it is going on or was cut off; run: minutebook restore FROM --replace")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise BackupProblem(to, "is there already; name a folder that is not")
    if home.resolve() in (to.resolve(), *to.resolve().parents):
        raise BackupProblem(to, "is in the home itself, and would be lost with it; name a folder elsewhere")
    work = to.with_name(to.name + _PART)
    with turn(work, lambda: _refuse(to)):
        whole = work / "whole"
        try:
            shutil.rmtree(whole, ignore_errors=True)  # of one that was cut off
            whole.mkdir(mode=0o700)
            made = _written(home, whole, progress)
            if to.exists():
                to.rmdir()
            whole.rename(to)
            sync_folder(to.parent)
        except (OSError, sqlite3.OperationalError) as error:
            raise BackupProblem(to, f"cannot be written ({error}); nothing is left of it") from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return made


def _refuse(to: Path) -> None:
    raise BackupProblem(to, "another backup is being written there; name another folder, or wait for it")


def _written(home: Path, whole: Path, progress: _Progress) -> Manifest:
    names = list(_names(home))
    progress.stage("Copying", len(names))
    rows, generation = {}, (0, 0, "")
    for name in names:
        (whole / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if name.endswith(".sqlite"):
            rows[name], given = _copy_rows(home / name, whole / name)
            generation = given or generation
        else:
            try:
                shutil.copyfile(home / name, whole / name)
            except FileNotFoundError:  # gone meanwhile
                continue
        (whole / name).chmod(0o600)
        sync_file(whole / name)
        progress.advance(note=name)
    files = {name: entry_of(whole / name) for name in names if (whole / name).exists()}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    made = Manifest(version("minutebook"), now, *generation, rows, files)
    listed = whole / manifest.FILE_NAME
    listed.write_text(json.dumps(made.as_json(), indent=1, sort_keys=True), encoding="utf-8")
    listed.chmod(0o600)
    sync_file(listed)
    for folder in (*(each for each in whole.rglob("*") if each.is_dir()), whole):
        sync_folder(folder)
    progress.stage("Checking", 1)
    if checked(whole) != made:
        raise BackupProblem(whole, "reads otherwise than it was written")
    progress.advance()
    return made


def _names(home: Path) -> Iterator[str]:
    """Every file of a home that is not made anew, by its path in it; the papers first."""
    yield PAPERS
    for file in sorted(home.rglob("*")):
        path = file.relative_to(home)
        if path.parts[0] in LEFT_OUT or file.is_symlink() or not file.is_file():
            continue
        if path.name.startswith(TURN) or path.name.endswith((*_BESIDE, _PART)) or str(path) in (PAPERS, RESTORING):
            continue
        yield path.as_posix()


def _copy_rows(file: Path, copy: Path) -> tuple[dict[str, int], tuple[int, int, str] | None]:
    """Copies a SQLite file as it is at this moment; gives its rows by table and, of the papers, the generation."""
    with closing(opened(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.execute("BEGIN")  # what is counted and what is copied are of one moment
        try:
            rows = rows_of(source)
            generation = generation_of(source) if file.name == PAPERS else None
            source.backup(target)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            raise HomeError(damaged(file, error)) from error
        finally:
            source.rollback()
        target.execute("PRAGMA journal_mode = DELETE")  # one file, whole in itself
        (said,) = target.execute("PRAGMA integrity_check(1)").fetchone()
    if said != "ok":
        raise HomeError(damaged(file, said))
    return rows, generation
