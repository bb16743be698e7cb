"""A document as its papers, each with its paragraphs, decisions and chunks."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.chunks import Chunk, chunks_of
from index.rulebook import Rule, Rulebook
from index.verdicts import Marked, Word, verdicts_on
from ingest.decisions import Decision, decisions_of
from ingest.exempt import Verdict
from ingest.pages import Document, Page
from ingest.papers import Paper, papers_of
from ingest.structure import Paragraph, paragraphs_of
from ingest.tables import squeezed


@dataclass(frozen=True, slots=True)
class ParsedPaper:
    paper: Paper
    marked: Marked
    verdict: Verdict
    paragraphs: tuple[Paragraph, ...]
    decisions: tuple[Decision, ...]
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file as it goes into the store; `text_sha256` is of its letters and figures alone, `rule` its folder's."""

    path: str
    root: Path
    sha256: str
    text_sha256: str
    pages: tuple[Page, ...]
    papers: tuple[ParsedPaper, ...]
    rule: Rule | None


def parse(
    document: Document,
    path: str,
    root: Path,
    *,
    rule: Rule | None = None,
    book: Rulebook = Rulebook(),
    words: Sequence[Word] = (),
) -> Parsed:
    """Everything the store keeps of a document.

    `rule` is its folder's, before which the home's `book` counts; `words` are all that officers have said.
    """
    held = by_marks = papers_of(document, path)
    marked = [Marked.of(paper) for paper in by_marks]
    verdicts = verdicts_on(marked, path, document.sha256, book.rule_for(path) or rule, words)
    papers = []
    if any(verdicts[paper.first_page] != paper.verdict for paper in by_marks):
        held = papers_of(document, path, verdicts)
    for own, paper in zip(marked, held, strict=True):
        pages = document.pages[paper.first_page - 1 : paper.last_page]
        paragraphs = paragraphs_of(pages, minutes=paper.kind in ("minutes", "agenda", "notice"))
        decisions = decisions_of(paragraphs, paper.kind)
        chunks = tuple(chunks_of(paper, paragraphs))
        verdict = verdicts[paper.first_page]
        papers.append(ParsedPaper(paper, own, verdict, tuple(paragraphs), tuple(decisions), chunks))
    text = "".join(squeezed(page.text) for page in document.pages)
    text_sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Parsed(path, root, document.sha256, text_sha256, document.pages, tuple(papers), rule)
