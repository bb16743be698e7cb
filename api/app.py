"""The HTTP service: one library, every route, one way to fail."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from answer.llm import Writer
from api import answers, ask, decisions, feedback, health, metrics, page, papers, pictures, search, slack
from api.access import Access
from api.door import Door
from api.gate import Gate
from api.openapi import openapi
from api.page_problem import PagesForPeople
from api.problems import install
from api.prompter import Prompter
from api.rates import Rates
from api.rules import Rules
from api.shelf import Shelf
from api.wrapping import Wrapping
from index.album import Album
from index.asked import AskedBefore
from index.audit import Audit
from index.feedback import Feedback
from index.keys import Keys
from index.library import Library
from ingest.draughtsman import Draughtsman

ROOMS = (ask, search, answers, decisions, papers, pictures, feedback, health, metrics, page, slack)

#: Seconds that a browser may remember what another origin may do.
CORS_AGE = 600


def create_app(
    library: Library,
    *,
    rules: Rules = Rules(),
    slack_events: slack.SlackEvents | None = None,
    writer: Writer | None = None,
) -> FastAPI:
    """The service over `library`, which it closes at its end.

    `slack_events` answers what Slack sends, where there is a bot; `writer` is as `answer.ask.ask` has it. Raises
    HomeError when the home's files of keys, feedback or questions cannot be used.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # In a thread of its own, so that /healthz answers meanwhile.
        warm = threading.Thread(target=app.state.shelf.warm, args=(app.state.prompter.of,), name="warm", daemon=True)
        warm.start()
        yield
        if slack_events is not None:
            await asyncio.to_thread(slack_events.finish)
        for each in ("shelf", "draughtsman", "prompter", "feedback", "keys", "audit"):
            getattr(app.state, each).close()

    app = FastAPI(
        title="Minutebook",
        summary="Answers from committee papers, each with the page it rests on.",
        version=version("minutebook"),
        lifespan=lifespan,
        # Their pages load scripts from elsewhere; this service loads nothing from anywhere.
        docs_url=None,
        redoc_url=None,
    )
    home = library.store.home
    app.state.shelf = Shelf(library)
    app.state.keys = Keys(home)
    app.state.feedback = Feedback(home)
    app.state.prompter = Prompter(AskedBefore(home))
    app.state.album = Album(home)
    app.state.audit = Audit(home)
    app.state.rules = rules
    app.state.writer = writer
    app.state.draughtsman = Draughtsman()
    app.state.metrics = metrics.Metrics()
    app.state.rates = Rates(rules.rate)
    app.state.slack_events = slack_events
    for room in ROOMS:
        app.include_router(room.router)
    install(app)
    # From the inside outwards: what is added last is met first.
    app.add_middleware(Gate, rules=rules, metrics=app.state.metrics)
    app.add_middleware(Access, keys=app.state.keys, rates=app.state.rates, rules=rules)
    app.add_middleware(PagesForPeople)
    app.add_middleware(Wrapping)
    if rules.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=rules.origins,
            allow_methods=("GET", "POST"),
            allow_headers=("authorization", "content-type", "x-request-id"),
            expose_headers=("etag", "retry-after", "x-request-id"),
            max_age=CORS_AGE,
        )
    app.add_middleware(Door, rules=rules, metrics=app.state.metrics)
    app.openapi = lambda: openapi(app)  # type: ignore[method-assign]
    return app
