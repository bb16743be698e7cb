"""A citation is a promise: what is quoted is on its page, word for word."""

from collections.abc import Iterator
from dataclasses import dataclass

from answer.passages import Passage
from index.chunks import sentences
from index.store import Store, StoredPage
from ingest.decisions import Decision
from ingest.tables import squeezed
from minutebook.errors import NotHeld


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand on one page: a part of a quote."""

    page: int
    text: str
    position: int


class Pages:
    """The pages looked at for one answer, each read and squeezed once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: dict[tuple[str, int], tuple[StoredPage, str]] = {}

    def page(self, path: str, number: int) -> StoredPage:
        return self._look(path, number)[0]

    def holds(self, path: str, number: int, quote: str) -> bool:
        """Whether the quote stands on the page once white space and punctuation are set aside."""
        wanted = squeezed(quote)
        return bool(wanted) and wanted in self._look(path, number)[1]

    def _look(self, path: str, number: int) -> tuple[StoredPage, str]:
        key = (path, number)
        if key not in self._seen:
            try:
                page = self._store.page(path, number)
            except NotHeld:
                page = StoredPage(None, "", "unread")
            self._seen[key] = page, squeezed(page.text)
        return self._seen[key]


def pieces_of(passage: Passage, pages: Pages) -> list[Piece]:
    """The passage as pieces that are on their pages, in order; what is not there word for word is left out."""
    found: list[Piece] = []
    for position in range(passage.first, passage.last + 1):
        paragraph = passage.shelf.paragraphs[position]
        start = _start_in(passage, position)
        for span in paragraph.spans:
            text = paragraph.text[max(span.start, start) : span.end].strip()
            if text:
                found += _verified(text, span.page, position, passage.paper.path, pages)
    return found


#: What was said before a decision in its paragraph is told with it if it is no longer than this: what it was about.
LEAD_IN = 320


def _start_in(passage: Passage, position: int) -> int:
    """Where in a paragraph the passage begins: at its start, unless another decision or much else stands before."""
    decision, text = passage.decision, passage.shelf.paragraphs[position].text
    if decision is None or position != passage.first:
        return 0
    start = max(0, text.find(decision.text[:60]))
    others = (passage.shelf.decisions[number] for number in passage.shelf.decision_at.get(position, []))
    ends = (_end_of(other, text) for other in others if other is not decision)
    after = max((end for end in ends if end <= start), default=0)
    return after if start - after <= LEAD_IN else start


def _end_of(decision: Decision, text: str) -> int:
    """Where the part of a decision that is in this text ends; 0 if none is."""
    begins = text.find(decision.text[:60])
    return min(len(text), begins + len(decision.text)) if begins >= 0 else 0


def _verified(text: str, page: int, position: int, path: str, pages: Pages) -> Iterator[Piece]:
    if pages.holds(path, page, text):
        yield Piece(page, text, position)
        return
    for start, end in sentences(text):
        sentence = text[start:end].strip()
        if len(sentence) > 3 and pages.holds(path, page, sentence):
            yield Piece(page, sentence, position)
        elif longest := _longest_run(sentence, path, page, pages):
            yield Piece(page, longest, position)


def _longest_run(sentence: str, path: str, page: int, pages: Pages) -> str | None:
    """The longest run of the sentence's words that is on the page, if it is most of them."""
    words = sentence.split(" ")
    for length in range(len(words) - 1, max(4, len(words) // 2), -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            if pages.holds(path, page, run):
                return run
    return None
