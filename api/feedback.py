"""POST /feedback: whether an answer was of use."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.access import caller_of
from api.filters import absent_if_empty
from api.problems import documented
from api.shelf import Asker, Borrowed
from index.feedback import LONGEST_REASON, Feedback

router = APIRouter(tags=["feedback"])

SURFACE = "http"


class FeedbackRequest(BaseModel):
    """What somebody thinks of an answer."""

    model_config = ConfigDict(extra="forbid")

    answer_id: str = Field(min_length=1, max_length=100)
    helpful: bool
    reason: Annotated[Annotated[str, Field(max_length=LONGEST_REASON)] | None, BeforeValidator(absent_if_empty)] = (
        Field(default=None, description="Why, in their own words.")
    )
    session: Annotated[Annotated[str, Field(max_length=100)] | None, BeforeValidator(absent_if_empty)] = Field(
        default=None, description="Anything that stays the same for one person: what they say last counts."
    )


@router.post(
    "/feedback",
    status_code=204,
    response_class=Response,
    responses={204: {"description": "Kept, in the place of what the same person said before."}, **documented(404, 422)},
)
def post_feedback(request: Request, given: FeedbackRequest, library: Borrowed, audience: Asker) -> None:
    """Say whether an answer was of use. Who said so is kept as a digest, so that they can change their mind."""
    library.store.answer(given.answer_id, audience)
    feedback: Feedback = request.app.state.feedback
    caller = caller_of(request)
    who = "\n".join((SURFACE, given.answer_id, caller.key or "", given.session or caller.address))
    by = hashlib.sha256(who.encode()).hexdigest()[:32]
    feedback.give(given.answer_id, by, helpful=given.helpful, surface=SURFACE, reason=given.reason)
