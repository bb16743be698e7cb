"""What stands at the start of a line: a paragraph's number, a clause's letter, a bullet, a resolution's number."""

import re
from dataclasses import dataclass
from typing import Literal

MarkerKind = Literal["number", "clause", "bullet", "resolution"]

_RESOLUTION = re.compile(
    r"(?P<mark>(?:Resolution\s+)?(?:No\.?\s*)?#?[A-Z]{0,3}-?(?:19|20)\d\d[-/]\d{1,4})\b[:.]?\s+(?=[A-Z(]|\d[A-Z])"
)
#: "24-031 Hale: That the rink be flooded.": a number, who moved, and after that the words.
RESOLUTION_OF = re.compile(
    r"(?P<mark>\d{2,4}[-/]\d{2,4})[.:]?\s+(?=(?P<mover>[A-Z][\w.’' -]{1,30}):\s+(?P<words>That|THAT)\b)"
)
_RESOLUTION_ALONE = re.compile(
    r"(?P<mark>(?:Resolution|Motion)\s+(?:No\.?\s*|Number\s*)?#?[A-Z]{0,3}-?(?:19|20)\d\d[-/]\d{1,4})[:.]?$",
    re.IGNORECASE,
)
# "2025-26 Budget" begins with a year, not with a resolution's number.
_FINANCIAL_YEAR = re.compile(
    "|".join(rf"(?:19|20){year:02d}[-/](?:20)?{(year + 1) % 100:02d}\b" for year in range(100))
)
_NUMBER = re.compile(r"(?P<mark>(?:[A-Z]{1,3}\.?)?\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?)(?P<close>[.)]?)(?:\s+|$)(?=\S|$)")
_GLUED = re.compile(r"(?P<mark>\d{1,2})\.(?=[A-Z][a-z])")
# "45 High Street, Telephone 01234 …" begins with a house's number.
ADDRESS = re.compile(
    r"\b(?:telephone|tel|fax|www|e-?mail)\b|@|\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b", re.I
)
_SLASHED = re.compile(r"(?P<mark>\d{1,4}/\d{2,4})[.:]?\s+(?=[A-Z])")
# "TB/22/01 Minutes", "Fin/31/24-25 Rent", "PLA146/14 Apologies", "FA27 BUDGET": a committee's letters before its
# running number.
_PREFIXED = re.compile(
    r"(?P<mark>[A-Z]{1,4}/\d{2,4}/\d{1,4}|[A-Z][A-Za-z]{0,4}/\d{1,4}/(?:\d\d){1,2}[-/](?:\d\d){1,2}|[A-Z]{2,4}\d{1,4}/\d{2,4}"
    r"|(?:[A-Z]{1,3}/|[A-Z]{2,3})\d{1,3}(?=\s+[A-Z’']{5}))[.:]?\s+(?=[A-Z])"
)
_WORDED = re.compile(r"(?:Minute|Item|Agenda Item)\s+(?:No\.?\s*)?(?P<mark>\d{1,3}(?:\.\d+)*)\s*[:.\-–]\s*(?=\S)", re.I)
_BRACKETED = re.compile(r"\((?P<mark>[a-z]{1,2}|[ivxlc]{1,6}|[A-Z]|\d{1,2})\)\s*(?=\S)")
_LETTERED = re.compile(r"(?P<mark>[a-z]|[ivx]{1,5}|[A-Z])[.)]\s+(?=\S)")
_BULLET = re.compile(r"(?P<mark>[•●▪■□○◦‣➢➤✓✔∑*–—\-]|o(?=\s+[A-Z]))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Marker:
    """`mark` as printed without its brackets or stop; `length` characters of the line are the marker and its space.

    `depth` counts a number's parts: 2 for "11.5". Clauses and bullets have depth 0.
    """

    kind: MarkerKind
    mark: str
    length: int
    depth: int = 0


def marker_of(text: str) -> Marker | None:
    """The marker at the start of the line, if there is one."""
    if _FINANCIAL_YEAR.match(text):
        return None
    for kind, pattern in (
        ("resolution", _RESOLUTION),
        ("resolution", RESOLUTION_OF),
        ("resolution", _RESOLUTION_ALONE),
        ("number", _WORDED),
        ("number", _SLASHED),
        ("number", _PREFIXED),
    ):
        if match := pattern.match(text):
            return Marker(kind, match["mark"], match.end(), 1)  # type: ignore[arg-type]
    if match := _GLUED.match(text):
        return Marker("number", match["mark"], match.end(), 1)
    if match := _NUMBER.match(text):
        rest = text[match.end() :]
        if _is_numbering(match["mark"], match["close"], rest):
            return Marker("number", match["mark"], match.end(), match["mark"].count(".") + 1)
    if match := _BRACKETED.match(text) or _LETTERED.match(text):
        return Marker("clause", match["mark"], match.end())
    if match := _BULLET.match(text):
        return Marker("bullet", match["mark"], match.end())
    return None


def _is_numbering(mark: str, close: str, rest: str) -> bool:
    """Tells "3 Minutes" and "8.4.3 The …" from "24 days", "2018 was" and "3.375m" that happen to start a line."""
    if mark[0].isalpha():
        return "." in mark and bool(rest[:1].isupper())
    whole = mark.rstrip("abcdefghijklmnopqrstuvwxyz")
    if close:
        return True
    if "." in whole:
        return bool(rest) and (rest[0].isupper() or rest[0] in "‘“'\"(£[") or (whole.count(".") >= 2 and bool(rest))
    if ADDRESS.search(rest):
        return False
    # A bare whole number: only before a capitalised word that is not a month (a date) or a unit.
    return bool(re.match(r"[A-Z‘“][\w’'-]*", rest)) and int(whole) < 400 and not _MONTH.match(rest)


_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
