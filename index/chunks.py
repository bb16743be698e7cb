"""Paragraphs as chunks: pieces small enough to find and to embed, each with the trail that says what it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.papers import Paper
from ingest.structure import Paragraph

#: Words in a chunk. MiniLM reads 256 word pieces, some 180 words, and its context takes a share of them.
FULL = 90
LONGEST = 150

# Not after a paragraph's own number, an initial or a title: "5. Mr R. Love" is one sentence.
_SENTENCE_END = re.compile(
    r"(?<=[.;:?!])(?<!\b\d\.)(?<!\b\d\d\.)(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bNo\.)\s+(?=[A-Z0-9“\"(•])"
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of paragraphs `first` to `last` of a paper (positions in its paragraphs, from 0).

    `text` is what was printed; `start` is where it begins in paragraph `first` (a long paragraph makes several chunks).
    `context` is what a reader would know already: committee, meeting, kind, item and headings.
    """

    first: int
    last: int
    start: int
    text: str
    item: str
    headings: str
    label: str
    context: str

    @property
    def embedded(self) -> str:
        """The text whose embedding stands for the chunk."""
        return embedded(self.context, self.text)


def embedded(context: str, text: str) -> str:
    """A chunk's context and text as they are embedded."""
    return f"{context}\n{text}" if context else text


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of `text` begins and ends."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    if start < len(text):
        yield start, len(text)


def chunks_of(paper: Paper, paragraphs: Sequence[Paragraph]) -> list[Chunk]:
    """The chunks of a paper, in order. Headings are context and contents lists nothing: neither is ever a chunk."""
    made: list[Chunk] = []
    group: list[int] = []
    for position, paragraph in enumerate(paragraphs):
        if paragraph.kind in ("heading", "contents"):
            made += _close(paper, paragraphs, group)
            group = []
            continue
        if group and not _belongs(paragraphs, group, paragraph):
            made += _close(paper, paragraphs, group)
            group = []
        group.append(position)
    made += _close(paper, paragraphs, group)
    return made


def _words(text: str) -> int:
    return text.count(" ") + 1


def _belongs(paragraphs: Sequence[Paragraph], group: list[int], paragraph: Paragraph) -> bool:
    head = paragraphs[group[0]]
    if (head.item, head.headings) != (paragraph.item, paragraph.headings):
        return False
    if (head.kind == "row") != (paragraph.kind == "row") or (head.kind == "row" and head.label != paragraph.label):
        return False
    return sum(_words(paragraphs[position].text) for position in group) + _words(paragraph.text) <= FULL


def _close(paper: Paper, paragraphs: Sequence[Paragraph], group: list[int]) -> Iterator[Chunk]:
    if not group:
        return
    head = paragraphs[group[0]]
    item, headings = head.item or "", " > ".join(head.headings)
    context = _context(paper, item, head.headings, head.label)

    def chunk(start: int, text: str) -> Chunk:
        return Chunk(group[0], group[-1], start, text, item, headings, head.label, context)

    text = "\n".join(paragraphs[position].text for position in group)
    if len(group) > 1 or _words(text) <= LONGEST:
        yield chunk(0, text)
        return
    begin = 0
    for start, end in sentences(text):
        if start > begin and _words(text[begin:end]) > FULL + 20:
            yield chunk(begin, text[begin:start].rstrip())
            begin = start
    yield chunk(begin, text[begin:])


def _context(paper: Paper, item: str, headings: Sequence[str], label: str) -> str:
    """Short on purpose: a long context makes every chunk of a paper look alike to the embedding."""
    trail = [heading for heading in headings[-2:] if heading.lower() not in item.lower()]
    about = [item, *trail] if item or trail else [paper.title]
    return " | ".join(part for part in (*about, label[:160]) if part)[:300]
