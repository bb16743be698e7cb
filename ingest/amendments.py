"""Verdicts on a motion that follow those on amendments to it: its words stand before theirs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.outcomes import Outcome
from ingest.sentences import sentences_of


@dataclass(frozen=True, slots=True)
class Operative:
    """An operative statement, characters `start` to `end`: its verb as printed and what it comes to.

    `capitals` says that the verb is printed in them; `backward` that it speaks of a motion set out before it.
    """

    verb: str
    outcome: Outcome
    start: int
    end: int
    capitals: bool
    backward: bool = False


_AMENDS = re.compile(r"\bamendments?\b|\bto amend\b", re.IGNORECASE)
_SETS_OUT = re.compile(
    r"\b(?:moved|proposed|motion (?:was )?(?:made )?by|motion to amend (?:was )?(?:made )?by|moves|proposes)\b",
    re.IGNORECASE,
)
_MAIN = re.compile(
    r"^\W*(?:(?:on being put to the vote|upon a vote|(?:up)?on(?= the (?:main|original"
    r"|substantive)\b)),? )?(?:the )?(?:(?:main|original|substantive|unamended) )?"
    r"(?:motion|proposal|proposition|resolution)\b(?! (?:to|by|of|from|in|was (?:moved|proposed|seconded))\b)",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\bamendment (?:was (?:then |put and |declared |duly )*(?:not carried|carried|lost|defeated)"
    r"|(?:accordingly )?became|fell|failed)\b"
    r"|\bdeclared the amendment (?:carried|lost|defeated)\b",
    re.IGNORECASE,
)
_NAMED_MAIN = re.compile(
    r"^\W*(?:(?:up)?on )?(?:the )?(?:main|original|substantive) (?:motion|proposal)\b", re.IGNORECASE
)


# "The Mayor declared the amendment defeated and, therefore, the original motion carried."
_SO_CARRIED = re.compile(
    r"\bamendment (?:was |being )?(?:declared )?(?:lost|defeated|not carried|rejected)\b[\w, ]{0,24}"
    r"\bthe (?:original |substantive |main )?motion (?:was )?(?:declared )?carried\b",
    re.IGNORECASE,
)


def carries_motion(sentence: str) -> bool:
    """Whether a sentence says in one breath that an amendment was lost and the motion carried."""
    return _SO_CARRIED.search(sentence) is not None


# "Members voted as follows: Motion - 4 votes Amendment - 3 votes The motion was accordingly carried."
_TALLIED = re.compile(r"^.*\b(?:motion|amendment)s?\W{1,4}\d{1,3} votes?\W*(?=the )", re.IGNORECASE | re.DOTALL)


def on_amendment(text: str) -> bool:
    """Whether a statement disposes of an amendment, and not of the motion."""
    if carries_motion(text):
        return False
    text = _TALLIED.sub("", text)
    return _AMENDS.search(text) is not None and not re.search(r"\bas amended\b", text, re.IGNORECASE)


def speaks_of_motion(sentence: str) -> bool:
    """Whether a sentence is about the motion itself, as against an amendment to it: "The motion was put."."""
    sentence = _TALLIED.sub("", sentence)
    return carries_motion(sentence) or (_MAIN.match(sentence) is not None and _AMENDS.search(sentence) is None)


def last_words(said: str) -> str:
    """Of a statement that disposes of amendments first, what it says last of the motion; else the whole."""
    if not on_amendment(said):
        return said
    parts = sentences_of(said)
    spoken = [number for number, (start, stop) in enumerate(parts) if speaks_of_motion(said[start:stop])]
    if not spoken:
        return said
    first = spoken[-1]
    while first - 1 in spoken:
        first -= 1
    return said[parts[first][0] :]


def amendment_in(text: str) -> str:
    """A text from the sentence on that moves the last amendment in it; the whole where none does."""
    return text[_sentence_before(text, 0, len(text)) or 0 :]


def motion_in(text: str) -> str:
    """A text from the first sentence that sets out a motion; the whole where none does."""
    return text[_motion_in(text, len(text)) or 0 :]


def moves_amendment(text: str) -> bool:
    """Whether a sentence of the text moves an amendment."""
    return _sentence_before(text, 0, len(text)) is not None


def moves(text: str) -> bool:
    """Whether a sentence of the text sets out a motion that is no amendment."""
    return _motion_in(text, len(text)) is not None


def with_motions(text: str, found: Sequence[Operative]) -> list[Operative]:
    """The statements, each verdict on a motion reaching back to its words where those on amendments stand between."""
    return [_reaching(text, found[:number], operative) for number, operative in enumerate(found)]


def _reaching(text: str, before: Sequence[Operative], operative: Operative) -> Operative:
    said = text[operative.start : operative.end]
    if on_amendment(said) and not _SETS_OUT.search(said):
        since = before[-1].end if before else 0
        start = _sentence_before(text, since, operative.start)
        if start is None:
            return replace(operative, backward=operative.backward or _VERDICT.search(said) is not None)
        return replace(operative, start=start)
    amended = any(on_amendment(text[each.start : each.end]) for each in before)
    if operative.outcome == "action" or not speaks_of_motion(said) or not (amended or _NAMED_MAIN.match(said)):
        return operative
    start = _motion_in(text, operative.start)
    return replace(operative, backward=True) if start is None else replace(operative, start=start)


def _sentence_before(text: str, since: int, end: int) -> int | None:
    """Where the last sentence before `end` begins that moves an amendment."""
    for start, stop in reversed(sentences_of(text[:end])):
        if start >= since and _SETS_OUT.search(text, start, stop) and _AMENDS.search(text, start, stop):
            return start
    return None


def _motion_in(text: str, end: int) -> int | None:
    """Where the first sentence before `end` begins that sets out a motion."""
    for start, stop in sentences_of(text[:end]):
        sentence = text[start:stop]
        if _SETS_OUT.search(sentence) and not _AMENDS.search(sentence):
            return start
    return None
