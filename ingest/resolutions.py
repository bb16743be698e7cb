"""Decisions as a clerk reads them in minutes: statements that decide, with their clauses, movers and votes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.amendments import Operative, amendment_in, last_words, on_amendment, speaks_of_motion
from ingest.block_ends import is_vote
from ingest.clauses import LEADS_VERBS, VERB_FIRST, clauses_end
from ingest.following import is_worded_next, vote_after
from ingest.headed import RECOMMENDS_ONLY, Stated, decision_under, gives_reasons
from ingest.motions import MotionBlock, motion_block, mover_named, names_movers
from ingest.moved import NEAR, by_tally, is_led_into, motion_before, movers_before, vote_before
from ingest.operative import operatives_in, settles
from ingest.outcomes import Outcome, is_procedural, outcome_of
from ingest.rows import cell_that_tells, is_anothers, may_decide
from ingest.structure import Paragraph
from ingest.verdicts import VERDICT, verdict_in
from ingest.views import views_at
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


def resolutions_of(paragraphs: Sequence[Paragraph], *, record: bool = False) -> Iterator[Decision]:
    """What minutes, or a record of decisions (`record`), decide, in order."""
    position = 0
    while position < len(paragraphs):
        paragraph = paragraphs[position]
        last = position
        stated = decision_under(paragraphs, position, record=record)
        if said := [stated] if stated else _views(paragraphs, position):
            yield from (_stated(paragraphs, each) for each in said)
            last = said[-1].last
        elif record and gives_reasons(paragraphs, position):
            pass
        elif may_decide(paragraphs, position) and not is_anothers(paragraphs, position):
            block = motion_block(paragraphs, position)
            found = [_of_block(paragraphs, block)] if block else []
            if not found and paragraph.kind != "heading":
                found = _minute(paragraphs, position)
            if len(found) == 1 and found[0].outcome == "decided" and is_worded_next(paragraphs, found[0].last):
                found = []
            yield from found
            last = max([position, *(decision.last for decision in found)])
        position = last + 1


def _views(paragraphs: Sequence[Paragraph], position: int) -> list[Stated]:
    if is_anothers(paragraphs, position) or operatives_in(paragraphs[position].text):
        return []
    return views_at(paragraphs, position)


def _stated(paragraphs: Sequence[Paragraph], stated: Stated) -> Decision:
    """What stands under the heading "Decision", or in a form's field or a table's column of that name."""
    texts = [paragraphs[position].text for position in range(stated.first, stated.last + 1)]
    texts = [texts[0][stated.start : stated.end].strip(), *texts[1:]]
    text = " ".join(texts)
    words = text[stated.words - stated.start :]
    return Decision(
        outcome="recommended" if RECOMMENDS_ONLY.match(words) else outcome_of("decided", words),
        verb="DECISION",
        text=text,
        clauses=tuple(texts) if len(texts) > 1 else (),
        mover=None,
        seconder=None,
        vote=vote_of(text),
        number=paragraphs[stated.first].number,
        first=stated.first,
        last=stated.last,
        procedural=is_procedural(text, paragraphs[stated.first].item),
    )


def _of_block(paragraphs: Sequence[Paragraph], found: MotionBlock) -> Decision:
    """A motion printed as a block: its mover and seconder stand before its words, and the vote ends it."""
    texts = [paragraphs[position].text for position in range(found.moves, found.last + 1)]
    texts[0] = texts[0][found.start :]
    text = " ".join(texts)
    clauses = (texts[0], *(each for each in texts[1:] if not is_vote(each) and not names_movers(each)))
    before = [
        paragraphs[position].text
        for position in range(found.first, max(found.moves + bool(found.start), found.first + 1))
    ]
    mover, seconder = next((names for each in before if (names := movers_of(each))[0]), (None, None))
    mover = mover_named(paragraphs[found.first].text) or mover
    if mover is None:  # behind the words
        behind = (movers_of(paragraphs[position].text) for position in range(found.last, found.moves - 1, -1))
        mover, seconder = next((names for names in behind if names[0]), (None, None))
    whole = " ".join(paragraphs[position].text for position in range(found.first, found.last + 1))
    vote = vote_of(whole)
    if found.verdict and (vote is None or vote.carried is None):
        carried = not LOST.search(found.verdict)
        vote = replace(vote, carried=carried) if vote else Vote(carried, None, None, None, None)
    return Decision(
        outcome=found.outcome,
        verb=(found.verdict or "moved").upper(),
        text=text,
        clauses=clauses if len(clauses) > 1 else (),
        mover=mover,
        seconder=seconder,
        vote=vote,
        number=found.number,
        first=found.moves,
        last=found.last,
        procedural=is_procedural(text, paragraphs[found.moves].item),
    )


# Minutes confirmed with a correction quote the vote that they correct.
_CORRECTS = re.compile(r"\bcorrections?\b|\bamend(?:ed|ment)s?\b", re.IGNORECASE)
_ADOPTS_AMENDMENT = re.compile(r"\b(?:adopt|approve|accept)\w* the amendment\b", re.IGNORECASE)
_INLINE = re.compile(r"(?:(?<=\s)|^)(?=\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s)")


def _minute(paragraphs: Sequence[Paragraph], position: int) -> list[Decision]:
    """The decisions in a paragraph, the last of them with the clauses it leads into and the vote after it."""
    paragraph = paragraphs[position]
    start, end = cell_that_tells(paragraphs, position) if paragraph.kind == "row" else (0, 0)
    operatives = [
        replace(each, start=each.start + start, end=each.end + start)
        for each in operatives_in(paragraph.text[start : end or None], discussion=paragraph.kind == "bullet")
    ]
    if not operatives and position + 1 < len(paragraphs) and LEADS_VERBS.search(paragraph.text):
        verb = VERB_FIRST.match(paragraphs[position + 1].text)
        if verb:
            operatives = [Operative(verb["verb"].lower(), "decided", 0, len(paragraph.text), False)]
    if not operatives and (tallied := by_tally(paragraphs, position)):
        operatives = [tallied]
    found: list[Decision] = []
    for number, operative in enumerate(operatives):
        only = len(operatives) == 1
        ends = number + 1 == len(operatives)
        last = clauses_end(paragraphs, position) if ends and operative.outcome != "action" else position
        begins = all(on_amendment(paragraph.text[each.start : each.end]) for each in operatives[:number])
        found.append(_decision(paragraphs, position, last, operative, only=only, ends=ends, begins=begins))
    return found


def _decision(
    paragraphs: Sequence[Paragraph],
    position: int,
    last: int,
    operative: Operative,
    *,
    only: bool,
    ends: bool,
    begins: bool,
) -> Decision:
    paragraph = paragraphs[position]
    clauses = tuple(paragraphs[n].text for n in range(position + 1, last + 1))
    said = paragraph.text[operative.start : operative.end]
    main = speaks_of_motion(last_words(said))
    motion = (
        motion_before(paragraphs, position, main=main, amending=on_amendment(said))
        if operative.backward and begins
        else range(position, position)
    )
    if not motion and begins and is_led_into(paragraphs, position):
        motion = range(position - 1, position)
    before = [paragraphs[n].text for n in motion]
    if before and _ADOPTS_AMENDMENT.search(said):
        before[0] = amendment_in(before[0])  # the motion that it took the place of stands before it
    first = motion.start if motion.stop >= position - NEAR else position
    text = " ".join((*before, said, *clauses))
    around = paragraph.text if only else last_words(said)
    outcome = operative.outcome
    if before and outcome == "decided" and not on_amendment(said) and VERDICT.match(said):
        outcome = outcome_of("carried", _moved_in(" ".join(before)))
    if clauses and outcome in ("decided", "noted"):
        verb = said.lower().rfind(operative.verb.lower())
        outcome = outcome_of(operative.verb, " ".join((said[max(0, verb) :], *clauses)))
    after = ""
    if ends and outcome != "action" and (after := vote_after(paragraphs, position, last, said)):
        last, text = last + 1, f"{text} {after}"
        outcome = "lost" if LOST.search(after) and not CARRIED.search(after) else outcome
    named = [
        movers_of(part)
        for part in (*before, paragraph.text if only and not on_amendment(said) else said, after)
        if part
    ]
    mover, seconder = next((names for names in named if names[0]), (None, None))
    earlier = paragraphs[position - 1].text if position and paragraphs[position - 1].item == paragraph.item else ""
    leads = not settles(earlier) or is_worded_next(paragraphs, position - 1)
    if mover is None and operative.capitals and begins and leads:
        mover, seconder = movers_before(paragraphs, position)
        if mover is None and (
            verdict_in(earlier) or is_vote(earlier)
        ):  # the motion that was carried is resolved in its own words
            put = motion_before(paragraphs, position - 1, main=True, amending=False)
            mover, seconder = next((names for n in put if (names := movers_of(paragraphs[n].text))[0]), (None, None))
    procedural = outcome != "action" and is_procedural(text, paragraph.item)
    vote = None if procedural and _CORRECTS.search(text) else vote_of(f"{around} {after}".strip())
    voted = (
        CARRIED.search(earlier) is not None or is_vote(earlier) or (operative.capitals and vote_of(earlier) is not None)
    )
    if vote is None and begins and (operative.backward or voted) and leads and (only or not main):
        vote = vote_before(paragraphs, max(motion.stop if motion else 0, position - 4), position, outcome)
    if outcome == "decided" and vote is not None and _is_outvoted(vote):
        vote = None  # the counts are those of another vote told with it
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
        procedural=procedural,
    )


def _is_outvoted(vote: Vote) -> bool:
    """Whether there were as many against as for, and no casting vote says how it was carried all the same."""
    counted = vote.for_ is not None and vote.against is not None
    return counted and vote.how != "casting vote" and (vote.for_ or 0) <= (vote.against or 0)


_MOVED = re.compile(r"\b(?:moved|proposed|motion|seconded)\b", re.IGNORECASE)


def _moved_in(text: str) -> str:
    """A motion from the word that moves it: what was carried may have been to defer."""
    match = _MOVED.search(text)
    return text[match.start() :] if match else text
