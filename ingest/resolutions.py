"""Decisions as a clerk reads them in minutes: statements that decide, with their clauses, movers and votes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.operative import Operative, operatives_in
from ingest.outcomes import Outcome, is_procedural, outcome_of
from ingest.structure import Paragraph
from ingest.votes import CARRIED, LOST, Vote, movers_of, vote_of


@dataclass(frozen=True, slots=True)
class Decision:
    """One resolution, recommendation, motion or action, over paragraphs `first` to `last` of its paper.

    `text` is its operative words with every clause, as printed; `clauses` the same, one a clause, where it has them.
    `procedural` marks minutes confirmed, public excluded, apologies and the like.
    """

    outcome: Outcome
    verb: str
    text: str
    clauses: tuple[str, ...]
    mover: str | None
    seconder: str | None
    vote: Vote | None
    number: str | None
    first: int
    last: int
    procedural: bool


def resolutions_of(paragraphs: Sequence[Paragraph]) -> Iterator[Decision]:
    """What minutes, or a record of decisions, decide, in order."""
    position = 0
    while position < len(paragraphs):
        paragraph = paragraphs[position]
        last = position
        if paragraph.kind not in ("row", "contents"):
            block = _block(paragraphs, position) if _is_numbered(paragraph) else None
            found = [block] if block else []
            if not found and paragraph.kind != "heading":
                found = _minute(paragraphs, position)
            yield from found
            last = max([position, *(decision.last for decision in found)])
        position = last + 1


_NUMBER = re.compile(r"(?:Resolution|No\.?|#|[A-Z]{0,3}-?(?:19|20)\d\d[-/]\d)", re.IGNORECASE)
_MOVES = re.compile(r"^(?:(?:NOW,? )?THEREFORE\b|BE IT\b|THAT\b|That\b|Now,? therefore\b)")
_WHEREAS = re.compile(r"^(?:AND )?WHEREAS\b", re.IGNORECASE)
_VERDICT = re.compile(
    r"\b(?:not carried|carried|lost|defeated|withdrawn|deferred|tabled)\b(?: as amended| unanimously)?\W*$"
    r"|^(?:carried|defeated|lost)\b",
    re.IGNORECASE,
)


def _is_numbered(paragraph: Paragraph) -> bool:
    number = paragraph.number
    return bool(number and _NUMBER.match(number) and paragraph.text.startswith(number))


def _verdict(text: str) -> str | None:
    match = _VERDICT.search(text[-60:] if len(text) > 60 else text)
    return match[0].strip(" .*:").lower() if match else None


def _block(paragraphs: Sequence[Paragraph], first: int) -> Decision | None:
    """A resolution that has a number, its mover and seconder, its words, and at the end whether it was carried."""
    last = _block_end(paragraphs, first)
    texts = [paragraphs[position].text for position in range(first, last + 1)]
    whole = " ".join(texts)
    verdict = _verdict(whole)
    if verdict is None and not re.search(r"\b(?:resolved|that)\b", whole, re.IGNORECASE):
        return None
    start = next((n for n, text in enumerate(texts) if _MOVES.match(text)), None)
    if start is None:
        start = next((n for n, text in enumerate(texts) if n and not _WHEREAS.match(text)), 0)
    mover, seconder = movers_of(texts[0])
    text = " ".join(texts[start:])
    return Decision(
        outcome=_outcome_by(verdict, text),
        verb=(verdict or "moved").upper(),
        text=text,
        clauses=tuple(texts[start:]) if len(texts) - start > 1 else (),
        mover=mover,
        seconder=seconder,
        vote=vote_of(whole) or (Vote(not LOST.search(verdict), None, None, None, None) if verdict else None),
        number=paragraphs[first].number,
        first=first + start,
        last=last,
        procedural=is_procedural(text),
    )


def _outcome_by(verdict: str | None, text: str) -> Outcome:
    if verdict is None:
        return "proposed"
    if LOST.search(verdict):
        return "lost"
    if "withdrawn" in verdict:
        return "withdrawn"
    if verdict.startswith(("deferred", "tabled")):
        return "deferred"
    outcome = outcome_of("carried", _MOVES.sub("", text))
    return outcome if outcome in ("decided", "noted", "deferred") else "decided"


def _block_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last paragraph of a numbered resolution: before the next number, or the one that says how the vote went."""
    last = first
    for position in range(first, len(paragraphs)):
        if position > first and (_is_numbered(paragraphs[position]) or paragraphs[position].kind == "heading"):
            break
        last = position
        if _verdict(paragraphs[position].text):
            break
    return last


_LEADS_IN = re.compile(r"(?::|\b(?:to|that)|–|-|;|,)$")
_CLAUSE = re.compile(r"\(?(?:[a-z]{1,4}|[ivx]+|1)[.)]\s", re.IGNORECASE)
_AS_FOLLOWS = re.compile(r"\b(?:as follows|following|below)\b.{0,60}:$|:$")


