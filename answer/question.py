"""What is asked: for a decision or a fact, of which body and meeting, and in which words."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from answer.known import Known
from index.words import Words
from ingest.dates import MONTHS, dates_in
from minutebook.errors import BadQuestion

LONGEST_QUESTION = 2000

Asks = Literal["decision", "vote", "who", "when", "amount", "yes_no", "why", "position"]

_ASKS: tuple[tuple[Asks, re.Pattern[str]], ...] = tuple(
    (asks, re.compile(pattern, re.IGNORECASE))
    for asks, pattern in (
        (
            "decision",
            r"\b(?:agree[ds]?|agreement|decid\w*|decision|resol[uv]\w*|approv\w*|sign(?:ed|ing)? off|adopt\w*|endors\w*|vote[ds]?|passed|carried"
            r"|accept\w*|refus\w*|reject\w*|outcome|permi\w+|authori\w+|award\w*|appoint\w*|grant(?:ed)? (?:permission|to)|allow\w*|chosen|choose|picked?|set at"
            r"|get behind|support\w*|object\w*|turned? down|lost|defeated|go(?:ing|es)? ahead)\b"
            r"|\bwhat did .{2,60}? (?:do|say yes to|decide|agree)\b|\bdid (?:we|they|the|it|\w+ (?:council|cc|pc|cabinet))\b|\bwho (?:got|won)\b",
        ),
        (
            "vote",
            r"\b(?:mov(?:ed|er|ing)|second(?:ed|er|ing)|propos(?:ed|er|ing)|put(?:s|ting)? .{0,40}forward|backed|how did .{0,30}vote|vote[ds]?|by how many"
            r"|for and against|ballot|unanim\w*|whose (?:motion|amendment))\b",
        ),
        ("who", r"\bwho(?:'s|s|se|m|’s)?\b|\bwhich (?:councillor|member|officer|person|firm|company|contractor|school|site|place)s?\b|\bname of\b"),
        (
            "when",
            r"\bwhen(?:'s|s|’s)?\b|\bwhat (?:date|day|time|times|month|year)\b|\btimes? of\b|\bhow (?:soon|long)\b|\bdeadline\b|\blast day\b|\bby what date\b"
            r"|\bwhat hours\b|\bdates?\b|\bnext (?:review|meeting)\b",
        ),
        (
            "amount",
            r"\bhow (?:much|many|big|large|far|high)\b|\b(?:cost|price|charge|fee|rent|grant|budget|precept|salary|rate|figure|total|sum|value|amount|number|level|share"
            r"|percentage|per cent|proportion|spend\w*|spent|overspend|underspend|surplus|deficit|balance|levy|increase|rise|turnout|donation|donat\w*|paid|pay)\b|[£$%]",
        ),
        ("yes_no", r"^\W*(?:and |so |but )?(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|must|may|any)\b"),
        ("why", r"\bwhy\b|\breasons?\b|\bwhat for\b|\bhow come\b|\bcouldn.?t\b"),
        ("position", r"\b(?:view|stance|position|think|thought|line|opinion|stand|say about|response|respond\w*|comment\w*)\b"),
    )
)  # fmt: skip

#: Words that say what sort of answer is wanted, not what it is about: they find nothing.
_INTENT = frozenset(
    "agreed agree agrees decided decide decides decision decisions resolved resolve resolution approved approve council councils committee "
    "committees meeting meetings member members minutes paper papers report reports councillor councillors cllr say says said tell happened "
    "outcome much many cost costs when who whose why where what which date day time year did end got get give gave given going latest final "
    "finally now currently still yet about regarding concerning any anything been put out come came back up over per ours we us our they "
    "mover moved seconder seconded proposed proposer propose vote voted votes number amount figure reckon left bit lot made make makes does "
    "want wanted done next new last this year's didi ok please thing things there here also ever never".split()
)
_SHORT_YEARS = re.compile(r"(?<![\d/])(\d\d)\s?[/-]\s?(\d\d)(?![\d/])")
_MONTH = re.compile(
    r"\b(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?(?:\s+(?:of\s+)?((?:19|20)\d\d|\d\d(?!\d)))?",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    r"\b(?:(?P<d1>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")"
    r"|(?P<m2>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?)\b(?!\s*,?\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)  # fmt: skip
_YEAR = re.compile(r"(?<![\d£$.,/-])((?:19|20)\d\d)(?![\d/,-]|\.\d)")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question as the index knows it. `weight` is how much it tells; `also` are other ways to say it."""

    stem: str
    weight: float
    also: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class When:
    """A time the question names: a whole day, a day and month of any year, a month, or a year."""

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


@dataclass(frozen=True, slots=True)
class Question:
    """A question read. `words` is what to search for: the question without what only says whose papers are meant."""

    text: str
    asks: frozenset[Asks]
    terms: tuple[Term, ...]
    words: str
    bodies: tuple[str, ...]
    committees: tuple[str, ...]
    times: tuple[When, ...]
    figures: tuple[str, ...] = ()


