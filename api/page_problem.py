"""Problems as people read them: where a browser asks for a page and gets a problem document, it is told in a page."""

from collections.abc import Mapping

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.page_view import render
from api.problems import MEDIA_TYPE

#: By status, the keys of the title and of the words; any other status is our own trouble.
SAID: Mapping[int, tuple[str, str]] = {
    401: ("problem.key.title", "problem.key"),
    403: ("problem.key.title", "problem.key"),
    404: ("problem.not_held.title", "problem.not_held"),
    405: ("problem.title", "problem.address"),
    422: ("problem.title", "problem.address"),
    429: ("problem.title", "problem.busy"),
    503: ("problem.title", "problem.busy"),
}
OURS = ("problem.title", "problem.unreachable")
#: What the page keeps of the problem's headers.
KEPT = frozenset((b"retry-after", b"www-authenticate", b"allow"))


class PagesForPeople:
    """Turns a problem document into a page, for who accepts pages: a program asks for none."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        start: Message | None = None

        async def send_on(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_problem(message):
                start = message
            elif start is None:
                await send(message)
            elif not message.get("more_body"):
                await _tell(scope, receive, send, start)

        await self.app(scope, receive, send_on)


def _is_problem(start: Message) -> bool:
    return dict(start["headers"]).get(b"content-type", b"").startswith(MEDIA_TYPE.encode())


async def _tell(scope: Scope, receive: Receive, send: Send, start: Message) -> None:
    status = start["status"]
    title, words = SAID.get(status, OURS)
    page = render(Request(scope), "problem.html", status, title=title, words=words, again=status in (429, 503))
    page.raw_headers += [(name, value) for name, value in start["headers"] if name.lower() in KEPT]
    await page(scope, receive, send)
