"""What the Slack tests share: the stand-in, the service that Slack's requests come to, and a bot of each test's own."""

import hashlib
import hmac
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn

from tests.slack_standin import BOT_TOKEN, BOT_USER, StandIn, standing_in

if TYPE_CHECKING:
    from answer.answer import Answer
    from bot.bot import Bot
    from index.library import Library
    from tests.embedder import FakeEmbedder

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
FORM = "application/x-www-form-urlencoded"
#: A question that no paper answers, whatever the weighing of passages makes of it.
UNANSWERED = "any mermaids?"
_numbers = itertools.count(1)


def asked(
    library: "Library", question: str, *, filters: Any = None, audience: Any = None, thread: str | None = None
) -> "Answer":
    """The real answer, but to UNANSWERED that nothing was found: what is found is not what these tests are about."""
    from answer.ask import ask
    from index.filters import PUBLIC, Filters

    audience = audience or PUBLIC
    given = ask(library, question, filters=filters or Filters(), audience=audience, thread=thread)
    if question == UNANSWERED:
        notes = ("Closest, but not an answer: Minutes, page 2 (/papers/ab12/pdf#page=2)",)
        given = replace(given, outcome="not_found", answer="The papers do not say.", citations=(), notes=notes)
        library.store.save_answer(given.as_json(), "2024-06-04T09:00:00", audience)
    return given


def held_until(go: threading.Event) -> Callable[..., "Answer"]:
    """The same, each held back until `go` is set."""

    def held(*given: Any, **named: Any) -> "Answer":
        assert go.wait(20)
        return asked(*given, **named)

    return held


def fresh_ts() -> str:
    """A timestamp that no other message has."""
    return f"1710000000.{next(_numbers):06d}"


