"""Conversations: what a follow-up leaves unsaid is taken from the question before it."""

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from answer.passages import Passage
from answer.question import Question

#: Conversations kept at once, and how long one is remembered after its last question, in seconds.
MOST_THREADS = 2000
REMEMBERED = 2 * 60 * 60

_LEANS = re.compile(
    r"^\W*(?:and|but|so|then|ok|also)\b|\b(?:it|that|this|they|them|those|these|there|he|she|his|her|its|one)\b"
    r"|^\W*(?:what|how) about\b|^\W*(?:who|when|why|how|where)\b.{0,30}$"
    r"|\bthe (?:vote|motion|report|minutes|decision|resolution|item|paper|amendment)\b"
    r"|\b(?:same|later|before|after|instead|previous|next) (?:meeting|one|year)?",
    re.IGNORECASE,
)
_REPORT = re.compile(r"\b(?:show|see|find|give|open)\b.{0,20}\breport\b|\bthe report\b", re.IGNORECASE)
#: A question with more words of its own than this stands by itself, whatever pronouns it holds.
FEW_TERMS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """The last question of a conversation as it was understood, and the passages its answer rested on."""

    question: Question
    passages: tuple[Passage, ...]


class Threads:
    """The conversations going on, each by its id; the oldest are forgotten first. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._turns: OrderedDict[str, tuple[float, Turn]] = OrderedDict()

    def last(self, thread: str) -> Turn | None:
        """The last turn, or None when there is none or it was too long ago."""
        with self._lock:
            kept = self._turns.get(thread)
            if kept is None or self._clock() - kept[0] > REMEMBERED:
                self._turns.pop(thread, None)
                return None
            return kept[1]

    def keep(self, thread: str, turn: Turn) -> None:
        """Remembers a turn, forgetting the longest unused conversation when there are too many."""
        with self._lock:
            self._turns[thread] = (self._clock(), turn)
            self._turns.move_to_end(thread)
            while len(self._turns) > MOST_THREADS:
                self._turns.popitem(last=False)


def is_follow_up(question: Question) -> bool:
    """Whether a question leans on the one before it: "and who seconded it?", "what about 2023?"."""
    return len(question.terms) <= FEW_TERMS and bool(_LEANS.search(question.text))


def wants_report(question: Question) -> bool:
    """Whether a follow-up asks to see the report behind a decision."""
    return bool(_REPORT.search(question.text))


def completed(question: Question, before: Question) -> Question:
    """The follow-up with what it leaves unsaid: the subject, the body, and the time unless it names another."""
    stems = {term.stem for term in question.terms}
    carried = tuple(term for term in before.terms if term.stem not in stems)
    return replace(
        question,
        asks=question.asks or before.asks,
        fit=question.fit if question.asks else before.fit,
        terms=(*before.terms, *(term for term in question.terms if term not in before.terms))
        if carried
        else question.terms,
        words=f"{before.words} {question.words}".strip(),
        text=f"{before.text} {question.text}",
        bodies=question.bodies or before.bodies,
        committees=question.committees or before.committees,
        times=question.times or before.times,
        periods=question.periods or before.periods,
    )
