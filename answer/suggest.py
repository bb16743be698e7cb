"""What may be meant by the beginning of a question: committees, items' titles, and questions that had answers."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.asked import Asked
from index.filters import PUBLIC, Audience, Filters
from index.library import Library

SuggestionKind = Literal["committee", "item", "question"]

#: Suggestions of each kind that are given at most, when all kinds have some.
SHARES: tuple[tuple[SuggestionKind, int], ...] = (("committee", 2), ("question", 3), ("item", 8))
MOST = 8
LONGEST_TITLE = 120
#: Titles that a prefix of one letter would call up are not all looked at.
MOST_LOOKED_AT = 3000

_NUMBER = re.compile(r"^(?:item|minute)?\s*[(\[]?(?:\d+|[a-z])(?:[./-]\d+)*[)\].:]?\s+(?=\S)", re.IGNORECASE)
#: What every agenda has: nobody looks for it.
_EVERY_AGENDA = re.compile(
    r"(?:to )?(?:receive |consider |note |approve |confirm |sign )?(?:the |any |of )*"
    r"(?:apologies|minutes|declarations?|disclosures?|any other|urgent business|exclusion of|public question|"
    r"date of|next meeting|chair|welcome|close|adjourn|attendance|present)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words to put in the place of those typed; for a committee, `body` says whose."""

    kind: SuggestionKind
    text: str
    body: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "body": self.body}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A suggestion with the papers it comes from, all of which must be seen for a question."""

    suggestion: Suggestion
    papers: frozenset[str]
    weight: float
    words: tuple[str, ...]


class Suggestions:
    """The suggestions of one generation. Reads every item's title once for each audience; keep it.

    Safe to share between threads.
    """

    def __init__(self, library: Library, asked: Sequence[Asked] = ()) -> None:
        self._library = library
        self._names = {PUBLIC: _names(library, PUBLIC)}
        self._questions = _Prefixes(_questions(asked))

    def renewed(self, asked: Sequence[Asked]) -> "Suggestions":
        """The same with these questions."""
        newer = object.__new__(Suggestions)
        newer._library, newer._names = self._library, self._names
        newer._questions = _Prefixes(_questions(asked))
        return newer

    def suggest(self, typed: str, audience: Audience = PUBLIC, *, limit: int = MOST) -> list[Suggestion]:
        """The suggestions that hold every word typed, the last perhaps unfinished, from papers that may be seen."""
        words = _words(typed)
        if not words:
            return []
        visible = self._library.visible(Filters(), audience)
        found: dict[SuggestionKind, list[_Candidate]] = defaultdict(list)
        if audience not in self._names:
            self._names[audience] = _names(self._library, audience)
        for candidate in self._names[audience].matching(words):
            found[candidate.suggestion.kind].append(candidate)
        for candidate in self._questions.matching(words):
            if candidate.papers <= visible:
                found["question"].append(candidate)
        chosen = []
        for kind, share in SHARES:
            ranked = sorted(found[kind], key=lambda each: (not _begins(each.words, words), -each.weight, each.words))
            chosen += [candidate.suggestion for candidate in ranked[:share]]
        return chosen[:limit]


class _Prefixes:
    """Candidates by the beginnings of their words."""

    def __init__(self, candidates: Iterable[_Candidate]) -> None:
        self._candidates = sorted(candidates, key=lambda each: -each.weight)
        at: dict[str, list[int]] = defaultdict(list)
        for number, candidate in enumerate(self._candidates):
            for word in dict.fromkeys(candidate.words):
                at[word].append(number)
        self._at = dict(at)
        self._sorted = sorted(at)

    def matching(self, words: Sequence[str]) -> list[_Candidate]:
        """Those that hold every word, or a word that begins with it."""
        # The longest word has the fewest candidates; the others are only looked for in these.
        first, *others = sorted(set(words), key=len, reverse=True)
        numbers = sorted(set(self._with(first)))[:MOST_LOOKED_AT]
        found = (self._candidates[number] for number in numbers)
        return [each for each in found if all(any(own.startswith(word) for own in each.words) for word in others)]

    def _with(self, prefix: str) -> Iterator[int]:
        for place in range(bisect_left(self._sorted, prefix), len(self._sorted)):
            if not self._sorted[place].startswith(prefix):
                return
            yield from self._at[self._sorted[place]]


def _words(text: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", text.lower())
    return tuple(re.findall(r"[a-z0-9]+", re.sub(r"[’'\u0300-\u036f]", "", plain)))


def _begins(own: Sequence[str], typed: Sequence[str]) -> bool:
    """Whether what was typed is how it begins."""
    *whole, last = typed
    return len(own) >= len(typed) and list(own[: len(whole)]) == whole and own[len(whole)].startswith(last)


def _names(library: Library, audience: Audience) -> _Prefixes:
    """The names in the papers that may be seen: none of another's, and weighed and spelt as if there were no others."""
    return _Prefixes([*_committees(library, audience), *_items(library, audience)])


def _committees(library: Library, audience: Audience) -> Iterator[_Candidate]:
    papers: dict[tuple[str, str | None], set[str]] = defaultdict(set)
    for number in sorted(library.visible(audience=audience)):
        paper = library.paper(number)
        if paper.committee:
            papers[paper.committee, paper.body].add(paper.id)
    for (committee, body), its in papers.items():
        yield _Candidate(Suggestion("committee", committee, body), frozenset(its), len(its), _words(committee))


def _items(library: Library, audience: Audience) -> Iterator[_Candidate]:
    """Items' titles, without their numbers; one for all that are spelt alike."""
    papers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    titles: dict[tuple[str, ...], str] = {}
    for paper, item in library.store.items(audience):
        title = _NUMBER.sub("", " ".join(item.split()), count=1).strip(" .:-–")
        words = _words(title)
        if 3 < len(title) <= LONGEST_TITLE and words and not _EVERY_AGENDA.match(title):
            papers[words].add(paper)
            titles.setdefault(words, title)
    for words, its in papers.items():
        yield _Candidate(Suggestion("item", titles[words]), frozenset(its), len(its), words)


def _questions(asked: Iterable[Asked]) -> Iterator[_Candidate]:
    for each in asked:
        yield _Candidate(
            Suggestion("question", each.question), frozenset(each.papers), each.times, _words(each.question)
        )
