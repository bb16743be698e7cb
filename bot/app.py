"""The Bolt app: what Slack sends is told apart, taken on and acknowledged, and nothing more is done here.

Listeners never wait for anything but memory: work is done in the pools, so that an acknowledgement takes milliseconds
however much is being asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt import App, Assistant, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.assistant.thread_context import AssistantThreadContext
from slack_bolt.context.assistant.thread_context_store.store import AssistantThreadContextStore
from slack_sdk import WebClient

from bot.buttons import HELPFUL, LATER, NOT_HELPFUL, SHARE, WHOLE_MINUTE
from bot.clerk import Clerk
from bot.counter import Counter
from bot.envelope import key_of
from bot.forms import REASON, SHARE_TO, answer_of, filled_in
from bot.hearing import Hearing
from bot.memory import Memory
from bot.mrkdwn import escape
from bot.place import Place
from bot.pool import Pool
from bot.press import Press
from bot.saying import BUSY

COMMAND = "/minutes"
SHORTCUT = "minutebook_find_decision"

Handler = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Hands:
    """Where work is done: `work` may take its time, `quick` is for what Slack allows three seconds for."""

    work: Pool
    quick: Pool

    def close(self) -> None:
        """Takes nothing more on, and finishes what was taken, within reason."""
        self.quick.close()
        self.work.close()


def build_app(clerk: Clerk, counter: Counter, memory: Memory, hands: Hands, *, token: str, signing_secret: str) -> App:
    """The app, ready to be given requests over HTTP or Socket Mode."""
    app = App(
        # Bolt sets the level of the logger of this name: it must be none of ours.
        name="slack-app",
        # A client without the token: Bolt must not call Slack before it acknowledges.
        client=WebClient(base_url=clerk.slack.client.base_url),
        authorize=lambda enterprise_id, team_id: AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=token
        ),
        signing_secret=signing_secret,
        # The listeners only hand work over, so they run in the thread that received the request.
        process_before_response=True,
    )
    hearing = Hearing(clerk, memory, hands.work)
    app.middleware(_first_time(memory, hands))
    app.middleware(_edits(hearing))
    app.assistant(_assistant(hearing))
    app.event("app_mention")(lambda event, body: hearing.mention(event, body))
    app.event("message")(lambda event, body: hearing.message(event, body))
    app.event(re.compile(".*"))(lambda: None)
    app.command(COMMAND)(_answered_at_once(hearing.command))
    app.shortcut(SHORTCUT)(_acknowledged(hearing.shortcut))
    for action, done, pool in (
        (HELPFUL, counter.helpful, hands.quick),
        (NOT_HELPFUL, counter.not_helpful, hands.quick),
        (WHOLE_MINUTE, counter.whole_minute, hands.work),
        (LATER, counter.later, hands.work),
        (SHARE, counter.share, hands.quick),
    ):
        app.action(action)(_pressed(done, pool, clerk, hands.quick))
    app.view(REASON)(_sent_back(counter.reason, hands.quick))
    app.view(SHARE_TO)(_sent_back(counter.share_chosen, hands.work))
    app.command(re.compile(".*"))(lambda ack: ack())
    app.action(re.compile(".*"))(lambda ack: ack())
    app.shortcut(re.compile(".*"))(lambda ack: ack())
    app.view(re.compile(".*"))(lambda ack: ack())
    return app


def _first_time(memory: Memory, hands: Hands) -> Handler:
    """Lets through what is seen for the first time. With no room for an event it says 503: Slack sends it again."""

    def first_time(body: dict[str, Any], next: Callable[[], None]) -> BoltResponse | None:  # noqa: A002
        key = key_of(body)
        if key is None:
            return BoltResponse(status=400, body="")
        if body.get("type") == "event_callback" and hands.work.full:
            return BoltResponse(status=503, body="", headers={"retry-after": "60"})
        if not memory.claim(key):
            return BoltResponse(status=200, body="")
        next()
        return None

    return first_time


def _edits(hearing: Hearing) -> Handler:
    """Edited and deleted questions, before the assistant swallows those of its own threads."""

    def edits(body: dict[str, Any], next: Callable[[], None]) -> BoltResponse | None:  # noqa: A002
        event = body.get("event") or {}
        if event.get("type") == "message" and event.get("subtype") in ("message_changed", "message_deleted"):
            hearing.changed(event, body)
            return BoltResponse(status=200, body="")
        next()
        return None

    return edits


class _NoContext(AssistantThreadContextStore):
    """Nothing is kept of what else the person has open: the papers are the same from everywhere."""

    def save(self, *, channel_id: str, thread_ts: str, context: dict[str, str]) -> None:
        """Keeps nothing."""

    def find(self, *, channel_id: str, thread_ts: str) -> AssistantThreadContext | None:
        """Finds nothing."""
        del channel_id, thread_ts
        return None


def _assistant(hearing: Hearing) -> Assistant:
    assistant = Assistant(thread_context_store=_NoContext())
    assistant.thread_started(lambda event: hearing.assistant_opened(event))
    assistant.thread_context_changed(lambda: None)
    assistant.user_message(lambda event, body: hearing.assistant_message(event, body))
    assistant.bot_message(lambda: None)
    return assistant


def _acknowledged(heard: Callable[[dict[str, Any]], None]) -> Handler:
    def listener(ack: Callable[[], None], body: dict[str, Any]) -> None:
        ack()
        heard(body)

    return listener


def _answered_at_once(heard: Callable[[dict[str, Any]], str]) -> Handler:
    def listener(ack: Callable[..., None], body: dict[str, Any]) -> None:
        said = heard(body)
        if said:
            ack(response_type="ephemeral", text=escape(said))
        else:
            ack()

    return listener


def _pressed(done: Callable[[Press], None], pool: Pool, clerk: Clerk, quick: Pool) -> Handler:
    def listener(ack: Callable[[], None], body: dict[str, Any]) -> None:
        ack()
        press = Press.of(body)
        if press and not pool.take(lambda: done(press)):
            quick.take(lambda: clerk.tell(press.place.user, None, BUSY))

    return listener


def _sent_back(done: Callable[[str, Place, str], None], pool: Pool) -> Handler:
    def listener(ack: Callable[[], None], body: dict[str, Any]) -> None:
        ack()
        view = body.get("view") or {}
        answer_id, user = answer_of(view), (body.get("user") or {}).get("id")
        if answer_id and user:
            place = Place((body.get("team") or {}).get("id") or "", "", user, private=True)
            pool.take(lambda: done(answer_id, place, filled_in(view)))

    return listener
