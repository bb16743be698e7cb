"""Motions printed as a block: a number or movers, the words moved, and how the vote went on a line of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.block_ends import MOVES, VOTING, outcome_by, verdict_at_end, with_bare_verdict
from ingest.clauses import clauses_end
from ingest.markers import RESOLUTION_OF
from ingest.outcomes import Outcome
from ingest.structure import Paragraph
from ingest.verdicts import VERDICT, verdict_in
from ingest.votes import movers_of


@dataclass(frozen=True, slots=True)
class MotionBlock:
    """Paragraphs `first` to `last`; its words begin at `moves`, after its number, movers and recitals.

    `start` is where in that paragraph they do; `verdict` what is said of the vote at its end ("carried"), or None.
    """

    first: int
    moves: int
    start: int
    last: int
    number: str | None
    verdict: str | None
    outcome: Outcome


_NUMBER = re.compile(r"(?:Resolution|Motion|No\.?|#|[A-Z]{0,3}-?(?:19|20)\d\d[-/]\d)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(
    r"^\W*(?:officer(?:[’']s)? recommendation\s*(?:/|and)\s*)?(?:(?:council|committee|board)(?:[’']s)? )?"
    r"(?:resolution|motion)(?: number| no\.?)?:?\s*#?\s*"
    r"(?P<number>[A-Z]{0,6}[-/]?\d[\w/.-]*)\W*(?=$|moved\b|proposed\b|that\b)",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"^\W*(?:(?:(?:council|committee|board)(?:[’']s)? )?(?:motion|resolution)\b[^.]{0,40}?\s)?"
    r"(?:it (?:is|was) )?(?:moved|proposed)\b(?: by)?\s*:?\s.{2,60}?\bsecond(?:ed)?\b(?: by)?\s*:?\s",
    re.IGNORECASE | re.DOTALL,
)
# "It was moved and seconded   51/24", over the words; "Director Hale moved, Director Orme seconded", alone.
_BARELY = re.compile(
    r"^\W*(?:it (?:was|is) (?:duly )?moved and seconded\W*(?:\d+/\d+)?\W*(?=that\b|$)"
    r"|moved \([^()/]{2,30}/[^()/]{2,30}\)\W*(?=that\b|$)|[^.,]{4,50} (?:moved"
    r"|proposed),? (?:and )?[^.,]{4,50} seconded\W*(?:\d+/\d+)?\W*$)",
    re.IGNORECASE,
)
# "HALE – That the grader be sold." names only its mover.
_NAMED = re.compile(r"^(?P<mover>[A-Z][A-Z’'-]{2,}(?: [A-Z][A-Z’'-]+){0,2}) ?[-–—] ?(?=That\b)")
# "Motion That the roof be mended", or under the item's title in one paragraph with it.
_LABELLED = re.compile(r"(?:^\W*|[a-z)] )(?:MOTION|Motion)\W{1,3}(?=That\b)")
_MOVES_WITHIN = re.compile(r"(?<=[\s:])(?:THAT|That|that|to)\b(?= \S)|(?<=\s)[“\"](?=T)")
# "2021/197 Resolved (Cr Hale)" says by itself that it was; "be it resolved" is how a motion begins.
_RESOLVED = re.compile(r"(?<!be it )\b(?:Resolved|RESOLVED)\b(?! ?,? ?THAT$)(?=\s*(?:\(|$))")
_WHEREAS = re.compile(r"^(?:AND )?WHEREAS\b", re.IGNORECASE)
_THEREFORE = re.compile(r"\b(?:NOW,? )?(?:THEREFORE,? )?BE IT(?: HEREBY)?,? RESOLVED\b", re.IGNORECASE)
# "Moved: Cr Hale  Seconded: Cr Orme", under the words that they moved.
_MOVERS_BELOW = re.compile(r"^\W*(?:moved|proposed)(?: by)?\W{1,3}[A-Z]", re.IGNORECASE)
# An amendment to it, or another motion: the next verdict may be that one's.
_ANOTHER = re.compile(r"\b(?:amendment(?! (?:by-?law|act|order|no\b))|moved|seconded|proposed)\b", re.IGNORECASE)
# "On a motion of A, seconded by B, the following resolution was ADOPTED  Ayes 5 …", over its words.
_LED_IN = re.compile(
    r"\bthe following (?:resolution|motion|recommendation) (?:was|is)(?: (?:then|duly|hereby|unanimously))* "
    r"(?P<verb>adopted|carried|passed|approved|defeated|lost)\b",
    re.IGNORECASE,
)
_RESOLVES = re.compile(r"^\W*(?:(?:BE IT |IT IS )?(?:HEREBY )?RESOLVED\b|WHEREAS\b|THAT\b)", re.IGNORECASE)
#: Paragraphs that a block without a number of its own may have.
LONGEST = 25


def motion_block(paragraphs: Sequence[Paragraph], first: int) -> MotionBlock | None:
    """The motion that begins at a paragraph with its number or its movers, to the words that say how the vote went."""
    if _is_numbered(paragraphs[first]):
        return _numbered(paragraphs, first)
    if led_in := _led_in(paragraphs, first):
        return led_in
    return _moved(paragraphs, first) if _opens(paragraphs[first]) else None


def _led_in(paragraphs: Sequence[Paragraph], first: int) -> MotionBlock | None:
    """A resolution whose movers and vote stand in the paragraph before its words."""
    led = _LED_IN.search(paragraphs[first].text) if paragraphs[first].kind != "heading" else None
    if led is None or first + 1 == len(paragraphs) or not _RESOLVES.match(paragraphs[first + 1].text):
        return None
    moves = first + 1
    while (
        moves + 1 < len(paragraphs)
        and _WHEREAS.match(paragraphs[moves].text)
        and not _past_recitals(paragraphs[moves].text)
    ):
        moves += 1
    verdict = led["verb"].lower()
    last = clauses_end(paragraphs, moves)
    start = _past_recitals(paragraphs[moves].text)
    text = " ".join(paragraphs[n].text for n in range(moves, last + 1))[start:]
    return MotionBlock(first, moves, start, last, paragraphs[first].number, verdict, outcome_by(verdict, text))


def _is_numbered(paragraph: Paragraph) -> bool:
    number = paragraph.number
    if paragraph.kind == "heading" and number and number[0].isdigit() and len(paragraph.text) > len(number) + 3:
        return False  # a minute's number and title
    if number and RESOLUTION_OF.match(paragraph.text):
        return True
    return bool(number and _NUMBER.match(number) and paragraph.text.startswith(number))


def _opens(paragraph: Paragraph) -> bool:
    if paragraph.kind == "heading":
        number = _NUMBER_ALONE.match(paragraph.text)
        return number is not None and (number.end() == len(paragraph.text) or movers_of(paragraph.text)[0] is not None)
    text = paragraph.text
    begins = any(pattern.match(text) for pattern in (_NUMBER_ALONE, _NAMED, _BARELY)) or _LABELLED.search(text)
    return paragraph.kind == "text" and bool(begins or (_MOVED.match(text) and movers_of(text)[1]))


def _numbered(paragraphs: Sequence[Paragraph], first: int) -> MotionBlock | None:
    last = _block_end(paragraphs, first)
    texts = [paragraphs[position].text for position in range(first, last + 1)]
    whole = " ".join(texts)
    verdict = verdict_at_end(texts[-1]) or verdict_at_end(whole)
    if verdict is None and _RESOLVED.search(texts[0]):
        verdict = "resolved"
    if verdict is None and not re.search(r"\b(?:resolved|that)\b", whole, re.IGNORECASE):
        return None
    start = next((n for n, text in enumerate(texts) if MOVES.match(text) or _past_recitals(text)), None)
    if start is None:
        under = range(not _words_behind_movers(texts[0]), len(texts))
        start = next((n for n in under if not _WHEREAS.match(texts[n])), 0)
    moves, within = first + start, 0
    if of_one := RESOLUTION_OF.match(texts[0]):
        moves, within = first, of_one.start("words")
    elif _MOVED.match(texts[start]):  # the movers under the number, with the words behind them or below
        found, within = _words_moved(paragraphs, moves, last + 1)
        moves = moves if found is None else found
    within = max(within, _past_recitals(paragraphs[moves].text))
    outcome = outcome_by(verdict, " ".join(paragraphs[n].text for n in range(moves, last + 1))[within:])
    return MotionBlock(first, moves, within, last, paragraphs[first].number, verdict, outcome)


def _moved(paragraphs: Sequence[Paragraph], first: int) -> MotionBlock | None:
    """A motion under its movers; None where no verdict ends it, or it is disposed of in other words."""
    opener = paragraphs[first]
    item = opener.item
    number = _NUMBER_ALONE.match(opener.text)
    opening = first
    if opener.kind == "heading" and first + 1 < len(paragraphs) and _MOVED.match(paragraphs[first + 1].text):
        opening = first + 1
    for position in range(opening, min(len(paragraphs), first + LONGEST)):
        paragraph = paragraphs[position]
        of_these = names_movers(paragraph.text) and movers_of(opener.text)[0] is None
        ended = paragraph.kind == "heading" or paragraph.item != item or _opens(paragraph)
        if position > opening and not of_these and (ended or _ANOTHER.search(paragraph.text)):
            return None
        verdict = verdict_in(paragraph.text) or (verdict_at_end(paragraph.text) if of_these else None)
        if verdict is None:
            continue
        with_it = position > opening and VERDICT.match(paragraph.text) is None  # the words, and the verdict behind them
        moves, start = _words_moved(paragraphs, opening, position + with_it)
        if moves is None:
            return None
        text = " ".join(paragraphs[n].text for n in range(moves, position))[start:] or paragraph.text[start:]
        outcome = outcome_by(verdict, text)
        last = with_bare_verdict(paragraphs, position)
        return MotionBlock(first, moves, start, last, number["number"] if number else None, verdict, outcome)
    return None


def _words_moved(paragraphs: Sequence[Paragraph], opening: int, last: int) -> tuple[int | None, int]:
    """The paragraph, and the place in it, where the words that were moved begin."""
    text = paragraphs[opening].text
    openers = (_MOVED.match, _NAMED.match, _BARELY.match, _NUMBER_ALONE.match, _LABELLED.search)
    movers = next((found for opens in openers if (found := opens(text))), None)
    within = _MOVES_WITHIN.search(text, movers.end()) if movers else None
    if within:
        return opening, within.start()
    for position in range(opening + 1, last):
        words = paragraphs[position].text
        if not VOTING.match(words) and not (_WHEREAS.match(words) and not _past_recitals(words)):
            return position, _past_recitals(words)
    return None, 0


def _words_behind_movers(text: str) -> bool:
    """Whether the words moved follow their number and movers in one paragraph."""
    movers = _MOVED.match(text)
    return movers is not None and _MOVES_WITHIN.search(text, movers.end()) is not None


def _past_recitals(text: str) -> int:
    """Where the words that are moved begin in a paragraph that recites first why; 0 if it does not, or only that."""
    therefore = _THEREFORE.search(text) if _WHEREAS.match(text) else None
    return therefore.start() if therefore else 0


def mover_named(text: str) -> str | None:
    """The mover by whose name alone a motion begins."""
    match = _NAMED.match(text) or RESOLUTION_OF.match(text)
    return match["mover"] if match else None


def names_movers(text: str) -> bool:
    """Whether a paragraph begins with who moved the words above it."""
    return _MOVERS_BELOW.match(text) is not None


def _block_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last paragraph of a numbered resolution: before the next number, or the one that says how the vote went."""
    last = first
    for position in range(first, len(paragraphs)):
        if position > first and (_is_numbered(paragraphs[position]) or paragraphs[position].kind == "heading"):
            break
        last = position
        if verdict_at_end(paragraphs[position].text):
            return with_bare_verdict(paragraphs, position)
    return last
