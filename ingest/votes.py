"""Who moved and seconded, and how the vote went, as minutes write it."""

import re
from dataclasses import dataclass

from ingest.tallies import tally_in

_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Cllrs|Clr|Cr"
    r"|(?:(?:County|District|Borough|City|Town|Parish) )?[Cc]ouncillor|Councillors"
    r"|Council ?[Mm]ember|Councilman|Councilwoman"
    r"|Commissioner|Supervisor|Trustee|Member|Sir|Dame|Lord|Lady|Prof|Rev|Mayor|Deputy (?:Mayor|Reeve|Leader"
    r"|Chair\w*|Provost)|Alderman|Alderperson|Ald"
    r"|Reeve|Provost|Bailie|Convener|Chair|Chairman|Chairperson|Vice-Chairman|Vice-Chair|Leader)\b\.?"
)
_REST = r"[^\W\d_’'\-]|[’'\-]"  # of a name: Ní Bhroin, Tŷ, Tāne
_WORD = (
    rf"(?:(?:[A-Z]\.)+[A-ZÀ-Þ](?:{_REST})+|[A-Z]\.|(?!For\b|All\b|Carried\b|CARRIED\b|LOST\b|DEFEATED\b|This\b"
    rf"|The\b|That\b|THAT\b|THE\b)[A-ZÀ-Þ](?:{_REST})*)"
)
_PERSON = rf"(?:(?:the |The )?{_TITLE}(?: {_WORD}){{0,3}}|{_WORD}(?: {_WORD}){{0,2}}|the [A-Z][a-z]+(?: [A-Z][a-z]+)?)"
_MOVE = (
    r"(?:(?:then |duly |formally |further )?(?:proposed|moved|PROPOSED|MOVED|Proposed|Moved|put forward|nominated"
    r"|Proposer|Mover))"
)
_SECOND = r"(?:seconded|SECONDED|Seconded|seconding|2nd|backed|Seconder)"
_TITLED = rf"(?:{_TITLE}(?: {_WORD}){{1,3}}|{_WORD}(?: {_WORD}){{0,2}})"
_MOVERS = tuple(
    re.compile(pattern)
    for pattern in (
        # As a motion A, seconded by B, moved that …
        rf"(?P<mover>{_PERSON}),? {_SECOND} by (?P<seconder>{_PERSON}),? {_MOVE}\b",
        # Proposed by Cllr A and seconded by Cllr B; Moved: A Seconded: B
        rf"\b{_MOVE}(?: as (?:a )?\w+(?: record)?)?(?: by|:)\s*(?P<mover>{_PERSON}),?;?\.?(?:\s+and)?(?:\s+(?:was"
        rf"|duly))?\s+(?:[A-Z]\w+ / )?{_SECOND}(?: by"
        rf"|:)\s*(?P<seconder>{_PERSON})",
        # A proposed, and B seconded, that …
        rf"(?P<mover>{_PERSON}),? {_MOVE},?(?: and| with|;)?\s+(?P<seconder>{_PERSON}),? {_SECOND}\b",
        # A proposed …, seconded by B
        rf"(?P<mover>{_PERSON}),? {_MOVE}\b[^.]{{0,200}}?\b(?:{_SECOND}|second) by (?P<seconder>{_PERSON})",
        rf"(?P<mover>{_PERSON}),? {_MOVE}\b[^.]{{0,200}}?[,;] {_SECOND} (?P<seconder>{_TITLE}(?: {_WORD}){{1,3}})",
        rf"(?P<mover>{_PERSON}),? {_MOVE}\b[^.]{{0,260}}?(?:[,;.]| and) (?:This was |and "
        rf"|which )?(?P<seconder>{_PERSON}),? {_SECOND}\b",
        rf"(?P<mover>{_PERSON}),? {_MOVE}\b[^.]{{0,260}}?\. (?:This|It|The (?:motion|proposal)) was {_SECOND} by "
        rf"(?P<seconder>{_PERSON})",
        rf"\b(?i:on (?:the |a )?(?:motion|proposition|proposal) (?:of|by"
        rf"|from)) (?P<mover>{_PERSON}),? (?:and )?{_SECOND}(?: by)? "
        rf"(?P<seconder>{_PERSON})",
        # A made a motion to …. B seconded the motion; A made a motion, seconded by B, to …
        rf"(?P<mover>{_PERSON}) ma(?:de|ke) (?:a|the) motion\b[^.]{{0,260}}?,? (?:and )?seconded by "
        rf"(?P<seconder>{_PERSON})",
        rf"(?P<mover>{_PERSON}) ma(?:de|ke) (?:a|the) motion\b.{{0,400}}?\. (?P<seconder>{_PERSON}) seconded\b",
        # moved (A) and seconded (B)
        rf"\b(?i:moved) \((?P<mover>{_TITLED})\),?(?: and)? (?i:seconded) \((?P<seconder>{_TITLED})\)",
        # M/S/C (A/B); Motion: A. Second: B
        rf"\bM/?S/?[CPA]?\b[:,]? \(?(?P<mover>{_TITLED}) ?[/,–-] ?(?P<seconder>{_TITLED})\)?",
        rf"\b(?i:motion|moved by|mover):\s*(?P<mover>{_TITLED})[,;.]?\s+(?i:second(?:ed)?(?: by)?|seconder):\s*"
        rf"(?P<seconder>{_TITLED})",
        rf"\b[Mm]otion by (?P<mover>{_PERSON})\b.{{0,300}}?\. (?:Second|Seconded) by (?P<seconder>{_PERSON})",
        # Motion was made by A, second by B
        rf"\b(?:[Mm]otion|MOTION)(?: to amend| TO AMEND)?(?: was)?(?: made)? by "
        rf"(?P<mover>{_PERSON}),?(?: and)? (?:{_SECOND}|second|support) by "
        rf"(?P<seconder>{_PERSON})",
        # moved by A, supported by B, as Michigan's townships have it; Motion (A/B)
        rf"\b{_MOVE}(?: by|:)\s*(?P<mover>{_PERSON}),?(?: and)? (?:[Ss]upported|SUPPORTED) by (?P<seconder>{_PERSON})",
        rf"\b(?:[Mm]otion|MOTION|[Aa]mendment|AMENDMENT|[Rr]esolved|RESOLVED|[Mm]oved|MOVED)"
        r"(?: [A-Z]{1,5}[/-]?\d[\w/.-]*)?\W{1,3}"
        rf"(?P<mover>{_TITLED}) ?[/–-] ?(?P<seconder>{_TITLED})\)",
        # 118/24 HALE: That …
        r"\b\d+/\d{2,4} (?P<mover>[A-Z][A-Z’'-]{2,}): That\b",
        # Hale/Orme Carried; Hale/Orme, 5-0-0
        rf"(?P<mover>{_TITLED}) ?/ ?(?P<seconder>{_TITLED})(?:\s+(?:Carried|CARRIED|Lost|LOST)\b|, \d{{1,2}}-\d)",
        # Moved Cr A, seconded Cr B; Prop. Cllr A, Sec. Cllr B; Moved A/Seconded B
        rf"\b(?:{_MOVE}|[Pp]rop\.?)(?: by)?:?\s+(?P<mover>{_TITLED})(?:[,;.]?(?:\s+and)?\s+|\s?/\s?)"
        rf"(?:{_SECOND}|[Ss]ec\.?)(?: by)?:?\s+(?P<seconder>{_TITLED})",
        # Proposer A Seconded by B; moved by A, seconded B
        rf"\b{_MOVE}(?: by)?:?\s+(?P<mover>{_TITLED})[,;.]?(?:\s+and)?\s+{_SECOND}(?: by)?:?\s+(?P<seconder>{_TITLED})",
        rf"\b{_MOVE}(?: by|:)\s*(?P<mover>{_PERSON})",
        rf"\b[Mm]otion(?: was)?(?: made)? by (?P<mover>{_PERSON})",
        rf"(?P<mover>{_PERSON}),? {_MOVE}\b",
        # An amendment by A, seconded by B, that …
        rf"\b[Aa]mendment(?: was)?(?: moved| proposed)? by (?P<mover>{_PERSON}),?(?: and)? {_SECOND} by "
        rf"(?P<seconder>{_PERSON})",
    )
)
# "R2024-12 A. Smith, B. Jones:" names the mover and the seconder after the resolution's number.
_AFTER_NUMBER = re.compile(rf"^\S+\s+(?P<mover>{_PERSON}),\s*(?P<seconder>{_PERSON})\s*:")
_UNANIMOUS = re.compile(
    r"\bunanimous(?:ly)?\b|\ball in favou?r\b|\ball voted \W?aye|\bnem\.? ?con\b|\bno dissent", re.IGNORECASE
)
_UNITS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NUMBERS = {word: number for number, word in enumerate(_UNITS)} | {"none": 0}
_N = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_LISTED = r"\b\s*[:(\-–]?\s*\(?(?P<{name}>\d{{1,3}})(?!\d|[-–/,]\d)\)?"
_OF_IT = r"(?: the (?:motion|amendment|proposal))?"
_COUNTS = (
    # For the motion – names – 4 For the amendment – names – 3
    re.compile(
        r"\bfor the motion\b.{0,300}?[–(-]\s?(?P<for>\d{1,3})\b.{0,24}?\bfor the amendment\b.{0,300}?[–(-]\s?"
        r"(?P<against>\d{1,3})\b(?=(?!.*\bamendment (?:was |is )?(?:\w+ )*(?:carried|became)))",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"\bfor the motion\b.{0,300}?[–(-]\s?(?P<against>\d{1,3})\b.{0,24}?\bfor the amendment\b.{0,300}?[–(-]\s?"
        r"(?P<for>\d{1,3})\b",
        re.IGNORECASE | re.DOTALL,
    ),
    # For (14): names … Against (37): names …; Yeas (3): names … Nays (1): names
    re.compile(
        rf"\b(?:for|yeas?|ayes?|in favou?r){_OF_IT}{_LISTED.format(name='for')}.{{0,400}}?"
        rf"\b(?:against|nays?|noes|opposed){_OF_IT}{_LISTED.format(name='against')}"
        rf"(?:.{{0,400}}?\babst\w*{_LISTED.format(name='abstained')})?",
        re.IGNORECASE | re.DOTALL,
    ),
    # For: names (3) Against: names (1)
    re.compile(
        r"\b(?:for|in favou?r)\s*:[^()]{3,600}\((?P<for>\d{1,3})\)\s*against\s*:[^()]{3,600}\((?P<against>\d{1,3})\)"
        r"(?:\s*abst\w*\s*:[^()]{3,600}\((?P<abstained>\d{1,3})\))?",
        re.IGNORECASE,
    ),
    # 6 ayes and 1 nay
    re.compile(
        r"\b(?P<for>\d{1,2}) (?:ayes?|yeas?)\b.{0,12}?\b(?P<against>\d{1,2}) (?:nays?|noes?)\b"
        r"(?:.{0,20}?\b(?P<abstained>\d{1,2}) abst)?",
        re.IGNORECASE,
    ),
    # 5 yes, 0 no
    re.compile(
        r"\b(?P<for>\d{1,2}) yes\b.{0,12}?\b(?P<against>\d{1,2}) no\b(?:.{0,20}?\b(?P<abstained>\d{1,2}) abst)?",
        re.IGNORECASE,
    ),
    # with 9 votes in favour, 3 against and 1 abstention; four voted for and two against
    re.compile(
        rf"(?<![£$€.,])\b(?P<for>{_N}) (?:votes? |members? |councillors? )?(?:voted |voting |were )?"
        rf"(?:in favou?r\b|for\b(?=.{{0,40}}?\b{_N} (?:votes? )?(?:were |voting )?against))"
        rf"(?:.{{0,40}}?\b(?P<against>{_N}) (?:votes? )?(?:were |voting )?(?:against|opposed))?"
        rf"(?:.{{0,40}}?\b(?P<abstained>{_N}) (?:\w+ )?abst)?",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"\b(?P<for>\d{1,3}) votes? to (?P<against>\d{1,3})\b(?:.{0,30}?\b(?P<abstained>\d{1,3}) abst)?", re.IGNORECASE
    ),
    # carried 4-1; LOST 2/3; CARRIED (3 to 1)
    re.compile(
        r"\b(?:carried|passed|lost|failed|defeated|approved|agreed|vote of|voted?)(?: by absolute majority"
        r"| unanimously)?\W{1,3}(?P<for>\d{1,2}) ?(?:-|–|/|to) "
        r"?(?P<against>\d{1,2})(?: ?(?:-|–|/) ?(?P<abstained>\d{1,2}))?(?![\w/-])",
        re.IGNORECASE,
    ),
)
_HOW = re.compile(
    r"\b(show of hands|recorded vote|named vote|secret ballot|ballot|casting vote|general assent"
    r"|(?<=on a )poll|(?<=by a )poll)\b",
    re.I,
)
CARRIED = re.compile(r"\b(?:carried|passed|approved|agreed|adopted)\b", re.IGNORECASE)
LOST = re.compile(
    r"\b(?:lost|lapsed|defeated|not carried|was rejected|voted down|(?-i:fell|FELL)|failed|died|not approved|not agreed"
    r"|did not carry"
    r"|casting vote against)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as recorded; counts are None where the minutes give none. `how` is "unanimous", "show of hands"…"""

    carried: bool | None
    for_: int | None
    against: int | None
    abstained: int | None
    how: str | None


def movers_of(text: str) -> tuple[str | None, str | None]:
    """Mover and seconder as printed, where the text names them."""
    if match := _AFTER_NUMBER.match(text):
        return match["mover"], match["seconder"]
    for pattern in _MOVERS:
        if match := pattern.search(text):
            found = match.groupdict()
            return _name(found["mover"]), _name(found.get("seconder"))
    return None, None


_NOTICE = re.compile(
    rf"\b(?i:motion|notice)\b[^.:]{{0,40}}?\b(?:from|by|in the name of)\s+(?P<mover>{_TITLE}(?: {_WORD}){{1,3}})"
)


def giver_of(text: str) -> str | None:
    """Who gives notice of a motion: "Motion in the name of Cllr Hale"."""
    match = _NOTICE.search(text)
    return _name(match["mover"]) if match else None


# "… at the Rec Cllr Kirby moved": the end of a heading before a name.
_BEFORE_TITLE = re.compile(
    rf"^(?:(?!{_TITLE})\S+ )+(?=(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Cllrs|Clr|Cr|Councillor|Trustee|Ald)\b)"
)


def _name(name: str | None) -> str | None:
    name = _BEFORE_TITLE.sub("", name.strip(" .,")) if name else None
    if name and re.search(
        r"\b(?!Council Member)(?:Services?|Committee|Council|Department|Report|Minutes|Items?|Page|Agenda)\b", name
    ):
        return None
    return (
        None
        if not name or name in ("It", "He", "She", "They", "We", "The", "This", "That", "There", "RESOLVED", "AGREED")
        else name
    )


def _count(value: str) -> int:
    return int(value) if value.isdigit() else _NUMBERS[value.lower()]


def vote_of(text: str) -> Vote | None:
    """The vote the text records, or None when it records none."""
    how = _HOW.search(text)
    counts = next((match for pattern in _COUNTS if (match := pattern.search(text))), None)
    tally = None if counts else tally_in(text)
    unanimous = _UNANIMOUS.search(text) or (tally and tally.for_ is None and tally.carried)
    if not (how or counts or unanimous or tally):
        return None
    numbers = {key: _count(value) for key, value in counts.groupdict().items() if value} if counts else {}
    if tally and tally.for_ is not None and tally.against is not None:
        numbers = {"for": tally.for_, "against": tally.against}
    carried: bool | None = None
    if LOST.search(text):
        carried = False
    elif unanimous or CARRIED.search(text):
        carried = True
    elif "for" in numbers and "against" in numbers and numbers["for"] != numbers["against"]:
        carried = numbers["for"] > numbers["against"]
    elif tally:
        carried = tally.carried
    return Vote(
        carried,
        numbers.get("for"),
        numbers.get("against"),
        numbers.get("abstained"),
        "unanimous" if unanimous else how[1].lower() if how else None,
    )
