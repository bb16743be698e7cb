"""Facets, suggestions, feedback, and answers read again after their papers have changed."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from index.asked import Asked, AskedBefore
from index.feedback import Feedback
from index.filters import EVERYTHING
from index.library import Library
from index.schema import FILE_NAME
from tests.council import Service
from tests.embedder import FakeEmbedder
from tests.test_api import QUESTION, assert_problem


@pytest.fixture
def own_service(own_home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service]) -> Service:
    """A service over a home of this test's own."""
    return run_service(Library.open(own_home, embedder))


@pytest.fixture
def client(own_service: Service) -> httpx.Client:
    return own_service.client


def test_a_search_says_what_its_hits_sort_into(service: Service) -> None:
    found = service.client.get("/search", params={"q": "council", "limit": 100}).raise_for_status().json()
    hits, facets = found["hits"], found["facets"]
    assert found["total"] == len(hits)
    assert set(facets) == {"body", "committee", "kind", "year", "outcome"}
    for name in ("body", "committee", "kind"):
        counted = {value["value"]: value["count"] for value in facets[name]}
        assert counted == {value: sum(hit[name] == value for hit in hits) for value in counted}
        assert sum(counted.values()) == sum(hit[name] is not None for hit in hits)
    assert facets["year"] == [{"value": "2024", "count": sum(hit["meeting_date"] is not None for hit in hits)}]
    assert {value["value"] for value in facets["outcome"]} >= {"decided", "recommended", "lost"}


def test_a_facet_chosen_gives_as_many_as_it_said(service: Service) -> None:
    asked = {"q": "council", "limit": 100}
    facets = service.client.get("/search", params=asked).json()["facets"]
    for name in ("committee", "kind", "year", "outcome"):
        assert facets[name]
        for value in facets[name]:
            found = service.client.get("/search", params={**asked, name: value["value"]}).raise_for_status().json()
            assert found["total"] == value["count"], (name, value)


def test_a_year_narrows_the_days_given(service: Service) -> None:
    asked = {"q": "council", "limit": 100, "year": 2024, "from": "2024-05-01"}
    hits = service.client.get("/search", params=asked).json()["hits"]
    assert hits
    assert min(hit["meeting_date"] for hit in hits) >= "2024-05-01"
    assert service.client.get("/search", params={**asked, "year": 2023}).json()["total"] == 0
    assert_problem(service.client.get("/search", params={**asked, "year": "last"}), 422)


def test_facets_do_not_count_what_is_exempt(service: Service, library: Library) -> None:
    hidden = {paper.title for paper in library.store.papers(audience=EVERYTHING) if paper.classification != "public"}
    found = service.client.get("/search", params={"q": "tender cleaning contract", "limit": 100}).json()
    assert hidden
    assert not [hit for hit in found["hits"] if hit["title"] in hidden]
    assert found["total"] == sum(value["count"] for value in found["facets"]["kind"])


def kinds(client: httpx.Client, typed: str) -> dict[str, list[str]]:
    """Suggestions' words by their kind."""
    found: dict[str, list[str]] = {}
    for each in client.get("/suggest", params={"q": typed}).raise_for_status().json()["suggestions"]:
        found.setdefault(each["kind"], []).append(each["text"])
    return found


def test_what_is_typed_is_finished(client: httpx.Client) -> None:
    assert kinds(client, "leis")["committee"] == ["Leisure and Libraries Committee"]
    assert "Opening hours of the Market Street library" in kinds(client, "opening ho")["item"]
    assert kinds(client, "LIBRARY mark")["item"] == ["Opening hours of the Market Street library"]
    for nothing in ("", "   ", "?!", "zanzibar", "leisx"):
        assert kinds(client, nothing) == {}
    assert "item" not in kinds(client, "apolog"), "every agenda has it"


