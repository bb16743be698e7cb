"""Papers held in a home, made from plain pages (tests/printed.py) without drawing PDFs: real rows, real indexes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from answer.known import Known, known_in
from answer.passages import Passage
from answer.question import Question, read_question
from answer.shelf import Shelf, Shelves
from index.build import Silent
from index.derived import build_derived, derived_folder
from index.filters import EVERYTHING
from index.library import Library
from index.parsing import parse
from index.rulebook import Rule
from index.schema import connect
from index.tokens_kept import embed_missing_tokens
from index.vectors_kept import embed_missing, texts_of
from index.verdicts import Word, keep_word
from index.writing import settle, write_file
from ingest.pages import Document
from ingest.papers import Paper
from tests.embedder import FakeEmbedder
from tests.printed import document, page


def library_of(
    home: Path,
    papers: Mapping[str, Sequence[str]],
    *,
    rules: Mapping[str, Rule] = MappingProxyType({}),
    officers: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Library:
    """A library of these files, each given as its path and its pages' text.

    `rules` are folders', by file; `officers` closed the first paper of these files, to all but these groups.
    """
    embedder = FakeEmbedder()
    read = {
        path: replace(
            document(*(page(text, number) for number, text in enumerate(texts, 1))),
            sha256=hashlib.sha256(path.encode()).hexdigest(),
        )
        for path, texts in papers.items()
    }
    words = [_said(parse(read[path], path, home).papers[0].paper, read[path], its) for path, its in officers.items()]
    parsed = [parse(each, path, home, rule=rules.get(path), words=words) for path, each in read.items()]
    connection = connect(home, create=True)
    texts = texts_of(connection, parsed)
    embed_missing(connection, texts, embedder, Silent())
    embed_missing_tokens(connection, texts, embedder.matcher, Silent())
    with connection:
        for word in words:
            keep_word(connection, word)
        for one in parsed:
            write_file(connection, one, "test")
        settle(connection)
        connection.execute("INSERT INTO meta VALUES ('generation', '1'), ('model', ?)", (embedder.name,))
    build_derived(connection, derived_folder(home, 1), embedder.name, embedder.dimension)
    connection.close()
    return Library.open(home, embedder)


def _said(paper: Paper, read: Document, groups: Sequence[str]) -> Word:
    return Word(
        paper.path, paper.first_page, paper.last_page, "exempt", tuple(groups), "", "clerk", "2024-06-04T09:00:00",
        read.sha256, paper.sha256,
    )  # fmt: skip


def shelves_by_path(library: Library) -> dict[str, Shelf]:
    """The shelf of each file's first paper."""
    shelves = Shelves(library)
    papers = sorted(library.store.papers(audience=EVERYTHING), key=lambda paper: (paper.path, -paper.first_page))
    return {paper.path: shelves.of(paper) for paper in papers}


def passages_on(shelf: Shelf, score: float = 0.5, likeness: float = 0.5) -> list[Passage]:
    """Every paragraph of a paper as a passage, and each of its decisions in place of its own."""
    passages = []
    for position in range(len(shelf.paragraphs)):
        numbers = shelf.decision_at.get(position, [])
        for number in numbers:
            decision = shelf.decisions[number]
            if decision.first == position:
                passages.append(Passage(shelf, decision.first, decision.last, decision, score, likeness))
        if not numbers:
            passages.append(Passage(shelf, position, position, None, score, likeness))
    return passages


def passage_with(shelf: Shelf, words: str) -> Passage:
    """The one passage that holds these words."""
    (found,) = [passage for passage in passages_on(shelf) if words in passage.text]
    return found


def asked(library: Library, question: str, known: Known | None = None) -> Question:
    """A question as read against a library's papers."""
    return read_question(question, known or known_in(library), library.words)
