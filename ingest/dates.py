"""Dates as committee papers and file names write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
    for length in {3, 4, len(name)}
}
#: The months' names, long and short, as one alternative of a pattern.
ANY_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = r"(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,\-]+(?:the\s+)?)?"
_GAP = r"[\s,.\-_]{1,3}"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Tuesday, 22nd of May, 2018 and 30th-Jan-2025
        rf"{_WEEKDAY}(?<!\d)(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?(?:\s+day)?{_GAP}(?:of\s+)?(?P<month>{ANY_MONTH})\.?{_GAP}(?P<year>(?:19|20)\d\d)(?!\d)",
        # Tuesday May 22nd, 2018
        rf"{_WEEKDAY}(?P<month>{ANY_MONTH})\.?{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<year>(?:19|20)\d\d)(?!\d)",
        # ISO 8601
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_](?P<month>0[1-9]|1[0-2])[-_](?P<day>[0-3]\d)(?!\d)",
        # 22/05/2018, 22.05.18: the day comes first, as in the United Kingdom
        r"(?<![\d/.])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:20)?\d\d)(?![\d/])",
    )
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at `start` to `end` of a text. `agrees` says whether the weekday written beside it is that day's."""

    date: date
    start: int
    end: int
    agrees: bool | None


def dates_in(text: str) -> list[WrittenDate]:
    """Every full date written in `text`, in the order they stand."""
    found: list[WrittenDate] = []
    for pattern in _PATTERNS:
        for written in _matches(pattern, text):
            if not any(written.start < other.end and other.start < written.end for other in found):
                found.append(written)
    return sorted(found, key=lambda written: written.start)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[WrittenDate]:
    for match in pattern.finditer(text):
        parts = match.groupdict()
        month = MONTHS.get(parts["month"].lower()) or (int(parts["month"]) if parts["month"].isdigit() else 0)
        year = int(parts["year"])
        try:
            day = date(year if year > 99 else 2000 + year, month, int(parts["day"]))
        except ValueError:
            continue
        weekday = parts.get("weekday")
        agrees = None if not weekday else _WEEKDAYS[day.weekday()] == weekday.lower()[:3]
        yield WrittenDate(day, match.start(), match.end(), agrees)


_NO_YEAR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<![\d/.])(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?(?:\s+day)?{_GAP}(?:of\s+)?(?P<month>{ANY_MONTH})\b(?!{_GAP}(?:19|20)\d\d)",
        rf"\b(?P<month>{ANY_MONTH})\.?{_GAP}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!{_GAP}(?:19|20)\d\d)",
    )
)


def days_without_year(text: str) -> list[tuple[int, int]]:
    """The (month, day) of every date written without its year: "the minutes of 6th December"."""
    taken = [(written.start, written.end) for written in dates_in(text)]
    return [
        (MONTHS[match["month"].lower()], int(match["day"]))
        for pattern in _NO_YEAR
        for match in pattern.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]


def last_before(month: int, day: int, before: date) -> date:
    """The last such day of the year before a date; 29 February that never was is 28."""
    for year in (before.year, before.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            found = date(year, month, 28)
        if found < before:
            return found
    return found


def days_before(text: str, meeting: date) -> set[date]:
    """The days named in a text that are before the meeting; where no year is written, the latest such day."""
    days = {written.date for written in dates_in(text)}
    days |= {last_before(month, day, meeting) for month, day in days_without_year(text)}
    return {day for day in days if day < meeting}
