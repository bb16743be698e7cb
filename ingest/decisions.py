"""Decisions as a clerk reads them: what was resolved, recommended, lost or only asked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.head import Kind
from ingest.operative import Outcome, is_procedural, operative_in, outcome_of
from ingest.structure import Paragraph
from ingest.votes import CARRIED, LOST, Vote, movers_of, vote_of

__all__ = ["Decision", "Outcome", "Vote", "decisions_of"]


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


def decisions_of(paragraphs: Sequence[Paragraph], kind: Kind) -> list[Decision]:
    """What the paper decides (minutes, a record of decisions) or only asks for (any other paper), in order."""
    if kind in ("minutes", "decision"):
        return list(_resolutions(paragraphs))
    return list(_requests(paragraphs, kind))


def _resolutions(paragraphs: Sequence[Paragraph]) -> Iterator[Decision]:
    position = 0
    while position < len(paragraphs):
        paragraph = paragraphs[position]
        if paragraph.kind in ("row", "contents"):
            position += 1
            continue
        if _is_numbered_resolution(paragraph):
            last = _block_end(paragraphs, position)
            if decision := _block(paragraphs, position, last):
                yield decision
                position = last + 1
                continue
        last = _clauses_end(paragraphs, position)
        if paragraph.kind != "heading" and (decision := _minute(paragraphs, position, last)):
            yield decision
            position = last + 1
            continue
        position += 1


_RESOLUTION_NUMBER = re.compile(r"(?:Resolution|No\.?|#|[A-Z]{0,3}-?(?:19|20)\d\d[-/]\d)", re.IGNORECASE)
_MOVES = re.compile(r"^(?:(?:NOW,? )?THEREFORE\b|BE IT\b|THAT\b|That\b)")
_WHEREAS = re.compile(r"^(?:AND )?WHEREAS\b", re.IGNORECASE)


def _is_numbered_resolution(paragraph: Paragraph) -> bool:
    return bool(
        paragraph.number and _RESOLUTION_NUMBER.match(paragraph.number) and paragraph.text.startswith(paragraph.number)
    )


def _block_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last paragraph of a numbered resolution: before the next number, or the one that says how the vote went."""
    last = first
    for position in range(first, len(paragraphs)):
        if position > first and (
            _is_numbered_resolution(paragraphs[position]) or paragraphs[position].kind == "heading"
        ):
            break
        last = position
        if _verdict(paragraphs[position].text):
            break
    return last


_VERDICT = re.compile(
    r"\b(?:carried|lost|defeated|withdrawn|deferred|tabled|not carried)\b(?: as amended| unanimously)?\W*$|^(?:carried|defeated|lost)\b",
    re.IGNORECASE,
)


def _verdict(text: str) -> str | None:
    match = _VERDICT.search(text[-60:] if len(text) > 60 else text)
    return match[0].strip(" .*:").lower() if match else None


def _block(paragraphs: Sequence[Paragraph], first: int, last: int) -> Decision | None:
    """A resolution that has a number, its mover and seconder, its words, and at the end whether it was carried."""
    texts = [paragraphs[position].text for position in range(first, last + 1)]
    whole = " ".join(texts)
    verdict = _verdict(whole)
    if verdict is None and not re.search(r"\b(?:resolved|that)\b", whole, re.IGNORECASE):
        return None
    start = next((n for n, text in enumerate(texts) if _MOVES.match(text)), None)
    if start is None:
        start = next((n for n, text in enumerate(texts) if n and not _WHEREAS.match(text)), 0)
    mover, seconder = movers_of(texts[0])
    outcome: Outcome = "decided"
    if verdict is None:
        outcome = "proposed"
    elif LOST.search(verdict):
        outcome = "lost"
    elif "withdrawn" in verdict:
        outcome = "withdrawn"
    elif verdict.startswith(("deferred", "tabled")):
        outcome = "deferred"
    text = " ".join(texts[start:])
    return Decision(
        outcome=outcome,
        verb=(verdict or "moved").upper(),
        text=text,
        clauses=tuple(texts[start:]) if len(texts) - start > 1 else (),
        mover=mover,
        seconder=seconder,
        vote=vote_of(whole) or (Vote(outcome == "decided", None, None, None, None) if verdict else None),
        number=paragraphs[first].number,
        first=first + start,
        last=last,
        procedural=is_procedural(text),
    )


_LEADS_IN = re.compile(r"(?::|\bto|\bthat|–|-|;|,)$")
_CLAUSE = re.compile(r"\(?(?:[a-z]{1,4}|[ivx]+|1)[.)]\s", re.IGNORECASE)