def clauses_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last of the clauses, bullets or rows that a paragraph leads into."""
    text = paragraphs[first].text.rstrip()
    if not _LEADS_IN.search(text):
        return first
    last = first
    counting = rows = False
    for position in range(first + 1, len(paragraphs)):
        following = paragraphs[position]
        if following.item != paragraphs[first].item or following.kind == "heading":
            break
        beginning = position == first + 1
        counting = counting or (beginning and bool(re.match(r"\(?1[.)]", following.text)))
        rows = rows or (beginning and following.kind == "row" and bool(_AS_FOLLOWS.search(text)))
        counted = counting and re.match(r"\(?\d{1,2}[.)]\s", following.text)
        tabled = rows and following.kind == "row" and position - first <= 30
        listed = following.kind != "row" and (following.kind == "bullet" or counted or _CLAUSE.match(following.text))
        if not (tabled or listed):
            break
        last = position
    return last


_VOTE_AFTER = re.compile(
    r"^\W*(?:proposed|moved|proposer|seconded|carried|unanimous|all in favour|approval\b.{0,12}proposed|(?:the )?vote\b|votes? (?:for|cast)"
    r"|for\s*:?\s*\(?\d|on a (?:show|vote)|(?:the|this) (?:motion|amendment|proposal) (?:was|being)?.{0,40}(?:carried|lost|put))",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:moved|proposed|proposes|proposal|motion|amendment|resolves?)\b", re.IGNORECASE)
_INLINE = re.compile(r"(?:(?<=\s)|^)(?=\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s)")


def _minute(paragraphs: Sequence[Paragraph], position: int) -> list[Decision]:
    """The decisions in a paragraph, the last of them with the clauses it leads into and the vote after it."""
    paragraph = paragraphs[position]
    operatives = operatives_in(paragraph.text, discussion=paragraph.kind == "bullet")
    found: list[Decision] = []
    for number, operative in enumerate(operatives):
        only = len(operatives) == 1
        ends = number + 1 == len(operatives)
        last = clauses_end(paragraphs, position) if ends and operative.outcome != "action" else position
        found.append(_decision(paragraphs, position, last, operative, only=only, ends=ends, begins=number == 0))
    return found


def _decision(
    paragraphs: Sequence[Paragraph], position: int, last: int, operative: Operative, *, only: bool, ends: bool, begins: bool
) -> Decision:
    paragraph = paragraphs[position]
    clauses = tuple(paragraphs[n].text for n in range(position + 1, last + 1))
    said = paragraph.text[operative.start : operative.end]
    first = _motion_before(paragraphs, position) if operative.backward and begins else position
    before = [paragraphs[n].text for n in range(first, position)]
    text = " ".join((*before, said, *clauses))
    around = paragraph.text if only else said
    outcome = operative.outcome
    if clauses and outcome in ("decided", "noted"):
        outcome = outcome_of(operative.verb, " ".join((said, *clauses)))
    after = ""
    if ends and outcome != "action" and last + 1 < len(paragraphs):
        following = paragraphs[last + 1]
        if following.kind == "text" and following.item == paragraph.item and len(following.text) < 240 and _VOTE_AFTER.match(following.text):  # fmt: skip
            after, last = following.text, last + 1
            text = f"{text} {after}"
            outcome = "lost" if LOST.search(after) and not CARRIED.search(after) else outcome
    mover, seconder = next((names for part in (*before, around, after) if part and (names := movers_of(part))[0]), (None, None))  # fmt: skip
    earlier = paragraphs[position - 1].text if position and paragraphs[position - 1].item == paragraph.item else ""
    if mover is None and operative.capitals and begins:
        mover, seconder = movers_of(earlier)
    vote = vote_of(f"{around} {after}".strip()) or (vote_of(earlier) if begins and CARRIED.search(earlier) else None)
    if not clauses and len(inline := [part.strip() for part in _INLINE.split(text) if part.strip()]) > 2:
        clauses = tuple(inline[1:])
    return Decision(
        outcome=outcome,
        verb=operative.verb,
        text=text,
        clauses=clauses,
        mover=mover,
        seconder=seconder,
        vote=vote,
        number=paragraph.number,
        first=first,
        last=last,
        procedural=outcome != "action" and is_procedural(text, paragraph.item),
    )


def _motion_before(paragraphs: Sequence[Paragraph], position: int) -> int:
    """Where the motion is set out that the paragraph disposes of: a paragraph or a list before it, in the same item."""
    for back in range(position - 1, max(-1, position - 9), -1):
        paragraph = paragraphs[back]
        if paragraph.kind in ("heading", "row") or paragraph.item != paragraphs[position].item:
            break
        if paragraph.kind == "bullet" or _CLAUSE.match(paragraph.text):
            continue
        return back if _MOVED.search(paragraph.text) and not CARRIED.search(paragraph.text) else position
    return position
