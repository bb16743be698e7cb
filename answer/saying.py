"""Choosing the words: the sentences of a passage that answer, within a length, each on its page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.passages import Passage
from answer.question import Question
from answer.verify import Pages, Piece, pieces_of
from index.chunks import sentences
from index.words import Words

#: What joins words that do not stand next to each other.
GAP = " … "
_CLAUSE_END = re.compile(r"[,;:–)] | (?=[A-Z][a-z]+ [a-z])")


@dataclass(frozen=True, slots=True)
class Said:
    """The words chosen from a passage and, for each page they stand on, the quote there."""

    text: str
    quotes: tuple[Piece, ...]


def said(question: Question, passage: Passage, longest: int, pages: Pages, words: Words) -> Said | None:
    """The passage in at most `longest` characters, its best sentences kept; None if none of it is on its page."""
    pieces = pieces_of(passage, pages)
    if not pieces:
        return None
    if passage.head.kind == "row" and passage.decision is None and len(pieces[0].text) <= longest:
        return _row(passage, pieces, longest)
    parts: list[Piece] = []
    broken_off = set()  # the numbers of those that do not end their sentence
    for piece in pieces:
        for start, end in sentences(piece.text):
            within = _within(piece.text[start:end].strip(), 2 * longest // 3)
            broken_off |= set(range(len(parts), len(parts) + len(within) - 1))
            parts += [Piece(piece.page, part, piece.position) for part in within]
    chosen = _chosen(question, passage, parts, broken_off, longest, words)
    number_of = passage.head.number or ""
    text = ""
    for number in chosen:
        joint = (GAP.lstrip() if number - 1 in broken_off else "") if not text else " " if number - 1 in chosen else GAP
        text += joint + parts[number].text
    if chosen and chosen[-1] in broken_off:
        text += GAP.rstrip()
    elif chosen and chosen[-1] < len(parts) - 1 and passage.decision is not None:
        # A resolution cut short must not read as if it were whole.
        text = re.sub(r"[;,]?(?: and)?$", " …", text, count=1)
    if len(text) > longest:
        text = text[: longest - 2].rsplit(" ", 1)[0].rstrip(" ,;") + " …"
    # The citation names the paragraph; said again before the words it only gets in their way.
    if number_of and re.match(rf"{re.escape(number_of)}[.):]?\s", text):
        text = text[len(number_of) :].lstrip(".): ")
    quotes = _quotes([parts[number] for number in chosen], passage, pages)
    return Said(text, quotes) if quotes else None


def _within(sentence: str, longest: int) -> list[str]:
    """A sentence in parts no longer than that, ended at a comma or the like where there is one; none of none."""
    parts = []
    while len(sentence) > longest:
        ends = [found.end() for found in _CLAUSE_END.finditer(sentence, longest // 3, longest)]
        end = ends[-1] if ends else max(sentence.rfind(" ", 1, longest) + 1, 1)
        if end == 1:
            break  # one word as long as that
        parts.append(sentence[:end].rstrip())
        sentence = sentence[end:].lstrip()
    return [*parts, sentence] if sentence else parts


def _row(passage: Passage, pieces: Sequence[Piece], longest: int) -> Said:
    """A table's row told with the heads of its columns: "Primary schools, March 2019: 8.555"."""
    head = passage.head
    # Only with every column's head known does a row read better told than as printed.
    cells = (
        [f"{name}: {cell}" if name else cell for name, cell in head.cells]
        if all(name for name, _ in head.cells[1:])
        else []
    )
    label = head.label.split(" | ")[0]
    told = "; ".join(cells) if cells else pieces[0].text
    text = f"{label}: {told}" if label and label.lower() not in told.lower() else told
    return Said(text if len(text) <= longest else pieces[0].text, (pieces[0],))


def _chosen(
    question: Question, passage: Passage, parts: Sequence[Piece], broken_off: set[int], longest: int, words: Words
) -> list[int]:
    """The numbers of the parts to say, in order: all if they fit, else those that tell most and their neighbours.

    A sentence in parts is a neighbour only to itself.
    """
    if sum(len(part.text) + 1 for part in parts) <= longest:
        return list(range(len(parts)))
    whole = {number for number in range(len(parts)) if not {number - 1, number} & broken_off}
    tells = [_tells(question, part.text, words) for part in parts]
    kept: set[int] = set()
    room = longest
    if passage.decision is not None:
        # A resolution begins with what was resolved by whom; without it the clauses say nothing.
        tells[0] += 1.0
    order = sorted(range(len(parts)), key=lambda number: (-tells[number], number))
    for number in order[: 3 if passage.decision is None else len(order)]:
        if tells[number] < 0.35 * tells[order[0]]:
            break
        cost = len(parts[number].text) + len(GAP)
        if cost <= room or not kept:
            kept.add(number)
            room -= cost
    for number in sorted(kept):
        for neighbour in (number + 1, number - 1, number + 2):
            if not 0 <= neighbour < len(parts) or neighbour in kept:
                continue
            own = set(range(min(number, neighbour), max(number, neighbour))) <= broken_off
            if (own or neighbour in whole) and len(parts[neighbour].text) + 1 <= room:
                kept.add(neighbour)
                room -= len(parts[neighbour].text) + 1
    return sorted(kept)


#: What a sentence gains by holding an answer of the kind asked for, where one with all the question's words has 1.
HOLDS_IT = 0.5


def _tells(question: Question, text: str, words: Words) -> float:
    """How much a sentence says of what is asked."""
    stems = frozenset(words.terms(text))
    total = sum(term.weight for term in question.terms) or 1.0
    told = sum(term.weight for term in question.terms if term.stem in stems) / total
    return told + HOLDS_IT * question.fit.share(text)


def _quotes(parts: Sequence[Piece], passage: Passage, pages: Pages) -> tuple[Piece, ...]:
    """One quote a page: the parts there as one run if they stand together on it, else the longest of them."""
    quotes = []
    for page in dict.fromkeys(part.page for part in parts):
        here = [part for part in parts if part.page == page]
        whole = " ".join(part.text for part in here)
        if not pages.holds(passage.paper.path, page, whole):
            whole = max((part.text for part in here), key=len)
        quotes.append(Piece(page, whole, here[0].position))
    return tuple(quotes)
