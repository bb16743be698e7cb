"""Which papers a PDF holds: a pack holds several, each with its own body, committee and meeting."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["agenda", "minutes", "report", "appendix", "supplement", "decision", "notice", "other"]
Standing = Literal["draft", "confirmed", "unknown"]
Classification = Literal["public", "exempt", "unsure"]


@dataclass(frozen=True, slots=True)
class Belief:
    """What was believed of one field of a paper, and on what evidence."""

    field: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: pages `first_page` to `last_page` of the PDF at `path` (relative to the folder ingested).

    `sha256` is of the paper's own text, so the same paper in two files is known to be the same.
    """

    id: str
    path: str
    first_page: int
    last_page: int
    body: str | None
    committee: str | None
    meeting_date: date | None
    kind: Kind
    title: str
    item: str | None
    standing: Standing
    classification: Classification
    sha256: str
    beliefs: tuple[Belief, ...] = ()
