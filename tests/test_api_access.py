"""Who may ask what, how often and how much at once; and what is said, counted and logged of it."""

import asyncio
import base64
import gzip
import json
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send

import answer.ask
import api.door
from api.access import secret_in
from api.gate import Gate
from api.logs import REQUEST_ID, JsonLines
from api.metrics import Metrics
from api.rates import Rates
from api.rules import Rules
from index.filters import EVERYTHING
from index.keys import Keys
from index.library import Library
from tests.api_fixtures import Closed
from tests.council import Service
from tests.embedder import FakeEmbedder
from tests.test_api import QUESTION, assert_problem

ELSEWHERE = "https://intranet.example"


def test_with_keys_nothing_is_open_without_one(closed: Closed) -> None:
    for address in ("/", "/search?q=x", "/papers", "/decisions", "/metrics", "/answers/x", "/suggest?q=x", "/nothing"):
        reply = closed.client.get(address)
        assert_problem(reply, 401)
        assert "Bearer" in reply.headers["www-authenticate"]
    assert_problem(closed.client.post("/ask", json={"question": QUESTION}), 401)
    for address in ("/healthz", "/readyz", "/openapi.json", "/widget.js"):
        assert closed.client.get(address).status_code == 200


def test_a_key_opens_what_it_has_a_scope_for(closed: Closed) -> None:
    usual, metrics = closed.keys["usual"], closed.keys["metrics"]
    assert closed.client.get("/search?q=library", headers=usual).status_code == 200
    assert_problem(closed.client.get("/metrics", headers=usual), 403)
    assert closed.client.get("/metrics", headers=metrics).status_code == 200
    assert "`ask`" in assert_problem(closed.client.get("/", headers=metrics), 403)["detail"]


def test_a_key_that_is_none_opens_nothing(closed: Closed) -> None:
    for header in ("Bearer mb_guess", "Basic " + base64.b64encode(b"me:mb_guess").decode()):
        assert_problem(closed.client.get("/papers", headers={"authorization": header}), 401)


def test_a_browser_may_give_the_key_as_a_password(closed: Closed) -> None:
    secret = closed.keys["usual"]["authorization"].removeprefix("Bearer ")
    assert closed.client.get("/papers", auth=("anyone", secret)).status_code == 200


@pytest.mark.parametrize(
    ("header", "secret"),
    [
        ("Bearer mb_x", "mb_x"),
        ("bearer  mb_x ", "mb_x"),
        ("Basic " + base64.b64encode(b":mb_x").decode(), "mb_x"),
        ("Basic " + base64.b64encode(b"proxy:hunter2").decode(), None),
        ("Basic !!", None),
        ("Basic /w==", None),
        ("Digest mb_x", None),
        ("", None),
    ],
)
def test_keys_in_headers(header: str, secret: str | None) -> None:
    assert secret_in(header) == secret


def test_only_a_key_with_that_scope_shows_what_is_exempt(closed: Closed, library: Library) -> None:
    hidden = next(paper for paper in library.store.papers(audience=EVERYTHING) if paper.classification != "public")
    usual, exempt = closed.keys["usual"], closed.keys["exempt"]
    page = f"/papers/{hidden.id}/pages/{hidden.first_page}.png"
    for address in (f"/papers/{hidden.id}", f"/papers/{hidden.id}/pdf", page):
        assert_problem(closed.client.get(address, headers=usual), 404)
        assert closed.client.get(address, headers=exempt).status_code == 200
    address = "/search?q=Brightmop+tender&limit=100"
    assert "71,234" not in closed.client.get(address, headers=usual).text
    assert "71,234" in closed.client.get(address, headers=exempt).text


def test_an_answer_from_what_is_exempt_is_not_handed_on(closed: Closed) -> None:
    asked = {"question": "How much was the tender from Brightmop for cleaning?"}
    usual, exempt = closed.keys["usual"], closed.keys["exempt"]
    answer = closed.client.post("/ask", json=asked, headers=exempt).json()
    assert "71,234" in json.dumps(answer)
    assert_problem(closed.client.get(f"/answers/{answer['answer_id']}", headers=usual), 404)
    suggested = closed.client.get("/suggest?q=brightmop", headers=usual).text
    assert "Brightmop" not in suggested


