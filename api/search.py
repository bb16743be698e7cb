"""GET /search: passages, nearest first; GET /suggest: what may be meant while it is being typed."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from answer.find import find
from api import shapes
from api.filters import PageFields, WithOutcome, absent_if_empty, or_empty
from api.problems import documented
from api.shelf import Asker, Borrowed, Noted
from index.audit import places_of
from index.filters import Filters

router = APIRouter(tags=["search"])


#: No meeting of these papers is earlier or later.
FIRST_YEAR, LAST_YEAR = 1800, 2200
Year = Annotated[
    Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None,
    BeforeValidator(absent_if_empty),
    or_empty({"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}),
]


class SearchFields(PageFields):
    """What to look for, filters, and which of the hits to give."""

    q: str = Field(min_length=1, max_length=2000, description="Words or a question.", examples=["opening hours"])
    year: Year = Field(default=None, description="Only meetings of this year.")
    outcome: WithOutcome = Field(default=None, description="Only passages in which something came to this.")
    limit: int = Field(default=10, ge=1, le=100)

    @model_validator(mode="after")
    def says_something(self) -> Self:
        if not self.q.strip():
            raise ValueError("`q` is empty")
        return self

    def filters(self) -> Filters:
        """The year narrows the days given, if any."""
        given = super().filters()
        if self.year is None:
            return given
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        return replace(given, since=max(first, given.since or first), until=min(last, given.until or last))


class SuggestFields(BaseModel):
    """What has been typed so far."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(max_length=300, examples=["open"])
    limit: int = Field(default=8, ge=1, le=20)


@router.get("/search", response_model=shapes.Found, response_model_exclude_unset=True, responses=documented(422))
def get_search(asked: Annotated[SearchFields, Query()], library: Borrowed, audience: Asker, noted: Noted) -> Any:
    """The passages that are nearest to the words, in meaning and by the words themselves; and what they sort into."""
    found = find(
        library,
        asked.q,
        filters=asked.filters(),
        audience=audience,
        outcome=asked.outcome,
        limit=asked.limit,
        offset=asked.offset,
    ).as_json()
    noted.saw(library.store, "hit", places_of(found["hits"]))
    return found


@router.get("/suggest", response_model=shapes.Suggestions, responses=documented(422))
def get_suggestions(
    request: Request, asked: Annotated[SuggestFields, Query()], library: Borrowed, audience: Asker
) -> Any:
    """Committees, items' titles and questions that had answers which hold the words typed, the last unfinished."""
    suggestions = request.app.state.prompter.of(library)
    return {"suggestions": [each.as_json() for each in suggestions.suggest(asked.q, audience, limit=asked.limit)]}
