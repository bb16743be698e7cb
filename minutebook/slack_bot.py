"""The Slack bot as the front door makes it, over Socket Mode or beside the HTTP service."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from answer.ask import ask
from answer.llm import Writer
from bot.bot import running_bot
from bot.http import Events
from bot.members import Members
from bot.socket import connected
from bot.web import SLACK_API
from index.library import Library
from index.rulebook import FILE_NAME
from minutebook.errors import SettingError
from minutebook.opening import writer_for
from minutebook.settings import Settings

Lend = Callable[[], AbstractContextManager[Library]]


@contextmanager
def http_bot(
    settings: Settings, lend: Lend, *, api: str = SLACK_API, writer: Writer | None = None
) -> Iterator[Events | None]:
    """What answers POST /slack/events for as long as the block lasts; None when Slack over HTTP is not set up.

    `writer` is that of the service around it, so that one that failed rests for both; else the settings' own is made.
    Raises SettingError when it is half set up, RuleProblem when the home's minutebook.toml cannot be used.
    """
    if settings.slack_signing_secret is None:
        yield None
        return
    if settings.slack_bot_token is None:
        raise SettingError("SLACK_BOT_TOKEN", "not set, though SLACK_SIGNING_SECRET is; `minutebook doctor` says more")
    with running_bot(
        settings.home,
        lend,
        partial(ask, writer=writer or writer_for(settings)),
        token=settings.slack_bot_token.value,
        signing_secret=settings.slack_signing_secret.value,
        public_url=settings.public_url,
        log_questions=settings.log_questions,
        audience=Members(settings.home / FILE_NAME).audience_of,
        api=api,
    ) as bot:
        yield bot.events


def run_socket_bot(
    settings: Settings, lend: Lend, stop: threading.Event, started: Callable[[], None], *, api: str = SLACK_API
) -> None:
    """Answers over Socket Mode until `stop` is set; `started` is called once connected.

    Raises SettingError when a token is missing or Slack refuses it, RuleProblem when the home's minutebook.toml cannot
    be used.
    """
    for key, secret in (("SLACK_BOT_TOKEN", settings.slack_bot_token), ("SLACK_APP_TOKEN", settings.slack_app_token)):
        if secret is None:
            raise SettingError(key, "not set; docs/slack.md says where it is, and `minutebook doctor` what is missing")
    bot_token, app_token = settings.slack_bot_token, settings.slack_app_token
    assert bot_token is not None
    assert app_token is not None
    with (
        running_bot(
            settings.home,
            lend,
            partial(ask, writer=writer_for(settings)),
            token=bot_token.value,
            public_url=settings.public_url,
            log_questions=settings.log_questions,
            audience=Members(settings.home / FILE_NAME).audience_of,
            api=api,
        ) as bot,
        connected(bot.app, app_token.value),
    ):
        started()
        stop.wait()
