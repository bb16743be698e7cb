"""Whether Slack takes our tokens, and what they lack: said so that an administrator knows where to click."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.scopes import APP_SCOPE, BOT_SCOPES
from bot.web import SLACK_API, problem_of

#: Seconds to wait for Slack.
TIMEOUT = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """One key looked at: fine, worth knowing, or something to do, in words."""

    key: str
    state: Literal["fine", "note", "do"]
    words: str


def examine_tokens(
    bot_token: str | None, signing_secret: str | None, app_token: str | None, *, api: str = SLACK_API
) -> Iterator[Finding]:
    """Looks at each key in turn, asking Slack about the tokens. Nothing is changed there."""
    if not (bot_token or signing_secret or app_token):
        yield Finding("Slack", "note", "not set up; docs/slack.md says how, in ten minutes")
        return
    if bot_token:
        yield _bot_token(bot_token, api)
    else:
        yield Finding(
            "SLACK_BOT_TOKEN", "do", "not set; it is under OAuth & Permissions once the app is installed (xoxb-…)"
        )
    if app_token:
        yield _app_token(app_token, api)
    if signing_secret:
        yield _signing_secret(signing_secret)
    if not (app_token or signing_secret):
        words = "set this for Socket Mode (minutebook slack), or SLACK_SIGNING_SECRET for HTTP (minutebook serve)"
        yield Finding("SLACK_APP_TOKEN", "do", words)


def _bot_token(token: str, api: str) -> Finding:
    key = "SLACK_BOT_TOKEN"
    if not token.startswith("xoxb-"):
        return Finding(key, "do", "is not a bot token, which begins xoxb-; it is under OAuth & Permissions")
    try:
        reply = WebClient(token, base_url=api, timeout=TIMEOUT).auth_test()
    except SlackApiError as error:
        words = f"Slack refuses it ({problem_of(error)}); copy the Bot User OAuth Token from OAuth & Permissions anew"
        return Finding(key, "do", words)
    except OSError as error:
        return Finding(key, "do", f"Slack cannot be reached ({type(error).__name__}); is the way out open?")
    given = next((value for name, value in reply.headers.items() if name.lower() == "x-oauth-scopes"), "")
    held = {scope.strip() for scope in str(given).split(",")}
    missing = [f"{scope} ({why})" for scope, why in BOT_SCOPES.items() if scope not in held]
    if missing:
        words = (
            f"lacks {'; '.join(missing)}. Add under OAuth & Permissions, or paste bot/manifest.yaml anew under App "
            "Manifest, then install the app again"
        )
        return Finding(key, "do", words)
    return Finding(key, "fine", f"{reply['user']} in {reply['team']}, with every scope it needs")


def _app_token(token: str, api: str) -> Finding:
    key = "SLACK_APP_TOKEN"
    where = f"under Basic Information, App-Level Tokens, with the scope {APP_SCOPE}"
    if not token.startswith("xapp-"):
        return Finding(key, "do", f"is not an app token, which begins xapp-; make one {where}")
    try:
        WebClient(base_url=api, timeout=TIMEOUT).apps_connections_open(app_token=token)
    except SlackApiError as error:
        problem = problem_of(error)
        if problem == "missing_scope":
            return Finding(key, "do", f"lacks {APP_SCOPE}; make a token {where}")
        return Finding(key, "do", f"Slack refuses it ({problem}); is Socket Mode on? Make a token {where}")
    except OSError as error:
        return Finding(key, "do", f"Slack cannot be reached ({type(error).__name__}); is the way out open?")
    return Finding(key, "fine", "Socket Mode may connect")


def _signing_secret(secret: str) -> Finding:
    key = "SLACK_SIGNING_SECRET"
    if not re.fullmatch(r"[0-9a-f]{32}", secret):
        words = "is not a signing secret, which is 32 of 0-9 and a-f; it is under Basic Information, App Credentials"
        return Finding(key, "do", words)
    return Finding(key, "fine", "requests over HTTP can be checked")
