"""Divisions between a motion and an amendment, as Scottish councils hold them: the one that has fewer votes is lost.

Minutes say of it no more than its count: "For the motion (4) … For the amendment (5) … The amendment was carried."
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.amendments import amendment_in, motion_in, moves, on_amendment
from ingest.clauses import clauses_end
from ingest.moved import FURTHEST
from ingest.outcomes import is_procedural, outcome_of
from ingest.resolutions import Decision
from ingest.sentences import sentences_of
from ingest.structure import Paragraph
from ingest.votes import Vote, movers_of

_SIDE = r"\bfor the {}\b"
_LISTED = re.compile(
    rf"{_SIDE.format('motion')}\D{{0,300}}?(\d{{1,2}})\b.{{0,400}}?{_SIDE.format('amendment')}\D{{0,400}}?(\d{{1,2}})\b",
    re.IGNORECASE | re.DOTALL,
)
_TOLD = re.compile(
    rf"\b(\d{{1,2}}) (?:members? |votes? |councillors? )?(?:voted |voting |were |cast )?{_SIDE.format('motion')}"
    rf".{{0,60}}?\b(\d{{1,2}}) (?:members? |votes? |councillors? )?(?:voted |voting |were |cast )?"
    rf"{_SIDE.format('amendment')}",
    re.IGNORECASE | re.DOTALL,
)
# "The MOTION received 8 votes and the AMENDMENT received 5 votes", as the Highlands have it.
_RECEIVED = re.compile(
    r"\bmotion received (\d{1,2}) votes?,? (?:and|with) the amendment (?:receiv\w+ )?(\d{1,2})\b", re.IGNORECASE
)
_BEGINS = re.compile(r"\bfor the motion\b|\bthe motion received \d", re.IGNORECASE)
_MOVED = re.compile(r"\bmoved\b", re.IGNORECASE)
#: Paragraphs over which the sides of one division may be listed.
SPREAD = 4


@dataclass(frozen=True, slots=True)
class _Division:
    """A division told in paragraphs `first` to `last`, with the votes on either side."""

    first: int
    last: int
    motion: int
    amendment: int


@dataclass(frozen=True, slots=True)
class _Put:
    """What was put to the vote: its words, and the paragraphs that they stand in."""

    words: str
    first: int
    last: int


def with_divisions(paragraphs: Sequence[Paragraph], found: Iterable[Decision]) -> list[Decision]:
    """The decisions, those made by division with the words that won and the count, and besides them what lost."""
    decisions = list(found)
    position = 0
    while position < len(paragraphs):
        division = _division_at(paragraphs, position)
        position = division.last + 1 if division else position + 1
        if division is None or division.motion == division.amendment:
            continue
        told = paragraphs[division.first].text
        put = _put_before(paragraphs, division.first) or _put_within(_before_division(told), division.first)
        if put is None:
            continue
        motion, amendment = put
        carried = division.motion > division.amendment
        votes = max(division.motion, division.amendment), min(division.motion, division.amendment)
        won, lost = (motion, amendment) if carried else (amendment, motion)
        decisions = [_as_won(each, division, won, votes) for each in decisions]
        if not any(each.outcome == "lost" and lost.first <= each.first <= lost.last for each in decisions):
            decisions.append(_as_lost(paragraphs, lost, votes))
    return decisions


def _division_at(paragraphs: Sequence[Paragraph], first: int) -> _Division | None:
    """The division whose list of those for the motion begins in a paragraph."""
    if not _BEGINS.search(paragraphs[first].text):
        return None
    text = ""
    for position in range(first, min(len(paragraphs), first + SPREAD)):
        paragraph = paragraphs[position]
        if paragraph.kind == "heading" or paragraph.item != paragraphs[first].item:
            return None
        text = f"{text} {paragraph.text}"
        if sides := _RECEIVED.search(text) or _TOLD.search(text) or _LISTED.search(text):
            return _Division(first, position, int(sides[1]), int(sides[2]))
    return None


def _put_before(paragraphs: Sequence[Paragraph], division: int) -> tuple[_Put, _Put] | None:
    """The motion and the one amendment in paragraphs before a division; None if there are not just these."""
    item = paragraphs[division].item
    moved = [
        position
        for position in range(max(0, division - FURTHEST), division)
        if paragraphs[position].item == item
        and paragraphs[position].kind == "text"
        and _MOVED.search(paragraphs[position].text)
        and movers_of(paragraphs[position].text)[0]
    ]
    amendments = [position for position in moved if on_amendment(paragraphs[position].text)]
    motions = [position for position in moved if moves(paragraphs[position].text)]
    if len(amendments) != 1 or len(motions) != 1 or motions[0] > amendments[0]:
        return None
    if motions == amendments:
        return _put_within(paragraphs[motions[0]].text, motions[0])
    return _put_at(paragraphs, motions[0], amendments[0]), _put_at(paragraphs, amendments[0], division)


def _put_at(paragraphs: Sequence[Paragraph], first: int, before: int) -> _Put:
    """What a paragraph moves, from the sentence that moves it, with the words that it leads into."""
    last = clauses_end(paragraphs, first)
    if last == first and paragraphs[first].text.rstrip().endswith((":", "-", "–", "moved")):
        last = first + 1
    last = max(first, min(last, before - 1))
    text = paragraphs[first].text
    begins = amendment_in(text) if on_amendment(text) else motion_in(text)
    return _Put(" ".join((begins, *(paragraphs[n].text for n in range(first + 1, last + 1)))), first, last)


def _put_within(text: str, position: int) -> tuple[_Put, _Put] | None:
    """The motion and the one amendment in the text of one paragraph, a sentence or more each."""
    parts = [text[start:end] for start, end in sentences_of(text)]
    amendments = [n for n, part in enumerate(parts) if on_amendment(part) and _MOVED.search(part)]
    motions = [n for n, part in enumerate(parts) if moves(part)]
    if len(amendments) != 1 or not motions or motions[0] >= amendments[0]:
        return None
    motion, amendment = parts[motions[0] : amendments[0]], parts[amendments[0] :]
    return _Put(" ".join(motion), position, position), _Put(" ".join(amendment), position, position)


def _before_division(text: str) -> str:
    """The sentences before the one in which the votes on either side are told."""
    begins = _BEGINS.search(text)
    ends = [end for _, end in sentences_of(text) if begins and end <= begins.start()]
    return text[: ends[-1]] if ends else ""


def _as_won(decision: Decision, division: _Division, won: _Put, votes: tuple[int, int]) -> Decision:
    """The decision made by this division with the count, and with the words that won where it has none but the count's.

    Any other decision is as it was.
    """
    made = decision.outcome in ("decided", "noted") and decision.first <= division.last + 1
    if not made or decision.last < division.first:
        return decision
    mover, seconder = movers_of(won.words)
    vote = replace(decision.vote or Vote(True, None, None, None, None), for_=votes[0], against=votes[1])
    if decision.mover is None or decision.first <= division.last:  # its own words may be those of what lost, too
        decision = replace(decision, mover=mover, seconder=seconder, outcome=outcome_of("carried", won.words))
    counted = replace(decision, vote=vote)
    if decision.first < division.first or decision.last > division.last or won.words in decision.text:
        return counted
    text = f"{won.words} {decision.text}"
    return replace(counted, text=text, mover=mover, seconder=seconder, first=won.first)


def _as_lost(paragraphs: Sequence[Paragraph], lost: _Put, votes: tuple[int, int]) -> Decision:
    mover, seconder = movers_of(lost.words)
    paragraph = paragraphs[lost.first]
    return Decision(
        outcome="lost",
        verb="LOST",
        text=lost.words,
        clauses=(),
        mover=mover,
        seconder=seconder,
        vote=Vote(False, votes[1], votes[0], None, None),
        number=paragraph.number,
        first=lost.first,
        last=lost.last,
        procedural=is_procedural(lost.words, paragraph.item),
    )
