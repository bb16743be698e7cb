"""Page pictures drawn before, kept in the home's folder `pictures` up to a size."""

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

FOLDER = "pictures"
#: Bytes kept; the pictures not looked at for longest go first.
MOST = 200_000_000
#: Raised when pictures are drawn otherwise than before.
DRAWN_AS = "1"
#: Pictures kept between two looks at how much there is.
BETWEEN_LOOKS = 50


def picture_name(sha256: str, number: int, quote: str) -> str:
    """A name for one page of a file's bytes with this quote marked."""
    asked = "\n".join((DRAWN_AS, sha256, str(number), quote))
    return hashlib.sha256(asked.encode()).hexdigest()[:32]


class Album:
    """The pictures of one home. Safe to share between threads and processes."""

    def __init__(self, home: Path, most: int = MOST) -> None:
        self.folder = home / FOLDER
        self._most = most
        self._lock = threading.Lock()
        self._until_look = 0

    def picture(self, name: str, draw: Callable[[], bytes]) -> bytes:
        """The picture of that name, drawn and kept if it is not there. A full or read-only disk only costs time."""
        file = self.folder / f"{name}.png"
        try:
            data = file.read_bytes()
        except OSError:
            data = b""
        if data:
            with contextlib.suppress(OSError):
                os.utime(file)
            return data
        data = draw()
        with contextlib.suppress(OSError):
            self._keep(file, data)
        return data

    def _keep(self, file: Path, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.{threading.get_ident()}.part")
        part.write_bytes(data)
        part.replace(file)
        with self._lock:
            self._until_look -= 1
            if self._until_look > 0:
                return
            self._until_look = BETWEEN_LOOKS
            self._trim()

    def _trim(self) -> None:
        """Another process may take files away meanwhile."""
        held = []
        for file in self.folder.iterdir():
            with contextlib.suppress(OSError):
                stat = file.stat()
                held.append((stat.st_mtime, stat.st_size, file))
        total = sum(size for _, size, _ in held)
        for _, size, file in sorted(held):
            if total <= self._most:
                return
            with contextlib.suppress(OSError):
                file.unlink()
            total -= size
