"""An answer as people read it, and GET /answers/{answer_id}/view: one given before, for good."""

import re
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from answer.since import changes_since
from api.page_view import render
from api.shelf import Asker, Borrowed, Noted
from index.audit import places_in

router = APIRouter(include_in_schema=False)

_MARK = re.compile(r"(\[\d+\])")
_POINTER = re.compile(r"^(?P<words>.*?)\s*\(/papers/(?P<paper>\w+)/pdf#page=(?P<page>\d+)\)(?P<rest>.*)$", re.DOTALL)


@router.get("/answers/{answer_id}/view")
def get_answer(request: Request, answer_id: str, library: Borrowed, audience: Asker, noted: Noted) -> HTMLResponse:
    """The answer as it was given then, and what has changed since."""
    with library.store.reading():
        answer = library.store.answer(answer_id, audience)
        changes = changes_since(library.store, answer, audience)
    noted.saw(library.store, "answer", places_in(answer))
    return render(request, "answer.html", changes=changes, **shown(answer))


def shown(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer's JSON as its template takes it: `said` and `notes` in parts, `topic` what it is about."""
    sources = {f"[{citation['n']}]": citation for citation in answer["citations"]}
    item = next((citation["item"] for citation in answer["citations"] if citation["item"]), "")
    return {
        "answer": answer,
        "said": [(part, sources.get(part)) for part in _MARK.split(answer["answer"]) if part],
        "notes": [_note(note) for note in answer["notes"]],
        "topic": topic_of(item),
    }


def topic_of(item: str) -> str:
    """What an agenda item is about: its title without its number."""
    return re.sub(r"^[\d.\s]+", "", item)


def _note(note: str) -> dict[str, str]:
    """A note's words; where it ends on a page's address, the paper and page to link them to, and what follows."""
    pointer = _POINTER.match(note)
    return pointer.groupdict() if pointer else {"words": note, "paper": "", "page": "", "rest": ""}
