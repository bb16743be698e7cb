"""A page's words in the order in which it has them: where a table's row stands there in one stretch, if it does."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from ingest.grid import squeezed

#: A row of more words than this is many rows, and its stretch would say nothing.
_LONGEST = 80
#: Words at most that a stretch may have between a row's own: the end of a wrapped name.
_BETWEEN = 3
_REMARK = re.compile(r"\([A-Za-z]")


class Printed:
    """The text of one page."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def squeezed(self) -> str:
        """Only its letters and figures, in lower case."""
        return squeezed(self.text)

    @cached_property
    def _printed(self) -> list[str]:
        return self.text.split()

    @cached_property
    def _words(self) -> list[tuple[str, int]]:
        """Each word squeezed and its place among those printed, without those of no letter or figure."""
        return [(short, number) for number, word in enumerate(self._printed) if (short := squeezed(word))]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places = defaultdict(list)
        for number, (short, _) in enumerate(self._words):
            places[short].append(number)
        return places

    def stretch(self, texts: Sequence[str]) -> str | None:
        """The shortest stretch with every word of `texts`, in the page's order; None where there is none.

        Beside them it has a few words at most, and no figure: that would be another row's.
        """
        wanted = Counter(short for text in texts for word in text.split() if (short := squeezed(word)))
        many = wanted.total()
        if not 2 <= many <= _LONGEST or any(len(self._places.get(word, ())) < n for word, n in wanted.items()):
            return None
        rarest = min(wanted, key=lambda word: len(self._places[word]))
        reach = many + _BETWEEN
        best: tuple[int, int] | None = None
        for place in self._places[rarest][:12]:
            for first in range(max(0, place - reach + 1), place + 1):
                if self._words[first][0] not in wanted:
                    continue
                last = self._end_of(wanted, first, first + reach)
                if last is not None and (best is None or last - first < best[1] - best[0]):
                    best = first, last
        if best is None:
            return None
        return " ".join(self._printed[self._words[best[0]][1] : self._words[best[1] - 1][1] + 1])

    def _end_of(self, wanted: Counter[str], first: int, limit: int) -> int | None:
        """Where a stretch from `first` has all that is wanted; None where a figure that is not comes before."""
        left = dict(wanted)
        missing = wanted.total()
        remark = False  # in brackets: "(rolling 12 months)"
        for number in range(first, min(limit, len(self._words))):
            short, place = self._words[number]
            word = self._printed[place]
            remark = remark or _REMARK.match(word) is not None
            if left.get(short, 0):
                left[short] -= 1
                missing -= 1
                if not missing:
                    return number + 1
            elif not remark and any(letter.isdigit() for letter in short):
                return None
            remark = remark and ")" not in word
        return None
