"""What a misspelt word was likely meant to be."""

import re
from collections.abc import Sequence

import numpy as np

#: In fewer chunks than this a word is not one that people shorten.
_SELDOM = 5
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class Spelling:
    """The words of an index with how many chunks hold each; finds the nearest of them."""

    def __init__(self, counted: Sequence[tuple[str, int]]) -> None:
        """Take (word, count) pairs; those that are not plain words of three letters or more are left out."""
        kept = [(word, count) for word, count in counted if len(word) > 2 and word.isalpha()]
        self._words = [word for word, _ in kept]
        self._counts = [count for _, count in kept]
        self._lengths = np.array([len(word) for word in self._words], dtype=np.int16)
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.uint32)

    def spelt_out(self, word: str) -> str | None:
        """Give the word that a shortened one stands for: "road" of "rd", "committee" of "cttee", "refurbishment" of
        "refurb". None if none of the words is shortened so.

        Of two or three letters, those that are left of a word without its vowels; of more, how it begins, or else how
        it begins and ends, three letters of one of them at least; the commonest of such words.
        """
        if len(word) < 2 or word.endswith("s"):  # "buses" is not short for "businesses"
            return None
        if len(word) < 4:
            return self._commonest(word[0], "[aeiou]*".join(word)) if not set("aeiou") & set(word) else None
        ends = (
            f"{word[:at]}\\w{{2,}}{word[at:]}" for at in (1, 2, *range(3, len(word))) if at > 2 or len(word) - at > 2
        )
        return self._commonest(word[0], rf"{word}\w{{3,}}") or self._commonest(word[0], "|".join(ends))

    def _commonest(self, first: str, pattern: str) -> str | None:
        like = re.compile(pattern)
        found = (
            (count, word)
            for count, word in zip(self._counts, self._words, strict=True)
            if count >= _SELDOM and word[0] == first and len(word) > 3 and like.fullmatch(word)
        )
        return max(found, default=(0, None))[1]

    def nearest(self, word: str) -> str | None:
        """Give the word fewest slips away: a letter wrong, missing, added, or two swapped. None if nothing is near.

        A word of four letters may hold one slip, of seven two; a shorter one none, as every one has neighbours. Of
        words equally near, one with the same first letter comes first (people seldom get that wrong: Pollock and
        Zamora 1984), then the commonest.
        """
        most = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        # Each slip changes the length by at most one and the set of letters by at most two: a cheap test for all
        # the words, which leaves few to compare letter by letter.
        near = (np.abs(self._lengths - len(word)) <= most) & (
            np.bitwise_count(self._letters ^ np.uint32(_letters(word))) <= 2 * most
        )
        best = min(
            (
                (slips(word, other), other[0] != word[0], -self._counts[at], other)
                for at in np.flatnonzero(near)
                for other in (self._words[at],)
            ),
            default=None,
        )
        return best[3] if best is not None and best[0] <= most else None


def slips(one: str, other: str) -> int:
    """Count the slips between two words (Damerau-Levenshtein distance, no letter in two slips)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        row = [i]
        for j, b in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _letters(word: str) -> int:
    """Give the set of letters in a word as the bits of a number."""
    bits = 0
    for letter in word:
        bits |= 1 << max(0, _ALPHABET.find(letter))
    return bits
