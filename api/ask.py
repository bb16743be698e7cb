"""POST /ask: a question in, the answer out, whole or as events."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

import answer.ask
from answer.answer import Answer
from api import shapes
from api.access import Caller, caller_of
from api.filters import FilterFields
from api.problems import documented, of_error
from api.shelf import Asker, Shelf, shelf_of, witness_of
from index.audit import places_in
from index.filters import Audience, Filters
from minutebook.errors import MinutebookError

router = APIRouter(tags=["answers"])

EVENTS = "text/event-stream"


class AskRequest(BaseModel):
    """A question, what narrows it, and the thread it follows up."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "What was agreed on the library's opening hours?", "filters": {"from": "2024-01-01"}}
            ]
        },
    )

    question: str = Field(min_length=1, max_length=2000)
    filters: FilterFields = Field(default_factory=FilterFields)
    thread: str | None = Field(
        default=None, min_length=1, max_length=200, description="The same for questions that follow one another."
    )


@router.post(
    "/ask",
    response_model=shapes.Answer,
    response_model_exclude_unset=True,
    responses={
        200: {
            "description": "The answer. As events: `searching` (the question), `answer` (as the JSON), `done` (its id);"
            " or, where it fails, `problem` and `done`.",
            "content": {
                EVENTS: {"schema": {"type": "string"}, "examples": {"events": {"value": "event: searching\n"}}}
            },
        },
        **documented(422, 503),
    },
)
def post_ask(
    request: Request,
    asked: AskRequest,
    shelf: Annotated[Shelf, Depends(shelf_of)],
    audience: Asker,
) -> Any:
    """Answer a question from the papers, with the page that each statement rests on; as events if they are accepted."""
    request.state.question = asked.question  # for the log, where it may have it
    witness = witness_of(request)

    def answered() -> dict[str, Any]:
        filters = asked.filters.filters()
        with shelf.lend() as library:
            given = answer.ask.ask(
                library,
                asked.question,
                filters=filters,
                audience=audience,
                thread=_thread(asked, caller_of(request)),
                writer=request.app.state.writer,
            )
            told = given.as_json()
            witness.saw(library.store, "answer", places_in(told))
        note(request, given, audience, narrowed=bool(asked.thread) or filters != Filters())
        return told

    if _wants_events(request.headers.get("accept", "")):
        return StreamingResponse(_events(asked.question, answered), media_type=EVENTS)
    return answered()


def note(request: Request, given: Answer, audience: Audience, *, narrowed: bool) -> None:
    """Counts an answer, and lets its question be suggested; not one that only a thread or filters make sense of."""
    request.app.state.metrics.answers.labels(given.outcome).inc()
    request.app.state.prompter.learn(given, audience, narrowed=narrowed)


def _thread(asked: AskRequest, caller: Caller) -> str | None:
    """The thread's name with whose it is, so that nobody follows up what another asked with another key."""
    return f"http {caller.key or ''} {asked.thread}" if asked.thread else None


def _events(question: str, answered: Callable[[], dict[str, Any]]) -> Iterator[str]:
    """The same as server-sent events (WHATWG HTML, 9.2). The status is sent by then, so a failure is an event too."""
    yield _event("searching", {"question": question})
    try:
        given = answered()
    except MinutebookError as error:
        yield _event("problem", json.loads(bytes(of_error(error).body)))
        yield _event("done", {"answer_id": None})
    else:
        yield _event("answer", given)
        yield _event("done", {"answer_id": given["answer_id"]})


def _event(name: str, data: dict[str, Any]) -> str:
    """One event. JSON has no line breaks of its own, so the data is one line."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _wants_events(accept: str) -> bool:
    """Whether the Accept header names events at a quality above nought (RFC 9110, 12.5.1)."""
    for each in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in each.split(";"))
        if kind == EVENTS:
            return not any(re.fullmatch(r"q=0(\.0*)?", parameter) for parameter in parameters)
    return False
