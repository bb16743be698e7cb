"""A home made from a backup, in an empty place or in the place of what is there."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Protocol

from index import album, audit, derived
from index.derived import build_derived, derived_folder
from index.disk import sync_file, sync_folder
from index.manifest import Manifest, checked, opened_copy
from index.schema import RESTORING, connect
from index.turn import FILE_NAME as TURN
from index.turn import turn
from minutebook.errors import HomeError


class _Progress(Protocol):
    def stage(self, name: str, total: int) -> None: ...
    def advance(self, by: int = 1, note: str = "") -> None: ...


#: The folders of a home whose files come and go with what it holds.
_KEPT_WITH_PAPERS = ("ocr",)


def restore(folder: Path, home: Path, *, replace: bool, progress: _Progress) -> Manifest:
    """Makes `home` what it was when the backup in `folder` was made; with `replace` also where it holds something.

    Whoever is being answered from the home goes on, and then answers from what was restored: each SQLite file changes
    in one transaction. Cut off, the home is refused until the same is run again. Raises BackupProblem before anything
    is touched, and HomeError for the home.
    """
    manifest = checked(folder)
    if not replace and not (home / RESTORING).exists() and (held := _held(home)):
        raise HomeError(
            f"{home}: holds something already ({', '.join(held[:5])}); nothing was changed. Name an empty home, or put "
            "the backup in the place of what is there: --replace"
        )
    with turn(home, lambda: progress.stage("Waiting for another ingest to end", 0)):
        try:
            (home / RESTORING).write_text(str(folder.resolve()), encoding="utf-8")
            sync_file(home / RESTORING)
            sync_folder(home)
            progress.stage("Restoring", len(manifest.files))
            for name in manifest.files:
                if name == audit.FILE_NAME and (home / name).exists():
                    pass  # who was shown what is not unwritten by going back to an earlier day
                elif name in manifest.rows:
                    _put_back_rows(folder / name, home / name)
                else:
                    _put_back(folder / name, home / name)
                progress.advance(note=name)
            _drop_the_rest(home, manifest)
            (home / RESTORING).unlink()
            sync_folder(home)
        except (OSError, sqlite3.DatabaseError) as error:
            raise HomeError(
                f"{home}: could not be restored ({error}); make room, or see that it may be written, and run the same "
                "again"
            ) from error
        _index(home, progress)
    return manifest


def _held(home: Path) -> list[str]:
    """What is in a home already, but for signs of an ingest that has yet to begin."""
    if not home.is_dir():
        return []
    return sorted(each.name for each in home.iterdir() if not each.name.startswith(TURN))


def _put_back_rows(copy: Path, file: Path) -> None:
    """Every page of the SQLite file in one transaction of its own, so that whoever has it open stays whole."""
    with closing(opened_copy(copy)) as source:
        try:
            _fill(source, file)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:  # what is there is too damaged to be opened, so nobody is using it
            for each in file.parent.glob(f"{file.name}*"):
                each.unlink()
            _fill(source, file)


def _fill(source: sqlite3.Connection, file: Path) -> None:
    if not file.exists():
        file.touch(mode=0o600)
    with closing(sqlite3.connect(file, timeout=30)) as target:
        target.execute("PRAGMA secure_delete = ON")
        source.backup(target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_back(copy: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    shutil.copyfile(copy, part)
    sync_file(part)
    part.replace(file)


def _drop_the_rest(home: Path, manifest: Manifest) -> None:
    """What came into the home after the backup: rows of other files, and all that is made from papers."""
    for file in home.glob("*.sqlite"):
        if file.name not in manifest.rows and file.name != audit.FILE_NAME:
            with closing(sqlite3.connect(file, timeout=30)) as connection, connection:
                connection.execute("PRAGMA secure_delete = ON")
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    connection.execute(f'DELETE FROM "{name}"')
    for folder in _KEPT_WITH_PAPERS:
        for file in (home / folder).glob("*"):
            if f"{folder}/{file.name}" not in manifest.files:
                file.unlink()
    for folder in (derived.FOLDER, album.FOLDER):
        shutil.rmtree(home / folder, ignore_errors=True)


def _index(home: Path, progress: _Progress) -> None:
    """Makes the word and vector files, which a backup leaves out; without the model, as its embeddings are kept."""
    with closing(connect(home, writing=True)) as connection:
        held = {row["key"]: row["value"] for row in connection.execute("SELECT key, value FROM meta")}
        row = connection.execute(
            "SELECT length(vector) / 4 FROM embeddings WHERE model = ? LIMIT 1", (held.get("model"),)
        ).fetchone()
        if row is None:
            return
        progress.stage("Indexing", 1)
        build_derived(connection, derived_folder(home, int(held["generation"])), held["model"], row[0])
        progress.advance()


def folders_gone(home: Path) -> list[str]:
    """The folders that papers were read from and that are not on this machine: pages cannot be shown from them."""
    with closing(connect(home)) as connection:
        roots = [row[0] for row in connection.execute("SELECT DISTINCT root FROM files ORDER BY root")]
    return [root for root in roots if not Path(root).is_dir()]
