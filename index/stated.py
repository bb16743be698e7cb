"""Decisions as they are known when they are linked, and the pairs that are found among them."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from index.words import stemmed
from ingest.operative import Outcome

Relation = Literal["rescinds", "replaces", "amends", "sets anew", "corrects", "decides"]


@dataclass(frozen=True, slots=True)
class Stated:
    """What is known of a decision, or of a request, when it is linked. `item` is as printed, with its number."""

    id: int
    body: str | None
    committee: str | None
    day: date | None
    kind: str
    outcome: Outcome
    number: str | None
    item: str | None
    title: str
    text: str
    procedural: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Decision `later` bears so on `earlier`, both by their ids; the surest weighs most."""

    later: int
    earlier: int
    relation: Relation
    weight: float


_COMMON = frozenset(
    stem
    for word in (
        "agree agreed approve approved resolve resolved resolution recommend recommended recommendation note noted "
        "receive received consider considered council committee cabinet board member members report reports that be "
        "decide decided decision motion carried carry moved seconded proposed propose unanimously meeting item accept "
        "accepted adopt adopted authorize authorise authorized authorised therefore township parish county city town "
        "following set out now pass clerk officer officers discuss review first second third read time this day also"
    ).split()
    for stem in stemmed(word)
)

#: Texts whose words are kept while a body's decisions are linked: each is looked at beside every other of its meeting.
KEPT = 20_000


@lru_cache(maxsize=KEPT)
def content_of(text: str) -> frozenset[str]:
    """The stems of a text that say what it is about."""
    return frozenset(stem for stem in stemmed(text) if len(stem) > 1 and not stem.isdigit()) - _COMMON
