"""Papers at hand: each with its paragraphs and decisions, and the stems of their words worked out once."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from index.chunks import sentences
from index.library import Library
from index.tokens_kept import chunks_at
from index.words import Words
from ingest.decisions import Decision
from ingest.papers import Paper
from ingest.structure import Paragraph

_KEPT_PAPERS = 1500
#: A list longer than this, in bullets or characters, is told bullet by bullet.
_LONGEST_LIST, _LARGEST_LIST = 12, 900


@dataclass(frozen=True)
class Shelf:
    """One paper's paragraphs and decisions, with the stems of each paragraph worked out once.

    `chunks` are the paper's, each as its id and the positions of its first and last paragraph.
    """

    paper: Paper
    paragraphs: Sequence[Paragraph]
    decisions: Sequence[Decision]
    scanned: frozenset[int]
    chunks: Sequence[tuple[int, int, int]]
    _words: Words
    _stems: dict[int, frozenset[str]] = field(default_factory=dict)
    _context: dict[int, frozenset[str]] = field(default_factory=dict)
    _sentences: dict[int, tuple[frozenset[str], ...]] = field(default_factory=dict)

    def sentence_stems(self, position: int) -> tuple[frozenset[str], ...]:
        """The stems of each sentence of the paragraph."""
        if position not in self._sentences:
            text = self.paragraphs[position].text
            spans = list(sentences(text))
            self._sentences[position] = (
                (self.stems(position),)
                if len(spans) < 2
                else tuple(frozenset(self._words.terms(text[start:end])) for start, end in spans)
            )
        return self._sentences[position]

    def stems(self, position: int) -> frozenset[str]:
        """The stems of the paragraph's own text."""
        if position not in self._stems:
            self._stems[position] = frozenset(self._words.terms(self.paragraphs[position].text))
        return self._stems[position]

    def context(self, position: int) -> frozenset[str]:
        """The stems of what a reader knows by then: item, headings, label, the line that leads in, title and path."""
        if position not in self._context:
            paragraph = self.paragraphs[position]
            # The file's name and folders say things too: "annual-reports/2024-25".
            said = [paragraph.item or "", *paragraph.headings, paragraph.label, self.paper.title, self.path_words]
            if paragraph.kind == "bullet":
                lead = next((n for n in range(position - 1, -1, -1) if self.paragraphs[n].kind != "bullet"), None)
                if lead is not None and position - lead < 40:
                    said.append(self.paragraphs[lead].text[-300:])
            self._context[position] = frozenset(self._words.terms(" ".join(said)))
        return self._context[position]

    def list_at(self, position: int) -> tuple[int, int]:
        """A paragraph that leads into bullets with the bullets, or a bullet with its list; else the paragraph alone."""
        first = position
        while first > 0 and self.paragraphs[first].kind == "bullet" and position - first < _LONGEST_LIST:
            first -= 1
        if self.paragraphs[first].kind != "text" or not self.paragraphs[first].text.rstrip().endswith(
            (":", ";", ",", "–")
        ):
            return position, position
        last = first
        while last + 1 < len(self.paragraphs) and self._goes_on(last + 1):
            last += 1
        if last == first or last < position or last - first > _LONGEST_LIST:
            return position, position
        size = sum(len(paragraph.text) for paragraph in self.paragraphs[first : last + 1])
        return (first, last) if size <= _LARGEST_LIST or position == first else (position, position)

    def _goes_on(self, position: int) -> bool:
        return self.paragraphs[position].kind == "bullet" and position not in self.decision_at

    @cached_property
    def path_words(self) -> str:
        """The words of the paper's path; a year pair stays one: 2024-25."""
        return re.sub(r"[/_.]|-(?!\d\d\b)", " ", self.paper.path)

    @cached_property
    def decision_at(self) -> dict[int, list[int]]:
        """The decisions that each position belongs to, by their number in `decisions`."""
        at: dict[int, list[int]] = {}
        for number, decision in enumerate(self.decisions):
            for position in range(decision.first, decision.last + 1):
                at.setdefault(position, []).append(number)
        return at


class Shelves:
    """The papers lately asked about, kept in memory. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._kept: OrderedDict[str, Shelf] = OrderedDict()
        self._lock = Lock()

    def of(self, paper: Paper) -> Shelf:
        with self._lock:
            if paper.id in self._kept:
                self._kept.move_to_end(paper.id)
                return self._kept[paper.id]
        store = self._library.store
        shelf = Shelf(
            paper,
            store.paragraphs(paper.id),
            store.decisions_of(paper.id),
            store.scanned_pages(paper.path),
            chunks_at(store.connection, paper.id),
            self._library.words,
        )
        with self._lock:
            self._kept[paper.id] = shelf
            while len(self._kept) > _KEPT_PAPERS:
                self._kept.popitem(last=False)
        return shelf
