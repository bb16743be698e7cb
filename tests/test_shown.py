"""Whatever is shown of closed papers is written down first, by every surface, and not what was asked."""

import json
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.rules import Rules
from index import audit
from index.audit import Audit, Entry, Witness, places_of
from index.filters import EVERYTHING, PUBLIC
from index.keys import SCOPES, Keys
from index.library import Library
from minutebook import opening
from minutebook.cli import app
from minutebook.errors import HomeError
from tests.council import Service, copied
from tests.embedder import FakeEmbedder

TENDER = "office cleaning tender"


@pytest.fixture
def own(home: Path, tmp_path: Path) -> Path:
    return copied(home, tmp_path / "home")


@pytest.fixture
def key(own: Path) -> dict[str, str]:
    keys = Keys(own)
    secret = keys.make("intranet", set(SCOPES))
    keys.close()
    return {"authorization": f"Bearer {secret}"}


@pytest.fixture
def watched(own: Path, key: dict[str, str], embedder: FakeEmbedder, run_service: Callable[..., Service]) -> Service:
    return run_service(Library.open(own, embedder), Rules(without_key=frozenset({"ask", "search", "papers"})))


def entries(home: Path) -> list[Entry]:
    held = Audit(home)
    try:
        return list(reversed(held.entries(limit=1000)[0]))
    finally:
        held.close()


def test_each_way_of_showing_a_closed_paper_is_written_down(own: Path, watched: Service, key: dict[str, str],
                                                            library: Library) -> None:  # fmt: skip
    (exempt,) = [paper for paper in library.store.papers(audience=EVERYTHING) if paper.classification != "public"]
    client = watched.client
    page = exempt.first_page
    given = client.post("/ask", json={"question": TENDER}, headers=key).raise_for_status().json()
    cited = {citation["page"] for citation in given["citations"] if citation["paper"] == exempt.id}
    assert cited
    for address, what, number in (
        (f"/search?q={TENDER}", "hit", page),
        ("/papers", "listed", None),
        (f"/papers/{exempt.id}", "paper", None),
        (f"/papers/{exempt.id}/pdf", "pdf", None),
        (f"/papers/{exempt.id}/pages/{page}.png", "page", page),
        (f"/papers/{exempt.id}/view?page={page}", "page", page),
        (f"/answers/{given['answer_id']}", "answer", page),
        (f"/answers/{given['answer_id']}/view", "answer", page),
        (f"/?q={TENDER}", "hit", page),
    ):  # fmt: skip
        before = len(entries(own))
        watched.app.state.audit._shown.clear()  # as if a minute had passed
        assert client.get(address).status_code in (200, 404)
        assert len(entries(own)) == before, f"{address} without the key shows nothing"
        assert client.get(address, headers=key).status_code == 200
        new = entries(own)[before:]
        if what == "answer":
            assert len([each for each in new if each.what == "answer"]) >= len(cited)
            continue
        assert (what, number) in {(each.what, each.page) for each in new}, address
        for each in new:
            assert (each.surface, each.who, each.paper, each.path, each.said) == (
                "http", "key intranet", exempt.id, exempt.path, None,
            )  # fmt: skip
    assert TENDER not in (own / audit.FILE_NAME).read_bytes().decode("latin-1")


def test_decisions_of_closed_papers_are_written_down(own: Path, watched: Service, key: dict[str, str]) -> None:
    with sqlite3.connect(own / "minutebook.sqlite") as connection:
        connection.execute("UPDATE papers SET classification = 'exempt' WHERE path LIKE 'planning%'")
    for address in ("/decisions?q=riding", "/decisions.csv?q=riding", "/register?q=riding", "/topic?q=riding school"):
        before = len(entries(own))
        watched.app.state.audit._shown.clear()
        assert watched.client.get(address).status_code == 200
        assert len(entries(own)) == before
        assert watched.client.get(address, headers=key).status_code == 200
        assert {each.what for each in entries(own)[before:]} == {"decision"}, address


def test_what_a_decision_is_linked_to_is_written_down_with_it() -> None:
    link = {"relation": "replaces", "paper": "p2", "page": 7}
    decision = {"paper": "p1", "page": 3, "clauses": ["a)"], "replaced_by": [link], "replaces": [], "vote": None}
    assert places_of([decision]) == [("p1", 3), ("p2", 7)]


