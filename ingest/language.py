"""Is this text language, or what a broken font table left of it? Measured, by line."""

import re
from collections.abc import Sequence

COMMON = frozenset(
    "the of and to in a that is was for on be by with as at it this are were not from or an which have has had will"
    " been his her their they he she we our you your all would should could there but if any no may more other its"
    " council meeting report minutes committee".split()
)
WORD = re.compile(r"[^\W\d_]{2,}")
VOWEL = re.compile("[aeiouyáàâäéèêëíìîïóòôöúùûüŵŷ]", re.IGNORECASE)
ODD = re.compile("[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]|[^\\W\\d_][&'()*+,!\"#$%]{1}[^\\W\\d_]{0}(?=[^\\W\\d_])")


def is_language(text: str) -> bool:
    """Whether a line or page of text reads as words in a Latin-script language, figures or nothing at all."""
    letters = sum(char.isalpha() for char in text)
    if text.count("\ufffd") > 0.05 * len(text):
        return False
    words = WORD.findall(text)
    if letters < 12 or len(words) < 3:
        return True
    voiced = sum(bool(VOWEL.search(word)) for word in words if not word.isupper() or len(word) > 5)
    counted = sum(1 for word in words if not word.isupper() or len(word) > 5)
    return counted < 3 or voiced >= 0.5 * counted


def garbled_share(lines: Sequence[str]) -> float:
    """The share of the letters on a page that stand on lines which are not language (0..1)."""
    total = sum(len(line) for line in lines)
    bad = sum(len(line) for line in lines if not is_language(line))
    return bad / total if total else 0.0
