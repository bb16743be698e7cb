"""So many threads, so much waiting, and no more: what is taken on is done, what is not is said at once."""

import logging
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

log = logging.getLogger("minutebook.slack")

#: How much of a traceback is logged, from where it broke outwards.
FRAMES = 6
#: Jobs that are taken when it is full already: they were let in while it filled.
LET_IN = 64


class Pool:
    """Threads that do jobs in order. `full` once `waiting` jobs more than there are threads were taken on."""

    def __init__(self, name: str, threads: int, waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = threads + waiting
        self._changed = threading.Condition()
        self._taken = 0

    @property
    def full(self) -> bool:
        return self._taken >= self._most

    def take(self, job: Callable[[], None], *, promised: bool = False) -> bool:
        """Takes a job on, and returns at once; False when there is no room for it.

        `promised`: whoever brings it looked whether it was `full`, and has said yes to Slack.
        """
        with self._changed:
            if self._taken >= self._most + (LET_IN if promised else 0):
                return False
            self._taken += 1
        try:
            self._threads.submit(self._do, job)
        except RuntimeError:  # closed meanwhile
            self._done()
            return False
        return True

    def idle(self, timeout: float) -> bool:
        """Waits until everything taken on is done, for `timeout` seconds at most; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._taken == 0, timeout)

    def close(self, grace: float = 10.0) -> None:
        """Takes nothing more, and gives what was taken on `grace` seconds to end."""
        self._threads.shutdown(wait=False)
        if not self.idle(grace):
            self._threads.shutdown(wait=False, cancel_futures=True)

    def _do(self, job: Callable[[], None]) -> None:
        try:
            job()
        # The last resort of a thread nobody waits for. The message may repeat a question, so it is not logged.
        except Exception as error:  # noqa: BLE001
            log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__, limit=-FRAMES)))
        finally:
            self._done()

    def _done(self) -> None:
        with self._changed:
            self._taken -= 1
            self._changed.notify_all()
