"""How a response's text goes out: with an ETag, and compressed where that is wanted."""

import asyncio
import gzip
import hashlib
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: What is text and comes whole. Events do not, and pictures and PDFs are compressed already.
_TEXT = re.compile(r"(application/(json|problem\+json)|text/(html|css|csv|plain|javascript)|image/svg\+xml)\b")
#: Bytes below which compressing gains nothing, and above which it is done beside the event loop.
WORTHWHILE = 1000
LARGE = 200_000
LEVEL = 5

#: What was found is for whoever asked, and a paper may be withdrawn from publication at any time: a copy is only used
#: after asking whether it still may be.
CACHING = "private, no-cache"


class Wrapping:
    """Gives what is got as text an ETag of its own words, says when it is the same as before, and compresses it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _Wrapper(scope, send))


class _Wrapper:
    """Holds one response back until it is whole, if it is one of those."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._asked = Headers(scope=scope)
        self._method: str = scope["method"]
        self._send = send
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            if self._method != "HEAD" and message["status"] == 200 and _TEXT.match(kind):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body", False):
                return
            await self._whole(self._start, bytes(self._body))
            return
        await self._send(message)

    async def _whole(self, start: Message, body: bytes) -> None:
        headers = MutableHeaders(raw=start["headers"])
        headers.add_vary_header("Accept-Encoding")
        headers.add_vary_header("Authorization")
        if self._method == "GET" and headers.get("cache-control") != "no-store":
            etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
            headers["etag"] = etag
            headers.setdefault("cache-control", CACHING)
            if same(self._asked.get("if-none-match"), etag):
                for name in ("content-length", "content-type", "content-disposition"):
                    del headers[name]
                await self._send({**start, "status": 304, "headers": headers.raw})
                await self._send({"type": "http.response.body", "body": b""})
                return
        if len(body) >= WORTHWHILE and _takes_gzip(self._asked.get("accept-encoding", "")):
            body = await asyncio.to_thread(_pressed, body) if len(body) > LARGE else _pressed(body)
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def same(if_none_match: str | None, etag: str) -> bool:
    """Whether the copy the caller has is this one (RFC 9110, 13.1.2: compared weakly)."""
    if if_none_match is None:
        return False
    return if_none_match.strip() == "*" or etag.removeprefix("W/") in re.findall(r'"[^"]*"', if_none_match)


def _takes_gzip(accepted: str) -> bool:
    """Whether the Accept-Encoding header names gzip, or anything, at a quality above nought (RFC 9110, 12.5.3)."""
    qualities: dict[str, bool] = {}
    for each in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in each.split(";"))
        qualities[name] = not any(re.fullmatch(r"q=0(\.0*)?", parameter) for parameter in parameters)
    return qualities.get("gzip", qualities.get("*", False))


def _pressed(body: bytes) -> bytes:
    return gzip.compress(body, LEVEL, mtime=0)
