"""The HTTP service: what it answers, how it fails, what it promises."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.openapi.models import OpenAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.shelf import Shelf
from index.build import Silent, ingest
from index.filters import EVERYTHING
from index.library import Library
from minutebook.errors import HomeError, MinutebookError
from tests.api_fixtures import Closed
from tests.council import Service, make_pdf
from tests.embedder import FakeEmbedder

QUESTION = "What was resolved about the opening hours of the Market Street library?"
TITLES = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 416: "Requested Range Not Satisfiable"}


@pytest.fixture(scope="module")
def client(service: Service) -> httpx.Client:
    return service.client


@pytest.fixture(scope="module")
def paper_id(client: httpx.Client) -> str:
    """A paper of the leisure committee's minutes."""
    found = client.get("/papers", params={"path": "leisure"}).json()["papers"]
    return next(paper["id"] for paper in found if paper["kind"] == "minutes")


def events_of(text: str) -> list[tuple[str, Any]]:
    """Server-sent events as (name, data)."""
    events = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.split("\n"))
        events.append((fields["event"], json.loads(fields["data"])))
    return events


def assert_problem(reply: httpx.Response, status: int) -> dict[str, Any]:
    """The reply is a problem document of that status (RFC 9457); gives it."""
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = reply.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"] == TITLES.get(status, problem["title"])
    assert problem["detail"]
    return problem


def test_a_question_is_answered_with_its_citations(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": QUESTION}).raise_for_status().json()
    assert answer["outcome"] == "decided"
    assert answer["question"] == QUESTION
    first = answer["citations"][0]
    assert (first["n"], first["path"], first["page"]) == (1, "leisure/2024-03-12 minutes.pdf", 1)
    assert "until 8 pm on Thursdays" in first["quote"]
    assert "ocr" not in first
    assert set(answer["searched"]) == {"papers", "bodies", "from", "to"}


def test_an_answer_can_be_read_again_under_its_id(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": QUESTION}).json()
    again = client.get(f"/answers/{answer['answer_id']}").json()
    assert again == {**answer, "changed": False, "changes": []}


def test_a_citations_address_gives_the_pdf(client: httpx.Client) -> None:
    citation = client.post("/ask", json={"question": QUESTION}).json()["citations"][0]
    reply = client.get(citation["url"])
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.content.startswith(b"%PDF-")


def test_filters_narrow_the_answer(client: httpx.Client) -> None:
    asked = {"question": QUESTION, "filters": {"from": "2024-05-01", "to": "2024-05-31"}}
    citations = client.post("/ask", json=asked).raise_for_status().json()["citations"]
    assert {citation["path"] for citation in citations} <= {"planning-2024-05-09.pdf"}


def test_the_same_answer_comes_as_events(client: httpx.Client) -> None:
    reply = client.post("/ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"})
    assert reply.headers["content-type"].startswith("text/event-stream")
    events = events_of(reply.text)
    assert [name for name, _ in events] == ["searching", "answer", "done"]
    whole = client.post("/ask", json={"question": QUESTION}).json()
    told = dict(events)["answer"]
    for field in ("outcome", "answer", "citations", "notes"):
        assert told[field] == whole[field]
    assert dict(events)["done"] == {"answer_id": told["answer_id"]}


def test_events_that_are_not_wanted_are_not_sent(client: httpx.Client) -> None:
    reply = client.post(
        "/ask", json={"question": QUESTION}, headers={"accept": "application/json, text/event-stream;q=0"}
    )
    assert reply.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": "x" * 2001}, "question"),
        ({"question": 7}, "question"),
        ({"question": "x", "filters": {"from": "yesterday"}}, "filters.from"),
        ({"question": "x", "filters": {"from": 1526947200}}, "filters.from"),
        ({"question": "x", "filters": {"kind": "poem"}}, "filters.kind"),
        ({"question": "x", "filters": {"since": "2024-01-01"}}, "filters.since"),
        ({"question": "x", "filters": {"from": "2024-05-02", "to": "2024-05-01"}}, "filters"),
        ({"question": "x", "colour": "red"}, "colour"),
    ],
)
def test_a_question_that_cannot_be_used_names_the_field(
    client: httpx.Client, asked: dict[str, Any], field: str
) -> None:
    problem = assert_problem(client.post("/ask", json=asked), 422)
    assert [error["field"] for error in problem["errors"]] == [field]


