"""How much is done at once: so many requests, so many that wait, and the rest are told at once to come back."""

import asyncio
import re
from typing import Literal

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics
from api.problems import problem
from api.rules import Rules

LaneName = Literal["questions", "looks"]
Refusal = Literal["full", "waited", "late"]

#: Addresses whose work is a search; what takes no work passes by; all else are looks.
_QUESTIONS = re.compile(r"/(ask|search)?$")
_NO_WORK = re.compile(r"/(healthz|readyz|metrics|openapi\.json|slack/events|papers/[^/]+/pdf|.*\.(js|css|svg|json))$")

BUSY: dict[Refusal, str] = {
    "full": "Too many questions at once; come back in a moment.",
    "waited": "Too many questions at once; this one has waited too long.",
    "late": "This took too long and was given up.",
}


class Lane:
    """Room for some at once and a queue for some more. For one event loop."""

    def __init__(self, slots: int, queue: int, patience: float) -> None:
        self._slots = asyncio.Semaphore(slots)
        self._queue = queue
        self._patience = patience
        self.waiting = 0

    async def enter(self) -> Refusal | None:
        """None once there is room; otherwise why there is none."""
        if self.waiting >= self._queue and self._slots.locked():
            return "full"
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._slots.acquire()
        except TimeoutError:
            return "waited"
        finally:
            self.waiting -= 1
        return None

    def leave(self) -> None:
        self._slots.release()


class Gate:
    """Lets requests through by lanes, so that questions do not hold up who reads a paper, nor the other way round.

    A place is free again as soon as a response begins: how fast its reader takes it does not matter then. Events
    begin before the work is done, and keep theirs to the end.
    """

    def __init__(self, app: ASGIApp, rules: Rules, metrics: Metrics) -> None:
        self.app = app
        self._rules = rules
        self._metrics = metrics
        self._lanes: dict[LaneName, Lane] = {
            name: Lane(rules.slots, rules.queue, rules.patience) for name in ("questions", "looks")
        }
        metrics.watch_waiting(lambda: sum(lane.waiting for lane in self._lanes.values()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        lane = self._lane(scope)
        if lane is None:
            await self.app(scope, receive, send)
            return
        refusal = await lane.enter()
        if refusal is None:
            refusal = await _Passage(lane, send).run(self.app, scope, receive, self._rules.deadline)
        if refusal is not None:
            self._metrics.refused.labels(refusal).inc()
            headers = {"retry-after": "1" if refusal == "full" else "5"}
            await problem(503, BUSY[refusal], headers=headers)(scope, receive, send)

    def _lane(self, scope: Scope) -> Lane | None:
        if scope["type"] != "http" or _NO_WORK.match(scope["path"]):
            return None
        return self._lanes["questions" if _QUESTIONS.match(scope["path"]) else "looks"]


class _Passage:
    """One request on its way through, which leaves its lane once."""

    def __init__(self, lane: Lane, send: Send) -> None:
        self._lane = lane
        self._send = send
        self._inside = True
        self._begun = self._given_up = False

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, deadline: float) -> Refusal | None:
        """Runs the app; "late" when no response had begun by the deadline.

        What is given up goes on in its thread, which cannot be stopped, and keeps its place until it is done.
        """
        task = asyncio.ensure_future(app(scope, receive, self._pass_on))
        task.add_done_callback(self._done)
        try:
            await asyncio.wait({task}, timeout=deadline)
            if task.done() or self._begun:
                await task
                return None
        except asyncio.CancelledError:
            task.cancel()
            raise
        self._given_up = True
        return "late"

    async def _pass_on(self, message: Message) -> None:
        if self._given_up:
            return
        if message["type"] == "http.response.start":
            self._begun = True
            if not dict(message["headers"]).get(b"content-type", b"").startswith(b"text/event-stream"):
                self._leave()
        await self._send(message)

    def _done(self, task: "asyncio.Future[None]") -> None:
        self._leave()
        if self._given_up and not task.cancelled():
            task.exception()  # looked at, so that it is not reported as overlooked

    def _leave(self) -> None:
        if self._inside:
            self._inside = False
            self._lane.leave()
