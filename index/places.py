"""Where a decision stands, as every surface tells it."""

from typing import Any

from ingest.papers import Paper
from ingest.structure import Paragraph


def place_json(paper: Paper, paragraph: Paragraph, page: int, printed_page: str | None) -> dict[str, Any]:
    """The fields of the public contract that say in which paper, item and paragraph, and on which page."""
    return {
        "path": paper.path,
        "paper": paper.id,
        "title": paper.title,
        "kind": paper.kind,
        "body": paper.body,
        "committee": paper.committee,
        "meeting_date": paper.meeting_date.isoformat() if paper.meeting_date else None,
        "standing": paper.standing,
        "item": paragraph.item or paper.item,
        "paragraph": paragraph.number,
        "page": page,
        "printed_page": printed_page,
        "url": f"/papers/{paper.id}/pdf#page={page}",
    }
