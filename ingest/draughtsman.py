"""Page pictures drawn in a process of their own: pdfium is for one thread, and a bad page must not stop the service."""

import multiprocessing
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from ingest.lines import Line
from ingest.pictures import draw_page
from ingest.worker import Limits, bind
from minutebook.errors import UnreadablePaper

#: Seconds one page may take, and a new process to begin.
PATIENCE = 20.0


class Draughtsman:
    """Draws one page after another. Safe to share between threads, which wait for each other."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def draw(self, path: Path, number: int, quote: str = "", lines: Sequence[Line] | None = None) -> bytes:
        """See `ingest.pictures.draw_page`. Raises UnreadablePaper, also where drawing takes too long or fails."""
        with self._lock:
            if self._pool is None:
                # A new interpreter rather than a fork: the one that asks holds a model, threads and open files.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, context, initializer=bind, initargs=(Limits().memory,))
            try:
                return self._pool.submit(draw_page, path, number, quote, lines).result(self._patience)
            except TimeoutError as error:
                self._dismiss()
                raise UnreadablePaper(str(path), f"page {number} takes too long to draw") from error
            except (BrokenProcessPool, MemoryError) as error:
                self._dismiss()
                raise UnreadablePaper(str(path), f"page {number} cannot be drawn") from error

    def close(self) -> None:
        with self._lock:
            self._dismiss()

    def _dismiss(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            processes = list((pool._processes or {}).values())  # the pool has no other way to stop one that hangs
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.kill()
