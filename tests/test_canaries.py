"""What is closed is as if it were not held: words planted in exempt papers are looked for, as somebody outside.

Two homes hold the same public papers, and one of them exempt papers too. Whoever may not see those must be told the
same by both, in every way there is of asking. Also the other way round: who may see them does find the words.
"""

import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.ask import ask
from answer.find import find
from answer.history import history_of
from answer.suggest import Suggestions
from bot.place import Place, audience_of
from index.build import Silent, ingest
from index.filters import EVERYTHING, PUBLIC, Audience
from index.library import Library
from index.records import find_decisions
from minutebook import cli, opening
from tests.council import CABINET_PACK, HEAD, LEISURE_MINUTES, PLANNING_MINUTES, Service, make_pdf
from tests.embedder import FakeEmbedder
from tests.held import library_of

#: Words that stand in no public paper: names, a firm, a committee, a body, an abbreviation and its long form.
CANARIES = (
    "brightmop", "zephyrine", "quandary", "vellichor", "snollygoster", "tarradiddle", "quillfeather", "zoy",
    "lickspittle", "bumbershoot", "1931", "nimblewick",
)  # fmt: skip
MARK = "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972"

PUBLIC_PACK = [
    [
        *HEAD,
        "# Resources Committee",
        "Minutes of the meeting held on Monday 3 June 2024",
        "Present: Councillors Ivory (Chair) and Jessop",
        "# 4 Office cleaning",
        "4.1 RESOLVED that the office cleaning contract be let for three years.",
    ],
    ["# 5 Stationery", "5.1 The committee NOTED the report on stationery, which is bought each spring."],
    ["# 6 Coats and umbrellas", "6.1 RESOLVED that pegs be put up in the Guildhall for coats and umbrellas."],
]
EXEMPT_APPENDIX = [
    "# Exempt appendix to item 4: tenders for office cleaning",
    MARK,
    "4.1 The lowest tender for office cleaning was from Brightmop and amounted to £71,234 a year.",
    "4.2 The Zephyrine Opal Yard (ZOY) would be let to Nimblewick at the library's opening hours.",
]
EXEMPT_REPORT = [
    [
        "# Quillfeather Joint Board",
        "# Exempt report to the Vellichor Sub-Committee",
        MARK,
        "Date of meeting: 9 February 1931",
        "Report title: Dismissal of the Snollygoster",
        "# Recommendations",
        "1.1 That the Vellichor Sub-Committee approves the Tarradiddle settlement for the library and the depot.",
        "1.2 The library library library opening hours are a Lickspittle matter of the depot.",
    ],
]
EXEMPT_MINUTES = [
    [
        *HEAD,
        "# Leisure and Libraries Committee",
        "# Exempt minutes",
        MARK,
        "Minutes of the meeting held on Tuesday 14 May 2024",
        "# 1 Minutes of the last meeting",
        "1.1 RESOLVED that the minutes of the meeting of 12 March 2024 be approved as a correct record.",
        "# 2 Bumbershoot purchase",
        "2.1 RESOLVED that the Bumbershoot be bought. Proposed by Councillor Quandary, seconded by Councillor Cray.",
    ],
]

# It would decide what a public report asks for.
EXEMPT_CABINET = [
    [
        *HEAD,
        "# Cabinet",
        "# Exempt minutes",
        MARK,
        "Minutes of the meeting held on Wednesday 17 April 2024",
        "# 2 Sale of the Quarry Lane depot",
        "2.1 RESOLVED that the sale of the Quarry Lane depot at a price of not less than £640,000 to Nimblewick be "
        "approved.",
    ],
]

QUESTIONS = (
    "What was resolved about the opening hours of the Market Street library?",
    "Was the depot sold?",
    "Who moved that allotment rents be halved?",
    "office cleaning tender",
    "How much was the tender for office cleaning?",
    "What did the Vellichor Sub-Committee decide?",
    "What did Quillfeather agree?",
    "What happened in 1931?",
    "Was the ZOY let?",
    "zephyrine opal yard",
    "what did brightmopp tender",
    "snollygostr library",
    "tarradidle",
    "bumbershot depot",
    "minutes of 14 May 2024",
    *CANARIES,
)


@dataclass(frozen=True)
class Twins:
    """The same public papers twice: `full` holds exempt ones as well, `bare` does not."""

    full: Service
    bare: Service
    library: Library
    home: Path