def test_a_revoked_key_is_refused_at_once(
    own_home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> None:
    keys = Keys(own_home)
    headers = {"authorization": f"Bearer {keys.make('x')}"}
    service = run_service(Library.open(own_home, embedder))
    assert service.client.get("/papers", headers=headers).status_code == 200
    keys.make("y")
    keys.revoke("x")
    assert_problem(service.client.get("/papers", headers=headers), 401)


def test_some_may_be_open_without_a_key(
    own_home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> None:
    Keys(own_home).make("x")
    service = run_service(Library.open(own_home, embedder), Rules(without_key=frozenset(("search",))))
    assert service.client.get("/search?q=library").status_code == 200
    assert_problem(service.client.get("/papers"), 401)


def test_who_asks_too_often_is_told_when_to_come_back(closed: Closed) -> None:
    closed.wear_out()
    reply = closed.client.get("/papers", headers=closed.keys["worn"])
    assert_problem(reply, 429)
    assert int(reply.headers["retry-after"]) >= 1
    assert closed.client.get("/papers", headers=closed.keys["usual"]).status_code == 200
    assert closed.client.get("/healthz", headers=closed.keys["worn"]).status_code == 200


def test_rates_fill_steadily() -> None:
    now = [0.0]
    rates = Rates(60, clock=lambda: now[0])
    assert [rates.take("a") for _ in range(31)] == [0] * 30 + [1]
    assert rates.take("b") == 0
    now[0] = 1.0
    assert [rates.take("a"), rates.take("a")] == [0, 1]
    now[0] = 1000.0
    assert [rates.take("a") for _ in range(31)] == [0] * 30 + [1]
    assert [Rates(0).take("a") for _ in range(1000)] == [0] * 1000
    assert Rates(1).take("a", 1.0) == 0


def test_this_machine_is_not_counted(service: Service) -> None:
    assert not service.app.state.rates._left


@pytest.fixture
def slow(
    own_home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Service, threading.Event, threading.Semaphore]]:
    """A service with one place and a queue of two, whose questions wait for the event; the semaphore counts them in."""
    go, begun = threading.Event(), threading.Semaphore(0)
    real = answer.ask.ask

    def ask(*given: Any, **more: Any) -> Any:
        begun.release()
        go.wait(20)
        return real(*given, **more)

    monkeypatch.setattr(answer.ask, "ask", ask)
    rules = Rules(slots=1, queue=2, patience=20.0, deadline=20.0)
    yield run_service(Library.open(own_home, embedder), rules), go, begun
    go.set()


def test_when_it_is_full_it_says_so_at_once_and_recovers(
    slow: tuple[Service, threading.Event, threading.Semaphore],
) -> None:
    service, go, begun = slow

    def ask(_: int = 0) -> httpx.Response:
        return httpx.post(f"{service.url}/ask", json={"question": QUESTION}, timeout=30)

    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(ask)
        assert begun.acquire(timeout=10)
        others = [pool.submit(ask) for _ in range(7)]
        refused = []
        while len(refused) < 5:  # two of seven find room in the queue
            refused = [each for each in others if each.done()]
        for each in refused:
            reply = each.result()
            assert_problem(reply, 503)
            assert reply.headers["retry-after"] == "1"
        # Neither a paper nor a sign of life has to wait for questions.
        assert service.client.get("/papers").status_code == 200
        assert service.client.get("/healthz").status_code == 200
        counted = service.client.get("/metrics").text
        assert 'minutebook_refused_total{why="full"} 5.0' in counted
        assert "minutebook_waiting 2.0" in counted
        go.set()
        assert first.result().status_code == 200
        assert sorted(each.result().status_code for each in others) == [200] * 2 + [503] * 5
    assert ask().status_code == 200


def through_gate(app: Any, rules: Rules, path: str = "/ask") -> list[int]:
    """The statuses that requests through a gate get, in a loop of their own: as many as `app` says."""

    async def run() -> list[int]:
        gate = Gate(app, rules, Metrics())
        statuses: list[int] = []

        async def one() -> None:
            async def send(message: Message) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            await gate({"type": "http", "path": path, "method": "POST", "headers": []}, never, send)

        await asyncio.gather(one(), one())
        return statuses

    async def never() -> Message:
        raise AssertionError

    return asyncio.run(run())


def test_who_has_waited_too_long_is_told_so_and_so_is_what_takes_too_long() -> None:
    async def hang(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.Event().wait()

    assert through_gate(hang, Rules(slots=1, queue=5, patience=0.01, deadline=0.05)) == [503, 503]


def test_a_place_is_free_once_the_response_begins() -> None:
    async def trickle(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.05)  # a slow reader

    assert through_gate(trickle, Rules(slots=1, queue=5, patience=0.01)) == [200, 200]


def test_a_body_that_does_not_come_is_not_waited_for(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.door, "SLOWEST_BODY", 0.05)
    host, port = re.fullmatch(r"http://(.*):(\d+)", service.url).groups()  # type: ignore[union-attr]
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = ["POST /ask HTTP/1.1", f"Host: {host}", "Content-Type: application/json", "Content-Length: 99"]
        connection.sendall("\r\n".join([*head, "", "{"]).encode())
        assert connection.recv(12) == b"HTTP/1.1 408"


@pytest.fixture(scope="module")
def embedded(home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service]) -> httpx.Client:
    """A service that a page elsewhere may call."""
    return run_service(Library.open(home, embedder), Rules(origins=(ELSEWHERE,))).client


def test_only_named_origins_may_call(embedded: httpx.Client, service: Service) -> None:
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
    allowed = embedded.options("/ask", headers={"origin": ELSEWHERE, **asks})
    assert allowed.status_code == 200
    assert allowed.headers["access-control-allow-origin"] == ELSEWHERE
    assert "access-control-allow-credentials" not in allowed.headers
    got = embedded.get("/suggest?q=lib", headers={"origin": ELSEWHERE})
    assert got.headers["access-control-allow-origin"] == ELSEWHERE
    other = {"origin": "https://other.example"}
    assert "access-control-allow-origin" not in embedded.get("/papers", headers=other).headers
    assert embedded.options("/ask", headers={**other, **asks}).status_code == 400
    assert "access-control-allow-origin" not in service.client.get("/papers", headers={"origin": ELSEWHERE}).headers


def test_a_problem_can_be_read_from_elsewhere_too(embedded: httpx.Client) -> None:
    reply = embedded.get("/search", headers={"origin": ELSEWHERE})
    assert_problem(reply, 422)
    assert reply.headers["access-control-allow-origin"] == ELSEWHERE


def test_what_has_not_changed_is_not_sent_again(service: Service) -> None:
    for address in ("/papers", "/search?q=library", "/decisions.csv", "/openapi.json"):
        first = service.client.get(address)
        again = service.client.get(address, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert "no-store" not in again.headers["cache-control"]
        assert "Authorization" in first.headers["vary"]
        assert service.client.get(address, headers={"if-none-match": 'W/"other"'}).status_code == 200
    assert "etag" not in service.client.post("/ask", json={"question": QUESTION}).headers


def test_text_is_compressed_for_who_can_read_that(service: Service) -> None:
    def raw(encoding: str) -> tuple[httpx.Headers, bytes]:
        with service.client.stream("GET", "/papers", headers={"accept-encoding": encoding}) as reply:
            return reply.headers, b"".join(reply.iter_raw())

    headers, plain = raw("identity")
    assert "content-encoding" not in headers
    headers, pressed = raw("gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(pressed) == plain
    assert "Accept-Encoding" in headers["vary"]
    assert "content-encoding" not in raw("gzip;q=0, br")[0]


def test_a_request_has_an_id_its_own_or_ours(service: Service) -> None:
    assert service.client.get("/healthz", headers={"x-request-id": "a-1.b"}).headers["x-request-id"] == "a-1.b"
    for unsound in ("a b", "x" * 65, "é".encode("latin-1")):
        given = service.client.get("/healthz", headers={"x-request-id": unsound}).headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{16}", given)
    assert service.client.get("/nothing").headers["x-request-id"]


def test_log_lines_are_json_with_the_request_they_belong_to(service: Service, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "minutebook.http"):
        service.client.get("/search?q=zanzibar")
    record = next(each for each in caplog.records if getattr(each, "fields", {}).get("path") == "/search")
    token = REQUEST_ID.set("r1")
    line = json.loads(JsonLines().format(record))
    REQUEST_ID.reset(token)
    assert (line["request_id"], line["method"], line["status"], line["key"]) == ("r1", "GET", 200, None)
    assert "zanzibar" not in json.dumps(line)
    assert "question" not in line


def test_questions_are_logged_only_where_that_is_asked_for(
    home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service], caplog: pytest.LogCaptureFixture
) -> None:
    client = run_service(Library.open(home, embedder), Rules(log_questions=True)).client
    with caplog.at_level(logging.INFO, "minutebook.http"):
        client.get("/search?q=zanzibar+depot")
        client.post("/ask", json={"question": "the zanzibar depot?"})
    said = [getattr(each, "fields", {}).get("question") for each in caplog.records]
    assert "zanzibar depot" in said
    assert "the zanzibar depot?" in said


def test_metrics_count_by_route_and_outcome(service: Service) -> None:
    service.client.post("/ask", json={"question": QUESTION})
    service.client.get("/papers/nothing")
    service.client.get("/no/such/address")
    reply = service.client.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=")
    counted = reply.text
    assert re.search(r'minutebook_requests_total\{method="POST",route="/ask",status="200"\} [1-9]', counted)
    assert re.search(
        r'minutebook_requests_total\{method="GET",route="/papers/\{paper_id\}",status="404"\} [1-9]', counted
    )
    assert re.search(r'minutebook_answers_total\{outcome="decided"\} [1-9]', counted)
    assert 'minutebook_request_seconds_bucket{le="0.25",route="/ask"}' in counted
    assert "/no/such/address" not in counted
    assert "minutebook_papers " in counted


def test_it_stops_when_told_and_finishes_what_it_has_begun(
    slow: tuple[Service, threading.Event, threading.Semaphore], stop_service: Callable[[Service], None]
) -> None:
    service, go, begun = slow
    with ThreadPoolExecutor(2) as pool:
        asked = pool.submit(lambda: httpx.post(f"{service.url}/ask", json={"question": QUESTION}, timeout=30))
        assert begun.acquire(timeout=10)
        stopped = pool.submit(stop_service, service)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", int(service.url.rpartition(":")[2])), 0.2).close()
            except OSError:
                break
        go.set()
        assert asked.result().status_code == 200
        stopped.result(20)
