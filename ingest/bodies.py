"""Whose meeting it is: the body (a council) and the committee."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import PurePosixPath

from ingest.head import TOP_LINES, Head
from ingest.pages import Page

_NAME = r"(?:[A-ZÀ-ÖØ-ÞĀĒĪŌŪŴŶ][\w’'.\-]+)"
_JOIN = r"(?: (?:and|of|upon|on|in|the|with|cum|le|la|de|&|AND|OF|UPON|ON|IN|THE|WITH|CUM|y|yr)){1,2}"
_TYPE_WORDS = "County Borough District City Parish Town Community Metropolitan Regional Island Village Shire Municipal"
_TYPES = "(?:" + "|".join(f"{word}|{word.upper()}" for word in _TYPE_WORDS.split()) + ")"
_COUNCIL = "(?:Council|COUNCIL)"
_BODY = re.compile(rf"\b({_NAME}(?:(?:{_JOIN})? {_NAME}){{0,5}}? (?:{_TYPES} ){{1,2}}{_COUNCIL}(?: of {_NAME})?)\b")
_PLAIN = re.compile(
    rf"\b({_NAME}(?:(?:{_JOIN})? {_NAME}){{0,3}} {_COUNCIL})\b"
    r"(?! (?i:Tax|Chamber|Office|House|Meeting|Building|Headquarters))"
)
_OF = re.compile(
    r"\b((?:(?:London|Royal|Metropolitan|Municipal|LONDON|ROYAL|METROPOLITAN|MUNICIPAL) (?=[BD]))?"
    r"(?:Township|City|Town|Village|Municipality|County|District|Borough|Region|Parish|Shire"
    r"|TOWNSHIP|CITY|TOWN|VILLAGE|MUNICIPALITY|COUNTY|DISTRICT|BOROUGH|REGION|SHIRE)"
    rf" (?:of|OF) {_NAME}(?: {_NAME})*)"
)
_GROUP_TYPES = (
    "(?:"
    + "|".join(
        f"{word}|{word.upper()}"
        for word in (
            *"Association Trust Society Authority Partnership Commissioners Conservators".split(),
            *("Police and Crime Panel", "Schools Forum", "School District", "Community Schools"),
        )
    )
    + ")"
)
_GROUP = re.compile(rf"\b({_NAME}(?:(?:{_JOIN})? {_NAME}){{0,5}} {_GROUP_TYPES})\b")
_SMALL = {"and", "of", "upon", "on", "in", "the", "with", "cum", "le", "la", "de", "y", "yr"}
_NOT_A_NAME = re.compile(
    r"^(?:The|A|An|This|That|Our|Your|Each|Every|All|Any|Other|Another|Local|Full|Neighbouring|Both|Between|And|For"
    r"|To|From|By|With|At|In|On"
    r"|(?:County|District|City|Borough|Parish|Town|Community)(?! of\b)|Shadow|Annual|Extra-?ordinary|Extra"
    r"|Ordinary|Special|Regular|Full|Joint|Open|Public|Draft|Minutes|Meeting|Agenda|Report)\s+",
    re.IGNORECASE,
)


AT_HEAD = "named at its head"
HEADER = "its header"


def body_of(pages: Sequence[Page]) -> tuple[str | None, str]:
    """The body named at the paper's head, or else the one named most in it, and what says so."""
    for page in pages[:1]:
        top = "\n".join(line.text for line in (*page.furniture, *page.lines[:TOP_LINES]))
        if found := names_in(top):
            return Counter(found).most_common(1)[0][0], AT_HEAD
    votes = Counter(name for page in pages[:40] for name in names_in(page.text, loosely=False))
    if not votes:
        return None, ""
    name, count = votes.most_common(1)[0]
    return name, f"named {count} times in it"


def votes_for_bodies(named: Iterable[tuple[str, str, str]]) -> dict[str, Counter[str]]:
    """Top folder -> how strongly its papers speak for each body.

    `named` gives each paper's folder, body and why. A folder of one council's papers is what most will start with, and
    an appendix in it seldom names the council at its head, or names its neighbours more often.
    """
    votes: dict[str, Counter[str]] = {}
    for folder, body, why in named:
        votes.setdefault(folder, Counter())[body] += 3 if why == AT_HEAD else 1
    return votes


def names_in(text: str, *, loosely: bool = True) -> list[str]:
    """The councils named in a text, in one spelling each; if there are none, `loosely` tries other bodies' names."""
    text = re.sub(r"(?<= (?:of|OF))\s+", " ", re.sub(r"[ \t]+", " ", text))
    found = [match[1] for match in _BODY.finditer(text)] + [_first_words(match[1]) for match in _OF.finditer(text)]
    if not found and loosely:
        found = [match[1] for pattern in (_PLAIN, _GROUP) for match in pattern.finditer(text)]
    return [name for name in map(_tidy, found) if name]