def test_a_question_that_had_an_answer_is_suggested_and_no_other(client: httpx.Client) -> None:
    assert "question" not in kinds(client, "what was resolved")
    client.post("/ask", json={"question": QUESTION})
    client.post("/ask", json={"question": "What was resolved about mermaids in Zanzibar?"})
    client.post("/ask", json={"question": "What was resolved on the library, then?", "thread": "a"})
    client.post("/ask", json={"question": "What was resolved on the library?", "filters": {"kind": "minutes"}})
    assert kinds(client, "what was resolved")["question"] == [QUESTION]


def test_a_question_is_not_suggested_once_what_it_cites_is_exempt(
    client: httpx.Client, own_service: Service, own_home: Path
) -> None:
    cited = client.post("/ask", json={"question": QUESTION}).json()["citations"]
    assert "question" in kinds(client, "what was resolved")
    with sqlite3.connect(own_home / FILE_NAME) as connection:
        connection.execute("UPDATE papers SET classification = 'exempt' WHERE id = ?", (cited[0]["paper"],))
        connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    own_service.app.state.shelf._look_again = 0.0  # as if a second had gone by
    assert "question" not in kinds(client, "what was resolved")
    assert "item" not in kinds(client, "opening hours")


def test_the_questions_kept_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.asked.MOST_KEPT", 50)
    asked = AskedBefore(tmp_path)
    for n in range(200):
        asked.keep(f"What of number {n}?", ["p"])
    asked.keep("x" * 200, ["p"])
    asked.keep("What of number 199?", ["p", "q", "q"])
    assert len(asked.all()) == 50
    with sqlite3.connect(tmp_path / "asked.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM asked").fetchone()[0] <= 150
    assert asked.all()[0] == Asked("What of number 199?", ("p", "q"), 2)


def test_feedback_is_kept_and_may_be_changed(client: httpx.Client, own_home: Path) -> None:
    answer_id = client.post("/ask", json={"question": QUESTION}).json()["answer_id"]
    opinion = {"answer_id": answer_id, "helpful": True, "session": "one"}
    assert client.post("/feedback", json=opinion).status_code == 204
    assert client.post("/feedback", json={**opinion, "helpful": False, "reason": "out of date"}).status_code == 204
    assert client.post("/feedback", json={**opinion, "session": "two"}).status_code == 204
    held = Feedback(own_home)
    opinions, total = held.opinions(answer_id=answer_id)
    assert total == 2
    assert [(each.helpful, each.reason, each.surface) for each in opinions] == [
        (True, None, "http"),
        (False, "out of date", "http"),
    ]
    held.close()


def test_feedback_is_on_an_answer_that_is_held(client: httpx.Client) -> None:
    assert_problem(client.post("/feedback", json={"answer_id": "nothing", "helpful": True}), 404)
    assert_problem(client.post("/feedback", json={"answer_id": "nothing"}), 422)


def test_an_answer_read_again_says_what_has_changed_since(client: httpx.Client, own_home: Path) -> None:
    answer = client.post("/ask", json={"question": QUESTION}).json()
    address = f"/answers/{answer['answer_id']}"
    assert client.get(address).json()["changed"] is False
    cited = answer["citations"][0]
    with sqlite3.connect(own_home / FILE_NAME) as connection:
        connection.execute("UPDATE papers SET standing = 'confirmed' WHERE id = ?", (cited["paper"],))
        connection.execute(
            "UPDATE pages SET text = replace(text, '8 pm', '9 pm') WHERE path = ? AND number = ?",
            (cited["path"], cited["page"]),
        )
    again = client.get(address).json()
    assert again["changed"] is True
    said = " ".join(change["change"] for change in again["changes"] if change["n"] == cited["n"])
    assert "no longer on that page" in said
    assert "confirmed" in said
    for field in ("answer", "citations", "outcome"):
        assert again[field] == answer[field]


def test_a_paper_says_what_items_are_in_it(service: Service) -> None:
    papers = service.client.get("/papers", params={"path": "leisure", "kind": "minutes"}).json()["papers"]
    items = service.client.get(f"/papers/{papers[0]['id']}").json()["items"]
    assert any("Opening hours" in item["title"] and item["page"] == 1 for item in items)
    assert any("Swimming lessons" in item["title"] and item["page"] == 2 for item in items)
