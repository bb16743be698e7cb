"""The words that decide: which sentence of a minute is operative, and what it does."""

import re
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["decided", "recommended", "proposed", "lost", "noted", "deferred", "withdrawn", "action"]

_VERBS = (
    "RESOLVED|AGREED|DECIDED|APPROVED|NOTED|RECOMMENDED|COMMISSIONED|ENDORSED|RATIFIED|CARRIED|LOST|DEFERRED|WITHDRAWN"
    "|REFUSED|ADOPTED|CONFIRMED|ACCEPTED|REJECTED|DELEGATED|GRANTED|PERMITTED|APPOINTED|ELECTED|CONSIDERED AND NOTED"
)
_CAPITALS = re.compile(
    rf"(?:\b(?:IT WAS |It was |It was therefore |Accordingly[, ]+)?(?P<verb>{_VERBS})\b(?! (?:by|BY) (?:the|THE) Council in)"
    r"|^(?P<label>DECISION|Decision|RESOLUTION|Resolution|DECISIONS|Resolved|Agreed|Motion carried)\b\s*(?:[:.\-–]|that\b|to\b|unanimously\b|by\b))"
)
_WHO = (
    r"(?:it|council|committee|cabinet|executive|board|panel|trustees|governors|members|councillors|meeting|authority"
    r"|sub-committee|forum|commission|community council|parish council|town council|everyone|all(?: present)?|cc|pc|tc)"
)
_PROSE_VERB = (
    r"(?P<verb>agreed|resolved|decided|approved|endorsed|ratified|adopted|confirmed|accepted|voted|supported|objected|granted"
    r"|refused|rejected|declined|deferred|recommended|elected|appointed|re-elected|co-opted|unanimously agreed|object|support"
    r"|authorised|authorized|awarded)"
)
_PROSE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:it (?:was|is)|was|were|has been|have been|been)(?: (?:then|also|therefore|subsequently|duly|unanimously|generally|"
        rf"further|finally|provisionally|wholeheartedly))* {_PROSE_VERB}\b(?= (?:that|to|by|as|at|on|not|unanimously|and|subject|with|for|in|the|a)\b|[.,:;]|$)",
        rf"\b{_WHO} (?P<verb>noted)(?= (?:the|receipt|and))",
        rf"\b{_WHO}(?: present)?(?: (?:then|also|therefore|subsequently|duly|unanimously|have|has|had|formally|wholeheartedly|fully|strongly|would|"
        rf"continued to|voted to|further|all|both|discussed and|considered and|reviewed and|received and))* {_PROSE_VERB}\b",
        r"\b(?:the )?(?:motion|amendment|proposal|proposition|resolution|vote|recommendation)s?(?: as amended| put| was| were| is| being| to the vote| then)* "
        r"(?P<verb>carried|lost|defeated|passed|withdrawn|fell|rejected|agreed)\b",
        r"(?:^|[.;] )(?P<verb>carried|defeated|lost)\b(?: unanimously)?\.?$",
    )
)
_ASKS = re.compile(
    r"\b(?:requested|asked|undertook to|agreed to (?:provide|circulate|share|send|report|bring|look|check|contact|add|arrange|write|speak|"
    r"investigate|raise|chase|follow|find|feed|discuss|liaise|email|obtain|get|let|ask|update|seek|take|pass)|"
    r"(?:to )?would (?:contact|write to|check|chase|arrange|circulate|investigate|speak to|raise|liaise))\b",
    re.IGNORECASE,
)
_COLLECTIVE = re.compile(rf"\b{_WHO}\b(?=[\w ,]{{0,40}}\b(?:agreed|resolved|decided|requested)\b)", re.IGNORECASE)
_NOTED = re.compile(r"\bnot(?:e|ed|es|ing)\b|\breceive[ds]?\b", re.IGNORECASE)
_DOES = re.compile(
    r"\b(?:agree|approve|adopt|accept|authori[sz]e|delegate|appoint|endorse|grant|award|purchase|pay|contact|write|instruct|recommend|commission"
    r"|ratif|confirm|delete|set|make|donat|support|object|refer|establish|increase|reduce|close|transfer|implement|publish)\w*\b",
    re.IGNORECASE,
)
_DEFER = re.compile(
    r"\b(?:defer(?:red|ring)?|adjourn(?:ed)?|postponed?|held over|carried (?:over|forward) to)\b", re.IGNORECASE
)
_LOSES = re.compile(r"\b(?:lost|defeated|not carried|voted down|motion fell|failed|no seconder)\b", re.IGNORECASE)
_WITHDRAWS = re.compile(r"\bwithdrawn\b", re.IGNORECASE)
_REFERS = re.compile(r"\brecommend(?:s|ed|ation)?\b.{0,60}?\b(?:to|that)\b", re.IGNORECASE)
_PROCEDURAL = re.compile(
    r"\bapologies\b|\bminutes\b.{0,140}\b(?:correct|true|accurate|approved|confirmed|agreed|adopted|signed|accepted|record)\b"
    r"|\b(?:approv|confirm|adopt|accept|sign)\w*\b.{0,60}\bminutes\b"
    r"|\bexclu(?:de|sion)\w*\b.{0,40}\b(?:press|public)\b|\bpress and (?:the )?public\b.{0,60}\bexclu|\bin camera\b|\bclosed session\b"
    r"|\bstanding orders? be suspended\b|\bsuspen\w+ (?:of )?standing orders?\b|\b(?:running )?order of (?:business|the agenda)\b"
    r"|\btaking item\b|\badjourn(?:ed|ment)? (?:the meeting|at|for|until \d)|\bagenda (?:be|was) (?:adopted|approved|accepted)\b"
    r"|\bdate of (?:the )?next meeting\b|\bmeeting (?:be|was) (?:closed|adjourned)\b|\bdeclarations? of (?:pecuniary )?interest|\bdispensation\b"
    r"|\bextend the meeting\b|\bcorrespondence (?:report )?(?:be |was )?(?:received|as presented)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Operative:
    """An operative statement: its verb as printed, what it comes to, and where in the text its sentence begins."""

    verb: str
    outcome: Outcome
    start: int
    capitals: bool


def operative_in(text: str) -> Operative | None:
    """The first statement in a minute's text that decides, asks or disposes of something; None if it only tells."""
    if match := _CAPITALS.search(text):
        verb = match["verb"] or match["label"]
        return Operative(
            verb.upper(), outcome_of(verb, text[match.start() :]), _sentence_start(text, match.start()), True
        )
    found = [match for pattern in _PROSE for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda match: match.start()):
        start = _sentence_start(text, match.start())
        sentence = text[start : _sentence_end(text, match.end())]
        if _is_told(sentence) or _is_report(match["verb"].lower(), sentence):
            continue
        return Operative(match["verb"].lower(), outcome_of(match["verb"], sentence), start, False)
    if match := _ASKS.search(text):
        return Operative(match[0].lower(), "action", _sentence_start(text, match.start()), False)
    return None


# "It was noted that Cabinet had agreed …" and "the minutes, which were approved in March" tell of decisions made elsewhere.
_TOLD = re.compile(
    r"\b(?:had (?:been |already |previously )*(?:agreed|approved|resolved|decided|adopted|refused|granted)|if |whether |until |once |unless )",
    re.IGNORECASE,
)


# Verbs that decide only of some things: "it was confirmed that" reports, "the minutes were confirmed" decides.
_DECIDES_OF = {
    "confirmed": re.compile(r"\bminutes\b|\brecord\b|\bappoint", re.IGNORECASE),
    "accepted": re.compile(
        r"\b(?:quot|tender|offer|apolog|bid|report|recommend|proposal|nominat|resign|estimate)", re.IGNORECASE
    ),
    "awarded": re.compile(r"\b(?:contract|tender|grant)", re.IGNORECASE),
    "granted": re.compile(r"\b(?:permission|grant|dispensation|leave|request|licence|consent)", re.IGNORECASE),
    "supported": re.compile(r"\b(?:council|committee|meeting|members|cc|proposal|motion|application)\b", re.IGNORECASE),
}


def _is_report(verb: str, sentence: str) -> bool:
    needs = _DECIDES_OF.get(verb)
    return needs is not None and not needs.search(sentence)


def _is_told(sentence: str) -> bool:
    told = _TOLD.search(sentence)
    return told is not None and told.start() < 60


def outcome_of(verb: str, text: str) -> Outcome:
    """What an operative verb with the words after it comes to."""
    word = verb.lower()
    if _LOSES.search(text[:200]) and word not in ("agreed", "resolved", "decided"):
        return "lost"
    if word in ("lost", "defeated", "fell"):
        return "lost"
    if _WITHDRAWS.search(word):
        return "withdrawn"
    if _DEFER.search(text[:90]):
        return "deferred"
    if "noted" in word or (
        _NOTED.search(text[:70]) and not _DOES.search(_NOTED.sub("", text[: text.find(":") + 60 or 200]))
    ):
        return "noted"
    if word == "recommended":
        return "recommended"
    return "decided"


def is_procedural(text: str) -> bool:
    """Whether a resolution only runs the meeting: minutes confirmed, public excluded, order of business."""
    return bool(_PROCEDURAL.search(text[:320]))


_BACKWARD = re.compile(
    r"\b(?:this|the|that|these|his|her|their) (?:proposal|motion|recommendation|amendment|suggestion|request|course)s?\b|\bso\b",
    re.I,
)


def _sentence_start(text: str, position: int) -> int:
    """Where the sentence begins that holds `position`; the one before it too where it says "agreed this proposal"."""
    start = _last_end(text, position)
    sentence = text[start : _sentence_end(text, position)]
    if start and len(sentence) < 90 and (_BACKWARD.search(sentence) or len(sentence) < 30):
        return _last_end(text, start - 2)
    return start


def _last_end(text: str, position: int) -> int:
    ends = [match.end() for match in re.finditer(r"[.!?][”\"’')]?\s+(?=\S)", text[:position])]
    ends = [end for end in ends if not re.search(r"\b(?:Mr|Mrs|Ms|Dr|Cllr|St|No|[A-Z])\.\s$", text[:end])]
    return ends[-1] if ends else 0


def _sentence_end(text: str, position: int) -> int:
    match = re.compile(r"[.!?][”\"’')]?(?=\s+[A-Z]|\s*$)").search(text, position)
    return match.end() if match else len(text)
