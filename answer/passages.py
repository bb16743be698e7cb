"""What an answer may be made of: a paragraph, a table's row, or a whole decision with its clauses."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from index.library import Hit, Library
from index.words import Words
from ingest.decisions import Decision
from ingest.papers import Paper
from ingest.structure import Paragraph

#: Paragraphs before a decision, in its item, that say what it was about.
_BEFORE = 4
_KEPT_PAPERS = 1500


@dataclass(frozen=True)
class Shelf:
    """One paper's paragraphs and decisions, with the stems of each paragraph worked out once."""

    paper: Paper
    paragraphs: Sequence[Paragraph]
    decisions: Sequence[Decision]
    _words: Words
    _stems: dict[int, frozenset[str]] = field(default_factory=dict)
    _context: dict[int, frozenset[str]] = field(default_factory=dict)

    def stems(self, position: int) -> frozenset[str]:
        """The stems of the paragraph's own text."""
        if position not in self._stems:
            self._stems[position] = frozenset(self._words.terms(self.paragraphs[position].text))
        return self._stems[position]

    def context(self, position: int) -> frozenset[str]:
        """The stems of what a reader knows by then: item, headings, label, the line that leads in, the paper's title."""
        if position not in self._context:
            paragraph = self.paragraphs[position]
            said = [paragraph.item or "", *paragraph.headings, paragraph.label, self.paper.title]
            if paragraph.kind == "bullet":
                lead = next((n for n in range(position - 1, -1, -1) if self.paragraphs[n].kind != "bullet"), None)
                if lead is not None and position - lead < 40:
                    said.append(self.paragraphs[lead].text[-300:])
            self._context[position] = frozenset(self._words.terms(" ".join(said)))
        return self._context[position]

    @cached_property
    def decision_at(self) -> dict[int, list[int]]:
        """The decisions that each position belongs to, by their number in `decisions`."""
        at: dict[int, list[int]] = {}
        for number, decision in enumerate(self.decisions):
            for position in range(decision.first, decision.last + 1):
                at.setdefault(position, []).append(number)
        return at


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs `first` to `last` of a paper, or the decision there; with the scores of the chunks it was found by."""

    shelf: Shelf
    first: int
    last: int
    decision: Decision | None
    score: float
    likeness: float

    @property
    def paper(self) -> Paper:
        return self.shelf.paper

    @property
    def text(self) -> str:
        if self.decision is not None:
            return self.decision.text
        return " ".join(self.shelf.paragraphs[position].text for position in range(self.first, self.last + 1))

    @property
    def head(self) -> Paragraph:
        return self.shelf.paragraphs[self.first]

    def stems(self) -> frozenset[str]:
        return frozenset().union(*(self.shelf.stems(position) for position in range(self.first, self.last + 1)))

    def context(self) -> frozenset[str]:
        """Also, for a decision, what was said before it in its item."""
        stems = self.shelf.context(self.first)
        if self.decision is None:
            return stems
        item = self.head.item
        start = max(0, self.first - _BEFORE)
        before = [n for n in range(start, self.first) if self.shelf.paragraphs[n].item == item and self._same_block(n)]
        return stems.union(*(self.shelf.stems(position) for position in before))

    def _same_block(self, position: int) -> bool:
        """Where resolutions are numbered and there are no items, only the resolution's own paragraphs bear on it."""
        return self.head.item is not None or self.shelf.paragraphs[position].number == self.head.number


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
        shelf = Shelf(paper, store.paragraphs(paper.id), store.decisions_of(paper.id), self._library.words)
        with self._lock:
            self._kept[paper.id] = shelf
            while len(self._kept) > _KEPT_PAPERS:
                self._kept.popitem(last=False)
        return shelf


def passages_of(hits: Sequence[Hit], shelves: Shelves, *, decisions_too: bool) -> list[Passage]:
    """The passages in the chunks found, each once with its best scores, in the order first met.

    `decisions_too` adds, for each chunk of minutes, the decisions of the same item: the discussion is often what a
    question resembles, and the resolution under it what it asks for.
    """
    found: dict[tuple[str, int, int, int], Passage] = {}
    for hit in hits:
        shelf = shelves.of(hit.paper)
        for first, last, number, share in _places(hit, shelf, decisions_too):
            key = (hit.paper.id, first, last, number if number is not None else -1)
            score, likeness = hit.score * share, hit.likeness * share
            if key in found:
                score, likeness = max(score, found[key].score), max(likeness, found[key].likeness)
            decision = shelf.decisions[number] if number is not None else None
            found[key] = Passage(shelf, first, last, decision, score, likeness)
    return list(found.values())


def _places(hit: Hit, shelf: Shelf, decisions_too: bool) -> Iterator[tuple[int, int, int | None, float]]:
    """First and last paragraph, the decision's number if it is one, and how much of the hit's score it gets."""
    for position in range(hit.chunk.first, hit.chunk.last + 1):
        numbers = shelf.decision_at.get(position, [])
        for number in numbers:
            decision = shelf.decisions[number]
            yield decision.first, decision.last, number, 1.0
        if not numbers and _tells(shelf.paragraphs[position]):
            yield position, position, None, 1.0
    if decisions_too and hit.paper.kind in ("minutes", "decision"):
        item = shelf.paragraphs[hit.chunk.first].item
        if item is not None:
            for number, decision in enumerate(shelf.decisions):
                if shelf.paragraphs[decision.first].item == item and not decision.procedural:
                    yield decision.first, decision.last, number, 0.85


def _tells(paragraph: Paragraph) -> bool:
    """Whether a paragraph can answer anything: headings, contents lists and a table's heads only lead to what does."""
    return paragraph.kind not in ("heading", "contents") and not (paragraph.kind == "row" and not paragraph.cells)
