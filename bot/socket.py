"""Socket Mode: Slack's requests over a connection that we open, so that nothing here is open to the internet.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.web import problem_of
from minutebook.errors import SettingError

#: Threads that acknowledge.
ACKNOWLEDGING = 10


@contextmanager
def connected(app: App, app_token: str, *, ping_interval: float = 10) -> Iterator[Callable[[], bool]]:
    """The app is connected for as long as the block lasts, and connects again when the connection is lost.

    Gives a function that says whether it is connected now. Raises SettingError when Slack refuses the token, or
    cannot be reached to begin with.
    """
    handler: Any = SocketModeHandler(
        app,
        app_token,
        web_client=WebClient(base_url=app.client.base_url),
        ping_interval=ping_interval,
        concurrency=ACKNOWLEDGING,
    )
    try:
        handler.connect()
    except SlackApiError as error:
        handler.close()
        raise SettingError("SLACK_APP_TOKEN", f"Slack refused it ({problem_of(error)})") from error
    except OSError as error:
        handler.close()
        raise SettingError("SLACK_APP_TOKEN", f"Slack cannot be reached ({type(error).__name__})") from error
    try:
        yield lambda: bool(handler.client.is_connected())
    finally:
        handler.close()
