"""Which code read a page and which made its structure, so that what an older version made is made anew."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

#: The modules that turn a PDF into pages; all the others only read pages.
_READING = (
    "columns", "furniture", "language", "lines", "mend", "ocr", "pages", "text_facts", "text_layer", "text_struck",
    "worker",
)  # fmt: skip


@cache
def reader_version() -> str:
    """Changes whenever the code that reads pages does."""
    return _digest(path for path in _modules() if path.stem in _READING)


@cache
def parser_version() -> str:
    """Changes whenever the code that finds papers, paragraphs and decisions in pages does."""
    return _digest(path for path in _modules() if path.stem not in _READING)


def _modules() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*.py"))


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
