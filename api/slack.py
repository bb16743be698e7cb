"""POST /slack/events: where Slack's requests are handed to the bot, which checks that they are Slack's."""

from typing import Protocol

from fastapi import APIRouter, Request, Response

from api.problems import problem


class SlackEvents(Protocol):
    """What answers Slack's requests; `finish` waits for what they have set going."""

    async def __call__(self, request: Request) -> Response: ...

    def finish(self) -> None:
        """Called when the service ends, before the papers are closed."""


router = APIRouter(include_in_schema=False)


@router.post("/slack/events")
async def post_events(request: Request) -> Response:
    """What Slack sends: events, commands, presses and forms."""
    events = request.app.state.slack_events
    if events is None:
        return problem(404, "This service has no Slack bot: SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set.")
    given: Response = await events(request)
    return given