def held(folder: Path, home: Path, embedder: FakeEmbedder) -> Path:
    ingest(home, [folder], embedder=embedder, ocr=False, jobs=1, confirm_forget=lambda _: False, progress=Silent())
    return home


@pytest.fixture(scope="module")
def twins(
    tmp_path_factory: pytest.TempPathFactory, embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> Twins:
    services = []
    for name in ("full", "bare"):
        folder = tmp_path_factory.mktemp(name)
        make_pdf(folder / "leisure" / "2024-03-12 minutes.pdf", LEISURE_MINUTES)
        make_pdf(folder / "cabinet" / "2024-04-17-pack.pdf", CABINET_PACK)
        make_pdf(folder / "planning-2024-05-09.pdf", PLANNING_MINUTES)
        if name == "full":
            make_pdf(folder / "resources-2024-06-03.pdf", [*PUBLIC_PACK, EXEMPT_APPENDIX])
            make_pdf(folder / "cabinet" / "a-closed.pdf", EXEMPT_REPORT)
            make_pdf(folder / "leisure" / "2024-05-14 closed.pdf", EXEMPT_MINUTES)
            make_pdf(folder / "cabinet" / "2024-04-17 closed.pdf", EXEMPT_CABINET)
        else:
            make_pdf(folder / "resources-2024-06-03.pdf", PUBLIC_PACK)
        home = held(folder, tmp_path_factory.mktemp(f"{name}-home"), embedder)
        services.append((run_service(Library.open(home, embedder)), home))
    (full, full_home), (bare, _) = services
    return Twins(full, bare, Library.open(full_home, embedder), full_home)


def closed_papers(library: Library) -> list[Any]:
    return [paper for paper in library.store.papers(audience=EVERYTHING) if paper.classification != "public"]


def test_what_is_planted_is_closed_and_those_who_may_see_it_find_it(twins: Twins) -> None:
    closed = closed_papers(twins.library)
    assert {paper.path for paper in closed} == {
        "resources-2024-06-03.pdf", "cabinet/a-closed.pdf", "cabinet/2024-04-17 closed.pdf",
        "leisure/2024-05-14 closed.pdf",
    }  # fmt: skip
    for word in CANARIES[:6]:
        found = find(twins.library, word, audience=EVERYTHING).hits
        assert word in json.dumps([hit.as_json() for hit in found]).lower()


SAME_EXCEPT = re.compile(r'"took_ms": ?\d+|\b\d+ ms\b|"meeting_date_known_at":"[^"]*"')


def told(reply: httpx.Response) -> tuple[int, str]:
    """What a response says, less what is measured or made for it alone."""
    return reply.status_code, SAME_EXCEPT.sub("", reply.text)


def every_address() -> list[tuple[str, dict[str, Any]]]:
    addresses: list[tuple[str, dict[str, Any]]] = []
    for word in QUESTIONS:
        addresses += [
            ("/search", {"q": word, "limit": 100}),
            ("/search", {"q": "library", "committee": word}),
            ("/search", {"q": "library", "body": word}),
            ("/search", {"q": "library", "path": word}),
            ("/decisions", {"q": word}),
            ("/decisions", {"mover": word}),
            ("/decisions.csv", {"q": word}),
            ("/topic", {"q": word}),
            ("/register", {"q": word}),
            ("/", {"q": word}),
        ]
    for word in (*CANARIES, "libr", "off", "com", "cou", "rec"):
        addresses += [("/suggest", {"q": word[:length]}) for length in (1, 2, 4, len(word))]
    for path in ("cabinet/a-closed.pdf", "cabinet", "leisure/2024-05-14 closed.pdf", "leisure", "nowhere"):
        addresses += [
            ("/papers", {"path": path}),
            ("/decisions", {"path": path}),
            ("/search", {"q": "a", "path": path}),
        ]
    addresses += [
        ("/papers", {}),
        ("/papers", {"limit": 1, "offset": 3}),
        ("/papers", {"committee": "Vellichor Sub-Committee"}),
        ("/papers", {"to": "1950-01-01"}),
        ("/search", {"q": "library", "year": 1931}),
        ("/search", {"q": "library", "outcome": "decided", "limit": 100, "offset": 2}),
        ("/decisions", {}),
        ("/decisions.csv", {}),
        ("/register", {}),
        ("/register", {"committee": "Vellichor Sub-Committee"}),
        ("/register", {"from": "1931-01-01", "to": "1931-12-31"}),
        ("/", {}),
        ("/topic", {}),
        ("/openapi.json", {}),
        ("/readyz", {}),
    ]
    return addresses


def test_every_address_tells_an_outsider_what_it_would_without_the_closed_papers(twins: Twins) -> None:
    differing = []
    for address, query in every_address():
        full, bare = (told(service.client.get(address, params=query)) for service in (twins.full, twins.bare))
        if full != bare:
            differing.append((address, query, _difference(full[1], bare[1])))
    assert not differing, "\n".join(map(str, differing))


def _difference(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"{one[max(0, at - 80) : at + 80]!r} against {other[max(0, at - 80) : at + 80]!r}"


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_every_question_has_the_answer_it_would_have_without_the_closed_papers(twins: Twins, accept: str) -> None:
    for question in QUESTIONS:
        for more in ({}, {"thread": "one"}, {"filters": {"body": "Quillfeather Joint Board"}}):
            asked = {"question": question, **more}
            full, bare = (
                told(service.client.post("/ask", json=asked, headers={"accept": accept}))
                for service in (twins.full, twins.bare)
            )
            assert full == bare, asked


def test_a_closed_paper_cannot_be_told_from_one_that_is_not_held(twins: Twins) -> None:
    unknown = "0" * 15
    for paper in closed_papers(twins.library):
        assert paper.id == hashlib.sha256(f"{paper.path}\n{paper.first_page}".encode()).hexdigest()[:15], "guessable"
        for rest in (
            "", "/pdf", "/view", f"/view?page={paper.first_page}", f"/pages/{paper.first_page}.png",
            f"/pages/{paper.first_page}.png?quote=tender", "/pages/0.png", "/pages/9999.png", "/nothing",
        ):  # fmt: skip
            for headers in ({}, {"accept": "text/html"}, {"range": "bytes=0-9"}, {"if-none-match": "*"}):
                hidden, none = (
                    twins.full.client.get(f"/papers/{each}{rest}", headers=headers) for each in (paper.id, unknown)
                )
                assert hidden.status_code >= 400
                assert told(hidden) == (none.status_code, none.text.replace(unknown, paper.id)), rest


def test_a_pack_is_read_page_by_page_without_its_closed_pages(twins: Twins) -> None:
    (public,) = [paper for paper in twins.library.store.papers() if paper.path == "resources-2024-06-03.pdf"]
    client = twins.full.client
    assert client.get(f"/papers/{public.id}/pages/1.png").status_code == 200
    for rest in ("/pdf", "/pages/4.png", "/view?page=4"):
        reply = client.get(f"/papers/{public.id}{rest}")
        assert reply.status_code == 404
        assert_no_canary(reply.text)
    for rest in ("", "/view"):
        assert_no_canary(client.get(f"/papers/{public.id}{rest}").raise_for_status().text)


def assert_no_canary(text: str) -> None:
    assert [word for word in CANARIES if word in text.lower()] == []


def test_an_answer_to_those_who_may_see_is_not_handed_on(twins: Twins) -> None:
    given_answer = ask(twins.library, "What was the tender for office cleaning from Brightmop?", audience=EVERYTHING)
    assert_canary = json.dumps(given_answer.as_json()).lower()
    assert "brightmop" in assert_canary
    client = twins.full.client
    for address in ("/answers/{}", "/answers/{}/view"):
        hidden = client.get(address.format(given_answer.answer_id))
        none = client.get(address.format("0" * 16))
        assert told(hidden) == (404, none.text.replace("0" * 16, given_answer.answer_id))
    replies = [
        client.post("/feedback", json={"answer_id": each, "helpful": True})
        for each in (given_answer.answer_id, "0" * 16)
    ]
    assert told(replies[0]) == told(replies[1])


def test_a_conversation_is_its_audiences_own(twins: Twins) -> None:
    ask(twins.library, "What did Brightmop tender for office cleaning?", audience=EVERYTHING, thread="shared")
    one = ask(twins.library, "and how much was it?", thread="shared")
    other = ask(twins.library, "and how much was it?", thread="a new one")
    assert (one.outcome, one.answer, one.citations, one.notes) == (
        other.outcome, other.answer, other.citations, other.notes,
    )  # fmt: skip


def test_slack_is_answered_as_the_public(twins: Twins) -> None:
    for place in (Place("T1", "C1", "U1", private=False), Place("T1", "D1", "U1", private=True)):
        assert audience_of(place) == PUBLIC


def test_commands_without_exempt_say_nothing_of_it(
    twins: Twins, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, embedder: FakeEmbedder
) -> None:
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: embedder)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    for command in (
        ["papers"], ["papers", "--json"], ["decisions"], ["decisions", "--json"], ["decisions", "--csv"],
        ["search", "office cleaning tenders", "--limit", "100"], ["search", "library depot board", "--json"],
        ["ask", "How much was the tender for office cleaning?"], ["ask", "who proposed the purchase", "--json"],
    ):  # fmt: skip
        with pytest.raises(SystemExit):
            cli.main([*command, "--home", str(twins.home)])
        written = capsys.readouterr()
        assert_no_canary(written.out + written.err)


def test_a_key_without_the_scope_counts_no_closed_paper(twins: Twins) -> None:
    counts = [
        re.findall(r"^minutebook_papers (\S+)", service.client.get("/metrics").text, re.MULTILINE)
        for service in (twins.full, twins.bare)
    ]
    assert counts[0] == counts[1] != []


WORDS = (
    "library",
    "depot",
    "tender",
    "precept",
    "drains",
    "mayor",
    "zoy",
    "yard",
    "opal",
    "quarry",
    "librarry",
    "2019",
)
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=7).map(" ".join)
SAID = st.one_of(
    SENTENCES.map(lambda words: f"2.1 RESOLVED that the {words} be approved."),
    SENTENCES.map(lambda words: f"3.1 Officers said that the {words} was noted by Members."),
    SENTENCES.map(lambda words: f"4.1 Proposed by Councillor {words.split()[0].title()}, and lost."),
    SENTENCES.map(lambda words: f"# 5 {words.title()}"),
    st.just("1.1 RESOLVED that the minutes of 3 June 2024 be confirmed as a correct record."),
    st.just("6.1 The Zephyrine Opal Yard (ZOY) was visited."),
)
KINDS = st.sampled_from(
    ["Minutes of the meeting held on 3 June 2024", "Minutes of the meeting held on 8 July 2024", "# Report to Cabinet"]
)
COMMITTEES = st.sampled_from(["Cabinet", "Planning Committee", "Vellichor Committee"])
BODIES = st.sampled_from(["Wexmoor District Council", "Quillfeather Parish Council"])
PAPERS = st.lists(
    st.tuples(st.booleans(), BODIES, COMMITTEES, KINDS, st.lists(SAID, min_size=1, max_size=5)), min_size=1, max_size=4
)


@settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(papers=PAPERS, questions=st.lists(SENTENCES, min_size=1, max_size=3))
def test_whatever_is_closed_changes_nothing_for_those_outside(
    papers: Sequence[tuple[bool, str, str, str, Sequence[str]]],
    questions: Sequence[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    everything: dict[str, list[str]] = {"a/first.pdf": [f"# Wexmoor District Council\n{'. '.join(WORDS[:5])}."]}
    public = dict(everything)
    for number, (closed, body, committee, kind, said) in enumerate(papers):
        mark = f"# Exempt report\n{MARK}\n" if closed else ""
        everything[f"a/{number}.pdf"] = [f"{mark}# {body}\n# {committee}\n{kind}\n\n" + "\n\n".join(said)]
        if not closed:
            public[f"a/{number}.pdf"] = everything[f"a/{number}.pdf"]
    full, bare = (library_of(tmp_path_factory.mktemp("held"), each) for each in (everything, public))
    closed_paths = {paper.path for paper in closed_papers(full)}
    assert closed_paths == everything.keys() - public.keys()
    for question in (*questions, "ZOY", "zephyrine opal yard", "Vellichor Committee", "Quillfeather precept"):
        assert seen(full, question, PUBLIC) == seen(bare, question, PUBLIC)


def seen(library: Library, question: str, audience: Audience) -> Mapping[str, Any]:
    """All that can be asked of a library, in words that two libraries can be compared by."""
    answer = ask(library, question, audience=audience).as_json()
    del answer["took_ms"]
    records, total = find_decisions(library.store, question, audience=audience)
    suggestions = Suggestions(library)
    return {
        "ask": answer,
        "find": find(library, question, audience=audience, limit=100).as_json(),
        "decisions": ([record.as_json() for record in records], total),
        "topic": [entry.record.as_json() for entry in history_of(library, question, audience=audience).entries],
        "papers": library.store.papers(audience=audience),
        "suggest": [suggestions.suggest(word[:3], audience) for word in question.split()],
        "spelling": [library.words_for(audience).suggest_spelling(word) for word in question.split()],
    }
