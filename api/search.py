"""GET /search: passages, nearest first."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field

from answer.find import find
from api import shapes
from api.filters import PageFields
from api.problems import documented
from api.shelf import Asker, Borrowed

router = APIRouter(tags=["search"])


class SearchFields(PageFields):
    """What to look for, filters, and which of the hits to give."""

    q: str = Field(min_length=1, max_length=2000, description="Words or a question.", examples=["opening hours"])
    limit: int = Field(default=10, ge=1, le=100)


@router.get(
    "/search",
    response_model=shapes.Found,
    response_model_exclude_unset=True,
    responses=documented(421, 422, 503),
)
def get_search(asked: Annotated[SearchFields, Query()], library: Borrowed, audience: Asker) -> Any:
    """The passages that are nearest to the words, in meaning and by the words themselves."""
    found = find(library, asked.q, filters=asked.filters(), audience=audience, limit=asked.limit, offset=asked.offset)
    return {"hits": [hit.as_json() for hit in found.hits], "total": found.total}
