"""What narrows a search, and who is asking."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ingest.papers import Kind

#: What a group may be called: what keys, rules and the command line all can write.
GROUP_NAME = re.compile(r"[a-z0-9](?:[a-z0-9 ._-]{0,38}[a-z0-9])?")


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
    """Who will see what is found. Goes with every search, so that the query itself leaves out what they may not see.

    The public; with `groups` (as written, in any order) also what is closed to all but one of those; or all there is.
    """

    everything: bool = False
    groups: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # One spelling for one audience: it is a key wherever something is learnt or kept for each.
        object.__setattr__(self, "groups", () if self.everything else tuple(sorted(set(self.groups))))

    def includes(self, other: "Audience") -> bool:
        """Whether whatever `other` may see, this audience may see too."""
        return self.everything or (not other.everything and set(other.groups) <= set(self.groups))

    def as_json(self) -> dict[str, Any]:
        return {"everything": self.everything, "groups": list(self.groups)}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Audience":
        return cls(fields["everything"], tuple(fields["groups"]))


PUBLIC = Audience()
EVERYTHING = Audience(everything=True)