def read_question(text: str, known: Known, words: Words) -> Question:
    """Reads a question against what the library knows. Raises BadQuestion when it is empty or too long."""
    text = re.sub(r"\s+", " ", text).strip()
    if not text:
        raise BadQuestion("question", "is empty; ask about something in the papers")
    if len(text) > LONGEST_QUESTION:
        raise BadQuestion("question", f"is {len(text)} characters long; {LONGEST_QUESTION} is the most")
    text = _SHORT_YEARS.sub(_full_years, text)
    asks = frozenset(name for name, pattern in _ASKS if pattern.search(text))
    bodies = tuple(known.bodies_in(text))
    committees = tuple(known.committees_in(text))
    aside = set().union(*(known.body_words(body) for body in bodies)) if bodies else set()
    kept = [word for word in re.findall(r"[\w£$%.,/’'-]+", text) if not _is_aside(word, aside)]
    corrected = [_corrected(word, words, known) for word in kept]
    terms = tuple(_terms(corrected, known, words))
    return Question(
        text=text,
        asks=asks,
        terms=terms,
        words=" ".join([*corrected, *(also for term in terms for also in term.also)]),
        bodies=bodies,
        committees=committees,
        times=tuple(_times(text)),
        figures=tuple(re.findall(r"[£$]\s?\d[\d,.]*[kmbn]*|\d[\d,.]*\s?%", text)),
    )


def _full_years(match: re.Match[str]) -> str:
    """ "25/26" is the financial year 2025-26 where the second follows the first."""
    first, second = int(match[1]), int(match[2])
    return f"20{match[1]}-{match[2]}" if (first + 1) % 100 == second else match[0]


def _plain(word: str) -> str:
    return re.sub(r"[’']s?$", "", word.lower().strip(".,?!'’\"-"))


def _is_aside(word: str, aside: set[str]) -> bool:
    plain = _plain(word)
    parts = re.findall(r"[a-z0-9]+", plain)
    return not plain or plain in aside or (bool(parts) and all(part in aside for part in parts))


def _corrected(word: str, words: Words, known: Known) -> str:
    """The word, or the likeliest word of the papers where it is none of theirs."""
    plain = _plain(word)
    if len(plain) < 4 or plain in _INTENT or plain in known.long_forms or not plain.isalpha():
        return word
    return words.suggest_spelling(plain) or word


def _terms(kept: list[str], known: Known, words: Words) -> list[Term]:
    count = max(words.count, 1)
    found: dict[str, Term] = {}

    def weight(stem: str) -> float:
        """Inverse document frequency (Spärck Jones 1972), so that a rare name counts for more than a common word."""
        return math.log(1 + (count + 1) / (words.document_frequency(stem) + 1))

    months = set(MONTHS)
    for word in kept:
        plain = _plain(word)
        if plain in _INTENT or plain in months:
            continue
        long = known.long_forms.get(plain)
        also = tuple(words.terms(long)) if long else ()
        for stem in words.terms(plain):
            known_here = words.document_frequency(stem) > 0
            found.setdefault(stem, Term(stem, weight(stem), also, known_here or bool(also)))
    return list(found.values())


def _times(text: str) -> list[When]:
    whole = dates_in(text)
    found = [When(day.date.year, day.date.month, day.date.day) for day in whole]
    rest = _without(text, [(day.start, day.end) for day in whole])
    for match in _DAY_MONTH.finditer(rest):
        month = MONTHS[(match["m1"] or match["m2"]).lower()]
        found.append(When(None, month, int(match["d1"] or match["d2"])))
    rest = _DAY_MONTH.sub(" ", rest)
    for match in _MONTH.finditer(rest):
        if (
            match[1].lower() == "may"
            and not match[2]
            and not re.search(r"\b(?:in|last|of|this|since|by|until) may\b", rest, re.IGNORECASE)
        ):
            continue
        year = int(match[2]) if match[2] else None
        found.append(When(2000 + year if year is not None and year < 100 else year, MONTHS[match[1].lower()], None))
    rest = _MONTH.sub(" ", rest)
    found += [When(int(year), None, None) for year in _YEAR.findall(rest)]
    return found


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


#: What a passage must hold to be an answer of the kind asked for.
HOLDS: dict[Asks, Callable[[str], bool]] = {
    "amount": lambda text: bool(re.search(r"[£$€]\s?\d|\d[\d,.]*\s?(?:%|per cent|percent|million|k\b|m\b)|\b\d[\d,.]*\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b", text)),
    "when": lambda text: bool(
        re.search(r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8}\b|\b[A-Z][a-z]{2,8}\s+\d{1,2}\b|\b(?:19|20)\d\d\b|\b\d{1,2}[.:]\d\d\b|\b\d{1,2}\s?[ap]\.?m\b|\b[01]\d[0-5]\d\b", text)
    ),
    "who": lambda text: bool(re.search(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Councillor)\b|\b[A-Z][a-z’'-]+ [A-Z][a-z’'-]+|\b[A-Z]{2,3}\b", text)),
    "vote": lambda text: bool(re.search(r"\b(?:propos|mov|second|carried|vote|unanim|round|ballot)", text, re.IGNORECASE)),
}  # fmt: skip
