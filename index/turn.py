"""One writer at a time: an ingest that finds another at work waits for it to end, and says so."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from minutebook.errors import HomeError

FILE_NAME = "ingest.lock"
#: Seconds between two looks, in which nothing else is heard, Ctrl+C included.
LOOK = 0.5


@contextmanager
def turn(home: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the home for writing as long as the block lasts; `waiting` is called once if another holds it.

    SQLite's lock on a file of its own: it works on every system, and the system lets go of it when a process dies.
    Raises HomeError when the home cannot be written.
    """
    file = home / FILE_NAME
    try:
        home.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(file, timeout=LOOK, isolation_level=None)
    except (sqlite3.OperationalError, OSError) as error:
        raise HomeError(f"{home}: cannot be written ({error})") from error
    with closing(connection):
        told = False
        while not _taken(connection, file):
            if not told:
                waiting()
                told = True
        yield


def _taken(connection: sqlite3.Connection, file: Path) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise HomeError(f"{file}: cannot be written ({error})") from error
    return True
