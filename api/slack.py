"""POST /slack/events: where Slack's requests are handed to the bot, which checks that they are Slack's."""

from fastapi import APIRouter, Request, Response

from api.problems import problem

router = APIRouter(include_in_schema=False)


@router.post("/slack/events")
async def post_events(request: Request) -> Response:
    """What Slack sends: events, commands, presses and forms."""
    events = request.app.state.slack_events
    if events is None:
        return problem(404, "This service has no Slack bot: SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set.")
    given: Response = await events(request)
    return given
