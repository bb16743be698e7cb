"""A page's sound words, with what its picture says in place of those that are not."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from ingest.lines import Word

INSIDE = 0.12  # of a word's box: enough of the picture's word lies on a broken one to take its place
COVERED = 0.55  # of a word's box: it is there twice


def mend(words: Iterable[Word], lying: Collection[str], seen: Iterable[Word], *, everywhere: bool) -> list[Word]:
    """The words of a text layer without those in the fonts `lying`, and with the words `seen` in its picture instead.

    With `everywhere`, words are added wherever the text layer has none; otherwise only where it was broken. Nothing is
    added if what is seen is hardly letters: a font that is not in the file at all is drawn as wrongly as it is coded.
    """
    words = list(words)
    broken = [word for word in words if word.font in lying]
    after_broken = {word.order + 1 for word in broken}
    sound = [
        replace(word, glued=False) if word.order in after_broken else word for word in words if word.font not in lying
    ]
    added = []
    for word in seen:
        behind = max(broken, key=lambda other: _shared(word, other), default=None)
        if behind and _shared(word, behind) >= INSIDE * _area(word):
            # Set on the text layer's own baseline, so that it falls into the same line as its sound neighbours.
            added.append(
                replace(
                    word,
                    top=behind.top,
                    bottom=behind.bottom,
                    base=behind.base,
                    size=behind.size,
                    bold=behind.bold,
                    order=behind.order,
                )
            )
        elif everywhere and not any(_shared(word, other) >= COVERED * _area(word) for other in sound):
            added.append(word)
    if 2 * sum(char.isalnum() for word in added for char in word.text) < sum(len(word.text) for word in added):
        return sound
    kept = [word for word in sound if not any(_shared(word, other) >= COVERED * _area(word) for other in added)]
    return kept + added


def _area(word: Word) -> float:
    return max(0.1, word.x1 - word.x0) * max(0.1, word.bottom - word.top)


def _shared(one: Word, other: Word) -> float:
    """The area that two words' boxes have in common."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide * high if wide > 0 and high > 0 else 0.0
