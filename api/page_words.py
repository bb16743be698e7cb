"""The words that people read, in each language: one catalogue for the pages and the search box."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.requests import Request

CATALOGUE = Path(__file__).parent / "static" / "words"


@dataclass(frozen=True, slots=True)
class Language:
    """A language, as `en`, and its words by key: the search box's (`box`), and those with the pages' own (`words`)."""

    code: str
    box: Mapping[str, str]
    words: Mapping[str, str]

    @classmethod
    def read(cls, code: str) -> "Language":
        """The language as the catalogue has it."""
        words = json.loads((CATALOGUE / f"{code}.json").read_text(encoding="utf-8"))
        return cls(code, words["box"], words["box"] | words["page"])

    def say(self, key: str, **values: object) -> str:
        """The words under `key`, filled in. Raises KeyError for a key the catalogue lacks: it is ours to mend."""
        return self.words[key].format(**values)

    def count(self, key: str, n: int) -> str:
        """The words for so many of a thing, in the form that the language has for that number."""
        form = f"{key}.{_plural(self.code, n)}"
        return self.say(form if form in self.words else f"{key}.other", n=n)

    def day(self, day: date | str | None) -> str:
        """A date written out, as 3 May 2024."""
        if day is None:
            return self.say("undated")
        when = date.fromisoformat(day) if isinstance(day, str) else day
        return f"{when.day} {self.words['months'].split()[when.month - 1]} {when.year}"


def _plural(code: str, n: int) -> str:
    """Which form of a noun goes with a number (Unicode CLDR, plural rules)."""
    if code == "cy":
        return {0: "zero", 1: "one", 2: "two", 3: "few", 6: "many"}.get(n, "other")
    return "one" if n == 1 else "other"


#: English first: it is what a page is in where nothing else is asked for.
LANGUAGES = {code: Language.read(code) for code in ("en", "cy")}


def language_of(request: Request) -> Language:
    """The language the address asks for (`?lang=cy`), else the one the browser would rather have, else English."""
    asked = LANGUAGES.get(request.query_params.get("lang", ""))
    if asked is not None:
        return asked
    for each in _preferred(request.headers.get("accept-language", "")):
        if each in LANGUAGES:
            return LANGUAGES[each]
    return LANGUAGES["en"]


def _preferred(header: str) -> list[str]:
    """The languages of an Accept-Language header, the most wanted first (RFC 9110, 12.5.4)."""
    wanted: list[tuple[float, str]] = []
    for each in header.split(","):
        tag, _, quality = each.strip().partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        if weight > 0:
            wanted.append((weight, tag.strip().lower().partition("-")[0]))
    return [tag for _, tag in sorted(wanted, key=lambda pair: -pair[0])]