@dataclass
class Workspace:
    """Slack's side: sends what Slack would send, signed, and sees what comes back. `waits` are the pauses asked for."""

    standin: StandIn
    url: str
    bot: "Bot"
    waits: list[float]
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20, trust_env=False))

    def send(self, body: str, kind: str = "application/json", **headers: str) -> httpx.Response:
        """Posts a body as Slack does, signed now; headers given take the place of those."""
        timestamp = headers.pop("timestamp", str(int(time.time())))
        signed = hmac.new(SECRET.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
        every = {
            "content-type": kind,
            "x-slack-request-timestamp": timestamp,
            "x-slack-signature": f"v0={signed}",
            **headers,
        }
        return self.client.post(f"{self.url}/slack/events", content=body.encode(), headers=every)

    def envelope(self, event: dict[str, Any], event_id: str | None = None) -> dict[str, Any]:
        """An event as Slack wraps it."""
        return {
            "type": "event_callback",
            "team_id": "T1",
            "api_app_id": "A1",
            "event_id": event_id or f"Ev{next(_numbers):08d}",
            "event_time": 1710000000,
            "authorizations": [{"team_id": "T1", "user_id": BOT_USER, "is_bot": True}],
            "event": event,
        }

    def event(self, event: dict[str, Any], event_id: str | None = None, **headers: str) -> httpx.Response:
        return self.send(json.dumps(self.envelope(event, event_id)), **headers)

    def mention(self, text: str, **given: Any) -> dict[str, Any]:
        """Somebody mentions the bot in a channel; the event."""
        event = {
            "type": "app_mention", "user": "U1", "channel": "C1", "ts": fresh_ts(), "text": f"<@{BOT_USER}> {text}",
            **given,
        }  # fmt: skip
        assert self.event(event).status_code == 200
        return event

    def message(self, text: str, **given: Any) -> dict[str, Any]:
        """Somebody writes a message where the bot reads along: directly to it, if nothing else is given."""
        event = {
            "type": "message", "user": "U1", "channel": "D1", "channel_type": "im", "ts": fresh_ts(), "text": text,
            **given,
        }  # fmt: skip
        assert self.event(event).status_code == 200
        return event

    def interaction(self, payload: dict[str, Any]) -> httpx.Response:
        return self.send(urlencode({"payload": json.dumps(payload)}), FORM)

    def command(self, text: str, channel: str = "C1", **given: str) -> httpx.Response:
        """Somebody uses /minutes; the replies are in `standin.said["command"]`."""
        fields = {
            "command": "/minutes", "text": text, "team_id": "T1", "channel_id": channel, "user_id": "U1",
            "trigger_id": f"tr{next(_numbers)}", "response_url": self.standin.response_url("command"), **given,
        }  # fmt: skip
        return self.send(urlencode(fields), FORM)

    def press(self, button: dict[str, Any], channel: str, *, ts: str | None = None, user: str = "U1") -> httpx.Response:
        """Somebody presses a button: under the message `ts`, or with none under one that only they see."""
        container = {"type": "message", "channel_id": channel, "is_ephemeral": ts is None}
        if ts:
            standing = self.standin.messages[channel, ts]
            container |= {"message_ts": ts, "thread_ts": standing.get("thread_ts") or ts}
        return self.interaction(
            {
                "type": "block_actions",
                "team": {"id": "T1"},
                "user": {"id": user},
                "channel": {"id": channel},
                "container": container,
                "trigger_id": f"tr{next(_numbers)}",
                "response_url": self.standin.response_url("press"),
                "actions": [{**button, "block_id": "b", "action_ts": fresh_ts()}],
            }
        )

    def submit(self, view: dict[str, Any], value: dict[str, Any]) -> httpx.Response:
        """Somebody sends back the form that was opened."""
        return self.interaction(
            {
                "type": "view_submission",
                "team": {"id": "T1"},
                "user": {"id": "U1"},
                "trigger_id": f"tr{next(_numbers)}",
                "view": {**view, "id": "V1", "state": {"values": {"field": {"input": value}}}},
            }
        )

    def settle(self) -> None:
        """Waits until the bot has done all that it took on."""
        assert self.bot.idle(20)


class Relay:
    """Hands requests to the bot of the test that runs now."""

    def __init__(self) -> None:
        self.events: Any = None

    async def __call__(self, request: Any) -> Any:
        return await self.events(request)

    def finish(self) -> None:
        """The tests end their bots themselves."""


@pytest.fixture(scope="session")
def slack_service(home: Path, embedder: "FakeEmbedder") -> Iterator[tuple[str, Relay]]:
    """The HTTP service, really listening, and where its Slack requests are handed."""
    from api.app import create_app
    from index.library import Library
    from minutebook.serving import listen

    relay = Relay()
    listening = listen("127.0.0.1", 0)
    app = create_app(Library.open(home, embedder), slack_events=relay)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", relay
    server.should_exit = True
    thread.join(20)
    listening.close()


@pytest.fixture
def standin() -> Iterator[StandIn]:
    """Slack's Web API on this machine. What was wrong with a call fails the test, and so does a notified crowd."""
    with standing_in() as standin:
        yield standin
    assert standin.faults == []
    assert {ping for ping in standin.pings if not ping.startswith("@U")} == set()


StartBot = Callable[..., Workspace]


@pytest.fixture
def start_bot(
    standin: StandIn, slack_service: tuple[str, Relay], library: "Library", tmp_path: Path
) -> Iterator[StartBot]:
    """Starts bots, each with the real `ask` over the small council's papers unless it is given another."""
    from bot.bot import running_bot

    url, relay = slack_service

    @contextmanager
    def lend() -> "Iterator[Library]":
        yield library

    with ExitStack() as stack:

        def start(asking: Any = asked, **options: Any) -> Workspace:
            waits: list[float] = []
            made: dict[str, Any] = {"public_url": "https://minutes.example.org", "patience": 20.0, **options}
            bot = stack.enter_context(
                running_bot(
                    made.pop("home", tmp_path),
                    lend,
                    asking,
                    token=BOT_TOKEN,
                    signing_secret=SECRET,
                    api=standin.api,
                    wait=lambda seconds: (waits.append(seconds), standin.pass_time(seconds)),
                    **made,
                )
            )
            relay.events = bot.events
            workspace = Workspace(standin, url, bot, waits)
            stack.callback(workspace.client.close)
            return workspace

        yield start


@pytest.fixture
def workspace(start_bot: StartBot) -> Workspace:
    """A bot as it is when nothing is special."""
    return start_bot()
