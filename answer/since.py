"""Whether an answer given before would still find its sources as they were."""

from collections.abc import Iterator
from typing import Any

from answer.verify import Pages
from index.filters import Audience
from index.store import Store

#: Fields of a citation that say what its paper is, and what to call them.
_NAMED = {"title": "title", "kind": "kind", "body": "body", "committee": "committee", "meeting_date": "date"}


def changes_since(store: Store, answer: dict[str, Any], audience: Audience) -> list[dict[str, Any]]:
    """For each citation of an answer's JSON that is no longer as it was: its number, and in words how."""
    pages = Pages(store)
    return [
        {"n": citation["n"], "change": change}
        for citation in answer["citations"]
        for change in _changes(store, citation, pages, audience)
    ]


def _changes(store: Store, citation: dict[str, Any], pages: Pages, audience: Audience) -> Iterator[str]:
    paper = store.paper(citation["paper"], audience)
    if citation["quote"] and not pages.holds(paper.path, citation["page"], citation["quote"]):
        yield "The words quoted are no longer on that page."
    if paper.standing != citation["standing"]:
        what = "These minutes" if paper.kind == "minutes" else "This paper"
        yield f"{what} had the standing {citation['standing']} then, and now {paper.standing}."
    day = paper.meeting_date.isoformat() if paper.meeting_date else None
    now = {"title": paper.title, "kind": paper.kind, "body": paper.body, "committee": paper.committee}
    for field, value in {**now, "meeting_date": day}.items():
        if value != citation[field]:
            then = citation[field] or "not known"
            yield f"The paper's {_NAMED[field]} was {then} then, and is {value or 'not known'} now."