def test_a_search_gives_hits_of_which_the_limit_is_kept(client: httpx.Client) -> None:
    found = client.get("/search", params={"q": "library opening hours", "limit": 2}).raise_for_status().json()
    assert len(found["hits"]) == 2
    assert found["total"] >= 2
    assert found["hits"][0]["score"] >= found["hits"][1]["score"]
    rest = client.get("/search", params={"q": "library opening hours", "limit": 1, "offset": 1}).json()
    assert rest["hits"] == found["hits"][1:]


def test_empty_filters_as_a_form_sends_them_are_none(client: httpx.Client) -> None:
    plain = client.get("/search?q=allotments").json()
    assert client.get("/search?q=allotments&committee=&from=&to=&kind=&path=").json() == plain


def test_a_misspelt_filter_is_refused_and_not_ignored(client: httpx.Client) -> None:
    problem = assert_problem(client.get("/papers?comittee=Cabinet"), 422)
    assert problem["errors"][0]["field"] == "comittee"


def test_decisions_are_given_as_json_and_as_csv(client: httpx.Client) -> None:
    found = client.get("/decisions", params={"outcome": "decided", "limit": 500}).raise_for_status().json()
    assert any("8 pm on Thursdays" in decision["text"] for decision in found["decisions"])
    assert {decision["outcome"] for decision in found["decisions"]} == {"decided"}
    table = client.get("/decisions.csv", params={"outcome": "decided"}).raise_for_status()
    assert table.headers["content-type"].startswith("text/csv")
    assert table.text.startswith("meeting_date,body,committee,")
    assert "8 pm on Thursdays" in table.text


def test_an_outcome_that_is_none_is_refused(client: httpx.Client) -> None:
    problem = assert_problem(client.get("/decisions?outcome=splendid"), 422)
    assert problem["errors"][0]["field"] == "outcome"
    assert client.get("/decisions?outcome=&mover=").status_code == 200


def test_a_paper_is_described(client: httpx.Client, paper_id: str) -> None:
    paper = client.get(f"/papers/{paper_id}").raise_for_status().json()
    assert paper["id"] == paper_id
    assert paper["meeting_date"] == "2024-03-12"
    assert paper["url"] == f"/papers/{paper_id}/pdf#page={paper['first_page']}"