def test_the_question_is_only_held_where_questions_may_be_logged(
    own: Path, key: dict[str, str], embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> None:
    service = run_service(Library.open(own, embedder), Rules(log_questions=True))
    service.client.get("/search", params={"q": TENDER}, headers=key).raise_for_status()
    service.client.post("/ask", json={"question": f"What was the {TENDER}?"}, headers=key).raise_for_status()
    assert {each.said for each in entries(own)} <= {TENDER, f"What was the {TENDER}?"}
    assert entries(own)[0].said == TENDER


def test_what_cannot_be_written_down_is_not_shown(
    own: Path, watched: Service, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Audit, new: Any) -> None:
        raise HomeError("no room")

    monkeypatch.setattr(Audit, "write", full)
    for _ in range(2):  # also the second time
        reply = watched.client.get("/search", params={"q": TENDER}, headers=key)
        assert reply.status_code == 503
        assert "cleaning" not in reply.text
    assert watched.client.get("/search", params={"q": TENDER}).status_code == 200, "the public is shown what is public"


def test_it_only_grows(own: Path, library: Library) -> None:
    held = Audit(own)
    exempt = next(paper for paper in library.store.papers(audience=EVERYTHING) if paper.classification != "public")
    public = next(iter(library.store.papers()))
    witness = Witness(held, EVERYTHING, "http", "key a")
    witness.saw(library.store, "page", [(exempt.id, 3), (public.id, 1), (exempt.id, 3)])
    witness.saw(library.store, "page", [(exempt.id, 3)])
    Witness(held, PUBLIC, "http", "key b").saw(library.store, "page", [(exempt.id, 3)])
    (entry,) = entries(own)
    assert (entry.page, entry.who, entry.path) == (3, "key a", exempt.path)
    held._shown.clear()
    witness.saw(library.store, "page", [(exempt.id, 3)])
    assert len(entries(own)) == 2
    held.close()
    with sqlite3.connect(own / audit.FILE_NAME) as connection:
        for statement in ("DELETE FROM audit", "UPDATE audit SET who = 'nobody'"):
            with pytest.raises(sqlite3.IntegrityError, match="what was written down"):
                connection.execute(statement)


def test_it_is_asked_by_day_paper_and_who(own: Path) -> None:
    held = Audit(own)
    assert held.entries() == ([], 0)
    assert not (own / audit.FILE_NAME).exists(), "there is no file while there is nothing in it"
    for day, who, paper in (
        ("2024-06-01", "key a", "p1"), ("2024-06-02", "Slack user U1", "p1"), ("2024-06-03", "key b", "p2"),
    ):  # fmt: skip
        held.write([Entry(f"{day}T09:00:00.000+00:00", "http", who, "page", paper, f"{paper}.pdf", 1, None)])
    held.close()
    for options, wanted in (
        ([], 3), (["--from", "2024-06-02"], 2), (["--to", "2024-06-02"], 2), (["--who", "KEY"], 2),
        (["--paper", "p1"], 2), (["--paper", "p2.pdf"], 1), (["--who", "u1", "--paper", "p2"], 0),
        (["--limit", "1"], 3),
    ):  # fmt: skip
        told = json.loads(CliRunner().invoke(app, ["audit", *options, "--home", str(own), "--json"]).stdout)
        assert told["total"] == wanted, options
    assert told["entries"][0]["who"] == "key b"
    plain = CliRunner().invoke(app, ["audit", "--home", str(own)])
    assert len(plain.stdout.splitlines()) == 3
    wrong = CliRunner().invoke(app, ["audit", "--from", "2024-06-02", "--to", "2024-06-01", "--home", str(own)])
    assert wrong.exit_code == 2


def test_commands_write_down_what_they_show(own: Path, embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: embedder)
    monkeypatch.setattr(audit, "AGAIN", 0.0)
    for command, what in (
        (["search", TENDER], "hit"), (["papers"], "listed"), (["ask", TENDER], "answer"), (["decisions"], None),
    ):  # fmt: skip
        before = len(entries(own))
        for more, shown in (([], False), (["--exempt"], what is not None)):
            done = CliRunner().invoke(app, [*command, *more, "--home", str(own)])
            assert done.exit_code == 0, done.output
            if what != "answer":  # what an answer cites is not what this is about
                assert (len(entries(own)) > before) == shown, command
    assert {each.surface for each in entries(own)} == {"command line"}
    assert sys.platform == "win32" or {each.who for each in entries(own)} != {"somebody"}
