"""Decisions as a clerk reads them in minutes: statements that decide, with their clauses, movers and votes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.numbered import NumberedResolution, numbered_resolution
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
            numbered = numbered_resolution(paragraphs, position)
            found = [_of_number(paragraphs, numbered)] if numbered else []
            if not found and paragraph.kind != "heading":
                found = _minute(paragraphs, position)
            yield from found
            last = max([position, *(decision.last for decision in found)])
        position = last + 1


def _of_number(paragraphs: Sequence[Paragraph], found: NumberedResolution) -> Decision:
    """A resolution with a number: its mover and seconder follow the number, and the vote ends it."""
    texts = [paragraphs[position].text for position in range(found.moves, found.last + 1)]
    text = " ".join(texts)
    mover, seconder = movers_of(paragraphs[found.first].text)
    whole = " ".join(paragraphs[position].text for position in range(found.first, found.last + 1))
    carried = Vote(not LOST.search(found.verdict), None, None, None, None) if found.verdict else None
    return Decision(
        outcome=found.outcome,
        verb=(found.verdict or "moved").upper(),
        text=text,
        clauses=tuple(texts) if len(texts) > 1 else (),
        mover=mover,
        seconder=seconder,
        vote=vote_of(whole) or carried,
        number=paragraphs[found.first].number,
        first=found.moves,
        last=found.last,
        procedural=is_procedural(text),
    )


_LEADS_IN = re.compile(r"(?::|\b(?:to|that)|–|-|;|,)$")
_CLAUSE = re.compile(r"\(?(?:[a-z]{1,4}|[ivx]+|1)[.)]\s", re.IGNORECASE)
_FIRST = re.compile(r"(?:\(?(?:a|i|1)[.)]|•)\s", re.IGNORECASE)
_AS_FOLLOWS = re.compile(r"\b(?:as follows|following|below)\b.{0,60}:$|:$")


def clauses_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last of the clauses, bullets or rows that a paragraph leads into."""
    text = paragraphs[first].text.rstrip()
    tables = (
        bool(re.search(r"\bfollowing\b", text)) and first + 1 < len(paragraphs) and paragraphs[first + 1].kind == "row"
    )
    after = paragraphs[first + 1].text if first + 1 < len(paragraphs) else ""
    begun = not text.endswith((".", "?", "!")) and _FIRST.match(after)
    if not (_LEADS_IN.search(text) or tables or begun):
        return first
    last = first
    counting = rows = False
    for position in range(first + 1, len(paragraphs)):
        following = paragraphs[position]
        if following.item != paragraphs[first].item or following.kind == "heading":
            break
        beginning = position == first + 1
        counting = counting or (beginning and bool(re.match(r"\(?1[.)]", following.text)))
        rows = rows or (beginning and following.kind == "row" and (tables or bool(_AS_FOLLOWS.search(text))))
        counted = counting and re.match(r"\(?\d{1,2}[.)]\s", following.text)
        tabled = rows and following.kind == "row" and position - first <= 30
        listed = following.kind != "row" and (following.kind == "bullet" or counted or _CLAUSE.match(following.text))
        if not (tabled or listed):
            break
        last = position
    return last


_VOTE_AFTER = re.compile(
    r"^\W*(?:proposed|moved|proposer|seconded|carried|unanimous|all in favour|approval\b.{0,12}proposed"
    r"|(?:the )?vote\b|votes? (?:for|cast)"
    r"|for\s*:?\s*\(?\d|on a (?:show|vote)|(?:the|this) (?:motion|amendment|proposal) (?:was|being)?.{0,40}(?:carried"
    r"|lost|put))",
    re.IGNORECASE,
)
_SETS_OUT = re.compile(
    r"\b(?:moved|proposed|proposes|seconded)\b.{0,200}(?:\bthat\b|\bto\b|:)|\bresolves? (?:to|that)\b"
    r"|\bmotion\b.{0,80}:$",
    re.IGNORECASE | re.DOTALL,
)
#: A motion this many paragraphs or fewer before its vote is cited with it; one further off only lends its words.
NEAR = 2
FURTHEST = 14
# Minutes confirmed with a correction quote the vote that they correct.
_CORRECTS = re.compile(r"\bcorrections?\b|\bamend(?:ed|ment)s?\b", re.IGNORECASE)
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
    motion = _motion_before(paragraphs, position) if operative.backward and begins else range(position, position)
    before = [paragraphs[n].text for n in motion]
    first = motion.start if motion.stop >= position - NEAR else position
    text = " ".join((*before, said, *clauses))
    around = paragraph.text if only else said
    outcome = operative.outcome
    if clauses and outcome in ("decided", "noted"):
        outcome = outcome_of(operative.verb, " ".join((said, *clauses)))
    after = ""
    if ends and outcome != "action" and last + 1 < len(paragraphs):
        following = paragraphs[last + 1]
        near = following.kind == "text" and following.item == paragraph.item
        if near and len(following.text) < 240 and _VOTE_AFTER.match(following.text):
            after, last = following.text, last + 1
            text = f"{text} {after}"
            outcome = "lost" if LOST.search(after) and not CARRIED.search(after) else outcome
    named = [movers_of(part) for part in (*before, around, after) if part]
    mover, seconder = next((names for names in named if names[0]), (None, None))
    earlier = paragraphs[position - 1].text if position and paragraphs[position - 1].item == paragraph.item else ""
    if mover is None and operative.capitals and begins and not _settled(earlier):
        mover, seconder = movers_of(earlier)
    procedural = outcome != "action" and is_procedural(text, paragraph.item)
    vote = None if procedural and _CORRECTS.search(text) else vote_of(f"{around} {after}".strip())
    if vote is None and begins and (operative.backward or CARRIED.search(earlier)) and not _settled(earlier):
        vote = _vote_before(paragraphs, max(motion.stop if motion else 0, position - 4), position, outcome)
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


def _settled(text: str) -> bool:
    """Whether a paragraph already disposes of its own motion."""
    return any(operative.outcome != "action" for operative in operatives_in(text))


def _vote_before(paragraphs: Sequence[Paragraph], first: int, position: int, outcome: Outcome) -> Vote | None:
    """The vote recorded in the paragraphs between a motion and the words that say how it went."""
    texts = [p.text for p in paragraphs[first:position] if p.item == paragraphs[position].item]
    vote = vote_of(" ".join(texts))
    return replace(vote, carried=outcome != "lost") if vote is not None and vote.carried is None else vote


def _motion_before(paragraphs: Sequence[Paragraph], position: int) -> range:
    """The motion that the paragraph disposes of, with its list: set out before it, in the same item."""
    for back in range(position - 1, max(-1, position - FURTHEST), -1):
        paragraph = paragraphs[back]
        if paragraph.item != paragraphs[position].item or (paragraph.kind == "text" and _settled(paragraph.text)):
            break
        if paragraph.kind == "text" and _SETS_OUT.search(paragraph.text):
            if back and paragraphs[back - 1].text.endswith(":") and paragraphs[back - 1].kind == "text":
                back -= 1
            last = clauses_end(paragraphs, back)
            if last == back and paragraphs[back].text.endswith(":") and back + 1 < position:
                last = clauses_end(paragraphs, back + 1)
            return range(back, min(last + 1, position))
    return range(position, position)