# What may follow a place's name in "Township of X Fire Department" without being a part of it.
_FOLLOWS = re.compile(
    r" (?:Council|Fire|Recreation|Committee|Museum|Community|Office|Department|Mayor|Board|Staff|Public|Library"
    r"|Cemetery"
    r"|Held|Page|Meeting|Cabinet|Executive|Notice|Decision|Decisions|Summary|Record|Report|EMS|Advisory|Police|Budget|Official|Zoning|By-?law|Road|Roads|Municipal|Strategic|Asset|Financial|Year|Minutes|Agenda|Draft)\b.*$",
    re.IGNORECASE,
)


def _first_words(name: str) -> str:
    return _FOLLOWS.sub("", name)


# "Vale of Glamorgan Council" keeps its "of"; "Cllr Smith of Hilltop Parish Council" is Hilltop's.
_PLACE_OF = re.compile(
    r"\b(?:Isle|Vale|Forest|City|Borough|Royal|Town|Village|Township|Municipality|County|District|Region)$", re.I
)


_OF_MEETING = re.compile(
    r"^.*\b(?:meeting|minutes?|agenda|proceedings|session|hearing) of (?:(?:the|a|an) )?(?=\S)", re.IGNORECASE
)


def _tidy(name: str) -> str | None:
    name = re.sub(r"\s+", " ", name).strip(" .,’'")
    if " of " in name:
        before, _, after = name.rpartition(" of ")
        if not _PLACE_OF.search(before) and after.count(" ") >= 1:
            name = after
    name = re.sub(r"\b([\w’'-]+) \1\b", r"\1", name)  # printed twice on one line: as a crest and as a heading
    name = _OF_MEETING.sub("", name)
    previous = None
    while previous != name:
        previous, name = name, _NOT_A_NAME.sub("", name)
    if name.isupper() or sum(char.isupper() for char in name) > 0.6 * sum(char.isalpha() for char in name):
        name = "-".join(" ".join(_cased(word, n) for n, word in enumerate(part.split(" "))) for part in name.split("-"))
        name = re.sub(r"-(Cum|Le|La|On|Upon|In|The|Under|De|By)-", lambda match: match[0].lower(), name)
    words = name.split(" ")
    if re.search(r"\b(?:The|Each|This|That|Our|All|Committee|Meeting|Minutes)\b", name) or "." in name:
        return None
    if len(words) < 2 or (words[-1] == "Council" and len(words) == 2 and words[0].lower() in ("county", "parish")):
        return None
    return re.sub(r"^(?:The )?Corporation of the ", "", name)


def _cased(word: str, position: int) -> str:
    if position and word.lower() in _SMALL:
        return word.lower()
    return re.sub(r"^(Sub|Vice)-c", r"\1-C", word.capitalize())


