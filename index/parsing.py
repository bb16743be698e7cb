"""A document as its papers, each with its paragraphs, decisions and chunks."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from index.chunks import Chunk, chunks_of
from ingest.decisions import Decision, decisions_of
from ingest.pages import Document, Page
from ingest.papers import Paper, papers_of
from ingest.structure import Paragraph, paragraphs_of
from ingest.tables import squeezed


@dataclass(frozen=True, slots=True)
class ParsedPaper:
    paper: Paper
    paragraphs: tuple[Paragraph, ...]
    decisions: tuple[Decision, ...]
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file as it goes into the store; `text_sha256` is of its letters and figures alone."""

    path: str
    root: Path
    sha256: str
    text_sha256: str
    pages: tuple[Page, ...]
    papers: tuple[ParsedPaper, ...]


def parse(document: Document, path: str, root: Path) -> Parsed:
    """Everything the store keeps of a document."""
    papers = []
    for paper in papers_of(document, path):
        pages = document.pages[paper.first_page - 1 : paper.last_page]
        paragraphs = paragraphs_of(pages, minutes=paper.kind in ("minutes", "agenda", "notice"))
        decisions = decisions_of(paragraphs, paper.kind)
        papers.append(ParsedPaper(paper, tuple(paragraphs), tuple(decisions), tuple(chunks_of(paper, paragraphs))))
    text = "".join(squeezed(page.text) for page in document.pages)
    return Parsed(path, root, document.sha256, hashlib.sha256(text.encode()).hexdigest(), document.pages, tuple(papers))
