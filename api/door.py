"""What every request passes on its way in and every response on its way out."""

import asyncio
import ipaddress
import logging
import re
import time
import traceback
from typing import Any
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import REQUEST_ID, request_id
from api.metrics import Metrics
from api.problems import problem
from api.rules import Rules
from index.keys import BEGINNING

log = logging.getLogger("minutebook.http")

#: Bytes. A question is at most 2,000 characters; nothing else that is sent here is longer.
LONGEST_BODY = 64 * 1024
#: Slack sends with a button the whole message that it stands under.
LONGEST_FROM_SLACK = 1024 * 1024
FROM_SLACK = "/slack/events"
#: Seconds that a body may take to arrive.
SLOWEST_BODY = 10.0

#: How much of a traceback is logged, from where it broke outwards.
FRAMES = 8

#: A page runs and loads only what this service gives; an address with a question in it is told to nobody.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

#: A key that somebody put into an address, where keys do not belong: it is not logged.
A_KEY = re.compile(rf"{BEGINNING}[\w-]{{8,}}")


class Door:
    """Names each request, turns away those for other hosts and bodies too long or slow, adds the security headers,
    counts and logs.

    The log has method, path, status and milliseconds: never the query string, where a question may stand,
    nor an error's message, which may repeat one; the question only where the rules say so.
    """

    def __init__(self, app: ASGIApp, rules: Rules, metrics: Metrics) -> None:
        self.app = app
        self._rules = rules
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status, told = 0, False
        began = time.perf_counter()
        name = request_id(Headers(scope=scope).get("x-request-id"))
        token = REQUEST_ID.set(name)

        def tell() -> None:
            nonlocal told
            if not told:
                told = True
                took = time.perf_counter() - began
                self._metrics.count(_method(scope), _route(scope), status, took)
                self._log(scope, status, 1000 * took)

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["x-request-id"] = name
                _secure(headers)
            elif not message.get("more_body", False):
                tell()  # before the end is sent, so that whoever has the answer finds it counted
            await send(message)

        try:
            refused = self._refusal(scope)
            whole = None if refused else await _whole(scope, receive)
            if whole is None:
                late = problem(408, f"A request's body must arrive within {SLOWEST_BODY:.0f} seconds.")
                await (refused or late)(scope, receive, send_on)
            else:
                await self.app(scope, whole, send_on)
        # The last resort of the service: whatever broke, the caller gets a problem document.
        except Exception as error:  # noqa: BLE001
            where = "".join(traceback.format_tb(error.__traceback__, limit=-FRAMES))
            log.critical("%s in %s %s\n%s", type(error).__name__, scope["method"], scope["path"], where)
            if status:  # too late for another answer: break the connection, so that half is not taken for the whole
                raise RuntimeError("the response broke off") from None
            await problem(500, "Something went wrong here; it has been logged.")(scope, receive, send_on)
        finally:
            tell()
            REQUEST_ID.reset(token)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """The problem with a request that goes no further, or None. Stops DNS rebinding: a web page elsewhere
        whose name has been pointed at this machine still sends its own name as the host."""
        headers = Headers(scope=scope)
        # What Slack sends is signed, which says more than a host's name: it comes by whatever name we have outside.
        from_slack = scope["path"] == FROM_SLACK
        if not from_slack and not self._is_ours(_host_name(headers.get("host", ""))):
            return problem(421, "This service does not answer for that host name: it is not in MINUTEBOOK_HOSTS.")
        if "transfer-encoding" in headers:
            return problem(411, "Send the request with a Content-Length.")
        length = headers.get("content-length", "0")
        longest = LONGEST_FROM_SLACK if from_slack else LONGEST_BODY
        if not length.isdigit() or int(length) > longest:
            return problem(413, f"A request's body is at most {longest} bytes.")
        return None

    def _is_ours(self, host: str) -> bool:
        # An address cannot be rebound: a page elsewhere would have to send its own name.
        return host in self._rules.hosts or (self._rules.any_address and _is_address(host))

    def _log(self, scope: Scope, status: int, ms: float) -> None:
        if not log.isEnabledFor(logging.INFO):
            return
        state = scope.get("state", {})
        caller = state.get("caller")
        path = A_KEY.sub(f"{BEGINNING}***", scope["path"])
        fields: dict[str, Any] = {
            "method": scope["method"],
            "path": path,
            "status": status,
            "ms": round(ms, 1),
            "key": caller.key if caller else None,
        }
        if self._rules.log_questions:
            asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("q", [None])[0]
            fields["question"] = state.get("question", asked)
        log.info("%s %s %d %.0f ms", scope["method"], path, status, ms, extra={"fields": fields})


async def _whole(scope: Scope, receive: Receive) -> Receive | None:
    """What gives the request's body, all of which is here: none of it is waited for while holding a place.

    None where it does not come in time.
    """
    if Headers(scope=scope).get("content-length", "0") == "0":
        return receive
    parts: list[bytes] = []
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    break
                parts.append(message.get("body", b""))
                if not message.get("more_body", False):
                    message = {"type": "http.request", "body": b"".join(parts), "more_body": False}
                    break
    except TimeoutError:
        return None
    held: list[Message] = [message]

    async def give() -> Message:
        return held.pop() if held else await receive()

    return give


def _route(scope: Scope) -> str:
    """The pattern that the address fits, so that what is counted is bounded."""
    return getattr(scope.get("route"), "path", "none")


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "other"


def _host_name(host: str) -> str:
    """The name in a Host header, without its port: `[::1]:80` is `[::1]`."""
    if host.startswith("["):
        return host[: host.find("]") + 1].lower()
    return host.partition(":")[0].lower()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _secure(headers: MutableHeaders) -> None:
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "no-referrer"
    headers.setdefault("cross-origin-resource-policy", "same-origin")
    headers.setdefault("cache-control", "no-store")
    if headers.get("content-type", "").startswith("text/html"):
        headers["content-security-policy"] = PAGE_POLICY
