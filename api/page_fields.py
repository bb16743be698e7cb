"""What an address asks of a page, read kindly: a field that cannot be used is left out, and said so."""

import re
from collections.abc import Iterable, Mapping
from datetime import date


class Fields:
    """The fields of a query. `problems` are the keys of what to say about those that could not be used."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self._query = query
        self.problems: list[str] = []

    def text(self, name: str, longest: int = 300) -> str:
        """The words of a field, "" for none; no longer than `longest` characters."""
        return re.sub(r"\s+", " ", self._query.get(name, "").replace("\0", "")).strip()[:longest]

    def choice(self, name: str, allowed: Iterable[str]) -> str | None:
        """One of the values allowed, or None."""
        value = self.text(name)
        if not value:
            return None
        if value not in allowed:
            self._wrong("problem.field")
            return None
        return value

    def day(self, name: str) -> date | None:
        """A date, or None."""
        value = self.text(name)
        if not value:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        # Python also reads weeks and dates without hyphens.
        if day is None or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            self._wrong("problem.date")
            return None
        return day

    def span(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Two dates in order; neither where the first is after the second."""
        since, until = self.day(first), self.day(last)
        if since and until and since > until:
            self._wrong("problem.order")
            return None, None
        return since, until

    def number(self, name: str, least: int, most: int) -> int:
        """A whole number between two others; the least where there is none."""
        value = self.text(name)
        if re.fullmatch(r"\d{1,7}", value, re.ASCII) and least <= int(value) <= most:
            return int(value)
        return least

    def _wrong(self, key: str) -> None:
        if key not in self.problems:
            self.problems.append(key)
