"""The HTTP service: one library, every route, one way to fail."""

import asyncio
import threading
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api import answers, ask, decisions, health, page, papers, search, slack
from api.door import Door
from api.problems import Problem, install
from api.shelf import Shelf
from index.filters import PUBLIC, Audience
from index.library import Library

#: The names under which a service on the loopback address is reached.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def create_app(
    library: Library,
    *,
    audience: Audience = PUBLIC,
    hosts: Collection[str] = LOOPBACK,
    slack_events: slack.SlackEvents | None = None,
) -> FastAPI:
    """The service over `library`, which it closes at its end.

    Everyone who can reach it is `audience`. A request under another host name than `hosts` is turned away.
    `slack_events` answers what Slack sends, where there is a bot.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # In a thread of its own, so that /healthz answers meanwhile.
        threading.Thread(target=app.state.shelf.warm, name="warm", daemon=True).start()
        yield
        if slack_events is not None:
            await asyncio.to_thread(slack_events.finish)
        app.state.shelf.close()

    app = FastAPI(
        title="Minutebook",
        summary="Answers from committee papers, each with the page it rests on.",
        version=version("minutebook"),
        lifespan=lifespan,
        # Their pages load scripts from elsewhere; this service loads nothing from anywhere.
        docs_url=None,
        redoc_url=None,
    )
    app.state.shelf = Shelf(library)
    app.state.audience = audience
    app.state.slack_events = slack_events
    for room in (ask, search, answers, decisions, papers, health, page, slack):
        app.include_router(room.router)
    install(app)
    app.add_middleware(Door, hosts=hosts)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


def _openapi(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, with the problem document that every route's errors refer to."""
    if app.openapi_schema is None:
        document = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        schemas = document["components"]["schemas"]
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs"), Problem=problem)
        app.openapi_schema = document
    return app.openapi_schema
