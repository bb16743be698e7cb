"""GET /register: the decisions on record, to filter, sort and take away."""

from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.page_fields import Fields
from api.page_view import address, render
from api.shelf import Asker, Borrowed, Noted
from index.audit import places_of
from index.filters import Audience, Filters
from index.library import Library
from index.records import Order, find_decisions
from ingest.operative import Outcome

router = APIRouter(include_in_schema=False)

A_PAGE = 25
FARTHEST = 1_000_000


@router.get("/register")
def get_register(request: Request, library: Borrowed, audience: Asker, noted: Noted) -> HTMLResponse:
    """The decisions that match, a page of them at a time."""
    fields = Fields(request.query_params)
    since, until = fields.span("from", "to")
    chosen: dict[str, Any] = {
        "q": fields.text("q"),
        "outcome": fields.choice("outcome", get_args(Outcome)),
        "committee": fields.text("committee"),
        "from": since,
        "to": until,
        "mover": fields.text("mover"),
    }
    sort = fields.choice("sort", get_args(Order)) or "weight"
    start = fields.number("start", 0, FARTHEST)
    records, total = find_decisions(
        library.store,
        chosen["q"],
        filters=Filters(committee=chosen["committee"] or None, since=since, until=until),
        audience=audience,
        outcome=chosen["outcome"],
        mover=chosen["mover"] or None,
        order=sort,  # type: ignore[arg-type]
        limit=A_PAGE,
        offset=start,
    )
    decisions = [record.as_json() for record in records]
    noted.saw(library.store, "decision", places_of(decisions))
    return render(
        request,
        "register.html",
        decisions=decisions,
        total=total,
        chosen=chosen,
        sort=sort,
        sorts=get_args(Order),
        outcomes=get_args(Outcome),
        committees=committees_in(library, audience),
        left_out=fields.problems,
        start=start,
        a_page=A_PAGE,
        csv=address("/decisions.csv", chosen),
    )


def committees_in(library: Library, audience: Audience) -> list[str]:
    """The committees whose papers may be seen, by name."""
    papers = (library.paper(paper) for paper in library.visible(audience=audience))
    return sorted({paper.committee for paper in papers if paper.committee})
