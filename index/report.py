"""What an ingest did, for whoever started it."""

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from index import rulebook
from index.plan import Failure
from index.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, in paths relative to the folders given.

    `opened` are papers, by path and first page, that were closed before and are public now; `idle_rules` the rules of
    these folders that fit none of their files, and of the home that fit none held.
    """

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    forgotten: tuple[str, ...]
    failed: tuple[Failure, ...]
    unread: tuple[tuple[str, tuple[int, ...]], ...]
    same_text: tuple[tuple[str, str], ...]
    opened: tuple[tuple[str, int], ...]
    idle_rules: tuple[str, ...]
    pages: int
    chunks: int
    seconds: float


def idle_rules(connection: sqlite3.Connection, home: Path, book: Rulebook) -> list[str]:
    """The home's rules that fit none of the files held."""
    paths = [row["path"] for row in connection.execute("SELECT path FROM files")]
    idle = [rule for rule in book.rules if not any(map(rule.fits, paths))]
    return [f"{home / rulebook.FILE_NAME}: “{rule.files}”" for rule in idle]


def closed_papers(connection: sqlite3.Connection) -> set[tuple[str, int]]:
    """The papers, by path and first page, that are not public."""
    rows = connection.execute("SELECT path, first_page FROM papers WHERE classification != 'public'")
    return {(row["path"], row["first_page"]) for row in rows}


def gone_papers(connection: sqlite3.Connection, papers: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the papers that are no longer held."""
    rows = connection.execute("SELECT path, first_page FROM papers")
    return papers - {(row["path"], row["first_page"]) for row in rows}


def unread_pages(connection: sqlite3.Connection) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """By file, the pages that could not be read."""
    found: dict[str, list[int]] = {}
    for row in connection.execute("SELECT path, number FROM pages WHERE source = 'unread' ORDER BY path, number"):
        found.setdefault(row["path"], []).append(row["number"])
    return tuple((path, tuple(numbers)) for path, numbers in found.items())


def same_texts(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Pairs of files that say the same in all their letters and figures."""
    rows = connection.execute(
        "SELECT a.path, b.path FROM files a JOIN files b ON a.text_sha256 = b.text_sha256 AND a.path < b.path "
        # Scans that nobody has read are alike in nothing.
        "WHERE a.text_sha256 != ? ORDER BY a.path, b.path",
        (hashlib.sha256(b"").hexdigest(),),
    )
    return tuple((row[0], row[1]) for row in rows)
