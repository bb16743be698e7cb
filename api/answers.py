"""GET /answers/{answer_id}: an answer given before, as it was given."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from api import shapes
from api.problems import documented
from api.shelf import Asker, Borrowed

router = APIRouter(tags=["answers"])


@router.get(
    "/answers/{answer_id}",
    response_model=shapes.Answer,
    response_model_exclude_unset=True,
    responses=documented(404, 421, 422, 503),
)
def get_answer(answer_id: Annotated[str, Path(max_length=100)], library: Borrowed, audience: Asker) -> Any:
    """An answer given before, on whichever surface it was asked."""
    return library.store.answer(answer_id, audience)
