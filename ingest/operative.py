"""The words that decide: which sentences of a minute are operative, and what they do."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ingest.amendments import Operative, carries_motion, on_amendment, speaks_of_motion, with_motions
from ingest.disposals import disposes_of_another, says_only_how
from ingest.outcomes import Outcome, outcome_of
from ingest.sentences import sentences_of
from ingest.told import ELSEWHERE, is_told
from ingest.verdicts import VOTES, is_put_alone, verdict_in
from ingest.wording import ASKS, CAPITAL_ACT, CAPITALS, PROSE

_MOVED = re.compile(r"\b(?:moved|proposed)\b", re.IGNORECASE)
_SETTING_OUT = re.compile(r"\b(?:moved|proposed|motion|seconded|proposal)\b|\bbe it (?:so )?resolved\b", re.IGNORECASE)
_FOLLOWS_ON = re.compile(
    r"^\W*(?:(?:proposed|moved|seconded|proposer|approval|carried|(?:agreed|resolved|approved) (?:unanimously|nem\b|by)"
    r"|all (?:were )?in favour|unanimous|votes?\b|ayes\b|yeas\b|\d+ (?:votes? )?(?:for|in favou?r)\b"
    r"|for:?\s*\(?\d|against|show of hands|on a show)"
    r"|(?:this|these|they|it|both|each|payment|the (?:cost|sum|amount|money|work|council|cc"
    r"|committee))\b.{0,80}\b(?:will|would|shall|to be)\b)",
    re.IGNORECASE,
)

# "(3 for, 1 against) Following a vote it was resolved to …" says more than how the vote went.
_OWN_WORDS = re.compile(r"\bit was (?:\w+ )?(?:resolved|agreed|decided)\b|\b(?:RESOLVED|AGREED)\b")

# "The motion was proposed by Cllr A, seconded by Cllr B and agreed": its words stand above.
_OF_THE_MOTION = re.compile(
    r"^\W*(?:the|this) (?:notice of )?(?:motion|proposal|recommendation|proposition) was (?:then |duly )?"
    r"(?:proposed|moved|seconded)\b(?!.{0,80}\b(?:that|to)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\W*[“\"‘']?(?:That|THAT) \w")
# "Motion: Hale. Second: Orme." names the movers of what was said before.
_MOVERS_ONLY = re.compile(
    r"^\W*(?:(?i:motion|moved|proposed|proposer|mover|second|seconded|seconder)(?i: made)?(?i: by)?:?\s+"
    r"(?:[A-Z][\w.’'-]*\W*){1,4}(?:and )?)+$"
)
# A recital tells why; what it says was resolved was so before, or elsewhere.
_RECITAL = re.compile(r"^\W*(?:\d[\d.]*\s+)?(?:AND |and )?(?:WHEREAS|Whereas)\b")
_THEREFORE = re.compile(r"\b(?:NOW,? )?(?:THEREFORE,? )?(?:BE IT|IT IS)(?: HEREBY)?,? RESOLVED\b", re.IGNORECASE)

# "£250 for tents. Agreed, Mr Hale having left the room."
_TERSE = re.compile(
    r"^\W*(?:Agreed|Approved|Declined|Refused|Not (?:supported|approved|agreed|accepted))(?=,| as\b| subject\b)"
)
# "Cllr Hale said that the District had agreed its budget. It has also been decided that bins be emptied weekly."
_TELLS = re.compile(r"\b(?:said|reported|advised|informed|told)\b", re.IGNORECASE)
_GOES_ON_TELLING = re.compile(r"^\W*(?:it|this) (?:has|had) (?:\w+ )?been\b", re.IGNORECASE)
_BE_IT = re.compile(r"^\W*be it (?:so |hereby |further )?resolved\b", re.IGNORECASE)
# A resolution in words of its own.
_WORDED = re.compile(r"^\W*(?i:it was (?:then |therefore |accordingly )?)?(?:RESOLVED|AGREED|DECIDED)\b(?=.{12})")

__all__ = ["Operative", "Outcome", "operatives_in", "settles"]


#: Texts whose statements are kept: a paragraph is looked at again for those around it.
KEPT = 256


@lru_cache(maxsize=KEPT)
def operatives_in(text: str, *, discussion: bool = False) -> tuple[Operative, ...]:
    """The statements in a minute's text that decide, ask or dispose of something, in order; none if it only tells.

    `discussion` says that it is a bullet of a discussion, where "noted" in ordinary type is what somebody said.
    """
    found: list[Operative] = []
    sentences = sentences_of(text)
    put = verdict_in(text) is not None
    for number, (start, end) in enumerate(sentences):
        sentence = text[start:end]
        if _RECITAL.match(sentence):
            therefore = _THEREFORE.search(sentence)
            if therefore is None:
                continue
            start += therefore.start()
            sentence = text[start:end]
        if put and _BE_IT.match(sentence) and number + 1 < len(sentences):
            continue  # a motion, and how it went is said after it
        if number and _GOES_ON_TELLING.match(sentence) and _TELLS.search(text, *sentences[number - 1]):
            continue
        operative = _operative(sentence, start, discussion)
        amended = bool(found) and on_amendment(text[found[-1].start : found[-1].end])
        parted = amended and speaks_of_motion(sentence)
        if operative is None:
            goes_on = found and (found[-1].capitals or _FOLLOWS_ON.match(sentence)) and not parted
            if goes_on and found[-1].outcome != "action":
                found[-1] = _longer(found[-1], text, end)
            continue
        worded = found and found[-1].outcome == "decided" and _WORDED.match(sentence)
        if worded and is_put_alone(text[found[-1].start : found[-1].end]):
            found[-1] = replace(operative, start=found[-1].start)  # it has its mover and its vote from there
            continue
        follows = _FOLLOWS_ON.match(sentence) and not _OWN_WORDS.search(sentence)
        parted = parted or (amended and found[-1].end < sentences[number - 1][0])
        if found and follows and len(sentence) < 120 and found[-1].outcome != "action" and not parted:
            found[-1] = _longer(found[-1], text, end, operative)
            continue
        alone = says_only_how(sentence, operative)
        asked = found[-1].outcome if found else None
        if alone and asked == "recommended" and found[-1].end >= sentences[number - 1][0]:
            found[-1] = replace(found[-1], end=end)  # whose to decide it is, the words that ask for it say
            continue
        if alone and found and found[-1].outcome == operative.outcome and found[-1].end >= sentences[number - 1][0]:
            found[-1] = _longer(found[-1], text, end, operative)
            continue
        backward = operative.outcome != "action" and (alone or disposes_of_another(sentence, operative))
        if (
            (operative.verb.lower().startswith("all ") or operative.verb[0].isdigit())
            and alone
            and not _is_set_out(text, sentences[:number])
        ):
            continue
        if _OF_THE_MOTION.match(sentence) and not _is_set_out(text, sentences[:number]):
            since = found[-1].end if found else 0
            quoted = [
                begin for begin, stop in sentences[:number] if begin >= since and _QUOTED.match(text, begin, stop)
            ]
            found.append(replace(operative, backward=not quoted, start=quoted[-1] if quoted else start))
            continue
        terse = len(sentence) < BARE or _TERSE.match(sentence) is not None
        if (backward or terse) and number and not (found and found[-1].end > sentences[number - 1][0]):
            since = found[-1].end if found else 0
            amending = on_amendment(sentence)
            previous = (
                _set_out(text, sentences[:number], since, amending=amending) if backward else sentences[number - 1][0]
            )
            outcome = operative.outcome
            if alone and outcome == "decided":  # what was carried may have been to defer it
                moved = _SETTING_OUT.search(text, previous, start)
                outcome = outcome_of("carried", text[moved.start() if moved else previous : start])
            only_votes = backward and all(
                VOTES.match(text[begin:stop]) or _MOVERS_ONLY.match(text[begin:stop])
                for begin, stop in sentences[:number]
            )
            operative = Operative(operative.verb, outcome, previous, end, operative.capitals, only_votes)
        elif backward and not number:
            operative = Operative(operative.verb, operative.outcome, start, end, operative.capitals, True)
        found.append(operative)
    return tuple(with_motions(text, found))


def settles(text: str) -> bool:
    """Whether a text disposes of something, and does not only ask somebody to act."""
    return any(operative.outcome != "action" for operative in operatives_in(text))


#: Sentences between a motion and the words that say how it went: those who voted, by name.
BETWEEN = 5


def _set_out(text: str, before: Sequence[tuple[int, int]], since: int, *, amending: bool) -> int:
    """Where the motion begins that the sentences before a verdict set out; the sentence before it if none does.

    `amending` says that the verdict is on an amendment, whose words begin no earlier than the sentence that moves it.
    """
    start = before[-1][0]
    found = False
    for begin, end in reversed(before[-BETWEEN:]):
        sets_out = _SETTING_OUT.search(text[begin:end]) is not None
        if begin < since or (found and not sets_out):
            break
        if sets_out:
            start, found = begin, True
        if amending and sets_out and on_amendment(text[begin:end]) and _MOVED.search(text, begin, end):
            break
    first = next(n for n, (begin, _) in enumerate(before) if begin == start)
    while first and before[first - 1][0] >= since and _MOVERS_ONLY.match(text[slice(*before[first])]):
        first -= 1
    return before[first][0]


def _is_set_out(text: str, before: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the last sentences before a verdict sets out what was voted on."""
    return any(_SETTING_OUT.search(text[begin:end]) for begin, end in before[-BETWEEN:])


