"""What narrows a search, and who is asking."""

from dataclasses import dataclass
from datetime import date

from ingest.papers import Kind


@dataclass(frozen=True, slots=True)
class Filters:
    """Only papers that match every field given. `path` is a paper's path or a folder above it; dates are inclusive."""

    body: str | None = None
    committee: str | None = None
    since: date | None = None
    until: date | None = None
    kind: Kind | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will see what is found. Goes with every search, so that the query itself leaves out what they may not see."""

    everything: bool = False


PUBLIC = Audience()
EVERYTHING = Audience(everything=True)
