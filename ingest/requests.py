"""What a paper only asks for: a report's recommendations, notices of motion, an agenda's items for decision."""

import re
from collections.abc import Iterator, Sequence

from ingest.clauses import clauses_end
from ingest.head import Kind
from ingest.outcomes import Outcome, is_procedural
from ingest.resolutions import Decision
from ingest.structure import Paragraph
from ingest.votes import giver_of, movers_of

_HEADING = re.compile(r"(?:\d[\d.]*\s+)?(?:officer |summary of |proposed )?recommendations?\b", re.IGNORECASE)
_LABEL = re.compile(r"(?:\d[\d.]*\s+)?(?:officer )?(?:recommendations?|recommendation\(s\))\s*:?", re.IGNORECASE)
_ASKED = re.compile(
    r"^(?:\d[\d.]*\s+)?(?:(?:officer |the )?recommendations?\b\W|recommended\b|(?:the )?(?:committee|cabinet|council"
    r"|members?|executive|board|panel)[^.]{0,60}"
    r"\b(?:is|are) (?:asked|recommended|requested|invited)\b|it is recommended\b|that (?:the )?(?:committee|cabinet"
    r"|council)\b)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:is|are) (?:asked|recommended|requested|invited) to\b|\bit is (?:therefore )?recommended that\b"
    r"|\bwe (?:therefore )?recommend\b",
    re.IGNORECASE,
)
_MOTION = re.compile(
    r"\b(?:I|we) (?:will|shall|hereby|give notice that I (?:will|shall)) move\b.{0,80}\bthat\b|"
    r"\b(?:council|committee|cabinet|meeting|we)\s+(?:therefore\s+)?(?:resolves?|calls?|agrees?|believes?"
    r"|notes?)\b(?: to\b| that\b| on\b|:)",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\bnotice\b.{0,60}\bmotion\b|\bgives? notice\b|\bmotion (?:by|from|proposed by)\b", re.IGNORECASE)
_ITEM = re.compile(
    r"^\W*(?:(?:\d{1,3}(?:\.\d+)*|[a-z]|[ivx]{1,4})[.)]?\s*)?(?:(?:resolutions?|by-?laws?|motions?|decisions?)\s*[:–-]\s+\w"
    r"|(?:[\w’' ]{3,60}[:–-]\s+)?(?:members |council )?to "
    r"(?:(?:receive|discuss|review|note|consider) (?:and|/) )?(?:consider|agree|approve|decide|adopt|resolve|appoint"
    r"|elect|set|authori[sz]e|determine"
    r"|ratify|confirm|accept|award|nominate|co-?opt|sign)\b)",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s*)?(?:To [a-z]+ |That (?:the |it |members )?[a-zA-Z]+ )")
_LISTS = ("agenda", "notice", "supplement")


def requests_of(paragraphs: Sequence[Paragraph], kind: Kind) -> Iterator[Decision]:
    """What is asked for or moved; nothing here has been decided."""
    position = 0
    while position < len(paragraphs):
        paragraph = paragraphs[position]
        last = position
        found: Decision | None = None
        headed = paragraph.kind == "heading" and _HEADING.match(paragraph.text)
        if (headed or _LABEL.fullmatch(paragraph.text)) and kind not in _LISTS:
            last = _section_end(paragraphs, position)
            found = _request(paragraphs, position + 1, last, "recommended", "recommended") if last > position else None
        elif paragraph.kind in ("row", "contents"):
            pass
        elif kind in _LISTS and _MOTION.search(paragraph.text):
            last = clauses_end(paragraphs, position)
            found = _request(paragraphs, position, last, "proposed", "motion")
        elif kind in _LISTS and _ITEM.match(paragraph.text):
            last = clauses_end(paragraphs, position)
            found = _request(paragraphs, position, last, "proposed", "agenda")
        elif paragraph.kind in ("text", "bullet") and (_ASKED.match(paragraph.text) or _WITHIN.search(paragraph.text)):
            last = clauses_end(paragraphs, position)
            found = _request(paragraphs, position, last, "recommended", "recommended")
        if found is not None:
            yield found
        position = last + 1


_I_MOVE = re.compile(r"\W*I (?:will|shall) move\b.{0,80}\bthat\b", re.IGNORECASE | re.DOTALL)


def left_open(paragraphs: Sequence[Paragraph], found: Sequence[Decision]) -> Iterator[Decision]:
    """Notices of motion that minutes print, "I will move that …", where nothing in the item says what came of them."""
    settled = {paragraphs[each.first].item for each in found if each.outcome != "action"}
    for position, paragraph in enumerate(paragraphs):
        if paragraph.kind == "text" and paragraph.item not in settled and _I_MOVE.match(paragraph.text):
            yield _request(paragraphs, position, clauses_end(paragraphs, position), "proposed", "motion")


def _section_end(paragraphs: Sequence[Paragraph], heading: int) -> int:
    last = heading
    for position in range(heading + 1, min(len(paragraphs), heading + 25)):
        # What is recommended may be printed in bold, like a heading.
        bold = (
            position == last + 1 and paragraphs[position].kind == "heading" and _BOLD.match(paragraphs[position].text)
        )
        if paragraphs[position].kind in ("heading", "row") and not bold:
            break
        if position > heading + 1 and _is_past(paragraphs, heading + 1, position):
            break
        last = position
    return last


_DOTTED = re.compile(r"(\d{1,2})\.\d")


def _is_past(paragraphs: Sequence[Paragraph], first: int, position: int) -> bool:
    """Whether a paragraph is the report's own again: of another section's number, or prose that asks for nothing."""
    opener, above, paragraph = paragraphs[first], paragraphs[position - 1], paragraphs[position]
    if paragraph.kind != "text":
        return False
    section = _DOTTED.match(paragraph.text)
    if section:
        begun = _DOTTED.match(opener.text)
        return begun is None or begun[1] != section[1]
    asks = _ASKED.match(paragraph.text) or _WITHIN.search(paragraph.text) or _BOLD.match(paragraph.text)
    numbered = paragraph.number is not None and paragraph.text.lstrip("(").startswith(paragraph.number)
    return not asks and not numbered and above.text.rstrip().endswith(".")


def _request(paragraphs: Sequence[Paragraph], first: int, last: int, outcome: Outcome, verb: str) -> Decision:
    texts = tuple(paragraphs[position].text for position in range(first, last + 1))
    whole = " ".join(texts)
    mover: str | None = None
    seconder: str | None = None
    if verb == "motion":
        around = [paragraph.text for paragraph in paragraphs[max(0, first - 2) : last + 2]]
        mover, seconder = next((names for text in around if (names := movers_of(text))[0]), (None, None))
        mover = mover or next(filter(None, map(giver_of, around)), None)
    item = paragraphs[first].item
    return Decision(
        outcome=outcome,
        verb=verb,
        text=whole,
        clauses=texts[1:] if len(texts) > 1 else (),
        mover=mover,
        seconder=seconder,
        vote=None,
        number=paragraphs[first].number,
        first=first,
        last=last,
        procedural=verb == "agenda" and is_procedural(whole, item),
    )