def _clauses_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last of the clauses or bullets that a paragraph leads into."""
    if not _LEADS_IN.search(paragraphs[first].text.rstrip()):
        return first
    last = first
    counting = False
    for position in range(first + 1, len(paragraphs)):
        following = paragraphs[position]
        if following.item != paragraphs[first].item or following.kind in ("heading", "row"):
            break
        counting = counting or (position == first + 1 and bool(re.match(r"\(?1[.)]", following.text)))
        counted = counting and re.match(r"\(?\d{1,2}[.)]\s", following.text)
        if not (following.kind == "bullet" or counted or _CLAUSE.match(following.text)):
            break
        last = position
    return last


def _minute(paragraphs: Sequence[Paragraph], first: int, last: int) -> Decision | None:
    paragraph = paragraphs[first]
    operative = operative_in(paragraph.text)
    if operative is None:
        return None
    if operative.outcome == "action":
        last = first
    clauses = tuple(paragraphs[position].text for position in range(first + 1, last + 1))
    text = paragraph.text[operative.start :]
    whole = " ".join((text, *clauses))
    before = paragraphs[first - 1].text if first and paragraphs[first - 1].item == paragraph.item else ""
    mover, seconder = movers_of(paragraph.text)
    if mover is None and operative.capitals:
        mover, seconder = movers_of(before)
    outcome = operative.outcome
    if clauses and outcome in ("decided", "noted"):
        outcome = outcome_of(operative.verb, whole)
    return Decision(
        outcome=outcome,
        verb=operative.verb,
        text=whole,
        clauses=clauses,
        mover=mover,
        seconder=seconder,
        vote=vote_of(paragraph.text) or (vote_of(before) if CARRIED.search(before) else None),
        number=paragraph.number,
        first=first,
        last=last,
        procedural=is_procedural(f"{paragraph.item or ''} {text}" if len(text) < 160 else text),
    )


_ASKED = re.compile(
    r"^(?:(?:officer|the )?recommendations?\b|recommended\b|(?:the )?(?:committee|cabinet|council|members?|executive|board|panel)[^.]{0,60}"
    r"\b(?:is|are) (?:asked|recommended|requested|invited)\b|it is recommended\b|that (?:the )?(?:committee|cabinet|council)\b)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:is|are) (?:asked|recommended|requested|invited) to\b|\bit is recommended that\b|\bwe recommend\b",
    re.IGNORECASE,
)
_MOTION = re.compile(
    r"\b(?:council|committee|cabinet|we)\s+(?:therefore\s+)?(?:resolves?|calls?|agrees?|believes?|notes?)\b(?: to\b| that\b| on\b|:)",
    re.IGNORECASE,
)


def _requests(paragraphs: Sequence[Paragraph], kind: Kind) -> Iterator[Decision]:
    """A report's recommendations, and the motions an agenda gives notice of: asked for, not decided."""
    position = 0
    while position < len(paragraphs):
        paragraph = paragraphs[position]
        heads = paragraph.kind == "heading" and re.match(
            r"(?:\d[\d.]*\s+)?(?:officer |summary of )?recommendations?\b", paragraph.text, re.I
        )
        if heads:
            last = _section_end(paragraphs, position)
            if last > position:
                yield _request(paragraphs, position + 1, last, "recommended")
                position = last + 1
                continue
        elif paragraph.kind != "row" and kind == "agenda" and _MOTION.search(paragraph.text):
            last = _clauses_end(paragraphs, position)
            yield _request(paragraphs, position, last, "proposed")
            position = last + 1
            continue
        elif paragraph.kind in ("text", "bullet") and (_ASKED.match(paragraph.text) or _WITHIN.search(paragraph.text)):
            last = _clauses_end(paragraphs, position)
            yield _request(paragraphs, position, last, "recommended")
            position = last + 1
            continue
        position += 1


def _section_end(paragraphs: Sequence[Paragraph], heading: int) -> int:
    last = heading
    for position in range(heading + 1, min(len(paragraphs), heading + 25)):
        if paragraphs[position].kind == "heading":
            break
        last = position
    return last


def _request(paragraphs: Sequence[Paragraph], first: int, last: int, outcome: Outcome) -> Decision:
    texts = tuple(paragraphs[position].text for position in range(first, last + 1))
    return Decision(
        outcome=outcome,
        verb="recommended" if outcome == "recommended" else "motion",
        text=" ".join(texts),
        clauses=texts[1:] if len(texts) > 1 else (),
        mover=None,
        seconder=None,
        vote=None,
        number=paragraphs[first].number,
        first=first,
        last=last,
        procedural=False,
    )
