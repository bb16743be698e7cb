"""Ingests that are killed: a process that has loaded all it needs begins each in a process of its own, and ends it."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.library import Library
from index.soundness import damage, stale
from tests.council import CABINET_PACK, LEISURE_MINUTES, PLANNING_MINUTES, make_pdf
from tests.embedder import FakeEmbedder

ROOT = Path(__file__).resolve().parent.parent

#: Takes lines of "seconds, home, folder"; kills that ingest after so many seconds, or lets it finish where they are
#: negative; gives how it ended and how long it took. A file is read in the ingest's own process: a reader's would take
#: a second to start.
_PARENT = """
import os, sys, time
from pathlib import Path
import index.build
from index.library import Library
from ingest.pages import read_document
from tests.embedder import FakeEmbedder

index.build.read_documents = lambda paths, **_: ((path, read_document(path, ocr=False), 0.0) for path in paths)
for line in sys.stdin:
    seconds, home, folder = line.rstrip("\\n").split("\\t")
    began = time.monotonic()
    child = os.fork()
    if not child:
        index.build.ingest(
            Path(home), [Path(folder)], embedder=FakeEmbedder(), ocr=False, jobs=1,
            confirm_forget=lambda gone: True, progress=index.build.Silent(),
        )
        os._exit(0)
    if float(seconds) >= 0:
        time.sleep(float(seconds))
        os.kill(child, 9)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, time.monotonic() - began, flush=True)
"""


class Killer:
    """Begins ingests and ends them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def begin(self, home: Path, folder: Path, after: float = -1.0) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{after}\t{home}\t{folder}\n")
        self._process.stdin.flush()

    def ended(self) -> tuple[int, float]:
        """How the ingest that was begun ended (0: by itself and well; -9: killed), and after how many seconds."""
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
