"""Is a text layer language, or what a broken font table left of it? Measured by its letters."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

# Letters of English prose, percent (Beker and Piper, Cipher Systems, 1982, table 1).
PERCENT = (
    "a8.2 b1.5 c2.8 d4.3 e12.7 f2.2 g2.0 h6.1 i7.0 j0.2 k0.8 l4.0 m2.4"
    " n6.7 o7.5 p1.9 q0.1 r6.0 s6.3 t9.1 u2.8 v1.0 w2.4 x0.2 y2.0 z0.1"
)
LIKELIHOOD = {entry[0]: math.log(float(entry[1:]) / 100) for entry in PERCENT.split()}
FOREIGN = math.log(0.0005)  # a letter outside a-z once its accents are off
# Over 2,300 pages of real papers the mean log likelihood of a page's letters was never below -3.19 (tables,
# lists of names; prose is near -2.9). The same pages with their codes shifted by a constant were below -3.27.
LANGUAGE = -3.25
SHORT_LANGUAGE = -3.5  # with fewer than ENOUGH letters chance weighs more
ENOUGH = 60
TOO_FEW = 12  # letters; initials and dates cannot be told from rubbish and are let be
ODD_SHARE = 0.12  # of what is printed, at most, control codes and marks that prose hardly has
CONTROL_SHARE = 0.05  # a stray glyph without a letter is no sign; glyph numbers have a control code for every space
FEW_CONTROLS = 2
ODD = frozenset('\\[]^{}|~`@#$%<>=+*"&;¡¢¤¥¦§¨©ª«¬®¯°±´µ¶¸¹º»¼¾¿×÷\ufffd')
CHUNK = 150  # letters judged at a time, so that a broken patch on a page of sound text is seen


def is_language(text: str, few: int = ENOUGH) -> bool:
    """Whether `text` can be words in English or a language with much the same letters; True below `few` letters.

    Figures, abbreviations and names pass. What fails is text whose font gave glyph numbers for letters.
    """
    printed = Counter(char for char in unicodedata.normalize("NFD", text.casefold()) if not char.isspace())
    total = printed.total()
    controls = sum(count for char, count in printed.items() if unicodedata.category(char) == "Cc")
    controls += sum(text.count(char) for char in "\x1c\x1d\x1e\x1f\x0b\x0c")  # these count as white space
    if controls and (controls == total or controls > max(FEW_CONTROLS, CONTROL_SHARE * total)):
        return False
    letters = {char: count for char, count in printed.items() if char.isalpha()}
    count = sum(letters.values())
    if count < max(few, TOO_FEW):
        return True
    if sum(count for char, count in printed.items() if char in ODD) > ODD_SHARE * total:
        return False
    fit = sum(LIKELIHOOD.get(char, FOREIGN) * count for char, count in letters.items()) / count
    return fit > (LANGUAGE if count >= ENOUGH else SHORT_LANGUAGE)


def lying_fonts(written: Mapping[str, str]) -> frozenset[str]:
    """Which fonts give glyph numbers for letters, of those a document is `written` in (see text_layer.TextLayer).

    A font that does not say which letters it has ("?") is suspect from the start, and less text convicts it. With it
    goes what little of the font seems to say what it is.
    """
    lying = {font for font, text in written.items() if not is_language(text, TOO_FEW if font.endswith("?") else ENOUGH)}
    for font in [font.removesuffix("?") for font in lying]:
        text = written.get(font, "")
        if sum(char.isalpha() for char in text) < TOO_FEW or not is_language(text, TOO_FEW):
            lying.add(font)
    return frozenset(lying)


def garbled_share(lines: Iterable[str]) -> float:
    """The share (0..1) of a page's letters in stretches of lines, CHUNK letters or so, that are not language."""
    total = bad = 0
    chunk: list[str] = []
    size = 0
    for line in [*lines, None]:
        if line is not None:
            chunk.append(line)
            size += sum(char.isalpha() for char in line)
        if size >= CHUNK or line is None:
            total += size
            bad += 0 if is_language("\n".join(chunk)) else size
            chunk, size = [], 0
    return bad / total if total else 0.0