_COMMITTEE = re.compile(
    r"(?:the\s+)?((?:[A-Z][\w’'\-]*|and|of|for|the|&|,|AND|OF|FOR|THE)(?:[\s,]+(?:[A-Z][\w’'\-]*|and|of|for|the|&|AND"
    r"|OF|FOR|THE))*?\s+)?"
    r"\b((?:Sub-?\s?|Joint |Select |Cabinet |SUB-)?(?:Committee|COMMITTEE|Panel|PANEL|Board|BOARD|Forum|FORUM"
    r"|Commission"
    r"|Working (?:Group|Party)|WORKING (?:GROUP|PARTY)))\b"
)
_THEN_HELD = re.compile(
    r"\W*(?:(?:meeting\W+)?(?:which was )?(?:held|met)|minutes (?:of|-)"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_CABINET = re.compile(
    r"\b(cabinet|executive)\b(?! director| summary| member| officer| head| decision| committee| board|[’'])", re.I
)
_WHOLE = re.compile(
    r"\b(full council|(?:parish|town|community|county|city|borough|district|village|township) council"
    r"|council)\b(?! tax| chamber|[’'])",
    re.IGNORECASE,
)
_FULL = re.compile(r"\b(full council)\b", re.IGNORECASE)
_PARISH_MEETING = re.compile(r"\bannual (?:parish|town|community) meeting\b|\bparish assembly\b", re.IGNORECASE)


def committee_of(head: Head, name: PurePosixPath, body: str | None = None) -> tuple[str | None, str]:
    """The committee whose meeting it is, without its body's name: "Cabinet", "Planning Committee", "Full Council"."""
    committee, why = _committee_of(head, name)
    if committee and body and committee.lower().startswith(f"{body.lower()} "):
        rest = committee[len(body) :].strip(" -–,")
        committee = rest if " " in rest else committee
    return committee, why


def _committee_of(head: Head, name: PurePosixPath) -> tuple[str | None, str]:
    whole = head.kind in ("minutes", "agenda", "notice")
    for key in ("committee", "to"):
        if (value := head.fields.get(key)) and (found := _committee_in(value, whole=True)):
            return found, HEADER
    if found := _committee_in(_title_lines(head.text), whole=whole):
        return found, AT_HEAD
    if head.kind == "minutes" and (found := _organisation_in(head.text)):
        return found, AT_HEAD
    for part in (name.stem, *reversed(name.parent.parts)):
        if found := _committee_in(_title_cased(re.sub(r"[-_.]", " ", part)), whole=False):
            return found, "the file's name or folder"
    return None, ""


_PROSE = re.compile(
    r"^(?:present|in attendance|attendance|attended|apologies|regrets|members|membership|disclosure"
    r"|staff)\b|^\d{1,2}(?:[.)] ?| )(?=\S)",
    re.I,
)


_LEADS_ON = re.compile(r"\b(?:of|the)$", re.IGNORECASE)


def _title_lines(text: str) -> str:
    """The lines of a head that name the meeting: none after who was present or the first item, no prose."""
    kept: list[str] = []
    for line in text.split("\n"):
        if _PROSE.match(line):
            break
        if len(line) < 70 or re.search(r"\b(?:meeting|minutes) of\b|\bheld\b", line, re.IGNORECASE):
            kept.append(line)
    return "\n".join(kept[:8])


_MINUTES_OF = re.compile(r"^minutes\s*[:–-]\s*(?P<name>[A-Z][\w’'&, -]{4,60})$", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:library|corporation|association|museum|society|club|trust|partnership|federation|company|centre|board of \w+"
    r"|hall|alliance|league|legion|foundation|unit)\b",
    re.IGNORECASE,
)


def _organisation_in(text: str) -> str | None:
    """Whose minutes they are where no committee is named: a library's or a club's, which a pack only encloses."""
    lines = text.split("\n")[:5]
    for number, line in enumerate(lines):
        if match := _MINUTES_OF.match(line):
            return match["name"].strip()
        if number and re.search(r"\bminutes\b", line, re.IGNORECASE):
            above = lines[number - 1].strip()
            named = (
                _ORGANISATION.search(above) and above[:1].isupper() and len(above) < 80 and not re.search(r"\d", above)
            )
            return (_title_cased(above) if above.isupper() else above) if named else None
    return None


def _committee_in(text: str, *, whole: bool) -> str | None:
    """The most particular committee named in the text: a committee, else a cabinet, else, if `whole`, the council."""
    lines = text.split("\n")[:TOP_LINES]
    # "MINUTES OF THE MEETING OF THE HIGHWAYS" and "COMMITTEE HELD AT …" are one line broken in two.
    lines += [f"{one} {other}" for one, other in pairwise(lines) if _OF_MEETING.match(one)]
    if match := _PARISH_MEETING.search(text):
        return match[0].title()
    for number, line in enumerate(lines):
        for match in _COMMITTEE.finditer(line):
            name = re.sub(r"\s+", " ", f"{match[1] or ''}{match[2]}").strip(" ,")
            short = _OF_MEETING.sub("", name)
            of_it = short != name or (not match.start() and number and _LEADS_ON.search(lines[number - 1]))
            name = re.sub(
                r"^(?:(?:Minutes|Meeting|Agenda|Report) (?:of|to) )?(?:the )?", "", short, flags=re.IGNORECASE
            )
            name = re.sub(r"^(?:and|of|for|to|the)\s+", "", name, flags=re.IGNORECASE)
            named = of_it or re.search(r"\bof (?:the )?$", line[: match.start()], re.IGNORECASE)
            named = named or (_THEN_HELD.match(line, match.end()) if not match.start() else None)
            whole_line = named or len(name) > 0.55 * len(line)
            if (
                whole_line
                and len(name.split()) >= 2
                and len(name) < 80
                and not name.lower().startswith("cabinet committee")
            ):
                return _title_cased(name) if name.isupper() else name
    for pattern in (_CABINET, _FULL, _WHOLE) if whole else (_CABINET,):
        for line in lines:
            if (match := pattern.search(line)) and (whole or len(line) < len(match[1]) + 25):
                return match[1].title()
    return None


def _title_cased(name: str) -> str:
    return " ".join(_cased(word, n) for n, word in enumerate(name.split(" ")))
