"""GET /: the search page. It asks and finds without JavaScript; with it, the box also suggests."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

import answer.ask
from answer.find import Found, find
from api import page_answer, page_files, page_paper, page_register, page_topic
from api.ask import note
from api.page_answer import shown
from api.page_fields import Fields
from api.page_view import render
from api.page_words import language_of
from api.shelf import Asker, Noted, Shelf, shelf_of
from index.audit import places_in, places_of
from index.filters import Filters
from index.records import find_decisions
from ingest.operative import Outcome
from ingest.papers import Kind
from minutebook.errors import BadQuestion

router = APIRouter(include_in_schema=False)
for each in (page_register, page_paper, page_topic, page_answer, page_files):
    router.include_router(each.router)

LONGEST_QUESTION = 2000
A_PAGE = 10
FARTHEST = 190
#: Decisions shown under the empty box.
LATEST = 4
#: The facets shown, and how many values of each.
FACETS = {"committee": 12, "kind": 8, "year": 12, "outcome": 8}


@dataclass(frozen=True, slots=True)
class Asked:
    """The question and what narrows it, as in the address."""

    q: str
    committee: str
    kind: Kind | None
    year: str | None
    outcome: Outcome | None
    start: int

    @classmethod
    def read(cls, fields: Fields) -> "Asked":
        return cls(
            fields.text("q", LONGEST_QUESTION + 1),
            fields.text("committee"),
            fields.choice("kind", get_args(Kind)),  # type: ignore[arg-type]
            fields.choice("year", map(str, range(1000, 10000))),
            fields.choice("outcome", get_args(Outcome)),  # type: ignore[arg-type]
            fields.number("start", 0, FARTHEST),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The facets that are set, with their values."""
        every = {name: getattr(self, name) for name in FACETS}
        return {name: value for name, value in every.items() if value}

    def filters(self) -> Filters:
        year = int(self.year) if self.year else None
        since, until = (date(year, 1, 1), date(year, 12, 31)) if year else (None, None)
        return Filters(committee=self.committee or None, since=since, until=until, kind=self.kind)


@router.get("/")
def get_page(
    request: Request, shelf: Annotated[Shelf, Depends(shelf_of)], audience: Asker, noted: Noted
) -> HTMLResponse:
    """The box, and under it the answer to `q` and the passages found."""
    fields = Fields(request.query_params)
    asked = Asked.read(fields)
    values: dict[str, Any] = {"answer": None, "latest": []}
    found, problem = None, None
    if len(asked.q) > LONGEST_QUESTION:
        problem = language_of(request).say("problem.long", n=LONGEST_QUESTION)
    elif asked.q:
        try:
            with shelf.lend() as library:
                if not asked.start:
                    writer = request.app.state.writer
                    given = answer.ask.ask(library, asked.q, filters=asked.filters(), audience=audience, writer=writer)
                    note(request, given, audience, narrowed=bool(asked.chosen))
                    values |= shown(given.as_json())
                    noted.saw(library.store, "answer", places_in(values["answer"]))
                found = find(
                    library,
                    asked.q,
                    filters=asked.filters(),
                    audience=audience,
                    outcome=asked.outcome,
                    limit=A_PAGE,
                    offset=asked.start,
                )
                noted.saw(library.store, "hit", places_of(found.as_json()["hits"]))
        except BadQuestion as error:
            problem = str(error)
    else:
        with shelf.lend() as library:
            records, _ = find_decisions(library.store, audience=audience, limit=LATEST)
            values["latest"] = [record.as_json() for record in records]
            noted.saw(library.store, "decision", places_of(values["latest"]))
    return render(
        request,
        "search.html",
        422 if problem else 200,
        asked=asked,
        question=asked.q[:LONGEST_QUESTION],
        longest=LONGEST_QUESTION,
        problem=problem,
        left_out=fields.problems,
        found=found,
        facets=_facets(found, asked),
        a_page=A_PAGE,
        **values,
    )


def _facets(found: Found | None, asked: Asked) -> dict[str, list[tuple[str, int]]]:
    """The facets to choose from: those that would narrow the results, and those in use."""
    if found is None:
        return {}
    every = {name: found.facets.get(name, [])[:most] for name, most in FACETS.items()}
    return {name: values for name, values in every.items() if len(values) > 1 and name not in asked.chosen}
