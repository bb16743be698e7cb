"""Decisions as a clerk reads them: what was resolved, recommended, lost or only asked for."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["decided", "recommended", "proposed", "lost", "noted", "deferred", "withdrawn", "action"]


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote as recorded; counts are None where the minutes give none. `how` is "unanimous", "show of hands"…"""

    carried: bool | None
    for_: int | None
    against: int | None
    abstained: int | None
    how: str | None


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
