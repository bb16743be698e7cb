"""Ingests, backups and restores that are killed: a process that has loaded all it needs begins each, and ends it."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from index.library import Library
from index.manifest import checked
from index.schema import RESTORING
from index.soundness import damage, stale
from minutebook.errors import HomeError
from tests.council import CABINET_PACK, LEISURE_MINUTES, PLANNING_MINUTES, make_pdf
from tests.embedder import FakeEmbedder

ROOT = Path(__file__).resolve().parent.parent

#: Takes lines of "seconds, act, home, folder"; kills that act after so many seconds, or lets it finish where they are
#: negative; gives how it ended and how long it took. A file is read in the ingest's own process: a reader's would take
#: a second to start.
_PARENT = """
import os, sys, time
from pathlib import Path
import index.backup, index.build, index.restore
from index.library import Library
from ingest.pages import read_document
from tests.embedder import FakeEmbedder

index.build.read_documents = lambda paths, **_: ((path, read_document(path, ocr=False), 0.0) for path in paths)
for line in sys.stdin:
    seconds, act, home, folder = line.rstrip("\\n").split("\\t")
    began = time.monotonic()
    child = os.fork()
    if not child:
        silent = index.build.Silent()
        if act == "ingest":
            index.build.ingest(
                Path(home), [Path(folder)], embedder=FakeEmbedder(), ocr=False, jobs=1,
                confirm_forget=lambda gone: True, progress=silent,
            )
        elif act == "backup":
            index.backup.back_up(Path(home), Path(folder), silent)
        else:
            index.restore.restore(Path(folder), Path(home), replace=True, progress=silent)
        os._exit(0)
    if float(seconds) >= 0:
        time.sleep(float(seconds))
        os.kill(child, 9)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, time.monotonic() - began, flush=True)
"""


class Killer:
    """Begins ingests, backups and restores, and ends them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def begin(self, home: Path, folder: Path, after: float = -1.0, act: str = "ingest") -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{after}\t{act}\t{home}\t{folder}\n")
        self._process.stdin.flush()

    def ended(self) -> tuple[int, float]:
        """How what was begun ended (0: by itself and well; -9: killed), and after how many seconds."""
        assert self._process.stdout is not None
        status, seconds = self._process.stdout.readline().split()
        return int(status), float(seconds)


@contextmanager
def killing() -> Iterator[Killer]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield Killer(process)


def state(home: Path) -> tuple[int, frozenset[str]]:
    """The generation that stands and the files in it; asserts that all of the home is of that generation."""
    library = Library.open(home, FakeEmbedder())
    try:
        assert damage(library.store) == ()
        assert stale(library.store) == ()
        assert library.words.count == library.store.counts()["chunks"] == len(library.vectors)
        paths = frozenset(row[0] for row in library.store.connection.execute("SELECT path FROM files"))
        assert {hit.paper.path for hit in library.hits("council committee", depth=1000)} == paths
        return library.generation, paths
    finally:
        library.close()


def killed_again_and_again(place: Path, points: int, seed: int) -> int:
    """Ever other files, each ingest killed at random; asserts that what stands is what stood, or what was to stand.

    Every fifth is then let finish what was begun. Gives how many ingests were cut off before their end.
    """
    chance = random.Random(seed)
    folder, home = place / "papers", place / "home"
    cut = 0
    with killing() as killer:
        make_pdf(folder / "first.pdf", LEISURE_MINUTES)
        killer.begin(home, folder)
        status, whole = killer.ended()
        assert status == 0
        for point in range(points):
            before = state(home)
            for each in folder.glob("*.pdf"):
                each.unlink()
            make_pdf(folder / f"{point}.pdf", (PLANNING_MINUTES, CABINET_PACK, LEISURE_MINUTES)[point % 3])
            killer.begin(home, folder, chance.uniform(0, whole))
            cut += killer.ended()[0] == -9
            assert state(home) in (before, (before[0] + 1, frozenset({f"{point}.pdf"})))
            if point % 5 == 4:
                killer.begin(home, folder)
                assert killer.ended()[0] == 0
                assert state(home)[1] == {f"{point}.pdf"}
    return cut


def backups_killed(place: Path, points: int, seed: int) -> tuple[int, int]:
    """Backups and restores of a home, each killed at random. Gives how many of each were cut off.

    Asserts that a backup is whole or not there, and that a home is as it was, or as it was to be, or refused until the
    restore is run again, which then ends it; and that the home that was backed up is as it was.
    """
    chance = random.Random(seed)
    home, older, newer, target = place / "home", place / "older", place / "newer", place / "target"
    cut_backups = cut_restores = 0
    with killing() as killer:

        def done(home: Path, folder: Path, act: str) -> float:
            killer.begin(home, folder, act=act)
            status, seconds = killer.ended()
            assert status == 0
            return seconds

        make_pdf(place / "papers" / "a.pdf", LEISURE_MINUTES)
        done(home, place / "papers", "ingest")
        done(home, older, "backup")
        make_pdf(place / "papers" / "b.pdf", PLANNING_MINUTES)
        done(home, place / "papers", "ingest")
        for each in ("kept", "answers"):  # more files, so that there are moments between two of them
            with closing(sqlite3.connect(home / f"{each}.sqlite")) as connection, connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (word TEXT)")
                connection.executemany("INSERT INTO kept VALUES (?)", [(each * 50,)] * 2000)
        now, whole = state(home), done(home, newer, "backup")
        before = (1, frozenset({"a.pdf"}))
        assert now == (2, frozenset({"a.pdf", "b.pdf"}))
        again = done(target, older, "restore")
        again = max(again, done(target, newer, "restore"))
        for point in range(points):
            to = place / f"backup-{point}"
            killer.begin(home, to, chance.uniform(0, whole), "backup")
            cut_backups += killer.ended()[0] == -9
            if to.exists():
                assert checked(to).generation == 2
            else:
                done(home, to, "backup")
            assert not (to.with_name(f"{to.name}.part") / "whole").exists()
            shutil.rmtree(to)
            wanted, folder = (before, older) if point % 2 else (now, newer)
            killer.begin(target, folder, chance.uniform(0, again), "restore")
            cut_restores += killer.ended()[0] == -9
            if (target / RESTORING).exists():
                with pytest.raises(HomeError, match="minutebook restore FROM --replace"):
                    state(target)
            else:
                assert state(target) in (before, now)
            done(target, folder, "restore")
            assert state(target) == wanted
        assert state(home) == now
    return cut_backups, cut_restores
