"""What stood before the words that say how it went: the motion, who moved and seconded it, and the vote."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.amendments import Operative, moves, on_amendment
from ingest.block_ends import is_vote
from ingest.clauses import clauses_end
from ingest.operative import operatives_in, settles
from ingest.outcomes import Outcome, outcome_of
from ingest.sentences import sentences_of
from ingest.structure import Paragraph
from ingest.tallies import tally_in
from ingest.verdicts import verdict_in
from ingest.votes import Vote, movers_of, vote_of

_SETS_OUT = re.compile(
    r"\b(?:MOTION|AMENDMENT|Motion|Amendment) \((?=[A-Z])|\b(?:moved|proposed|proposes"
    r"|seconded)\b.{0,200}(?:\bthat\b|\bto\b|:|[–-]\s*$)|\bresolves? (?:to|that)\b"
    r"|^[“\"](?:That|I|To|This|We)\b|^That\b.{0,400}\b(?:moved|proposed|seconded)\b"
    r"|\bmotion\b.{0,80}:$|\bmotion (?:was )?(?:made )?by\b.{0,200}(?:\bthat\b|\bto\b)"
    r"|\bconsidered (?:a|the) (?:proposal|request|suggestion) (?:to|that|for|from)\b",
    re.IGNORECASE | re.DOTALL,
)
_THAT = re.compile(r"(?:\d[\d.]*\s+)?(?:AND |And |and )?(?:That|THAT)\b")
_PUT = re.compile(r"\bput to the (?:vote|meeting)\b", re.IGNORECASE)
#: A motion this many paragraphs or fewer before its vote is cited with it; one further off only lends its words.
NEAR = 2
FURTHEST = 14
# Headings within an item, under which it goes on.
_OF_THE_MOTION = re.compile(
    r"\W*(?:notice of motion|motion|proposal|amendment|decision|debate|discussion|(?:recorded )?vote|recommendation)\b",
    re.I,
)


def _only_amends(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether what a paragraph disposes of is an amendment, in it or right before it."""
    text = paragraphs[position].text
    found = [each for each in operatives_in(text) if each.outcome != "action"]
    if all(on_amendment(text[each.start : each.end]) for each in found):
        return True
    before = paragraphs[position - 1].text if position else ""
    return verdict_in(text) is not None and len(text) < 120 and on_amendment(before) and not moves(before)


def movers_before(paragraphs: Sequence[Paragraph], position: int) -> tuple[str | None, str | None]:
    """Who moved and seconded in the paragraph before, or in one before that with only the vote between."""
    for back in range(position - 1, max(-1, position - NEAR - 2), -1):
        paragraph = paragraphs[back]
        if paragraph.item != paragraphs[position].item or (back < position - 1 and settles(paragraph.text)):
            break
        names = movers_of(paragraph.text)
        if names[0] or not is_vote(paragraph.text):
            return names
    return None, None


def vote_before(paragraphs: Sequence[Paragraph], first: int, position: int, outcome: Outcome) -> Vote | None:
    """The vote recorded in the paragraphs between a motion and the words that say how it went."""
    item = paragraphs[position].item
    since = next((n + 1 for n in range(position - 2, first - 1, -1) if settles(paragraphs[n].text)), first)
    vote = vote_of(" ".join(each.text for each in paragraphs[since : position + 1] if each.item == item))
    if vote is None or (vote.carried is False and outcome in ("decided", "noted")):
        return None  # that of an amendment, or of another motion
    return replace(vote, carried=outcome != "lost") if vote.carried is None else vote


def motion_before(paragraphs: Sequence[Paragraph], position: int, *, main: bool, amending: bool) -> range:
    """The motion that the paragraph disposes of, with its list: set out before it, in the same item.

    `main` says that it speaks of the motion itself, so that amendments between are passed over; `amending` that
    it speaks of an amendment, whose words are no other motion's.
    """
    for back in range(position - 1, max(-1, position - FURTHEST), -1):
        paragraph = paragraphs[back]
        parted = paragraph.kind == "heading" and not _OF_THE_MOTION.match(paragraph.text)
        if parted or paragraph.item != paragraphs[position].item:
            break
        if paragraph.kind == "text" and settles(paragraph.text) and not (main and _only_amends(paragraphs, back)):
            break
        if main and paragraph.kind == "text" and on_amendment(paragraph.text) and not moves(paragraph.text):
            continue
        above = paragraphs[back - 1].text if back else ""
        if main and above.endswith(":") and on_amendment(above) and not moves(above):
            continue  # the words of an amendment, under who moved it
        right_above = back == position - 1 and _THAT.match(paragraph.text) is not None
        sets_out = right_above or _SETS_OUT.search(paragraph.text) is not None
        amends = on_amendment(paragraph.text) or (above.endswith(":") and on_amendment(above))
        if amending and sets_out and not amends:
            break
        # "B. Bus purchase. It was moved by A to …" is no item of a list.
        own = paragraph.kind == "text" or (paragraph.kind == "bullet" and movers_of(paragraph.text)[0] is not None)
        if own and sets_out and not _PUT.search(paragraph.text):
            leads = above.endswith(":") or (not above.endswith((".", "?", "!")) and movers_of(above)[1] is not None)
            if leads and paragraphs[back - 1].kind == "text":
                back -= 1
            last = clauses_end(paragraphs, back)
            if last == back and paragraphs[back].text.endswith((":", "–", "-")) and back + 1 < position:
                last = clauses_end(paragraphs, back + 1)
            elif last == back and back + 1 < position and _THAT.match(paragraphs[back + 1].text):
                last = max(back + 1, clauses_end(paragraphs, back + 1))  # the words stand under their movers
            return range(back, min(last + 1, position))
    return range(position, position)


def is_led_into(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a paragraph is a list that a motion right above it leads into, and says how the vote on it went."""
    if not position or paragraphs[position - 1].item != paragraphs[position].item:
        return False
    above = paragraphs[position - 1]
    leads = above.kind == "text" and above.text.endswith(":") and movers_of(above.text)[0] is not None
    return leads and not settles(above.text) and verdict_in(paragraphs[position].text) is not None


_MOVES = re.compile(
    r"\b(?:moved|motion (?:was )?(?:made )?by|proposed|ma(?:de|kes?) (?:a|the) motion)\b.{0,160}\b(?:to|that)\b",
    re.IGNORECASE | re.DOTALL,
)
#: Characters that may stand before a tally in a paragraph of its own: "Roll call vote:".
LEAD = 24


def by_tally(paragraphs: Sequence[Paragraph], position: int) -> Operative | None:
    """A motion that nothing but its tally says the fate of, in the same paragraph or under its words.

    None where the next paragraph says how it went, or no motion is set out.
    """
    paragraph = paragraphs[position]
    tally = tally_in(paragraph.text) if paragraph.kind == "text" else None
    after = paragraphs[position + 1].text if position + 1 < len(paragraphs) else ""
    if tally is None or tally.carried is None or verdict_in(after) or (settles(after) and not _MOVES.search(after)):
        return None
    verb, end = "carried" if tally.carried else "lost", len(paragraph.text)
    for start, stop in sentences_of(paragraph.text[: tally.start]):
        if moves := _MOVES.search(paragraph.text, start, stop):
            outcome = outcome_of(verb, paragraph.text[moves.start() : tally.start])
            return Operative(verb, outcome if tally.carried else "lost", start, end, False)
    if tally.start > LEAD or not motion_before(paragraphs, position, main=False, amending=False):
        return None
    return Operative(verb, "decided" if tally.carried else "lost", 0, end, False, True)
