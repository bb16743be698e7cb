"""Whether words are an answer of the kind asked for: a sum of money, a number of what is counted, somebody's name."""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from answer.asks import HOLDS, Asks, held_kinds
from index.words import STOP_WORDS, stemmed
from ingest.dates import ANY_MONTH, MONTHS

_HOW_MUCH = re.compile(r"\bhow much\b|\b(?:cost|price)\b|£", re.IGNORECASE)
_SUM = re.compile(r"[£$€]\s?\d")
_HOW_MUCH_OF = re.compile(r"\bhow (?:much|many)\b|\bwhat\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many\s+((?:[\w'’-]+\s*){1,4})", re.IGNORECASE)
_A_SUM_ALL_THE_SAME = re.compile(
    r"\b(?:how|what|g[eo]t|receiv\w*|w[io]n|s[eo]ld?|sell|pa(?:y|id)|cost\w*)\b|[£$%]", re.IGNORECASE
)
_DONE = re.compile(r"\w+ed|sent|came|went|paid|sold|left|back|were|are|got", re.IGNORECASE)
_PERCENT = re.compile(r"%|\binterest rate\b|\bper\s?cent\b|\bpercentage\b|\bproportion\b|\bshare of\b", re.IGNORECASE)
A_PERCENT = re.compile(r"\d\s?%|\bper\s?cent\b|\d percentage points?\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|hundred|dozen)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Clr|Cr|Councillor|Alderman|Sir|Dame|Rev)s?\.?\s+(?:[A-Z]\.?\s*){0,3}[A-Z]"
)
_NAME = re.compile(r"\b(?:[A-Z][a-z’'-]+|[A-Z]{2,})(?:\s+(?:&\s+)?(?:[A-Z][a-z’'-]+|[A-Z]{2,}|[A-Z]\b\.?)){1,3}")
_TAKEN_ON = re.compile(
    r"\b(?:award\w*|appoint\w*|contract\w*|tender\w*|engag\w+|quot\w+|won|accept\w*|employ\w*|hir(?:e|ed)|suppl\w+"
    r"|undertak\w+|carr(?:y|ied) out|bid|lowest|purchas\w*|proposal)\b",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:Ltd|Limited|LLP|PLC|plc|Inc|Corp|Bros|Brothers|(?:&|and) (?:Sons?|Co)|Group|Contractors?|Partnership)\b"
)
_INITIALS = re.compile(r"\b[A-Z]{2,3}\b(?!\s*\d)")
_DIVISION = re.compile(
    r"\bwho (?:all )?(?:voted|was (?:for|against)|were (?:for|against)|opposed|abstained|backed|dissented)\b"
    r"|\bvot(?:ed|es|e)\b.{0,60}\b(?:against|for and|split|fall|go|went|cast|count)\b"
    r"|\bhow (?:did|many).{0,40}\bvote[ds]?\b",
    re.IGNORECASE,
)
_DIVIDED = re.compile(
    r"\b(?:for|against|favou?r|opposed|abst\w+|ayes?|nays?|noes|yeas?|dissent\w*|motion|amendment|yes|no)\b"
    r"(?: the (?:motion|amendment|proposal))?\s*(?:[:(–-]|\d)|\b\d+ (?:votes? )?(?:for|against|in favou?r|to \d)"
    r"|\bunanim\w*|\bwithout dissent\b|\bnem\.? con\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"(?<![£$€\d.,])(?:(?:19|20)\d\d(?:\s?[-/–]\s?(?:\d\d){{1,2}})?(?![\d,.]*\d)|\d\d\s?[-/–]\s?\d\d(?![\d.,]*\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{ANY_MONTH})\b|\b(?:{ANY_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?\b)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"[£$€]?\s?\d[\d,.]*")
#: Words that begin with a capital in names that are not a person's or a firm's.
_NO_NAMES = frozenset(
    "council councils committee cabinet board parish town village county district borough city township road street "
    "lane avenue drive close house hall park school schools primary secondary centre service services plan strategy "
    "policy report minutes agenda item appendix table figure section act order regulations government department "
    "annual meeting public local national planning application budget council's january february march april may june "
    "july august september october november december monday tuesday wednesday thursday friday saturday sunday north "
    "south east west new great united kingdom england scotland wales ireland ontario canada australia zealand the this "
    "that it resolved agreed motion carried total net gross fund grant project programme development capital revenue "
    "member members mayor chair chairman chairperson leader officer officers director clerk voted against abstained "
    "amendment proposal lost deputy vice community health care social adult children young people".split()
)
_MEASURES = frozenset(
    "day days week weeks month months year years hour hours minute minutes am pm a.m p.m per percent mile miles km m "
    "metre metres feet yards tonnes pence".split()
)
#: How far from the word for what is counted its number may stand, in words.
_NEAR = 6


Chiefly = Literal["count", "money", "amount", "firm", "who", "when"]
#: What a question may ask for above all: a figure before a name, a name before a day.
CHIEF_KINDS: tuple[Chiefly, ...] = ("count", "money", "amount", "firm", "who", "when")


@dataclass(frozen=True, slots=True)
class Fit:
    """What a question asks for, read once: its kinds, the stems of what it counts, its own words, and if in percent.

    `confirms` says that it asks whether a sum that it names is so: "did we agree the £14?".
    """

    kinds: tuple[Asks, ...]
    counted: frozenset[str]
    own: frozenset[str]
    percent: bool
    firm: bool
    division: bool = False
    figures: frozenset[str] = frozenset()
    confirms: bool = False

    @classmethod
    def of(cls, text: str, asks: frozenset[Asks]) -> "Fit":
        """What the question `text` asks for; `asks` are its kinds of answer."""
        counted = _COUNTED.search(text)
        # "How many vacant houses at Elm": up to the first small word.
        things = list(takewhile(lambda word: word.lower() not in STOP_WORDS, counted[1].split() if counted else []))
        if things and all(map(_DONE.fullmatch, things)):
            things = []  # "Questionnaires: how many came back?" counts what is named elsewhere
        stems = stemmed(" ".join(things))[:3]
        kinds = held_kinds(asks)
        if "yes_no" in asks and not _A_SUM_ALL_THE_SAME.search(text):
            # "Was the rent put up?" asks for no sum; "did we get the grant?" is not answered by having asked for it.
            kinds = [kind for kind in kinds if kind not in ("amount", "money")]
        if things and "money" in kinds and not _HOW_MUCH.search(text):
            # "How many grants were paid?" counts them.
            kinds = ["amount" if kind == "money" else kind for kind in kinds]
        return cls(
            kinds=tuple(kinds),
            counted=frozenset(stems),
            own=frozenset(re.findall(r"[a-z]+", text.lower())) - STOP_WORDS,
            percent=_PERCENT.search(text) is not None,
            confirms="yes_no" in asks and _SUM.search(text) is not None and _HOW_MUCH_OF.search(text) is None,
            division=_DIVISION.search(text) is not None,
            figures=frozenset(_figure(found) for found in _FIGURE.findall(text)),
            firm=re.search(r"\b(?:firm|company|contractor|contract|tender|supplier|provider)\b", text, re.I)
            is not None,
        )

    @property
    def chiefly(self) -> Chiefly | None:
        """What is asked for above all, of what can be looked for; None where that is nothing of these."""
        for kind in CHIEF_KINDS:
            if kind == "count":
                asked = bool(self.counted) and "amount" in self.kinds
            elif kind == "firm":
                asked = self.firm and "who" in self.kinds
            else:
                asked = kind in self.kinds
            if asked:
                return kind
        return None

    def share(self, words: str, *, row: bool = False) -> float:
        """The part of what is asked that the words hold, 0 to 1; 0 where nothing that can be looked for is asked.

        In a table's row the unit of a figure stands in the head of its column.
        """
        return sum(self._holds(kind, words, row=row) for kind in self.kinds) / len(self.kinds) if self.kinds else 0.0

    def _holds(self, kind: Asks, words: str, *, row: bool) -> bool:
        if row and kind in ("amount", "money"):
            return HOLDS["amount"](self._without_its_own(words))
        if self.confirms and kind in ("amount", "money"):
            return not self.figures.isdisjoint(_figure(found) for found in _FIGURE.findall(words))
        if self.percent and kind in ("amount", "money"):
            return A_PERCENT.search(words) is not None
        if kind == "amount" and self.counted:
            return self._counts(words)
        if kind in ("amount", "money"):
            return HOLDS[kind](self._without_its_own(words))
        if kind == "who":
            return self._names(words)
        if kind == "vote" and self.division:
            return _DIVIDED.search(words) is not None
        return HOLDS[kind](words)

    def _without_its_own(self, words: str) -> str:
        """The words without years and days, and without the figures of the question, which are no answer to it."""
        words = without_dates(words)
        return _FIGURE.sub(lambda found: " " if _figure(found[0]) in self.figures else found[0], words)

    def _counts(self, words: str) -> bool:
        """Whether a number stands near a word for what is counted."""
        tokens = re.findall(r"[\w,.%£$]+", words)
        numbers = [at for at, token in enumerate(tokens) if _NUMBER.fullmatch(token.rstrip(".,"))]
        things = [at for at, token in enumerate(tokens) if not self.counted.isdisjoint(stemmed(token))]
        # "How many miles?" is answered by what measures.
        numbers = [
            at for at in numbers if not _of_a_date(tokens, at) and (at + 1 in things or not _measured(tokens, at))
        ]
        if not numbers:
            return False
        return any(abs(number - thing) <= _NEAR for number in numbers for thing in things)

    def _names(self, words: str) -> bool:
        """Whether somebody, or some firm, is named that the question does not name itself."""
        if self.firm:
            if _FIRM.search(words):
                return True
            if not _TAKEN_ON.search(words):
                return False
        elif _TITLED.search(words):
            return True
        for match in _NAME.finditer(words):
            parts = re.findall(r"[a-z]+", match[0].lower())
            new = [part for part in parts if part not in _NO_NAMES and part not in self.own]
            if len(new) >= (1 if self.firm else 2):
                return True
        return not self.firm and _INITIALS.search(words) is not None


def without_dates(words: str) -> str:
    """The words without years and days, which are no number of anything."""
    return _DATED.sub(" ", words)


def _figure(text: str) -> str:
    """A figure as it is compared: £85,000 and 85000 are one."""
    return re.sub(r"[^\d.]", "", text).strip(".")


def _of_a_date(tokens: list[str], at: int) -> bool:
    """Whether a number is a year's, or a day's with its month beside it."""
    beside = {token.lower().rstrip(".,") for token in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])}
    return re.fullmatch(r"(?:19|20)\d\d[.,]?", tokens[at]) is not None or not beside.isdisjoint(MONTHS)


def _measured(tokens: list[str], at: int) -> bool:
    """Whether a number is of something that measures, not of things: twelve months, 40%, 3 miles."""
    after = tokens[at + 1].lower().rstrip(".,") if at + 1 < len(tokens) else ""
    return "%" in tokens[at] or after in _MEASURES


NOTHING_ASKED = Fit((), frozenset(), frozenset(), percent=False, firm=False)
