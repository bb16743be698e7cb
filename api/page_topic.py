"""GET /topic: the history of a topic, meeting by meeting."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from answer.history import history_of
from api.page_fields import Fields
from api.page_view import render
from api.shelf import Asker, Borrowed, Noted
from index.audit import places_of

router = APIRouter(include_in_schema=False)


@router.get("/topic")
def get_topic(request: Request, library: Borrowed, audience: Asker, noted: Noted) -> HTMLResponse:
    """What was recommended, decided, replaced or dropped about `q`, oldest first."""
    topic = Fields(request.query_params).text("q")
    history = history_of(library, topic, audience=audience) if topic else None
    for entry in history.entries if history else ():
        records = (entry.record, *entry.also)
        noted.saw(library.store, "decision", places_of(record.as_json() for record in records))
    return render(request, "topic.html", topic=topic, history=history)
