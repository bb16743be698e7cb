"""What a later decision replaces: it says so, or adopts anew what an earlier one adopted."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from index.stated import Pair, Relation, Stated, content_of
from index.words import stemmed
from ingest.dates import dates_in

_VERBS: tuple[tuple[Relation, str], ...] = (
    ("rescinds", r"rescind(?:s|ed|ing)?|revok(?:e[sd]?|ing)|repeal(?:s|ed|ing)?|overturn(?:s|ed|ing)?|annul(?:s|led)?"),
    (
        "replaces",
        r"replac(?:e[sd]?|ing)|supersed(?:e[sd]?|ing)|(?:in|take|takes) (?:the )?place of|instead of|in lieu of"
        r"|set(?:s|ting)? aside|revers(?:e[sd]?|ing)",
    ),
    ("amends", r"amend(?:s|ed|ing)?|var(?:y|ies|ied|ying)"),
)
_CHANGES = tuple((relation, re.compile(rf"\b(?:{verbs})\b", re.IGNORECASE)) for relation, verbs in _VERBS)
# What is changed stands close behind the verb, or close before one in the passive.
_AFTER, _BEFORE = 90, 60
#: The part of an earlier decision's words that one which undoes it, by its meeting's day, says again.
SAME_MATTER = 0.6
_RESOLUTION = re.compile(
    r"\b(?:resolution|motion|decision|minute)s?\b\.?\s*(?:number|no\.?|ref(?:erence)?\.?|#)?\s*"
    r"(?P<number>[A-Z]{0,4}[-/]?\d[\w/.-]*\d|[A-Z]{0,4}-?\d+)",
    re.IGNORECASE,
)
_BY_LAW = re.compile(r"\bby-?law\s*(?:number|no\.?|#)?\s*(?P<number>(?:19|20)\d\d\s?-\s?\d+)", re.IGNORECASE)
# A number with a year or a slash in it is used once; "7.2" is used at every meeting.
_USED_ONCE = re.compile(r"(?:19|20)\d\d[-/]\d|\d[-/](?:19|20)?\d\d\b|^[A-Z]{1,4}/?\d+/\d")
_OWN_WORDS = re.compile(
    r"\b(?:previous|earlier|former|prior|original|last) (?:decision|resolution|agreement)\b"
    r"|\b(?:its|the|our|their) (?:decision|resolution) (?:of|made|taken|passed|agreed|to|dated|on|at)\b",
    re.IGNORECASE,
)


def replacements(recorded: Sequence[Stated]) -> Iterator[Pair]:
    """Each decision with those of the same body that it replaces, all of them from minutes."""
    numbered: dict[str, list[Stated]] = defaultdict(list)
    passed: dict[str, list[Stated]] = defaultdict(list)
    adopted: dict[tuple[frozenset[str], frozenset[str]], list[Stated]] = defaultdict(list)
    on_day: dict[date, list[Stated]] = defaultdict(list)
    rated: dict[str, list[Stated]] = defaultdict(list)
    for each in recorded:
        if each.outcome != "decided" or each.day is None:
            continue
        on_day[each.day].append(each)
        if each.number:
            numbered[_plain(each.number)].append(each)
        if match := _BY_LAW.search(each.text):
            passed[_plain(match["number"])].append(each)
        for key in _named_things(each):
            adopted[key].append(each)
        for thing in _rates(each):
            rated[thing].append(each)
    for later in recorded:
        if later.outcome == "decided":
            found = [
                *_said_to_change(later, numbered, passed, on_day),
                *_set_anew(later, adopted),
                *_set_otherwise(later, rated),
            ]
            strongest: dict[int, Pair] = {}
            for pair in found:
                if pair.earlier not in strongest or pair.weight > strongest[pair.earlier].weight:
                    strongest[pair.earlier] = pair
            yield from strongest.values()


def _said_to_change(
    later: Stated,
    numbered: dict[str, list[Stated]],
    passed: dict[str, list[Stated]],
    on_day: dict[date, list[Stated]],
) -> Iterator[Pair]:
    """The earlier decisions that the later says it changes, by their number, by-law or meeting's day."""
    for relation, pattern in _CHANGES:
        for verb in pattern.finditer(later.text):
            around = later.text[max(0, verb.start() - _BEFORE) : verb.end() + _AFTER]
            days = {written.date for written in dates_in(around)}
            for names, known in ((_RESOLUTION, numbered), (_BY_LAW, passed)):
                for match in names.finditer(around):
                    number = _plain(match["number"])
                    once = names is _BY_LAW or bool(_USED_ONCE.search(match["number"]))
                    for each in known.get(number, ()):
                        if _before(each, later) and (each.day in days if days and not once else once):
                            yield Pair(later.id, each.id, relation, 1.0)
        if relation != "amends" and pattern.search(later.text):
            for match in _OWN_WORDS.finditer(later.text):
                for written in dates_in(later.text[match.start() : match.end() + _AFTER]):
                    for each in on_day.get(written.date, ()):
                        if _before(each, later) and (shared := _shared(each, later)) >= SAME_MATTER:
                            yield Pair(later.id, each.id, relation, shared)


def _plain(number: str) -> str:
    return re.sub(r"[\s.]", "", number).upper().strip("/-")


def _before(earlier: Stated, later: Stated) -> bool:
    return earlier.day is not None and later.day is not None and earlier.day < later.day


