"""GET /decisions: what was resolved, recommended, lost or noted; as JSON and as CSV."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from api import shapes
from api.decisions_csv import decisions_csv, every_decision
from api.filters import Name, PageFields, WithOutcome
from api.problems import documented
from api.shelf import Asker, Borrowed, Noted
from index.audit import places_of
from index.records import find_decisions

router = APIRouter(tags=["decisions"])


class DecisionFields(PageFields):
    """What to look for, filters, and which of the decisions to give."""

    q: str = Field(default="", max_length=2000, description="Words; none for every decision.")
    outcome: WithOutcome = Field(default=None)
    mover: Name = Field(default=None, description="Who proposed it.")


@router.get(
    "/decisions",
    response_model=shapes.Decisions,
    response_model_exclude_unset=True,
    responses=documented(422),
)
def get_decisions(asked: Annotated[DecisionFields, Query()], library: Borrowed, audience: Asker, noted: Noted) -> Any:
    """Decisions on record, latest meeting first."""
    records, total = find_decisions(
        library.store,
        asked.q,
        filters=asked.filters(),
        audience=audience,
        outcome=asked.outcome,
        mover=asked.mover,
        limit=asked.limit,
        offset=asked.offset,
    )
    decisions = [record.as_json() for record in records]
    noted.saw(library.store, "decision", places_of(decisions))
    return {"decisions": decisions, "total": total}


@router.get(
    "/decisions.csv",
    response_class=Response,
    responses={
        200: {
            "description": "Every decision that matches, with a row of headings.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
        **documented(422),
    },
)
def get_decisions_csv(
    asked: Annotated[DecisionFields, Query()], library: Borrowed, audience: Asker, noted: Noted
) -> Response:
    """Every decision that matches, for a spreadsheet; `limit` and `offset` do not count here."""
    rows = list(
        every_decision(
            library.store, asked.q, filters=asked.filters(), audience=audience, outcome=asked.outcome, mover=asked.mover
        )
    )
    noted.saw(library.store, "decision", places_of(rows))
    return Response(
        decisions_csv(rows),
        media_type="text/csv",
        headers={"content-disposition": 'attachment; filename="decisions.csv"'},
    )
