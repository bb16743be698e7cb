"""Whether Python and the libraries are there. Imports none of them, so that it can say when they are not."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Literal

State = Literal["fine", "note", "do"]

#: The libraries that read, find and serve, whose versions matter when something goes wrong.
LIBRARIES = (
    "pypdf", "pypdfium2", "torch", "sentence-transformers", "faiss-cpu", "tantivy", "fastapi", "uvicorn",
)  # fmt: skip

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: fine, worth knowing, or something to do, in words."""

    name: str
    state: State
    words: str


def installed() -> Iterator[Check]:
    """Python and each library, with its version."""
    yield _python()
    yield from (_library(name) for name in LIBRARIES)


def _python() -> Check:
    running = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Check("Python", "do", f"{running}; install Python {'.'.join(map(str, OLDEST_PYTHON))} or later")
    return Check("Python", "fine", running)


def _library(name: str) -> Check:
    try:
        return Check(name, "fine", version(name))
    except PackageNotFoundError:
        return Check(name, "do", "not installed; install Minutebook again")