# What is set at a sum for a year, or adopted in one version after another, by the words that name it.
_RATE = re.compile(
    r"\b(precept|council tax (?:base|requirement)|band d (?:council tax|charge|equivalent)|tax (?:rate|levy)"
    r"|mileage rate|allotment rents?|hall hire (?:charge|rate)s?|burial fees|(?:hourly|hire) rate)\b",
    re.IGNORECASE,
)
_SETS = re.compile(
    r"\b(?:set|rais(?:e|ed)|increas(?:e|ed)|reduc(?:e|ed)|fix(?:ed)?|approved?|adopt(?:ed)?|be)\b", re.IGNORECASE
)
# "to bring a proposal to the next meeting" sets nothing yet.
_NOT_YET = re.compile(
    r"\b(?:proposal to|next meeting|consider|investigate|recommend\w*|draft|options?)\b", re.IGNORECASE
)
_SUM = re.compile(r"[£$€]\s?(\d[\d,]*(?:\.\d+)?)")
_YEAR = re.compile(r"\b(20\d\d\s?[-/–]\s?(?:20)?\d\d|20\d\d)\b")


def _rates(each: Stated) -> dict[str, frozenset[str]]:
    """What a decision sets at a sum, each thing with the sums; of one that sets nothing, none."""
    sums = frozenset(match[1].replace(",", "").removesuffix(".00") for match in _SUM.finditer(each.text))
    if not sums or _NOT_YET.search(each.text) or not _SETS.search(each.text):
        return {}
    return {match[1].lower(): sums for match in _RATE.finditer(each.text)}


def _years(each: Stated) -> frozenset[str]:
    return frozenset(re.sub(r"\D+(?:20)?", "/", match[1]) for match in _YEAR.finditer(f"{each.item or ''} {each.text}"))


_ADOPTS = re.compile(r"\b(?:re-?)?(?:adopt|approv|confirm|accept|endors|establish|creat)\w*", re.IGNORECASE)
_NEW = re.compile(
    r"\b(?:updated|revised|new|(?<!as )amended|re-?adopt\w*|amend(?:s|ing|ments?)?|replac\w*)\b", re.IGNORECASE
)
_UNCHANGED = re.compile(r"\b(?:without|no) (?:\w+ )?(?:amendments?|changes?)\b|\breconfirm|\bconfirm", re.IGNORECASE)
# "filled following the Procedure adopted in June" uses what it names.
_BY_IT = re.compile(
    r"\b(?:following|per|under|with|by|pursuant to|in accordance with|set out in) (?:the )?$", re.IGNORECASE
)
_CAP = r"(?:[A-Z0-9][\w’&'/-]*|(?:19|20)\d\d(?:[-/–]\d+)?)"
_TITLED = re.compile(
    rf"\b(?P<title>{_CAP}(?:,? (?:(?:and|of|for|on|the|to|in|&) ){{0,2}}{_CAP}){{0,7}}? "
    r"(?:Policy|Strategy|Schedule|Regulations|Orders|Plan|Procedures?|Protocol|Scheme|Code|Charter"
    r"|Terms of Reference))\b"
)
_NO_NAME = {"the", "new", "revis", "updat", "draft", "propos", "amend", "council", "corpor", "current", "attach"}


def _named_things(each: Stated) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Each policy, schedule or plan that a decision adopts, by the stems of its name, and the years in that name."""
    adopts = _ADOPTS.search(each.text) or re.search(r"\bSchedule\b.{0,20}\bwill be as follows\b", each.text)
    if adopts is None or len(each.text) > 6000:
        return
    for match in _TITLED.finditer(each.text):
        if abs(match.start() - adopts.start()) > 160 or _BY_IT.search(each.text[: match.start()]):
            continue
        name = frozenset(stemmed(match["title"])) - _NO_NAME
        years = frozenset(year for year in name if re.fullmatch(r"(?:19|20)\d\d.*", year))
        if len(name - years) >= 2:
            yield name, years


def _set_anew(later: Stated, adopted: dict[tuple[frozenset[str], frozenset[str]], list[Stated]]) -> Iterator[Pair]:
    """The earlier decisions that adopted, in an older version, the very thing that the later adopts."""
    if not _NEW.search(later.text) or _UNCHANGED.search(later.text):
        return
    for key in _named_things(later):
        for each in adopted.get(key, ()):
            if _before(each, later) and each.committee == later.committee:
                relation: Relation = "amends" if re.search(r"\bamends?\b", later.text) else "sets anew"
                yield Pair(later.id, each.id, relation, 0.8)


#: A sum set for no year that is named is set anew only so soon.
SEASON = timedelta(days=120)


def _set_otherwise(later: Stated, rated: dict[str, list[Stated]]) -> Iterator[Pair]:
    """The earlier decisions that set the same thing, for the same year, at another sum."""
    for thing, sums in _rates(later).items():
        years = _years(later)
        for each in rated[thing]:
            if not _before(each, later) or each.committee != later.committee or sums & _rates(each)[thing]:
                continue
            others = _years(each)
            soon = later.day is not None and each.day is not None and later.day - each.day <= SEASON
            if (years and years == others) or (soon and not (years and others)):
                yield Pair(later.id, each.id, "sets anew", 0.7)


def _shared(earlier: Stated, later: Stated) -> float:
    mine, others = content_of(earlier.text), content_of(later.text)
    return len(mine & others) / len(mine) if len(mine) >= 3 else 0.0
