"""What an answer may be made of: a paragraph, a table's row, or a whole decision with its clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.shelf import Shelf, Shelves
from index.chunks import sentences
from index.library import Hit
from ingest.decisions import RECORDS, Decision
from ingest.head import is_header_line
from ingest.papers import Paper
from ingest.structure import Paragraph

#: Paragraphs before a decision, in its item, that say what it was about.
_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """Paragraphs `first` to `last` of a paper, or the decision there; with the scores of the chunks it was found by.

    `match` is how well its words match the question's, -1 to 1, as `matching.py` works it out.
    """

    shelf: Shelf
    first: int
    last: int
    decision: Decision | None
    score: float
    likeness: float
    match: float = 0.0

    @property
    def paper(self) -> Paper:
        return self.shelf.paper

    @property
    def text(self) -> str:
        if self.decision is not None:
            return self.decision.text
        return " ".join(self.shelf.paragraphs[position].text for position in range(self.first, self.last + 1))

    @property
    def times_said(self) -> str:
        """Where it says of when it is: its text, its item's title, and for a table's row what stands over it."""
        over = (self.head.item or "", self.head.label if self.head.kind == "row" else "")
        return " ".join((self.text, *over))

    @property
    def head(self) -> Paragraph:
        return self.shelf.paragraphs[self.first]

    @property
    def scanned(self) -> bool:
        """Whether any of it stands on a page read by OCR."""
        spans = (span for n in range(self.first, self.last + 1) for span in self.shelf.paragraphs[n].spans)
        return any(span.page in self.shelf.scanned for span in spans)

    def stems(self) -> frozenset[str]:
        return frozenset().union(*(self.shelf.stems(position) for position in range(self.first, self.last + 1)))

    def sentence_stems(self) -> Iterator[frozenset[str]]:
        """The stems of each of its sentences."""
        for position in range(self.first, self.last + 1):
            yield from self.shelf.sentence_stems(position)

    def sentences(self) -> Iterator[str]:
        """Its sentences, as `sentence_stems` has their stems."""
        for position in range(self.first, self.last + 1):
            text = self.shelf.paragraphs[position].text
            yield from [text[start:end] for start, end in sentences(text)] or [text]

    def context(self) -> frozenset[str]:
        """Also, for a decision, what was said before it in its item."""
        stems = self.shelf.context(self.first)
        if self.decision is None:
            return stems
        before = range(max(0, self.first - _BEFORE), self.first)
        return stems.union(*(self.shelf.stems(position) for position in before if self._leads_to_it(position)))

    def shared_with(self, other: "Passage") -> float:
        """The part of the shorter one's words that both have, 0 to 1."""
        mine, theirs = self.stems(), other.stems()
        return len(mine & theirs) / (min(len(mine), len(theirs)) or 1)

    @property
    def place(self) -> tuple[str, int, int]:
        """Its paper's id, and its first and last paragraph."""
        return self.paper.id, self.first, self.last

    def of_one_meeting(self, other: "Passage") -> bool:
        """Whether both are of papers for the same meeting of one body, on a known day."""
        mine, theirs = self.paper, other.paper
        return (mine.body, mine.meeting_date) == (theirs.body, theirs.meeting_date) and mine.meeting_date is not None

    def _leads_to_it(self, position: int) -> bool:
        """Whether a paragraph before a decision is of its matter.

        Of its item, and not another point of the same list. Where resolutions are numbered and there are no items,
        only the resolution's own paragraphs.
        """
        paragraph, head = self.shelf.paragraphs[position], self.head
        if paragraph.item != head.item or paragraph.kind == head.kind == "bullet":
            return False
        return head.item is not None or paragraph.number == head.number


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
        first, last = shelf.list_at(position)
        if not numbers and (last > first or _tells(shelf.paragraphs[position])):
            yield first, last, None, 1.0
        elif numbers and _says_more(shelf.paragraphs[position], [shelf.decisions[number] for number in numbers]):
            yield position, position, None, 1.0
    if decisions_too and hit.paper.kind in RECORDS:
        item = shelf.paragraphs[hit.chunk.first].item
        if item is not None:
            for number, decision in enumerate(shelf.decisions):
                if shelf.paragraphs[decision.first].item == item and not decision.procedural:
                    yield decision.first, decision.last, number, 0.85


#: The part of a paragraph that its decisions may leave out before it can be told for itself too.
_LEFT_OUT = 0.3


def _says_more(paragraph: Paragraph, decisions: Sequence[Decision]) -> bool:
    """Whether much of a paragraph is not part of what was decided or asked in it: what was told before that."""
    if paragraph.kind not in ("text", "bullet"):
        return False
    decided = sum(len(decision.text) for decision in decisions)
    return decided < (1 - _LEFT_OUT) * len(paragraph.text)


#: Letters in the name of a group of rows at most.
_GROUP = 60


def _tells(paragraph: Paragraph) -> bool:
    """Whether a paragraph can answer anything: not headings, a table's heads and groups, a line that leads on."""
    if paragraph.kind in ("heading", "contents") or is_header_line(paragraph.text):
        return False
    if paragraph.kind == "row":
        if len(paragraph.cells) == 1 and len(paragraph.text) < _GROUP and not any(map(str.isdigit, paragraph.text)):
            return False  # it names the rows after it
        return bool(paragraph.cells) and not any(cell.endswith(":") for pair in paragraph.cells for cell in pair)
    words = re.findall(r"[^\W\d_]{2,}", paragraph.text)
    return len(words) > 2 and not (len(words) < 8 and paragraph.text.rstrip().endswith(":"))
