"""What is counted, and GET /metrics, which tells it to Prometheus. No question, name or address is in it."""

from collections.abc import Callable
from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    generate_latest,
)

from api.problems import documented

router = APIRouter(tags=["health"])

#: Seconds.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Metrics:
    """The counts of one service."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "minutebook_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "minutebook_request_seconds",
            "Seconds from a request's arrival to the end of its response.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.answers = Counter("minutebook_answers", "Answers given over HTTP.", ("outcome",), registry=self.registry)
        self.refused = Counter(
            "minutebook_refused", "Requests turned away because too much was asked.", ("why",), registry=self.registry
        )
        self._waiting = Gauge("minutebook_waiting", "Requests that wait for their turn.", registry=self.registry)
        self.generation = Gauge("minutebook_generation", "The index's generation.", registry=self.registry)
        self.papers = Gauge("minutebook_papers", "Papers held that anybody may see.", registry=self.registry)
        Info("minutebook", "The service.", registry=self.registry).info({"version": version("minutebook")})
        ProcessCollector(registry=self.registry)

    def watch_waiting(self, count: Callable[[], int]) -> None:
        self._waiting.set_function(count)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request that has been answered. `route` is a pattern, never an address as it came."""
        self.requests.labels(method, route, str(status)).inc()
        self.seconds.labels(route).observe(seconds)

    def told(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)


@router.get(
    "/metrics",
    response_class=Response,
    responses={
        200: {"description": "Counts for Prometheus.", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **documented(),
    },
)
def get_metrics(request: Request) -> Response:
    """Requests, answers, refusals and seconds, in Prometheus's text format."""
    metrics: Metrics = request.app.state.metrics
    with request.app.state.shelf.lend() as library:
        metrics.generation.set(library.generation)
        metrics.papers.set(len(library.visible()))
    return Response(metrics.told(), media_type=CONTENT_TYPE_LATEST)
