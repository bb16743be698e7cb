"""Heads of papers that record what was decided without the word "minutes": decision notices, "Meeting … held on …"."""

import re
from collections.abc import Sequence

from ingest.dates import dates_in

#: "RECORD OF DECISIONS" and the like begin a paper wherever they stand at the top of a page.
PLAIN = re.compile(
    r"^(?:record of (?:executive |officer |delegated )?decisions?|(?:executive |officer "
    r"|delegated )?decision (?:notice|statement|record))\b",
    re.IGNORECASE,
)
_LIST = r"(?:notice|summary|summaries|record|list|sheet|statement|schedule|digest|log|bulletin)"
# "CABINET DECISION NOTICE", "Board - Decision Summary", "Summary of Decisions taken by the Executive".
_NAMED = re.compile(
    rf"^(?:[\w’'&,()/]+[\s:–-]+){{0,8}}?(?:decisions?|resolutions?) {_LIST}\b(?: of\b.*)?"
    rf"|^(?:[\w’'&,()/]+[\s:–-]+){{0,8}}?{_LIST} of (?:the )?(?:key |executive |cabinet )?decisions?\b"
    r"|^decisions? (?:taken|made|agreed|reached|of|by) (?:taken |made )?(?:by |at |of )?(?:the )?(?:[\w’'&-]+ ){0,6}"
    r"(?:cabinet|executive|board|committee|sub-committee|panel|council|mayor|leader|authority|meeting)\b",
    re.IGNORECASE,
)
# A forward plan and a notice of what is to be decided are headed much alike.
_TO_COME = re.compile(
    r"\bto be (?:taken|made|considered)\b|\bforthcoming\b|\bforward plan\b|\bintention\b|\bintends?\b|\bproposed\b"
    r"|\bplanned\b|\bwill be (?:taken|made|considered)\b|\bdraft decision|\bdue to be\b|\bappeal\b",
    re.IGNORECASE,
)
# A notice of decisions may come before the meeting; a statement, record or summary of them hardly can.
_TAKEN = re.compile(
    r"\b(?:were|was|been|decisions?) (?:taken|made)\b|\bcall(?:ed)?[ -]in\b|\b(?:into|take) (?:effect|force)\b"
    r"|\bimplemented\b|\bpublished\b|\bat (?:its|the) meeting\b",
    re.IGNORECASE,
)

_MEETING = re.compile(r"\bmeeting\b|\b(?:committee|council|board|panel|cabinet|assembly|authority)\b", re.IGNORECASE)
_LISTS_PRESENT = re.compile(r"^(?:(?:members|councillors|also) )?present\b(?: at the meeting)?\s?[:–-]", re.IGNORECASE)
_WAS_HELD = re.compile(r"(?<!to be )(?<!will be )(?<!be )(?<!being )\bheld\b(?! by\b)|\bwhich (?:met|was held)\b", re.I)
_PRESENT = re.compile(
    r"^(?:[A-Z]{0,4}[\d/.-]*\s+)?(?:\w+ ){0,2}(?:present|in attendance"
    r"|attendance|attended|sederunt|presiding)\b|\b(?:presided|was in the chair|in the chair)\b",
    re.IGNORECASE,
)
# What minutes say by the way, of how the meeting began and who was there; and of what it did, and how it ended.
_BEGAN = re.compile(
    r"\b(?:call(?:ed|s)?|brought) (?:the |this )?(?:\w+ )?meeting to order\b|\bmeeting was called to order\b"
    r"|\b(?:opened|declared) the (?:\w+ )?meeting\b|\bmeeting (?:was )?(?:opened|commenced|convened|declared open)\b"
    r"|\bmet in (?:regular|special|open|executive)\b|\b(?:took|in) the chair\b"
    r"|^(?:(?:members|councillors|also|those) )?(?:present|in attendance|attendees|attendance|sederunt"
    r"|roll call)\s*(?:[:–-]|$)"
    r"|\(\s?(?:in the )?chair(?:man|person|woman)?\s?\)|^held (?:at|in|on)\b"
    r"|\bapolog(?:y|ies)\b.{0,60}\b(?:was|were|had been) (?:received|accepted|noted|given|tendered|intimated)\b",
    re.IGNORECASE | re.MULTILINE,
)
_DONE = re.compile(
    r"\bmotion (?:was )?carried\b|\bCARRIED\b|\bRESOLVED\b|\b(?:moved|motion|proposed) by\b"
    r"|\bmoved\b.{2,40}\bseconded\b|\bso (?:moved|ordered)\b"
    r"|\bmoved to (?:approve|adopt|accept)\b|\b(?:was|were) (?:\w+ ){0,3}(?:approved|agreed|resolved|confirmed"
    r"|signed)\b"
    r"|\b(?:approved|agreed|confirmed|accepted) and signed\b|\bAGREED\b|\bVOTED\b|\bGRANTED\b|\bmotion failed\b"
    r"|\bthe (?:[\w-]+ ){0,2}(?:committee|council|board|panel|commission|cabinet) (?:considered|received|noted|agreed"
    r"|approved|resolved)\b"
    r"|\bmeeting (?:was )?(?:closed|ended|adjourned|concluded|finished)\b|\badjourned (?:the meeting )?at \d",
    re.IGNORECASE,
)
#: Such signs in a first page that make it minutes; a report may quote one.
SIGNS = 3

_CALLS_FIRST = re.compile(
    r"\bsummon|\b(?:to|will) be held\b|\b(?:are|is) (?:hereby )?(?:invited|requested)\b|\breport (?:of|to|by)\b", re.I
)
_CALLS = re.compile(rf"\bagenda\b|\brecommend|{_CALLS_FIRST.pattern}", re.I)


def lists_decisions(printed: Sequence[str]) -> bool:
    """Whether the top of a page heads a list of decisions that were taken, and no plan of those to come."""
    text = "\n".join(printed)
    headed = next((line for line in printed[:5] if len(line) < 90 and _NAMED.match(line)), None)
    if headed is None or _TO_COME.search(text) or not dates_in(text):
        return False
    return "notice" not in headed.lower() or _TAKEN.search(text) is not None


def reads_as_minutes(printed: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether a first page, which no heading calls minutes, tells throughout what a meeting of a named day did.

    `printed` is its top, `lines` all of it.
    """
    top, text = "\n".join(printed[:8]), "\n".join(lines)
    if not (_MEETING.search(top) and dates_in(top)) or _TO_COME.search(top) or _CALLS_FIRST.search(top):
        return False
    began = {match[0].lower() for match in _BEGAN.finditer(text)}
    done = {match[0].lower() for match in _DONE.finditer(text)}
    return bool(began and done) and len(began) + len(done) >= SIGNS


def tells_of_meeting(printed: Sequence[str]) -> bool:
    """Whether the top of a paper says that a meeting was held, or who was present, and on what day, as minutes do."""
    held = [n for n, line in enumerate(printed[:6]) if _WAS_HELD.search(line)]
    if _CALLS.search(" ".join(printed[:8])):
        return False
    if not held:
        top = "\n".join(printed[:6])
        listed = any(_LISTS_PRESENT.match(line) for line in printed[1:10])
        return bool(listed and _MEETING.search(top) and dates_in(top))
    line = printed[held[0]]
    before = line[: line.lower().index("held" if "held" in line.lower() else "met")].strip()
    said = before if len(before) > 3 else " ".join(printed[: held[0]])  # what was held
    around = " ".join(printed[max(0, held[0] - 2) : held[0] + 3])
    return bool(_MEETING.search(said) and dates_in(around) and any(_PRESENT.search(line) for line in printed))
