"""Questions after something that what was found does not have: a sum, a number, a firm, a day, a reason.

A passage on the very subject is no answer to them, however well its words match: "why was it refused?" is not answered
by "refused".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from answer.evidence import Evidence
from answer.fits import A_PERCENT, Chiefly, without_dates
from answer.passages import Passage
from answer.question import Question
from ingest.dates import ANY_MONTH

#: What is surely recognised where it stands; a name may be written in too many ways.
_SURELY_KNOWN: tuple[Chiefly, ...] = ("count", "money", "amount", "firm")
#: Of the sign "unfit": as much as this where nothing of what is asked for stands there.
NOTHING_OF_IT = 0.99
# "Winter fuel payment" names one; "how much", "what did it cost" are after it.
_A_SUM = re.compile(
    r"\bhow (?:much|many)\b|\b(?:what|whats|what[’']s)\b.{0,60}\b(?:cost|price|fee|charge|rent|salary|pay|paid|paying"
    r"|amount|sum|value|total|worth|balance|bill|figure|rate|precept|spend|spent|budget|money)\b|\b(?:cost|price)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Want:
    """How a thing is asked for, and how it is written wherever it is.

    `figure` says that no year, day or number of a paragraph is it, nor any that the question names itself, and that in
    a table's row what it is a number of stands elsewhere.
    """

    asked: re.Pattern[str]
    held: re.Pattern[str]
    figure: bool = False


_pattern = partial(re.compile, flags=re.IGNORECASE)
_WHY = _Want(
    _pattern(r"\bwhy\b|\bwhat (?:was|were|is|are) the reasons?\b|\breasons? (?:for|did|given|behind)\b"),
    _pattern(
        r"\b(?:because|due to|owing to|since|(?:on|the) (?:the )?grounds|reasons?|so that|in order (?:to|that)"
        r"|as (?:it|this|that|the|there|they|he|she|we|no|a|an|in|all|these|those)|given (?:that|the)|in view of"
        r"|in (?:the )?light of|concern\w*|pending|to (?:allow|enable|ensure|avoid|prevent|help|give|let)|contrary|lack"
        r"|insufficient|following|until|after|too|would|could not|cannot|unable|therefore|for (?:safety|fear)"
        r"|result of|caused|worried|felt|considered)\b"
    ),
)
_WHEN = _Want(
    _pattern(
        r"(?:^|[-–—,;:.?!/&]\s*|\b(?:and|but|so|know|say|is|was|or)\s+)when(?:['’]?s)?\b"
        r"|\b(?:what|which)\s+(?:date|day|time|month|year|hour)s?\b|\bhow (?:soon|long)\b"
        r"|\b(?:deadline|closing date|last day)\b"
    ),
    # Whatever tells of a time at all: without any of these there is none.
    _pattern(
        rf"\b(?:{ANY_MONTH})\b|\b(?:19|20)\d\d\b|\b\d{{1,2}}\s?[ap]\.?m\b"
        r"|(?<![£$€\d.,])\d{1,2}[.:]\d\d\b(?!\d|,|\s?(?:m|bn|million|%))|\b\d{1,2}(?:st|nd|rd|th)\b"
        r"|\b\d{1,2}/\d{1,2}\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b"
        r"|\b(?:hour|day|week|month|year|minute|night|evening|morning|afternoon|weekend|spring|summer|autumn|winter"
        r"|season|christmas|easter|midnight|noon|midday|term|quarter|end|beginning|start|meeting|immediate|deadline)"
        r"(?:s|ly)?\b|\b(?:today|tomorrow|yesterday|soon|shortly|already|until|later|next|annual\w*|weekly|monthly"
        r"|daily|forthwith|permanent\w*|indefinite\w*|completed|finished|now)\b"
    ),
)
_PERCENT = _Want(
    _pattern(r"\b(?:what|which|by what)\s+(?:%|per ?cent\b|percentage\b)|%\s*(?:for|against)\b|,\s*%\W*$"),
    A_PERCENT,
    figure=True,
)
_PRICE = _Want(
    _pattern(r"\bwhat\b.{0,30}\b(?:quotes|quotations)\b|\bwhat\b.{0,50}\b(?:earns?|charging (?:us|for|the))\b"),
    _pattern(r"[£$€]\s?\d|\b\d+(?:\.\d+)?\s?(?:k|p|m|bn|million|thousand|pounds|dollars)\b|\d,\d{3}\b|\d\.\d\d\b"),
    figure=True,
)
_MEASURE = _Want(
    _pattern(
        r"\bwhat\b.{0,30}\b(?:(?:speed|weight|height|age|size|time|length) limit|mill rates?|rate factors?|turnout)\b"
        r"|\bhow (?:big|large|far|high|tall|old|wide|deep|heavy|fast)\b"
    ),
    _pattern(
        r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|half"
        r"|double|nil|none)\b"
    ),
    figure=True,
)
# What stands for no quantity: "4.1" before a paragraph, "By-law 2024-38", "Minute 126", "T12/24", "4-2024".
_NUMBERED = re.compile(
    r"\b(?:by-?law|bill|item|minute|motion|resolution|report|section|lot|plot|no\.?|number|clause|appendix|page|table)s?"
    r"\s*\S*\d\S*|\b\w*\d+[-/]\d+\w*|^\W*\d+(?:\.\d+)*[).:]?\s",
    re.IGNORECASE | re.MULTILINE,
)


def asks_in_vain(question: Question, evidence: Sequence[Evidence]) -> bool:
    """Whether the first passage has nothing of the kind that the question is after."""
    if not evidence:
        return True
    best = evidence[0]
    if _WHY.asked.search(question.text):
        return _lacks(_WHY, question, best.passage)
    if question.asks & {"yes_no", "vote"} or question.fit.division:
        return False
    if any(_lacks(want, question, best.passage) for want in (_WHEN, _PERCENT, _PRICE, _MEASURE)):
        return True
    if question.fit.chiefly == "money" and not _A_SUM.search(question.text):
        return False
    return question.fit.chiefly in _SURELY_KNOWN and best.sign("unfit") >= NOTHING_OF_IT


def _lacks(want: _Want, question: Question, passage: Passage) -> bool:
    """Whether it is asked for and nowhere in the passage's paragraphs."""
    if not want.asked.search(question.text) or (want.figure and passage.head.kind == "row"):
        return False
    said = "\n".join(each.text for each in passage.shelf.paragraphs[passage.first : passage.last + 1])
    if want.figure:
        said = _NUMBERED.sub(" ", without_dates(said))
    own = _words(question.text)
    return all(_words(found[0]) <= own for found in want.held.finditer(said))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+|\d+", text.lower()))
