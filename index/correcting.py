"""What minutes are corrected in when they are confirmed: the meeting's own record of a decision is then another."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from index.stated import Pair, Stated
from ingest.dates import days_before
from ingest.tables import squeezed

# "A correct record" corrects nothing.
_AS_THEY_ARE = re.compile(r"\b(?:(?:true|accurate|correct|fair)(?:,? and |, | )?)+record\b", re.IGNORECASE)
_CORRECTS = re.compile(
    r"\b(?:correct(?:ed|ing|ions?)|amend(?:ed|ing|ments?)|(?:should|to) read|delet(?:e|ed|ion)|replac(?:e|ed|ing))\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\bminutes?\b", re.IGNORECASE)
# "With 0424/06 corrected", "in KDC/2024/53", "subject to minute 12.4 being amended".
_NAMES = re.compile(
    r"(?P<once>\b[A-Z]{0,5}[-/]?\d{1,4}[/-]\d[\w/-]*\b)"
    r"|\b(?:minute|item|resolution|paragraph|para)s?\.?\s*(?:number|no\.?|#)?\s*(?P<number>[A-Z]{0,4}\d[\w./-]*)",
    re.IGNORECASE,
)


def corrections(recorded: Sequence[Stated]) -> Iterator[Pair]:
    """Each decision that confirms minutes with a correction, with the one decision of theirs that it names by number.

    None where the number is that of several, or the day of the minutes is not named.
    """
    on_day: dict[date, list[Stated]] = defaultdict(list)
    for each in recorded:
        if each.outcome == "decided" and not each.procedural and each.day is not None:
            on_day[each.day].append(each)
    for later in recorded:
        if later.outcome != "decided" or later.day is None or not _corrects_minutes(later):
            continue
        numbers = {_plain(match["once"] or match["number"]) for match in _NAMES.finditer(later.text)}
        for day in days_before(f"{later.item or ''} {later.text}", later.day):
            for number in sorted(numbers - {_plain(later.number or "")}):
                named = [each for each in on_day.get(day, ()) if _plain(each.number or "") == number]
                if len({squeezed(each.text) for each in named}) == 1:  # a pack may hold the same minutes again
                    yield from (Pair(later.id, each.id, "corrects", 1.0) for each in named)


def _corrects_minutes(later: Stated) -> bool:
    text = _AS_THEY_ARE.sub("", later.text)
    return _CORRECTS.search(text) is not None and _MINUTES.search(f"{later.item or ''} {text}") is not None


def _plain(number: str) -> str:
    return re.sub(r"[\s.]+$|^[\s(]+", "", number).upper()
