"""The times a question names: days, months and years of meetings, financial years and quarters."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from index.words import normalise
from ingest.dates import ANY_MONTH, MONTHS, dates_in

_MONTH_NAMES = {number: name for name, number in MONTHS.items() if len(name) == 3}
_MONTH = re.compile(rf"\b({ANY_MONTH})\b\.?(?:\s+(?:of\s+)?((?:19|20)\d\d|\d\d(?!\d)))?", re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"""\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{ANY_MONTH})
    |(?P<m2>{ANY_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)\b(?!\s*,?\s*(?:19|20)\d\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR = re.compile(r"(?<![\d£$.,/-])((?:19|20)\d\d)(?![\d/,-]|\.\d)")
_MAY_THE_MONTH = re.compile(r"\b(?:in|last|of|this|since|by|until) may\b", re.IGNORECASE)
_SHORT_YEARS = re.compile(r"(?<![\d/£$.,-])(\d\d)\s?[/-]\s?(\d\d)(?![\d/-]|\s?(?:year|yr)s?.olds?\b)", re.IGNORECASE)
#: Years as they count in money: "2025-26" is one, and "2027" another.
_YEARS_NAMED = re.compile(r"(?<![\d£$.,])((?:19|20)\d\d(?:[/-](?:20)?\d\d)?)(?![\d])")
_QUARTER = re.compile(r"\b(?:q|quarter )([1-4])\b|\b(first|second|third|fourth) quarter\b", re.IGNORECASE)
#: From here on two digits after a month may be a year's.
_FIRST_YEAR = 10
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}


@dataclass(frozen=True, slots=True)
class When:
    """A time that a question names: a day, a day and month of any year, a month, or a year; None where it is open."""

    year: int | None
    month: int | None
    day: int | None

    def fits(self, day: date | None) -> bool:
        """Whether a meeting's date is within it."""
        return (
            day is not None
            and self.year in (None, day.year)
            and self.month in (None, day.month)
            and self.day in (None, day.day)
        )

    def named_in(self, text: str) -> bool:
        """Whether a text names it: the month and year, or the year alone where no month is asked."""
        if self.day is not None:
            return False
        if self.year is None:
            return self.month is not None and _names_month(text, self.month)
        if self.month is None:
            return str(self.year) in text
        if any(found.date.year == self.year and found.date.month == self.month for found in dates_in(text)):
            return True
        month = _MONTH_NAMES[self.month]
        year = f"(?:,? {self.year}|[-–]{self.year}|[-–’']{self.year % 100:02})"  # "October 2017", "Oct-17"
        return re.search(rf"\b{month}[a-z]*\.?{year}\b", text, re.IGNORECASE) is not None


def _names_month(text: str, month: int) -> bool:
    """Whether a text names a month, of whatever year; "may" is one only where it is written as one."""
    name = calendar.month_name[month]
    before = r"(?:\d(?:st|nd|rd|th)?|in|by|of|until|since|during|before|after|next|last|and|to) " if month == 5 else ""
    return re.search(rf"\b{before}{name}\b", text) is not None


def full_years(text: str) -> str:
    """The text with "25/26" or "25-26" as the financial year 2025-26, wherever the second follows the first."""
    return _SHORT_YEARS.sub(_full_year, text)


def _full_year(match: re.Match[str]) -> str:
    first, second = int(match[1]), int(match[2])
    return f"20{match[1]}-{match[2]}" if (first + 1) % 100 == second else match[0]


def times_in(text: str) -> list[When]:
    """The times named in a question, whole dates first."""
    whole = dates_in(text)
    found = [When(day.date.year, day.date.month, day.date.day) for day in whole]
    for day in reversed(whole):
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    for match in _DAY_MONTH.finditer(text):
        month, number = MONTHS[(match["m1"] or match["m2"]).lower()], int(match["d1"] or match["d2"])
        found.append(When(None, month, number))
        if match["m2"] and match[0][-1].isdigit() and number >= _FIRST_YEAR:
            found.append(When(2000 + number, month, None))  # "March 24" may be of 2024
    text = _DAY_MONTH.sub(" ", text)
    for match in _MONTH.finditer(text):
        if match[1].lower() == "may" and not match[2] and not _MAY_THE_MONTH.search(text):
            continue
        year = int(match[2]) if match[2] else None
        found.append(When(2000 + year if year is not None and year < 100 else year, MONTHS[match[1].lower()], None))
    return found + [When(int(year), None, None) for year in _YEAR.findall(_MONTH.sub(" ", text))]


def periods_in(text: str) -> tuple[str, ...]:
    """The years, financial years and quarters that a question names, each as `names_period` looks for it."""
    return tuple(dict.fromkeys([*_YEARS_NAMED.findall(text), *_quarters(text)]))


def names_period(text: str, period: str) -> bool:
    """Whether a normalised text names a year, a financial year or a quarter."""
    return period in _quarters(text) if period.startswith("quarter") else normalise(period) in text


def _quarters(text: str) -> list[str]:
    """The quarters of a year that a text names, each as "quarter 3"."""
    return [f"quarter {digit or _ORDINALS[word.lower()]}" for digit, word in _QUARTER.findall(text)]