#: A statement of fewer characters is its verb alone, and what it comes to is said after it.
BARE = 24


def _longer(operative: Operative, text: str, end: int, vote: Operative | None = None) -> Operative:
    """The statement with the sentence after it, which may be the vote that lost it."""
    outcome = operative.outcome
    if vote is not None and vote.outcome in ("lost", "withdrawn", "deferred"):
        outcome = vote.outcome
    elif operative.capitals and (
        outcome == "noted" or (outcome == "decided" and operative.end - operative.start < BARE)
    ):
        outcome = outcome_of(operative.verb, text[operative.start : end])
    return Operative(operative.verb, outcome, operative.start, end, operative.capitals, operative.backward)


def _is_moved(sentence: str, match: re.Match[str]) -> bool:
    """Whether a verb in capitals is in the words of a motion: "proposed that the item be DEFERRED"."""
    before = sentence[: match.start()]
    return before.endswith(" be ") and _MOVED.search(before) is not None


_TO_PUT_OFF = re.compile(r"\bmotion to (?:postpone|table|defer|lay|continue)\b", re.IGNORECASE)


def _operative(sentence: str, start: int, discussion: bool) -> Operative | None:
    end = start + len(sentence)
    if carries_motion(sentence):
        return Operative("carried", "decided", start, end, False)
    in_capitals = (each for each in CAPITALS.finditer(sentence) if not _is_moved(sentence, each))
    if match := next(in_capitals, None) or CAPITAL_ACT.search(sentence):
        groups = match.groupdict()
        verb = groups.get("verb") or groups.get("label") or groups["within"]
        put_off = _TO_PUT_OFF.search(sentence, 0, match.start())
        said = sentence[put_off.start() if put_off else match.start() :]
        return Operative(verb.upper(), outcome_of(verb, said), start, end, True)
    if not ELSEWHERE.match(sentence):
        found = [match for pattern in PROSE for match in pattern.finditer(sentence)]
        for match in sorted(found, key=lambda match: match.start()):
            verb = match["verb"].lower()
            if match["verb"].istitle() and verb in ("appointed", "elected", "supported"):
                continue  # "Appointed Members" heads a list of who was there
            if not (
                is_told(sentence, match, verb)
                or (discussion and verb in ("noted", "supported", "accepted") and len(sentence) > len("Noted."))
            ):
                put_off = _TO_PUT_OFF.search(sentence, 0, match.start("verb"))
                outcome = outcome_of(verb, sentence[put_off.start() if put_off else match.start("verb") :])
                if verb == "rejected" and _SETTING_OUT.search(sentence, 0, match.start("verb")):
                    outcome = "lost"
                return Operative(verb, outcome, start, end, False)
    if match := ASKS.search(sentence):
        return Operative(match[0].lower(), "action", start, end, False)
    return None
