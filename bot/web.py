"""Slack's Web API as the bot calls it: its limits kept to, its failures tried again where that does no harm.

https://docs.slack.dev/apis/web-api/rate-limits
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpResponse, RetryHandler, RetryState
from slack_sdk.webhook import WebhookClient

from bot.message import Message

SLACK_API = "https://slack.com/api/"
#: Seconds for one call; Slack mostly answers within one.
TIMEOUT = 15
#: How often a call is tried again: after a rate limit, and after a failure of Slack's.
MOST_WAITS = 20
MOST_RETRIES = 3
#: The longest wait that Slack may ask for and get, in seconds.
LONGEST_WAIT = 120

Wait = Callable[[float], None]


class AfterRateLimit(RetryHandler):
    """Waits as long as Slack asks for in Retry-After, then tries again."""

    def __init__(self, wait: Wait) -> None:
        super().__init__(max_retry_count=MOST_WAITS)
        self._wait = wait

    def _can_retry(self, *, response: HttpResponse | None = None, **_: Any) -> bool:
        return response is not None and response.status_code == 429 and _retry_after(response) <= LONGEST_WAIT

    def prepare_for_next_attempt(self, *, state: RetryState, response: HttpResponse | None = None, **_: Any) -> None:
        state.next_attempt_requested = True
        self._wait(_retry_after(response) if response else 1.0)
        state.increment_current_attempt()


class AfterFailure(RetryHandler):
    """Tries again after Slack's own failures, or where no connection was made: nothing was done then.

    A call whose reply did not come in time is not tried again: it may have been carried out, and nothing is
    to be said twice.
    """

    def __init__(self, wait: Wait) -> None:
        super().__init__(max_retry_count=MOST_RETRIES)
        self._wait = wait

    def _can_retry(self, *, response: HttpResponse | None = None, error: Exception | None = None, **_: Any) -> bool:
        if response is not None:
            return response.status_code in (500, 502, 503)
        # urllib wraps what went wrong before a request was sent; the rest comes as it is.
        return isinstance(getattr(error, "reason", None), ConnectionRefusedError)

    def prepare_for_next_attempt(self, *, state: RetryState, **_: Any) -> None:
        state.next_attempt_requested = True
        self._wait(0.5 * 2**state.current_attempt)
        state.increment_current_attempt()


class Slack:
    """The calls the bot makes. Each raises SlackApiError when Slack refuses, OSError when it cannot be reached."""

    def __init__(self, token: str, *, api: str = SLACK_API, wait: Wait = time.sleep, timeout: int = TIMEOUT) -> None:
        self._handlers = [AfterRateLimit(wait), AfterFailure(wait)]
        self._timeout = timeout
        # A channel takes about one message a second: one waits for it to take more, and the rest wait their turn.
        self._turns = [threading.Lock() for _ in range(256)]
        self.client = WebClient(
            token,
            base_url=api,
            timeout=timeout,
            retry_handlers=list(self._handlers),
        )

    def post(self, channel: str, message: Message, thread: str | None = None) -> str:
        """Posts a message, in a thread where one is given; its timestamp, which is its id."""
        with self._turn(channel):
            return str(self.client.chat_postMessage(channel=channel, thread_ts=thread, **message.as_arguments())["ts"])

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Puts a message in the place of one that the bot posted."""
        arguments = message.as_arguments()
        text, blocks = arguments["text"], arguments["blocks"]
        with self._turn(channel):
            self.client.chat_update(channel=channel, ts=ts, text=text, blocks=blocks, parse="none", link_names=False)

    def is_pressed(self, channel: str) -> bool:
        """Whether something is being said in that channel this moment: what need not be said is better left."""
        return self._turn(channel).locked()

    def delete(self, channel: str, ts: str) -> None:
        """Removes a message that the bot posted; one already gone is as good."""
        try:
            self.client.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            if problem_of(error) != "message_not_found":
                raise

    def respond(self, response_url: str, message: Message) -> None:
        """Shows a message to the person who pressed, or gave a command: nobody else sees it."""
        webhook = WebhookClient(response_url, timeout=self._timeout, retry_handlers=list(self._handlers))
        arguments = message.as_arguments()
        reply = webhook.send(
            text=arguments["text"],
            blocks=arguments["blocks"],
            response_type="ephemeral",
            replace_original=False,
            unfurl_links=False,
            unfurl_media=False,
        )
        if reply.status_code != 200:
            raise SlackApiError("the response_url was refused", {"error": reply.body})  # type: ignore[no-untyped-call]

    def open_view(self, trigger_id: str, view: dict[str, Any]) -> None:
        """Opens a form. A trigger is good for three seconds."""
        self.client.views_open(trigger_id=trigger_id, view=view)

    def set_status(self, channel: str, thread: str, status: str) -> None:
        self.client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status=status)

    def set_title(self, channel: str, thread: str, title: str) -> None:
        self.client.assistant_threads_setTitle(channel_id=channel, thread_ts=thread, title=title)

    def suggest(self, channel: str, thread: str, title: str, prompts: Sequence[tuple[str, str]]) -> None:
        """Offers prompts, each a title and the words it sends."""
        listed = [{"title": name, "message": words} for name, words in prompts]
        self.client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, thread_ts=thread, title=title, prompts=listed
        )

    def _turn(self, channel: str) -> threading.Lock:
        return self._turns[hash(channel) % len(self._turns)]


def problem_of(error: SlackApiError) -> str:
    """Slack's own word for what went wrong, such as not_in_channel."""
    return str(error.response.get("error", "unknown")) if error.response else "unknown"


def _retry_after(response: HttpResponse) -> float:
    for name, values in response.headers.items():
        if name.lower() == "retry-after":
            value = values[0] if isinstance(values, list) else values
            return float(value) if str(value).isdigit() else 1.0
    return 1.0
