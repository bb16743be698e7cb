"""What every request passes on its way in and every response on its way out."""

import logging
import time
import traceback
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem

log = logging.getLogger("minutebook.http")

#: Bytes. A question is at most 2,000 characters; nothing else that is sent here is longer.
LONGEST_BODY = 64 * 1024
#: Slack sends with a button the whole message that it stands under.
LONGEST_FROM_SLACK = 1024 * 1024
FROM_SLACK = "/slack/events"

#: How much of a traceback is logged, from where it broke outwards.
FRAMES = 8

#: A page runs and loads only what this service gives; an address with a question in it is told to nobody.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Door:
    """Turns away requests for other hosts and bodies too long, adds the security headers, and logs.

    The log has method, path, status and milliseconds: never the query string, where a question may stand,
    nor an error's message, which may repeat one.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app = app
        self.hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        began = time.perf_counter()

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _secure(MutableHeaders(scope=message))
            await send(message)

        try:
            refused = self._refusal(scope)
            await (refused or self.app)(scope, receive, send_on)
        # The last resort of the service: whatever broke, the caller gets a problem document.
        except Exception as error:  # noqa: BLE001
            where = "".join(traceback.format_tb(error.__traceback__, limit=-FRAMES))
            log.critical("%s in %s %s\n%s", type(error).__name__, scope["method"], scope["path"], where)
            if status:  # too late for another answer: break the connection, so that half is not taken for the whole
                raise RuntimeError("the response broke off") from None
            await problem(500, "Something went wrong here; it has been logged.")(scope, receive, send_on)
        finally:
            took = 1000 * (time.perf_counter() - began)
            log.info("%s %s %d %.0f ms", scope["method"], scope["path"], status, took)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        """The problem with a request that goes no further, or None. Stops DNS rebinding: a web page elsewhere
        whose name has been pointed at this machine still sends its own name as the host."""
        headers = Headers(scope=scope)
        # What Slack sends is signed, which says more than a host's name: it comes by whatever name we have outside.
        from_slack = scope["path"] == FROM_SLACK
        if self.hosts and not from_slack and _host_name(headers.get("host", "")) not in self.hosts:
            return problem(421, "This service does not answer for that host name.")
        if "transfer-encoding" in headers:
            return problem(411, "Send the request with a Content-Length.")
        length = headers.get("content-length", "0")
        longest = LONGEST_FROM_SLACK if from_slack else LONGEST_BODY
        if not length.isdigit() or int(length) > longest:
            return problem(413, f"A request's body is at most {longest} bytes.")
        return None


def _host_name(host: str) -> str:
    """The name in a Host header, without its port: `[::1]:80` is `[::1]`."""
    if host.startswith("["):
        return host[: host.find("]") + 1].lower()
    return host.partition(":")[0].lower()


def _secure(headers: MutableHeaders) -> None:
    headers["x-content-type-options"] = "nosniff"
    headers["referrer-policy"] = "no-referrer"
    headers.setdefault("cross-origin-resource-policy", "same-origin")
    headers.setdefault("cache-control", "no-store")
    if headers.get("content-type", "").startswith("text/html"):
        headers["content-security-policy"] = PAGE_POLICY
