"""GET /answers/{answer_id}: an answer given before, as it was given."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from answer.since import changes_since
from api import shapes
from api.problems import documented
from api.shelf import Asker, Borrowed, Noted
from index.audit import places_in

router = APIRouter(tags=["answers"])


@router.get(
    "/answers/{answer_id}",
    response_model=shapes.AnswerNow,
    response_model_exclude_unset=True,
    responses=documented(404, 422),
)
def get_answer(
    answer_id: Annotated[str, Path(max_length=100)], library: Borrowed, audience: Asker, noted: Noted
) -> Any:
    """An answer as it was given, on whichever surface it was asked, and whether what it cites has changed since."""
    with library.store.reading():
        answer = library.store.answer(answer_id, audience)
        changes = changes_since(library.store, answer, audience)
    noted.saw(library.store, "answer", places_in(answer))
    return {**answer, "changed": bool(changes), "changes": changes}
