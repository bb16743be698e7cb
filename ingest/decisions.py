"""The register of decisions: what was resolved, recommended, lost or only asked for."""

from collections.abc import Sequence

from ingest.divisions import with_divisions
from ingest.head import Kind
from ingest.outcomes import Outcome
from ingest.requests import left_open, requests_of
from ingest.resolutions import Decision, resolutions_of
from ingest.structure import Paragraph
from ingest.votes import Vote

__all__ = ["Decision", "Outcome", "Vote", "decisions_of"]

#: Only these papers record what was decided; whatever the words, any other paper asks.
RECORDS = ("minutes", "decision")


def decisions_of(paragraphs: Sequence[Paragraph], kind: Kind) -> list[Decision]:
    """What the paper decides (minutes, a record of decisions) or only asks for (any other paper), in order."""
    if kind not in RECORDS:
        return list(requests_of(paragraphs, kind))
    found = with_divisions(paragraphs, resolutions_of(paragraphs, record=kind == "decision"))
    return sorted([*found, *left_open(paragraphs, found)], key=lambda decision: decision.last)