def test_a_part_of_a_pdf_is_given(client: httpx.Client, paper_id: str, papers_folder: Path) -> None:
    whole = (papers_folder / "leisure" / "2024-03-12 minutes.pdf").read_bytes()
    assert client.get(f"/papers/{paper_id}/pdf").content == whole
    part = client.get(f"/papers/{paper_id}/pdf", headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    end = client.get(f"/papers/{paper_id}/pdf", headers={"range": "bytes=-7"})
    assert (end.status_code, end.content) == (206, whole[-7:])


@pytest.mark.parametrize("header", ["bytes=9-2", "bytes=abc", "lines=1-2", "bytes=-", "nothing"])
def test_a_range_that_is_not_understood_is_ignored(client: httpx.Client, paper_id: str, header: str) -> None:
    reply = client.get(f"/papers/{paper_id}/pdf", headers={"range": header})
    assert reply.status_code == 200
    assert len(reply.content) == int(reply.headers["content-length"])


@pytest.mark.parametrize("header", ["bytes=99999999-", "bytes=-0"])
def test_a_range_beyond_the_end_is_a_problem(client: httpx.Client, paper_id: str, header: str) -> None:
    reply = client.get(f"/papers/{paper_id}/pdf", headers={"range": header})
    assert_problem(reply, 416)
    assert re.fullmatch(r"bytes \*/\d+", reply.headers["content-range"])


def test_a_copy_that_is_still_good_is_not_sent_again(client: httpx.Client, paper_id: str) -> None:
    etag = client.get(f"/papers/{paper_id}/pdf").headers["etag"]
    for header in (etag, f'"other", W/{etag}', "*"):
        again = client.get(f"/papers/{paper_id}/pdf", headers={"if-none-match": header})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    assert client.get(f"/papers/{paper_id}/pdf", headers={"if-none-match": '"other"'}).status_code == 200


def test_a_range_of_another_version_gives_the_whole(client: httpx.Client, paper_id: str) -> None:
    headers = {"range": "bytes=0-3", "if-range": '"other"'}
    assert client.get(f"/papers/{paper_id}/pdf", headers=headers).status_code == 200
    headers["if-range"] = client.get(f"/papers/{paper_id}/pdf").headers["etag"]
    assert client.get(f"/papers/{paper_id}/pdf", headers=headers).status_code == 206


def test_the_pdf_is_for_reading_in_place(client: httpx.Client, paper_id: str) -> None:
    reply = client.head(f"/papers/{paper_id}/pdf")
    assert reply.headers["content-disposition"].startswith("inline;")
    assert (reply.status_code, reply.content) == (200, b"")


def test_what_is_exempt_is_nowhere(client: httpx.Client, library: Library) -> None:
    hidden = [paper for paper in library.store.papers(audience=EVERYTHING) if paper.classification != "public"]
    assert hidden, "the papers in this test hold an exempt appendix"
    shown = client.get("/papers", params={"limit": 500}).json()["papers"]
    for paper in hidden:
        assert paper.id not in {each["id"] for each in shown}
        assert_problem(client.get(f"/papers/{paper.id}"), 404)
        assert_problem(client.get(f"/papers/{paper.id}/pdf"), 404)
    beside = [each for each in shown if each["path"] == hidden[0].path]
    assert beside, "the same file holds a public paper"
    assert_problem(client.get(f"/papers/{beside[0]['id']}/pdf"), 404)
    for address in ("/search?q=Brightmop+tender&limit=100", "/decisions?limit=500", "/decisions.csv", "/?q=Brightmop"):
        assert "71,234" not in client.get(address).text
    assert "71,234" not in client.post("/ask", json={"question": "How much was the tender from Brightmop?"}).text


@pytest.mark.parametrize("address", ["/nothing", "/papers/nothing", "/papers/nothing/pdf", "/answers/nothing"])
def test_what_is_not_there_is_a_problem(client: httpx.Client, address: str) -> None:
    assert_problem(client.get(address), 404)


def test_a_method_that_is_not_there_is_a_problem(client: httpx.Client) -> None:
    reply = client.get("/ask")
    assert_problem(reply, 405)
    assert reply.headers["allow"] == "POST"


def test_another_host_name_is_turned_away(client: httpx.Client) -> None:
    assert_problem(client.get("/papers", headers={"host": "rebound.example"}), 421)


def test_the_page_answers_without_javascript_and_escapes(client: httpx.Client) -> None:
    reply = client.get("/", params={"q": "What sign did members see at the boating lake? <script>alert(1)</script>"})
    assert reply.status_code == 200
    assert "<script>" not in reply.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in reply.text
    assert "<b>No Fishing" not in reply.text
    policy = reply.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert client.get("/page.css").headers["content-type"].startswith("text/css")


def test_the_page_shows_an_answer_with_a_link_to_its_page(client: httpx.Client) -> None:
    shown = client.get("/", params={"q": QUESTION}).text
    assert "Decided" in shown
    assert re.search(r'<a [^>]*href="/papers/[0-9a-f]+/', shown)
    assert "until 8 pm on Thursdays" in shown


def test_the_page_says_what_is_wrong_with_a_question(client: httpx.Client) -> None:
    reply = client.get("/", params={"q": "x" * 2001})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text


def test_every_response_has_the_security_headers(client: httpx.Client, paper_id: str) -> None:
    for address in ("/", "/papers", f"/papers/{paper_id}/pdf", "/nothing", "/openapi.json"):
        headers = client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers or "uvicorn" in headers["server"]


def test_questions_are_not_logged(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/search", params={"q": "zanzibar depot"})
        client.get("/", params={"q": "zanzibar depot"})
        client.post("/ask", json={"question": "zanzibar depot"})
        client.post("/ask", json={"question": "zanzibar" * 500})
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert [record.name for record in ours].count("minutebook.http") == 4
    assert not [record for record in ours if "zanzibar" in record.getMessage()]


def test_a_new_generation_is_taken_up_while_serving(
    run_service: Callable[[Library], Service], embedder: FakeEmbedder, tmp_path: Path
) -> None:
    folder, home = tmp_path / "papers", tmp_path / "home"

    def read() -> None:
        ingest(home, [folder], embedder=embedder, ocr=False, jobs=1, confirm_forget=lambda _: False, progress=Silent())

    head = ["# Wexmoor Parish Council", "Minutes of the meeting held on Monday 8 January 2024", "# 1 Bench"]
    make_pdf(folder / "one.pdf", [[*head, "1.1 RESOLVED that a bench be bought for the green."]])
    read()
    service = run_service(Library.open(home, embedder))
    before = service.client.get("/readyz").json()["generation"]
    make_pdf(folder / "two.pdf", [[*head, "1.2 RESOLVED that a swing be bought for the green."]])
    read()
    assert service.client.get("/readyz").json()["generation"] > before
    assert {paper["path"] for paper in service.client.get("/papers").json()["papers"]} == {"one.pdf", "two.pdf"}


class Ageing:
    """Stands for a library that is succeeded by another, and tells whether it is open."""

    def __init__(self) -> None:
        self.successor: Ageing = self
        self.open = True

    def is_newest(self) -> bool:
        return self.successor is self

    def refresh(self) -> "Ageing":
        if not self.successor.open:
            raise HomeError("cannot be opened")
        return self.successor

    def close(self) -> None:
        self.open = False


def test_an_old_generation_stays_open_until_its_last_borrower_is_done() -> None:
    old, new, now = Ageing(), Ageing(), [0.0]
    shelf = Shelf(old, clock=lambda: now[0])  # type: ignore[arg-type]
    with shelf.lend() as first:
        old.successor, new.open = new, False
        with shelf.lend() as second:
            assert second is old  # type: ignore[comparison-overlap]
        new.open = True
        with shelf.lend() as second:
            assert second is old  # type: ignore[comparison-overlap]  # not tried again at once
        now[0] = 2.0
        with shelf.lend() as third:
            assert third is new  # type: ignore[comparison-overlap]
        assert first is old  # type: ignore[comparison-overlap]
        assert old.open
    assert not old.open
    assert new.open


class Broken(Library):
    """A library that fails at every search, as it is told to."""

    failure: Exception

    def hits(self, *_: Any, **__: Any) -> Any:
        raise self.failure


@pytest.fixture
def broken(home: Path, embedder: FakeEmbedder) -> Iterator[Callable[[Exception], TestClient]]:
    opened = []

    def make(failure: Exception) -> TestClient:
        library = Broken.open(home, embedder)
        library.failure = failure
        opened.append(library)
        return TestClient(create_app(library), base_url="http://127.0.0.1")

    yield make
    for library in opened:
        library.close()


@pytest.mark.parametrize(
    ("failure", "status"),
    [(HomeError("/srv/secret is damaged"), 503), (MinutebookError("/srv/secret"), 500), (KeyError("/srv/secret"), 500)],
)
def test_a_failure_is_a_problem_that_tells_nothing_of_the_machine(
    broken: Callable[[Exception], TestClient],
    failure: Exception,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    reply = broken(failure).get("/search?q=anything")
    assert_problem(reply, status)
    assert "secret" not in reply.text
    assert "secret" not in caplog.text


def test_it_is_not_ready_before_the_model_is(broken: Callable[[Exception], TestClient]) -> None:
    client = broken(HomeError("no"))
    assert client.get("/healthz").json() == {"status": "ok"}
    assert_problem(client.get("/readyz"), 503)


def test_the_openapi_document_is_whole(client: httpx.Client) -> None:
    document = client.get("/openapi.json").json()
    OpenAPI(**document)
    schemas = document["components"]["schemas"]
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert named <= set(schemas)
    assert named | {"Problem"} == set(schemas), "every schema is used"
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["description"] or operation["summary"], path
            for status, reply in operation["responses"].items():
                if int(status) >= 400:
                    assert list(reply["content"]) == ["application/problem+json"], (path, status)


def test_every_documented_status_is_true(client: httpx.Client, closed: Closed, paper_id: str) -> None:
    """Each status in the OpenAPI document, save for a service that is broken, can be had; and no other was."""
    answer_id = client.post("/ask", json={"question": QUESTION}).json()["answer_id"]
    long = "x" * 101
    pdf, png = "/papers/{paper_id}/pdf", "/papers/{paper_id}/pages/{number}.png"
    opinion = {"answer_id": answer_id, "helpful": True}
    asked = [
        ("/search", client.get("/search?q=bench")),
        ("/search", client.get("/search")),
        ("/suggest", client.get("/suggest?q=lib")),
        ("/suggest", client.get("/suggest")),
        ("/answers/{answer_id}", client.get(f"/answers/{answer_id}")),
        ("/answers/{answer_id}", client.get("/answers/nothing")),
        ("/answers/{answer_id}", client.get(f"/answers/{long}")),
        ("/decisions", client.get("/decisions")),
        ("/decisions", client.get("/decisions?limit=0")),
        ("/decisions.csv", client.get("/decisions.csv")),
        ("/decisions.csv", client.get("/decisions.csv?limit=0")),
        ("/papers", client.get("/papers")),
        ("/papers", client.get("/papers?limit=0")),
        ("/papers/{paper_id}", client.get(f"/papers/{paper_id}")),
        ("/papers/{paper_id}", client.get("/papers/nothing")),
        ("/papers/{paper_id}", client.get(f"/papers/{long}")),
        (pdf, client.get(f"/papers/{paper_id}/pdf")),
        (pdf, client.get(f"/papers/{paper_id}/pdf", headers={"range": "bytes=0-1"})),
        (pdf, client.get(f"/papers/{paper_id}/pdf", headers={"if-none-match": "*"})),
        (pdf, client.get("/papers/nothing/pdf")),
        (pdf, client.get(f"/papers/{paper_id}/pdf", headers={"range": "bytes=99999999-"})),
        (pdf, client.get(f"/papers/{long}/pdf")),
        (png, client.get(f"/papers/{paper_id}/pages/1.png")),
        (png, client.get(f"/papers/{paper_id}/pages/1.png", headers={"if-none-match": "*"})),
        (png, client.get(f"/papers/{paper_id}/pages/99.png")),
        (png, client.get(f"/papers/{paper_id}/pages/0.png")),
        ("/metrics", client.get("/metrics")),
        ("/healthz", client.get("/healthz")),
        ("/readyz", client.get("/readyz")),
        ("/feedback", client.post("/feedback", json=opinion)),
        ("/feedback", client.post("/feedback", json={**opinion, "answer_id": "nothing"})),
        ("/ask", client.post("/ask", json={"question": QUESTION})),
    ]
    paths = client.get("/openapi.json").json()["paths"]
    every = {"paper_id": paper_id, "answer_id": answer_id, "number": "1"}
    for path, operations in paths.items():
        address = path.format(**every)
        for method in operations:
            asked += [
                (path, client.request(method, address, headers={"host": "rebound.example"})),
                (path, closed.client.request(method, address)),
                (path, closed.client.request(method, address, headers=closed.keys["none"])),
            ]
            closed.wear_out()
            asked.append((path, closed.client.request(method, address, headers=closed.keys["worn"])))
        if "get" in operations and "304" in operations["get"]["responses"]:
            asked.append((path, client.get(address, params={"q": "bench"} if address in NEED_Q else {}, headers=SAME)))
        if "post" in operations:
            asked += [
                (path, client.post(path, content=b"\xff", headers={"content-type": "application/json"})),
                (path, client.post(path, content=iter([b"{}"]), headers={"content-type": "application/json"})),
                (path, client.post(path, content=b"x" * 70_000)),
                (path, client.post(path, json={})),
            ]
    had = {(path, reply.status_code) for path, reply in asked}
    promised = {
        (path, int(status))
        for path, operations in paths.items()
        for operation in operations.values()
        for status in operation["responses"]
    }
    assert had <= promised
    assert {(path, status) for path, status in promised if status not in (408, 500, 503)} <= had


NEED_Q = ("/search", "/suggest")
SAME = {"if-none-match": "*"}
