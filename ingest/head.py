"""The top of a page: whether a paper begins there, of what kind, and what its header table says."""

import re
from dataclasses import dataclass, field
from typing import Literal

from ingest.dates import dates_in
from ingest.lines import Line
from ingest.pages import Page
from ingest.records import PLAIN, lists_decisions, reads_as_minutes, tells_of_meeting

Kind = Literal["agenda", "minutes", "report", "appendix", "supplement", "decision", "notice", "other"]
Standing = Literal["draft", "confirmed", "unknown"]

TOP_LINES = 14

_LABELS = {
    "title": r"(?:report )?title|subject|report on|re|title of report|name of report|decision title",
    "date": r"date of (?:the )?(?:committee |council |cabinet )?(?:meeting|decision)|meeting date|committee date|date",
    "to": r"to|report to|meeting|decision[- ]maker|decision to be taken by",
    "committee": r"committee|meeting of|name of committee|body",
    "from": r"from|report of|report by|by|responsible (?:chief |lead |senior )?(?:officer|director|member)s?|author"
    r"|report author|(?:lead |contact |reporting )officer|director|(?:lead )?cabinet member|portfolio holder"
    r"|prepared by|submitted by|lead member",
    "item": r"(?:agenda )?item(?: no\.?| number)?",
    "classification": r"classification|status|exempt(?: information)?|publication status|public or private",
    "other": r"wards?(?: affected| covered)?|electoral divisions?|key decision"
    r"|strategic impact|purpose(?: of (?:the )?report)?|past pathway.*|future pathway.*|venue|time|decision no\.?",
}
_LABEL = re.compile("|".join(f"(?P<{key}>{pattern})" for key, pattern in _LABELS.items()), re.IGNORECASE)
_MINUTES = re.compile(
    r"^(?:[\w’'(),&/–-]+\s+){0,8}?(?:minutes?|notes?)\b(?: of(?: (?:a|an|the|its))? .*\b(?:meeting|committee|council"
    r"|cabinet|panel|board)\b| of proceedings)"
    r"|^(?:(?:draft|unconfirmed|printed|public|amended|approved|council|committee|meeting|regular"
    r"|special|cofnodion|miontuairiscí)\s+(?:/\s*)?)*minutes\b.{0,60}$"
    r"|^(?:[\w’'&,()-]+\s+){1,6}minutes\s*[–:-].{4,40}\b(?:19|20)\d\d$|^(?:draft )?minutes\s*/\s*cofnodion\b.{0,40}$"
    r"|^(?:[\w’'&,()-]+\s+){1,6}minutes$",
    re.IGNORECASE,
)
# A minute about other minutes: "4.1 The minutes of the meeting held on … were agreed".
_ABOUT_MINUTES = re.compile(
    r"^(?:\d|(?:resolved )?that\b)|\bpage \d|\b(?:approv|confirm|agreed|signed|adopt|correct record|true record"
    r"|receive|consider|matters? arising|previous|last)",
    re.IGNORECASE,
)
_HELD = re.compile(r"\b(?:held|met|meeting|present|commenc)", re.IGNORECASE)
_AGENDA = re.compile(
    r"^(?:(?:draft|public|amended|revised|supplementary|council|meeting|regular|special)\s+)*agenda(?: pack"
    r"| front ?sheet| package)?(?:\s*[–:-].{0,60})?$"
    r"|^agenda (?:for|of) (?:the|an?) (?!next|last)(?:\w+ ){0,4}meeting\b"
    r"|\b(?:notice of meeting|you are (?:hereby )?(?:summoned|invited)|summons to attend|meeting agenda"
    r"|council agenda)\b",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\b(?:public notice|notice of (?:vacancy|election|conclusion|public rights|exercise))\b", re.I)
_APPENDIX = re.compile(
    r"^(?:exempt |confidential |restricted )?(?:appendix|annexe?|enclosure)\b\s*"
    r"(?:[A-Z]{1,2}|\d{1,2}|[IVX]{1,4})?(?:[a-z]|\.\d)?\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_SUPPLEMENT = re.compile(
    r"^(?:supplementary (?:agenda|paper|report|pack|information)|addendum|late (?:item|paper)|supplement\b)", re.I
)
_PROPOSED = re.compile(r"\b(?:proposed record of decision|draft decision|proposed decision)\b", re.IGNORECASE)
_STAMP = re.compile(r"^agenda item(?: no\.?)?:?\s*(?P<item>\d{1,2}[a-z]?)\b", re.IGNORECASE)
_DRAFT = re.compile(r"\b(?:draft|unconfirmed|subject to (?:confirmation|approval)|unapproved)\b", re.IGNORECASE)
STAFF_REPORT = "headed Staff Report"
# What lies in a pack between a meeting's own papers, and is of no meeting: each begins a paper that decides nothing.
_LOOSE = (
    ("a letter", re.compile(r"^(?:dear\b|re:|to whom it may concern|attention:|via e-?mail)", re.IGNORECASE)),
    ("headed Correspondence", re.compile(r"^correspondence\W*$", re.IGNORECASE)),
    ("a by-law", re.compile(r"^(?:draft )?by-?law (?:number|no\.?)\W*\d", re.IGNORECASE)),
    ("a form for a motion", re.compile(r"^(?:.{0,40}\W)?RESOLUTION\W*$")),
)
LOOSE = (STAFF_REPORT, *(why for why, _ in _LOOSE))
_BLANK = re.compile(r"^(?:moved|proposed) by\W*$|^seconded by\W*$|\bnumber\W.{0,8}$", re.IGNORECASE)
_STAFF = re.compile(r"^(?:staff|information|administrative|officer) report\b(?! (?:was|from|on the)\b)", re.IGNORECASE)
_REPORT = re.compile(r"\breport (?:to|of|by|title|on)\b|\brecommendations?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of a page says. `starts` says whether a paper begins here; `text` is the top as one string.

    `closed` is the mark by which a part of another paper is closed, where nothing else makes it a paper.
    """

    kind: Kind
    starts: bool
    title: str
    item: str | None
    standing: Standing
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    why: str = ""
    closed: str = ""


def head_of(page: Page, *, first: bool, file_name: str) -> Head:
    """Reads the top of a page. `first` says that it is the PDF's first, which always begins a paper."""
    lines = [line for line in page.lines[:TOP_LINES] if line.text.strip()]
    printed = [line.text.strip(" *_=~-–") for line in lines]
    text = "\n".join(printed)
    fields = header_fields(page.lines[: 40 if first else 20])
    stamp = next((match["item"] for line in (*page.furniture, *lines[:2]) if (match := _STAMP.match(line.text))), None)
    kind, why = _kind(printed, fields, file_name if first else "", page)
    if not first and kind is not None and why != STAFF_REPORT and not _begins_within(kind, text, fields):
        kind, why = None, ""
    item = stamp or (re.sub(r"\D+$", "", fields["item"]) or None if "item" in fields else None)
    around = " ".join([*printed[:8], *(line.text for line in page.furniture), file_name if first else ""])
    standing: Standing = "draft" if kind == "minutes" and _DRAFT.search(around) else "unknown"
    starts = first or kind is not None or (stamp is not None and bool(printed))
    title = fields.get("title") or _first_title(lines, kind)
    return Head(kind or "other", starts, title, item, standing, fields, text, why or "nothing at its head says more")


def _begins_within(kind: Kind, text: str, fields: dict[str, str]) -> bool:
    """Whether the signs are enough for a paper to begin in the middle of a PDF, where most pages begin nothing."""
    if kind in ("minutes", "agenda"):
        return bool(dates_in(text))
    if kind == "report":
        return "title" in fields and bool(fields.keys() & {"date", "to", "committee", "item", "from"})
    return True


def _kind(printed: list[str], fields: dict[str, str], file_name: str, page: Page) -> tuple[Kind | None, str]:
    top = printed[:9]
    joined = " ".join(printed)
    labels = fields.keys() - {"other", "classification"}
    appendices = [n for n, line in enumerate(printed[:6]) if _APPENDIX.match(line) and len(line) < 100]
    if appendices and appendices[0] <= 1 and len(appendices) <= 2 and not {"title", "from"} <= labels:
        return "appendix", "headed Appendix"
    if any(_SUPPLEMENT.match(line) for line in top[:5]):
        return "supplement", "headed supplementary"
    if any(_PROPOSED.search(line) for line in top[:6]):
        return "report", "a proposed record of decision, which decides nothing"
    if any(PLAIN.match(line) and len(line) < 80 for line in top[:3]) or lists_decisions(printed):
        return "decision", "headed as a record of decisions"
    if len(labels & {"title", "from", "to", "date", "committee"}) >= 2 and "title" in labels or len(labels) >= 4:
        return "report", "has a report's header"
    if {"from", "classification"} <= fields.keys():
        return "report", "says from whom it is and how it is classified"
    minutes = next((n for n, line in enumerate(top) if _is_minutes_heading(line)), None)
    agenda = next((n for n, line in enumerate(printed) if _AGENDA.search(line)), None)
    if minutes is not None and (agenda is None or minutes < agenda) and _HELD.search(joined):
        return "minutes", "headed Minutes"
    tells = file_name and reads_as_minutes(printed, [line.text for line in page.lines])
    if agenda is not None and not tells:
        return "agenda", "headed Agenda"
    if not file_name and (loose := _loose(printed)):
        return loose
    if minutes is not None and minutes < 3 and len(printed[minutes]) < 40:
        return "minutes", "headed Minutes"
    if file_name:
        if any(_NOTICE.search(line) for line in top):
            return "notice", "headed as a notice"
        if tells_of_meeting(printed):
            return "minutes", "says that a meeting was held, and who was present"
        if tells:
            return "minutes", "tells throughout what a meeting did"
        return _kind_by_name(file_name, printed)
    return None, ""


def _loose(printed: list[str]) -> tuple[Kind, str] | None:
    """A staff report, or one of the papers of no meeting that a pack holds: letters, by-laws, forms for a motion."""
    if any(_STAFF.match(line) for line in printed[:3]):
        return "report", STAFF_REPORT
    for why, pattern in _LOOSE:
        here = [line for line in printed if pattern.match(line)]
        if why == "a letter":
            here = here if any(_is_date(line) for line in printed[:10]) else []
        if why == "a form for a motion":
            here = here if any(_BLANK.search(line) for line in printed) else []
        if here:
            return "other", why
    return None


def _is_date(line: str) -> bool:
    """Whether a line is a date and no more, as a letter has it."""
    found = dates_in(line)
    return len(found) == 1 and len(line) - (found[0].end - found[0].start) < 12


def _is_minutes_heading(line: str) -> bool:
    return len(line) < 160 and bool(_MINUTES.search(line)) and not _ABOUT_MINUTES.search(line)


def _kind_by_name(file_name: str, printed: list[str]) -> tuple[Kind | None, str]:
    name = file_name.lower()
    for word, kind in (("minute", "minutes"), ("cofnodion", "minutes"), ("agenda", "agenda"), ("appendix", "appendix"),
                       ("annex", "appendix"), ("supplement", "supplement"), ("notice", "notice"),
                       ("report", "report")):  # fmt: skip
        if word in name:
            return kind, "the file's name"  # type: ignore[return-value]
    if _REPORT.search(" ".join(printed)):
        return "report", "speaks of a report or recommendations at its head"
    return None, ""


def header_fields(lines: tuple[Line, ...]) -> dict[str, str]:
    """What a report's header table says, by our own names for its labels: title, date, to, committee, from, item."""
    found: dict[str, str] = {}
    current: str | None = None
    column = 0.0
    for line in lines:
        label, value, left = _labelled(line)
        if label is not None:
            current = label if label not in found else None
            if current:
                found[current], column = value, left
        elif current and column and line.x0 >= column - 6 and line.x0 > lines[0].x0 + 30:
            found[current] = f"{found[current]} {line.text}".strip()
        elif line.x0 < column - 6 or not column:
            current = None
    return found


def _labelled(line: Line) -> tuple[str | None, str, float]:
    """The field a line begins, its value, and where the value stands; None for an ordinary line."""
    if len(line.cells) >= 2 and (match := _LABEL.fullmatch(line.cells[0].text.strip(" :"))):
        return match.lastgroup, " ".join(cell.text for cell in line.cells[1:]), line.cells[1].x0
    before, colon, after = line.text.partition(":")
    if colon and len(before) < 48 and (match := _LABEL.fullmatch(before.strip())):
        left = line.cells[1].x0 if len(line.cells) > 1 else line.x0 + 40
        return match.lastgroup, after.strip(), left
    return None, "", 0.0


def _first_title(lines: list[Line], kind: Kind | None) -> str:
    """The largest of the first lines, with those of its size that follow on."""
    if not lines:
        return ""
    top = lines[:8]
    size = max(line.size for line in top)
    first = next(n for n, line in enumerate(top) if line.size >= size - 0.1)
    if kind == "appendix":
        first = next((n for n, line in enumerate(top) if _APPENDIX.match(line.text.strip())), 0)
        size = top[first].size
    words = [top[first].text]
    for line in top[first + 1 : first + 3]:
        if abs(line.size - size) > 0.6 or line.bold != top[first].bold or len(" ".join(words)) > 120:
            break
        words.append(line.text)
    return " ".join(words)[:160]


def is_header_line(text: str) -> bool:
    """Whether a line is one of a report's header table: "Subject: …", "Date of meeting: …"."""
    before, colon, _ = text.partition(":")
    return bool(colon) and len(before) < 48 and _LABEL.fullmatch(before.strip()) is not None
