"""What is known, read from the home's SQLite file. `index/build.py` is what writes it."""

import json
import logging
import os
import re
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import answers
from index.answers import Answers
from index.filters import PUBLIC, Audience, Filters
from index.rows import decision_from, paper_from, paragraph_from
from index.schema import connect
from index.verdicts import groups_as_kept
from ingest.decisions import Decision
from ingest.papers import Paper
from ingest.structure import Paragraph
from minutebook.errors import HomeError, NotHeld

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as kept: its paper's id, the positions of its first and last paragraph, and its words."""

    id: int
    paper: str
    first: int
    last: int
    start: int
    text: str
    item: str
    headings: str
    label: str
    context: str


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page's text as read, which is what a quote is checked against."""

    printed_number: str | None
    text: str
    source: str


class Store:
    """Reads one home. Safe to share between threads: each has a connection of its own."""

    def __init__(self, home: Path) -> None:
        """Raises HomeError when nothing has been ingested into `home`, or its file is damaged."""
        self.home = home
        self._local = threading.local()
        self._local.connection = connect(home)
        self._answers: Answers | None = None

    @property
    def connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = connect(self.home)
        connection: sqlite3.Connection = self._local.connection
        return connection

    @contextmanager
    def reading(self) -> Iterator[int]:
        """Everything read inside sees one generation, whose number this gives, even while an ingest commits."""
        if self.connection.in_transaction:
            yield self.generation
            return
        self.connection.execute("BEGIN")
        try:
            yield self.generation
        finally:
            self.connection.execute("ROLLBACK")

    @property
    def generation(self) -> int:
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row["value"] if row else None

    def papers(self, filters: Filters = Filters(), audience: Audience = PUBLIC) -> list[Paper]:
        """The papers that match and may be seen, newest meeting first, then as they stand in their file."""
        where, values = conditions(filters, audience)
        rows = self.connection.execute(
            f"SELECT * FROM papers WHERE {where} ORDER BY meeting_date IS NULL, meeting_date DESC, path, first_page",
            values,
        )
        return [paper_from(row) for row in rows]

    def paper(self, paper: str, audience: Audience = PUBLIC) -> Paper:
        """The paper with that id. Raises NotHeld, alike whether it is not there or not for this audience."""
        where, values = conditions(Filters(), audience)
        row = self.connection.execute(f"SELECT * FROM papers WHERE id = ? AND {where}", (paper, *values)).fetchone()
        if row is None:
            raise NotHeld(f"no paper with the id {paper!r} is held")
        return paper_from(row)

    def paragraphs(self, paper: str) -> list[Paragraph]:
        """The paper's paragraphs, in order."""
        rows = self.connection.execute("SELECT * FROM paragraphs WHERE paper = ? ORDER BY position", (paper,))
        return [paragraph_from(row) for row in rows]

    def paragraphs_at(self, paper: str, first: int, last: int) -> list[Paragraph]:
        """The paper's paragraphs at positions `first` to `last`, in order."""
        rows = self.connection.execute(
            "SELECT * FROM paragraphs WHERE paper = ? AND position BETWEEN ? AND ? ORDER BY position",
            (paper, first, last),
        )
        return [paragraph_from(row) for row in rows]

    def outcomes_in(self, papers: Collection[str]) -> dict[str, list[tuple[int, int, str]]]:
        """By paper, the first and last paragraph of each of its decisions and what it came to."""
        found: dict[str, list[tuple[int, int, str]]] = {}
        marks = ",".join("?" * len(papers))
        rows = self.connection.execute(
            f"SELECT paper, first, last, outcome FROM decisions WHERE paper IN ({marks})", tuple(papers)
        )
        for row in rows:
            found.setdefault(row["paper"], []).append((row["first"], row["last"], row["outcome"]))
        return found

    def decisions_of(self, paper: str) -> list[Decision]:
        """The decisions and requests of one paper, in order."""
        rows = self.connection.execute("SELECT * FROM decisions WHERE paper = ? ORDER BY first, id", (paper,))
        return [decision_from(row) for row in rows]

    def items(self, audience: Audience = PUBLIC) -> list[tuple[str, str]]:
        """The id of each paper that may be seen with each item in it, once; an item that a paper itself is under too.

        In the order of the papers, so that one paper more changes nothing about the others.
        """
        where, values = conditions(Filters(), audience)
        rows = self.connection.execute(
            "SELECT DISTINCT paper, paragraphs.item FROM paragraphs JOIN papers ON papers.id = paragraphs.paper "
            f"WHERE paragraphs.item IS NOT NULL AND {where} "
            f"UNION SELECT id, item FROM papers WHERE item IS NOT NULL AND {where} ORDER BY 1, 2",
            values * 2,
        )
        return [(row["paper"], row["item"]) for row in rows]

    def items_of(self, paper: str) -> list[tuple[str, int]]:
        """The items of one paper in order, each with the page it begins on."""
        rows = self.connection.execute(
            "SELECT item, spans FROM paragraphs WHERE paper = ? AND item IS NOT NULL ORDER BY position", (paper,)
        )
        pages: dict[str, int] = {}
        for row in rows:
            if row["item"] not in pages:
                pages[row["item"]] = json.loads(row["spans"])[0][0]
        return list(pages.items())

    def texts(self, audience: Audience = PUBLIC) -> Iterator[str]:
        """The text of every paragraph that may be seen, but tables' rows, in no order that matters."""
        where, values = conditions(Filters(), audience)
        rows = self.connection.execute(
            "SELECT text FROM paragraphs JOIN papers ON papers.id = paragraphs.paper "
            f"WHERE paragraphs.kind IN ('text', 'bullet') AND {where}",
            values,
        )
        return (row["text"] for row in rows)

    def chunks(self, ids: Sequence[int]) -> dict[int, StoredChunk]:
        """The chunks with these ids, by id."""
        marks = ",".join("?" * len(ids))
        rows = self.connection.execute(
            "SELECT id, paper, first, last, start, text, item, headings, label, context "
            f"FROM chunks WHERE id IN ({marks})",
            ids,
        )
        return {row["id"]: StoredChunk(*row) for row in rows}

    def page(self, path: str, number: int) -> StoredPage:
        """The page's text and printed number. Raises NotHeld."""
        row = self.connection.execute(
            "SELECT printed_number, text, source FROM pages WHERE path = ? AND number = ?", (path, number)
        ).fetchone()
        if row is None:
            raise NotHeld(f"{path} has no page {number} here")
        return StoredPage(*row)

    def scanned_pages(self, path: str) -> frozenset[int]:
        """The numbers of the file's pages that were read by OCR."""
        rows = self.connection.execute("SELECT number FROM pages WHERE path = ? AND source = 'ocr'", (path,))
        return frozenset(row["number"] for row in rows)

    def pdf(self, path: str) -> Path:
        """Where the PDF lies on disk. Raises NotHeld when it is unknown or gone."""
        row = self.connection.execute("SELECT root FROM files WHERE path = ?", (path,)).fetchone()
        file = Path(row["root"]) / path if row else None
        if file is None or not file.is_file():
            raise NotHeld(f"{path} is not in the folder it was read from")
        return file

    def page_visible(self, path: str, number: int, audience: Audience = PUBLIC) -> bool:
        """Whether this audience may see every paper that has a part of that page."""
        where, values = conditions(Filters(), audience)
        hidden = self.connection.execute(
            f"SELECT 1 FROM papers WHERE path = ? AND ? BETWEEN first_page AND last_page AND NOT ({where}) LIMIT 1",
            (path, number, *values),
        ).fetchone()
        return hidden is None

    def file_sha256(self, path: str) -> str:
        """The SHA-256 of the file as it was read. Raises NotHeld."""
        row = self.connection.execute("SELECT sha256 FROM files WHERE path = ?", (path,)).fetchone()
        if row is None:
            raise NotHeld(f"{path} is not held")
        return str(row["sha256"])

    def whole_file_visible(self, path: str, audience: Audience = PUBLIC) -> bool:
        """Whether this audience may see every paper in the file."""
        where, values = conditions(Filters(), audience)
        hidden = self.connection.execute(
            f"SELECT 1 FROM papers WHERE path = ? AND NOT ({where}) LIMIT 1", (path, *values)
        ).fetchone()
        return hidden is None

    def save_answer(self, answer: dict[str, Any], asked_at: str, audience: Audience = PUBLIC) -> None:
        """Keeps an answer as given, under its `answer_id`, so that its link goes on showing it to such an audience."""
        if not os.access(self.home, os.W_OK):
            log.warning("%s can only be read, so the answer is not kept and its link will show nothing", self.home)
            return
        kept = answer if audience == PUBLIC else {**answer, "given_to": audience.as_json()}
        try:
            if self._answers is None:
                self._answers = Answers(self.home)
            self._answers.keep(answer["answer_id"], asked_at, json.dumps(kept, ensure_ascii=False))
        except HomeError as error:  # a full or read-only disk: whoever asked is answered all the same
            log.warning("%s", error)

    def answer(self, answer_id: str, audience: Audience = PUBLIC) -> dict[str, Any]:
        """The answer as it was given.

        Raises NotHeld, also when it was given to those who may see what this audience may not, or a paper that it cites
        or names as the closest is not for this audience now.
        """
        kept = self._kept_answer(answer_id)
        if kept is None:
            raise NotHeld(f"no answer with the id {answer_id!r} is held")
        answer: dict[str, Any] = json.loads(kept)
        everything = {"everything": answer.pop("everything", False), "groups": []}  # as it was kept before groups
        if not audience.includes(Audience.from_json(answer.pop("given_to", everything))):
            raise NotHeld(f"no answer with the id {answer_id!r} is held")
        named = re.findall(r"/papers/(\w+)/", " ".join(answer["notes"]))
        for paper in dict.fromkeys([*(citation["paper"] for citation in answer["citations"]), *named]):
            self.paper(paper, audience)
        return answer

    def _kept_answer(self, answer_id: str) -> str | None:
        if self._answers is None and (self.home / answers.FILE_NAME).exists():
            self._answers = Answers(self.home)
        return self._answers.find(answer_id) if self._answers else None

    def close(self) -> None:
        """Closes what this thread has opened."""
        self.connection.close()
        if self._answers is not None:
            self._answers.close()

    def counts(self) -> dict[str, int]:
        """How many files, papers, pages, paragraphs, chunks, decisions and unread pages are held."""
        tables = ("files", "papers", "pages", "paragraphs", "chunks", "decisions")
        queries = {name: f"SELECT count(*) FROM {name}" for name in tables}
        queries["unread"] = "SELECT count(*) FROM pages WHERE source = 'unread'"
        return {name: int(self.connection.execute(query).fetchone()[0]) for name, query in queries.items()}


def conditions(filters: Filters, audience: Audience, table: str = "papers") -> tuple[str, list[str]]:
    """SQL over `table` that is true of the papers that match and may be seen: the one place that says who sees what."""
    parts, values = ["1"], []
    if not audience.everything:
        seen = [f"{table}.classification = 'public'", *[f"instr({table}.groups, ?)"] * len(audience.groups)]
        parts.append(f"({' OR '.join(seen)})")
        values += [groups_as_kept((group,)) for group in audience.groups]
    for column, wanted in (("body", filters.body), ("committee", filters.committee)):
        if wanted is not None:
            parts.append(f"lower({table}.{column}) = lower(?)")
            values.append(wanted)
    for test, day in ((">=", filters.since), ("<=", filters.until)):
        if day is not None:
            parts.append(f"{table}.meeting_date {test} ?")
            values.append(day.isoformat())
    if filters.kind is not None:
        parts.append(f"{table}.kind = ?")
        values.append(filters.kind)
    if filters.path is not None:
        parts.append(f"({table}.path = ? OR substr({table}.path, 1, length(?) + 1) = ? || '/')")
        values += [filters.path.rstrip("/")] * 3
    return " AND ".join(parts), values
