"""Votes told by their sides alone, with no word of how it went: "Ayes: All. Nays: None.", "Yes 4  No 1"."""

import re
from dataclasses import dataclass

# A name's words are parted by a space each, and none is a side's or a verdict's: there is one way to read a list.
_WORD = (
    r"(?!(?i:ayes?|yeas?|yes|nays?|noes|no|against|opposed|abst\w*|absent|excused|motion|carried|lost|defeated)\b)"
    r"[A-Z][\w.’'-]*"
)
_NAMES = rf"\s*[:=–—-]\s*{_WORD}(?:[,;]?\s(?:and\s)?{_WORD}){{0,30}}(?:\s?\(\d{{1,2}}\))?"
_COUNTED = r"\s*[:=–—-]?\s*(?:\d{1,2}\b(?:\s*\([^()]{2,120}\))?|(?i:all|none|nil|unanimous)\b)"
_WHO = rf"(?: votes?)?(?:{_COUNTED}|{_NAMES})"
_OTHERS = rf"(?:[.;,]?\s+(?i:abst\w*|absent|excused|recus\w*|present|not voting){_WHO})*"
_END = (
    r"(?:\W+(?i:(?:the )?(?:motion|amendment|vote)?\s*(?:was |is )?(?:carried|carries|passed|passes|lost|failed|fails"
    r"|defeated))\b[^.]{0,30})?\W*$"
)
#: Both sides at the end of a text, or all on the one; the verdict may stand behind them.
_SIDES = re.compile(
    rf"(?:^|[\s.;:,(])(?i:ayes?|yeas?|yes|in favou?r|for|voting (?:aye|yea|yes))(?P<for>{_WHO})"
    rf"[.;,]?\s+(?i:nays?|noes|no|against|opposed|voting (?:nay|no))(?P<against>{_WHO}){_OTHERS}{_END}"
    rf"|(?:^|[\s.;:,(])(?i:ayes?|yeas?|in favou?r)\s*[:=–—-]?\s*(?P<all>(?i:all|unanimous))\b{_OTHERS}{_END}"
)
# "Hale: Yes  Orme: No  Tait: Yes"
_BY_NAME = re.compile(
    rf"(?:(?<![\w.’'-]){_WORD}(?: {_WORD}){{0,2}}\s*[:–-]?\s+(?i:yes|yea|aye|no|nay)\b[\s,;.]*){{3,}}{_END}"
)
_COUNT = re.compile(r"\(?(\d{1,2})\)?\W*$|^(\d{1,2})\b")
_AYE, _NAY = re.compile(r"\b(?:yes|yea|aye)\b", re.IGNORECASE), re.compile(r"\b(?:no|nay)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes that end a text from `start`; the count of a side is None where it is all of them, however many."""

    start: int
    for_: int | None
    against: int | None

    @property
    def carried(self) -> bool | None:
        """None in a tie: who had the casting vote is not told."""
        if self.for_ is None or self.against is None:
            return None if self.for_ == self.against else self.for_ is None
        return None if self.for_ == self.against else self.for_ > self.against


def tally_in(text: str) -> Tally | None:
    """The tally that ends a text; names are counted where no number is printed beside them."""
    sides = _SIDES.search(text)
    if sides is None:
        called = _BY_NAME.search(text)
        return Tally(called.start(), len(_AYE.findall(called[0])), len(_NAY.findall(called[0]))) if called else None
    if sides["all"]:
        return Tally(sides.start(), None, 0)
    return Tally(sides.start(), _voters(sides["for"]), _voters(sides["against"]))


def _voters(side: str) -> int | None:
    """How many are named or counted on a side; None where it is all of them."""
    side = side.strip(" .,;:=–—-")
    if side.lower() in ("none", "nil"):
        return 0
    if side.lower() in ("all", "unanimous"):
        return None
    if found := _COUNT.search(side):
        return int(found[1] or found[2])
    return len([name for name in re.split(r"[,;]| and ", side) if name.strip()])
