"""POST /slack/events: Slack's requests over HTTP, each checked to be Slack's before it is read.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs

from slack_bolt import App
from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
from slack_bolt.error import BoltError
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import Response

from bot.envelope import is_sound

log = logging.getLogger("minutebook.slack")

#: Threads that acknowledge, kept for that alone: whatever else the service does, they are free.
ACKNOWLEDGING = 4


class Events:
    """Gives Slack's requests to the Bolt app. Awaiting it with a request gives the response."""

    def __init__(self, app: App, signing_secret: str, finish: Callable[[], None]) -> None:
        """`finish` is called when the service ends, before the papers are closed."""
        self._app = app
        self.finish = finish
        self._verifier = SignatureVerifier(signing_secret)
        self._threads = ThreadPoolExecutor(ACKNOWLEDGING, thread_name_prefix="slack-http")

    async def __call__(self, request: Request) -> Response:
        body = await request.body()
        # Bolt checks the signature too, but only after it has parsed what may be anybody's.
        if not self._is_slacks(body, request):
            return Response(status_code=401)
        if not _is_sound(body, request):
            return Response(status_code=400)
        try:
            asked = to_bolt_request(request, body)
            response = await asyncio.get_running_loop().run_in_executor(self._threads, self._app.dispatch, asked)
        except (AttributeError, LookupError, TypeError, ValueError, BoltError) as error:
            # Bolt takes every part for what it should be. What was sent may hold a question, so it is not logged.
            log.warning("Slack sent what cannot be read (%s)", type(error).__name__)
            return Response(status_code=400)
        return to_starlette_response(response)

    def close(self) -> None:
        self._threads.shutdown(wait=False)

    def _is_slacks(self, body: bytes, request: Request) -> bool:
        timestamp = request.headers.get("x-slack-request-timestamp")
        signature = request.headers.get("x-slack-signature")
        try:
            return self._verifier.is_valid(body, timestamp, signature)
        except (TypeError, ValueError):  # not a number, not ASCII, not UTF-8
            return False


def _is_sound(body: bytes, request: Request) -> bool:
    """Whether the body is what its content type says, and something that Slack sends."""
    try:
        text = body.decode()
        if request.headers.get("content-type", "").startswith("application/json"):
            return is_sound(json.loads(text))
        fields = {name: values[0] for name, values in parse_qs(text, strict_parsing=True).items()}
        return is_sound(json.loads(fields["payload"]) if "payload" in fields else fields)
    except (ValueError, RecursionError):
        return False
