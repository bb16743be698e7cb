"""Files read in processes of their own, which can be stopped: one bad file must not take the others with it."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from ingest.pages import Document, read_document
from minutebook.errors import UnreadablePaper

GIB = 1024**3
POLL = 0.5  # seconds between looks at a reader's memory
STARTING = 60.0  # seconds that a new process may take to begin, on a busy machine
NEARLY = 0.5  # of the memory allowed: a reader that died with so much in use died of it
CORES = os.cpu_count() or 1

PageProgress = Callable[[Path, int, int], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: `seconds` and more for each page (OCR included), bytes of memory, pages."""

    seconds: float = 120.0
    seconds_per_page: float = 10.0
    memory: int = 2 * GIB
    pages: int = 3000


@dataclass(frozen=True, slots=True)
class _Order:
    path: Path
    ocr: bool
    cache: Path | None
    limits: Limits
    ocr_jobs: int


def read_documents(
    paths: Iterable[Path],
    *,
    jobs: int = 2,
    ocr: bool = True,
    cache: Path | None = None,
    limits: Limits = Limits(),
    progress: PageProgress | None = None,
) -> Iterator[tuple[Path, Document | UnreadablePaper, float]]:
    """Reads PDFs side by side, `jobs` at a time; yields (path, what was read or why not, seconds) as each is done.

    `cache` is a folder for what OCR read. `progress(path, done, to_do)` is told of pages. The caller's main module
    must be importable (the usual `if __name__ == "__main__":`), since the readers are new processes.
    """
    waiting = iter(paths)
    readers: list[_Reader] = []
    try:
        for _ in range(max(1, jobs)):
            path = next(waiting, None)
            if path is None:
                break
            reader = _Reader(limits, progress)
            readers.append(reader)
            reader.begin(_Order(path, ocr, cache, limits, ocr_jobs=max(1, CORES // max(1, jobs))))
        while busy := [reader for reader in readers if reader.order]:
            wait([reader.pipe for reader in busy], timeout=min(POLL, *(reader.left() for reader in busy)))
            for reader in busy:
                done = reader.look()
                if done is None:
                    continue
                order, result, seconds = done
                path = next(waiting, None)
                if path is not None:
                    reader.begin(replace(order, path=path))
                yield order.path, result, seconds
    finally:
        for reader in readers:
            reader.stop()


class _Reader:
    """A process that reads one file after another, and is replaced when it dies or has to be stopped."""

    def __init__(self, limits: Limits, progress: PageProgress | None) -> None:
        self.limits = limits
        self.progress = progress
        self.order: _Order | None = None
        self._hire()

    def _hire(self) -> None:
        # A new interpreter rather than a fork: the one that asks may hold models, threads and open files.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.limits.memory), daemon=True)
        self.process.start()
        theirs.close()

    def begin(self, order: _Order) -> None:
        if not self.process.is_alive():
            self.stop()
            self._hire()
        self.order, self.to_do, self.most, self.begun = order, 0, 0, False
        self.started = time.monotonic()
        self.pipe.send(order)

    def allowed(self) -> float:
        return self.limits.seconds + self.limits.seconds_per_page * self.to_do

    def left(self) -> float:
        return max(0.0, self.started + self.allowed() + (0 if self.begun else STARTING) - time.monotonic())

    def look(self) -> tuple[_Order, Document | UnreadablePaper, float] | None:
        """What the order came to, if it is done, failed, or out of time."""
        order = self.order
        if order is None:
            return None
        said = self._hear(order)
        if said is None and self.left() > 0:
            self.most = max(self.most, _memory_of(self.process.pid))
            return None
        seconds = time.monotonic() - self.started
        self.order = None
        if isinstance(said, Document):
            return order, said, seconds
        if said is None:
            self.stop()
            said = f"took longer than {self.allowed():.0f} seconds"
        return order, UnreadablePaper(str(order.path), said), seconds

    def _hear(self, order: _Order) -> Document | str | None:
        """The document read, the reason why not, or None while it is still being read."""
        try:
            while self.pipe.poll():
                said = self.pipe.recv()
                if not isinstance(said, tuple):
                    return said
                done, self.to_do = said
                if not self.begun:
                    self.begun, self.started = True, time.monotonic()
                elif self.progress:
                    self.progress(order.path, done, self.to_do)
        except (EOFError, OSError):  # its end of the pipe is shut: it died
            self.process.join(5)
            status = self.process.exitcode
            if status is not None and status < 0 and self.most > NEARLY * self.limits.memory:
                return too_much(self.limits.memory)
            return f"stopped the PDF reader (exit status {status})"
        return None

    def stop(self) -> None:
        """Ends the process and the OCR it has begun, at once."""
        if self.process.pid is not None and self.process.is_alive():
            if sys.platform != "win32":
                try:
                    os.killpg(self.process.pid, signal.SIGKILL)
                except ProcessLookupError:  # not yet in a group of its own, or gone
                    pass
            self.process.kill()
        self.process.join(5)
        self.pipe.close()


def too_much(memory: int) -> str:
    """The reason given for a file that needs more than `memory` bytes."""
    return f"needed more than {memory / GIB:.3g} GiB"


def _memory_of(pid: int | None) -> int:
    """Address space in bytes that a process uses; 0 where the system does not say (it does on Linux)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 0


def _serve(pipe: Connection, memory: int) -> None:
    """The reader's side: reads what it is sent until the pipe is shut."""
    bind(memory)
    while True:
        try:
            order: _Order = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        pipe.send(_carried_out(order, lambda done, to_do: pipe.send((done, to_do))))


def _carried_out(order: _Order, progress: Callable[[int, int], None]) -> Any:
    progress(0, 0)  # the time allowed runs from here, not from the start of the process
    try:
        return read_document(
            order.path,
            ocr=order.ocr,
            ocr_cache=order.cache,
            ocr_jobs=order.ocr_jobs,
            max_pages=order.limits.pages,
            progress=progress,
        )
    except UnreadablePaper as error:
        return error.reason
    except MemoryError:
        return too_much(order.limits.memory)


def bind(memory: int) -> None:
    """Binds this process, and the OCR it starts, to so much address space, in a process group of its own."""
    if sys.platform == "win32":  # no such limits there; the time limit still holds
        return
    import resource  # not on every system

    os.setpgid(0, 0)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
