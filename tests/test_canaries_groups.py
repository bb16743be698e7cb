"""What is closed to a group is as if it were not held for everybody else: the public, and the other groups.

One home holds the public papers and papers closed to one group, to another, to both, and to all, by officers' words
and folders' rules as well as by their own marks. For each audience a second home holds only what it may see. Whoever
asks must be told the same by both, in every way there is of asking.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import answer.ask
from answer.ask import ask
from answer.find import find
from answer.threads import Threads
from api.rules import Rules
from bot.desk import Desk
from bot.members import Members
from bot.place import Place
from index import build
from index.audit import COMMAND_LINE, Audit
from index.build import Silent
from index.filters import EVERYTHING, PUBLIC, Audience
from index.keys import Keys
from index.library import Library
from index.records import find_decisions
from index.rulebook import FILE_NAME, Rule
from minutebook.errors import NotHeld
from tests.council import CABINET_PACK, HEAD, LEISURE_MINUTES, PLANNING_MINUTES, Service, make_pdf
from tests.embedder import FakeEmbedder
from tests.held import library_of
from tests.test_canaries import (
    MARK,
    PAPERS,
    QUESTIONS,
    SENTENCES,
    every_address,
    held,
    seen,
    told,
)  # fmt: skip

#: Words that stand only in papers closed so: to the group, to the other, to both, to nobody but who sees everything.
PLANTED: Mapping[str, tuple[str, ...]] = {
    "alpha": ("wherrymoss", "tansydyke", "orrisfen", "whistlecraft"),
    "beta": ("gravelkin", "pellitory", "saltmarrow", "humberstall"),
    "both": ("cinderwick", "mawgate"),
    "all": ("brindlecote", "yaffingale", "thrawnley"),
}
GROUPS = {"alpha": "copperlane", "beta": "tolbooth"}
#: By audience, which of those papers it may see.
MAY_SEE = {"public": (), "alpha": ("alpha", "both"), "beta": ("beta", "both"), "alpha beta": ("alpha", "beta", "both")}
AUDIENCES = {
    "public": PUBLIC,
    "alpha": Audience(groups=(GROUPS["alpha"],)),
    "beta": Audience(groups=(GROUPS["beta"],)),
    "alpha beta": Audience(groups=tuple(GROUPS.values())),
}
RULES = f"""
[[rules]]
files = "one/**"
classification = "exempt"
group = "{GROUPS["alpha"]}"
reason = "brindlecote was here"

[[rules]]
files = "other/**"
classification = "exempt"
group = "{GROUPS["beta"]}"

[[rules]]
files = "shared/**"
classification = "exempt"
group = ["{GROUPS["alpha"]}", "{GROUPS["beta"]}"]
"""

#: Every look at the service or the library that was compared or searched for planted words.
LOOKED: Counter[str] = Counter()


def minutes(body: str, committee: str, day: str, *said: str) -> list[list[str]]:
    return [[f"# {body}", f"# {committee}", f"Minutes of the meeting held on {day}", *said]]


#: By who may see it, the files in which it is, with what an officer says of the file's first paper, if anything.
FILES: Sequence[tuple[str, str, list[list[str]], tuple[str, ...] | None]] = (
    ("alpha", "one/2024-06-04.pdf", minutes("Wherrymoss Parish Council", "Tansydyke Committee", "4 June 2024",
     "# 1 Orrisfen library", "1.1 RESOLVED that the Orrisfen library be let. Proposed by Councillor Whistlecraft.",
     "# 2 Minutes", "2.1 RESOLVED that the minutes of 12 March 2024 be approved as a correct record."), None),
    ("beta", "other/2024-06-05.pdf", minutes("Gravelkin Joint Board", "Pellitory Committee", "5 June 2024",
     "# 1 Saltmarrow depot", "1.1 RESOLVED that the Saltmarrow depot library library library be sold.",
     "1.2 The Humberstall Yard Office (HYO) was visited. Proposed by Councillor Humberstall."), None),
    # What the public decided is replaced by a decision of the other group's.
    ("beta", "other/2024-06-11.pdf", minutes("Wexmoor District Council", "Leisure and Libraries Committee",
     "Tuesday 11 June 2024", "# 2 Opening hours of the Market Street library", "2.1 RESOLVED that the resolution of "
     "12 March 2024 (minute 2.2) on the Market Street library be rescinded, and saltmarrow kept open."), None),
    # The one group's minutes are confirmed by the other's, which the one may not learn.
    ("alpha", "one/2024-04-02.pdf", minutes("Wexmoor District Council", "Tolls Committee", "Tuesday 2 April 2024",
     "# 1 Tansydyke", "1.1 RESOLVED that the tansydyke toll be raised."), None),
    ("beta", "other/2024-05-07.pdf", minutes("Wexmoor District Council", "Tolls Committee", "Tuesday 7 May 2024",
     "# 1 Minutes", "1.1 RESOLVED that the minutes of the meeting of 2 April 2024 be approved as a correct record."),
     None),
    ("both", "shared/2024-06-06.pdf", minutes("Wexmoor District Council", "Cinderwick Committee", "6 June 2024",
     "# 1 Mawgate", "1.1 RESOLVED that Mawgate be dug up at the library."), None),
    ("alpha", "leisure/2024-05-14.pdf", minutes("Wexmoor District Council", "Leisure and Libraries Committee",
     "14 May 2024", "# 1 Minutes", "1.1 RESOLVED that the minutes of the meeting of 12 March 2024 be approved.",
     "# 2 Whistlecraft", "2.1 RESOLVED that tansydyke be bought."), (GROUPS["alpha"],)),
    ("beta", "leisure/2024-05-15.pdf", minutes("Wexmoor District Council", "Planning Committee",
     "15 May 2024", "# 1 Minutes", "1.1 RESOLVED that the minutes of 9 May 2024 be approved as a correct record.",
     "# 2 Saltmarrow", "2.1 RESOLVED that the pellitory depot be bought."), (GROUPS["beta"],)),
    ("all", "leisure/2024-05-16.pdf", minutes("Brindlecote Joint Board", "Yaffingale Panel", "16 May 2024",
     "# 1 Thrawnley", "1.1 RESOLVED that the Thrawnley library be closed. Proposed by Councillor Yaffingale."), ()),
    ("all", "marked.pdf", [[*HEAD, "# Exempt report to the Yaffingale Panel", MARK,
     "1.1 The Brindlecote tender was from Thrawnley at the library."]], None),
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """For one audience, a service over all papers and one over what it may see, each with a key of that audience."""

    full: Service
    bare: Service
    headers: tuple[dict[str, str], dict[str, str]]

    def told(self, address: str, **query: Any) -> tuple[tuple[int, str], tuple[int, str]]:
        LOOKED["HTTP"] += 2
        one, other = (
            told(service.client.get(address, headers=headers, **query))
            for service, headers in zip((self.full, self.bare), self.headers, strict=True)
        )
        return one, other

    def asked(self, questions: Sequence[dict[str, Any]], accept: str) -> list[list[tuple[int, str]]]:
        """What the one service says to the questions, one after another, and what the other does."""
        replies = []
        for service, headers in zip((self.full, self.bare), self.headers, strict=True):
            answer.ask.THREADS = Threads()  # both services are in this process, and would share a conversation
            asking = {**headers, "accept": accept}
            replies.append([told(service.client.post("/ask", json=each, headers=asking)) for each in questions])
            LOOKED["HTTP"] += len(questions)
        return replies


@dataclass(frozen=True)
class Homes:
    """Every home by what it holds: "full", and one for each audience."""

    homes: dict[str, Path]
    libraries: dict[str, Library]
    pairs: dict[str, Pair]


@pytest.fixture(scope="module")
def homes(
    tmp_path_factory: pytest.TempPathFactory, embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> Iterator[Homes]:
    places: dict[str, Path] = {}
    libraries: dict[str, Library] = {}
    services: dict[str, Service] = {}
    secrets: dict[tuple[str, str], str] = {}
    for name, seen_by in {"full": tuple(PLANTED), **MAY_SEE}.items():
        folder, place = tmp_path_factory.mktemp(f"{name}-papers"), tmp_path_factory.mktemp(f"{name}-home")
        make_pdf(folder / "leisure" / "2024-03-12 minutes.pdf", LEISURE_MINUTES)
        make_pdf(folder / "cabinet" / "2024-04-17-pack.pdf", CABINET_PACK)
        make_pdf(folder / "planning-2024-05-09.pdf", PLANNING_MINUTES)
        (folder / FILE_NAME).write_text(RULES)
        words = 0
        for whose, path, pages, _ in FILES:
            if whose in seen_by:
                make_pdf(folder / path, pages)
        held(folder, place, embedder)
        for whose, path, _, groups in FILES:
            if groups is None:
                continue
            words += 1
            if whose in seen_by:
                build.classify(place, path, "exempt", groups=groups, reason="thrawnley", by="clerk",
                               audit=Audit(place), embedder=embedder)  # fmt: skip
            else:  # so that both are of the same generation
                build.rebuild(place, embedder=embedder, progress=Silent())
        keys = Keys(place)
        for audience, its in AUDIENCES.items():
            secrets[name, audience] = keys.make(audience, groups=its.groups)
        keys.close()
        places[name], libraries[name] = place, Library.open(place, embedder)
        services[name] = run_service(Library.open(place, embedder), Rules(rate=0))
    pairs = {
        audience: Pair(
            services["full"],
            services[audience],
            tuple({"authorization": f"Bearer {secrets[name, audience]}"} for name in ("full", audience)),  # type: ignore[arg-type]
        )
        for audience in AUDIENCES
    }
    yield Homes(places, libraries, pairs)
    for library in libraries.values():
        library.close()


def test_everybody_finds_what_they_may_see(homes: Homes) -> None:
    """The canaries sing: a test that looks for what nobody finds would prove nothing."""
    full = homes.libraries["full"]
    for name, audience in {**AUDIENCES, "all": EVERYTHING}.items():
        for whose, words in PLANTED.items():
            for word in words:
                found = json.dumps(find(full, word, audience=audience).as_json()).lower()
                assert (word in found) == (name == "all" or whose in MAY_SEE[name]), (name, word)


@pytest.mark.parametrize("audience", ["public", "alpha"])
def test_every_address_tells_each_audience_what_it_would_without_what_is_closed_to_it(
    homes: Homes, audience: str
) -> None:
    planted = [word for words in PLANTED.values() for word in words]
    addresses = [(address, query) for address, query in every_address() if address not in ("/openapi.json", "/topic")]
    for word in (*planted, *GROUPS.values(), "HYO", "humberstall yard office", "saltmarow"):
        addresses += [
            ("/search", {"q": word, "limit": 100}), ("/search", {"q": "library", "committee": word}),
            ("/search", {"q": "depot", "body": word}), ("/decisions", {"q": word}), ("/decisions", {"mover": word}),
            ("/decisions.csv", {"q": word}), ("/register", {"q": word}), ("/topic", {"q": f"{word} library"}),
            ("/", {"q": word}), ("/suggest", {"q": word[:3]}), ("/suggest", {"q": word}), ("/papers", {"body": word}),
        ]  # fmt: skip
    for _, path, _, _ in FILES:
        addresses += [("/papers", {"path": path}), ("/search", {"q": "library", "path": path.partition("/")[0]})]
    differing = []
    for service in (homes.pairs[audience].full, homes.pairs[audience].bare):
        service.app.state.prompter._asked._connection.execute("DELETE FROM asked")  # what the public asked meanwhile
        service.app.state.prompter._asked.version += 1
    for address, query in addresses:
        one, other = homes.pairs[audience].told(address, params=query)
        if one != other:
            differing.append((address, query, one[1][:200], other[1][:200]))
        _no_canary(one[1], audience, query)
    assert not differing, "\n".join(map(str, differing[:5]))


def _no_canary(text: str, audience: str, query: Mapping[str, Any]) -> None:
    """No word that was planted where this audience may not look, save where the asker's own is said back to them."""
    typed = json.dumps(query).lower()
    hidden = [word for whose, words in PLANTED.items() if whose not in MAY_SEE[audience] for word in words]
    hidden += [*GROUPS.values(), "clerk on"]
    LOOKED["words"] += len(hidden)
    assert [word for word in hidden if word not in typed and word in text.lower()] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_question_has_the_answer_it_would_have_without_what_is_closed(homes: Homes, audience: str) -> None:
    asked = [*QUESTIONS[:12], *(f"What was resolved about {word}?" for words in PLANTED.values() for word in words)]
    asked += ["minutes of 14 May 2024", "what did the Pellitory Committee decide", "Was the HYO visited?"]
    for more in ({}, {"thread": "one"}, {"filters": {"body": "Gravelkin Joint Board"}}):
        accept = "text/event-stream" if "thread" in more else "application/json"
        questions = [{"question": question, **more} for question in asked]
        for question, one, other in zip(questions, *homes.pairs[audience].asked(questions, accept), strict=True):
            assert one == other, question
            # What was asked before in the thread may be said back too.
            _no_canary(one[1], audience, {"q": asked} if "thread" in more else question)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_paper_of_another_group_cannot_be_told_from_one_that_is_not_held(homes: Homes, audience: str) -> None:
    unknown = "0" * 15
    pair, full = homes.pairs[audience], homes.libraries["full"]
    hidden = full.visible(audience=EVERYTHING) - full.visible(audience=AUDIENCES[audience])
    assert hidden
    for paper in sorted(hidden):
        first = full.paper(paper).first_page
        for rest in (
            "", "/pdf", "/view", f"/view?page={first}", f"/pages/{first}.png", f"/pages/{first}.png?quote=library",
            "/pages/0.png", "/pages/9999.png", "/nothing",
        ):  # fmt: skip
            for more in ({}, {"accept": "text/html"}, {"range": "bytes=0-9"}, {"if-none-match": "*"}):
                LOOKED["HTTP"] += 2
                headers = {**pair.headers[0], **more}
                closed, none = (
                    told(pair.full.client.get(f"/papers/{each}{rest}", headers=headers)) for each in (paper, unknown)
                )
                assert closed[0] >= 400
                assert closed == (none[0], none[1].replace(unknown, paper)), rest


def test_an_answer_to_one_group_is_not_handed_on_to_another(homes: Homes) -> None:
    full = homes.libraries["full"]
    for group, other in (("alpha", "beta"), ("beta", "alpha")):
        given_answer = ask(full, f"What was resolved about {PLANTED[group][2]}?", audience=AUDIENCES[group])
        assert given_answer.citations
        kept = full.store.answer(given_answer.answer_id, AUDIENCES["alpha beta"])
        assert kept == full.store.answer(given_answer.answer_id, EVERYTHING)
        assert "given_to" not in kept
        for hidden_from in (PUBLIC, AUDIENCES[other]):
            with pytest.raises(NotHeld):
                full.store.answer(given_answer.answer_id, hidden_from)
        pair = homes.pairs[other]
        for address in ("/answers/{}", "/answers/{}/view"):
            LOOKED["HTTP"] += 2
            hidden, none = (
                pair.full.client.get(address.format(each), headers=pair.headers[0])
                for each in (given_answer.answer_id, "0" * 16)
            )
            assert told(hidden) == (404, none.text.replace("0" * 16, given_answer.answer_id))


def test_what_nothing_found_is_said_of_to_one_group_is_not_handed_on_either(homes: Homes) -> None:
    """An answer that cites nothing still tells how much was searched."""
    full = homes.libraries["full"]
    nothing = ask(full, "What was it?", audience=AUDIENCES["alpha"])
    assert (nothing.outcome, nothing.notes) == ("not_found", ()), "so that it names no paper that gives it away"
    assert full.store.answer(nothing.answer_id, AUDIENCES["alpha beta"])
    with pytest.raises(NotHeld):
        full.store.answer(nothing.answer_id, AUDIENCES["beta"])


def test_questions_of_a_group_are_not_offered_to_others(homes: Homes) -> None:
    pair = homes.pairs["alpha"]
    word = PLANTED["alpha"][2]
    client = pair.full.client
    client.post("/ask", json={"question": f"What of {word}?"}, headers=pair.headers[0]).raise_for_status()
    for audience in AUDIENCES:
        LOOKED["HTTP"] += 1
        headers = homes.pairs[audience].headers[0]
        offered = client.get("/suggest", params={"q": f"What of {word[:4]}"}, headers=headers).json()["suggestions"]
        assert [each for each in offered if each["kind"] == "question"] == []


def test_in_slack_a_member_is_answered_as_their_group_and_a_channel_as_the_public(homes: Homes, tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text(f'[groups.{GROUPS["alpha"]}]\nslack_users = ["U1ALPHA"]\n'
                    f'[groups.{GROUPS["beta"]}]\nslack_users = ["U1BETA", "U1BOTH"]\n'
                    f'[groups."{GROUPS["alpha"]}x"]\nslack_users = ["U1ALPHA"]\n')  # fmt: skip
    members = Members(file)
    for user, private, audience in (
        ("U1ALPHA", True, "alpha"), ("U1BETA", True, "beta"), ("U1NOBODY", True, "public"),
        ("U1ALPHA", False, "public"), ("U1BETA", False, "public"),
    ):  # fmt: skip
        place = Place("T1", "D1" if private else "C1", user, private)
        for question in (*(f"What was resolved about {w}?" for ws in PLANTED.values() for w in ws), *QUESTIONS[:6]):
            LOOKED["Slack"] += 2
            one, other = (
                _desk(homes.libraries[name], members, tmp_path / name).ask(question, place, None)
                for name in ("full", audience)
            )
            said = json.dumps(one.as_json())
            _no_canary(said, audience, {"q": question})
            assert _less(one.as_json()) == _less(other.as_json()), (user, private, question)
            if not one.citations:
                continue
            desk = _desk(homes.libraries["full"], members, tmp_path / "full")
            for stranger in (Place("T1", "C1", user, private=False), Place("T1", "D2", "U1NOBODY", private=True)):
                if any(word in said.lower() for whose in MAY_SEE[audience] for word in PLANTED[whose]):
                    LOOKED["Slack"] += 3
                    for look in (desk.given, desk.minute, desk.later):
                        with pytest.raises(NotHeld):
                            look(one.answer_id, stranger)


def _desk(library: Library, members: Members, place: Path) -> Desk:
    place.mkdir(exist_ok=True)

    @contextmanager
    def lend() -> Iterator[Library]:
        yield library

    return Desk(lend, ask, Audit(place), members.audience_of)


def _less(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without how long it took, and without its id: the audience's own groups are in that."""
    return {name: value for name, value in answer.items() if name not in ("took_ms", "answer_id")}


def test_words_are_counted_for_each_audience_by_itself(homes: Homes) -> None:
    """No count, and no spelling, that the papers closed to an audience have a part in."""
    full = homes.libraries["full"]
    words = ("library", "depot", "resolved", "minutes", *(word for words in PLANTED.values() for word in words))
    for name, audience in AUDIENCES.items():
        bare = homes.libraries[name]
        for word in words:
            LOOKED["counts"] += 3
            one, other = (library.words_for(audience) for library in (full, bare))
            assert one.count == other.count
            for stem in one.terms(word):
                assert one.document_frequency(stem) == other.document_frequency(stem), (name, word)
            assert one.suggest_spelling(word[:-1]) == other.suggest_spelling(word[:-1]), (name, word)


def test_what_one_groups_papers_are_believed_to_be_does_not_rest_on_anothers(homes: Homes) -> None:
    full = homes.libraries["full"]
    by_path = {paper.path: paper for paper in full.store.papers(audience=EVERYTHING)}
    assert by_path["one/2024-04-02.pdf"].standing == "unknown"
    assert by_path["leisure/2024-03-12 minutes.pdf"].standing == "unknown", "only closed minutes confirm them"


def test_no_link_leads_to_what_is_closed(homes: Homes) -> None:
    """The twins show that none is told of; here, that there is one."""
    full = homes.libraries["full"]
    for name, audience in {**AUDIENCES, "all": EVERYTHING}.items():
        records, _ = find_decisions(full.store, "Market Street library Thursdays", audience=audience)
        linked = {link.paper.path for record in records for link in record.links.replaced_by}
        assert linked == ({"other/2024-06-11.pdf"} if "beta" in name or name == "all" else set()), name


def test_an_audience_whose_groups_see_nothing_more_has_the_publics_words(homes: Homes) -> None:
    full = homes.libraries["full"]
    assert full.words_for(Audience(groups=("nobody",))) is full.words_for(PUBLIC)
    assert full.words_for(Audience(groups=("nobody", GROUPS["alpha"]))) is full.words_for(AUDIENCES["alpha"])


def test_what_a_group_is_shown_is_written_down_and_what_the_public_is_shown_is_not(homes: Homes) -> None:
    held_audit = Audit(homes.homes["full"])
    entries, total = held_audit.entries(limit=100_000)
    assert total == len(entries)
    shown = [entry for entry in entries if entry.surface != COMMAND_LINE]
    assert {entry.who for entry in shown} == {"key alpha", "key beta", "key alpha beta"}
    full = homes.libraries["full"]
    for entry in shown:
        assert full.paper(entry.paper).classification != "public"
        assert entry.paper in full.visible(audience=AUDIENCES[entry.who.removeprefix("key ")])
        assert entry.said is None


WHO = st.sampled_from(["public", "public", "marked", "alpha", "beta", "both", "officer", "officer alpha"])
CLOSED = st.lists(WHO, min_size=4, max_size=4)


@settings(max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(papers=PAPERS, whose=CLOSED, questions=st.lists(SENTENCES, min_size=1, max_size=2))
def test_whatever_is_closed_to_whom_changes_nothing_for_the_others(
    papers: Sequence[tuple[bool, str, str, str, Sequence[str]]],
    whose: Sequence[str],
    questions: Sequence[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    files = {"a/first.pdf": ["# Wexmoor District Council\nLibrary. Depot. Tender. Precept."]}
    rules: dict[str, Rule] = {}
    officers: dict[str, tuple[str, ...]] = {}
    for number, ((_, body, committee, kind, said), closed) in enumerate(zip(papers, whose, strict=False)):
        path = f"a/{number}.pdf"
        mark = f"# Exempt report\n{MARK}\n" if closed == "marked" else ""
        files[path] = [f"{mark}# {body}\n# {committee}\n{kind}\n\n" + "\n\n".join(said)]
        if closed in ("alpha", "beta", "both"):
            groups = tuple(GROUPS.values()) if closed == "both" else (GROUPS[closed],)
            rules[path] = Rule(path, "exempt", groups, "", "minutebook.toml")
        elif closed.startswith("officer"):
            officers[path] = (GROUPS["alpha"],) if closed.endswith("alpha") else ()
    full = library_of(tmp_path_factory.mktemp("held"), files, rules=rules, officers=officers)
    for audience in AUDIENCES.values():
        paths = {full.paper(paper).path for paper in full.visible(audience=audience)}
        bare = library_of(
            tmp_path_factory.mktemp("held"),
            {path: files[path] for path in files if path in paths},
            rules=rules,
            officers={path: groups for path, groups in officers.items() if path in paths},
        )
        for question in (*questions, "ZOY", "zephyrine opal yard", "Quillfeather precept"):
            LOOKED["random"] += 2
            one, other = seen(full, question, audience), seen(bare, question, audience)
            assert one == other
        bare.close()
    full.close()


def test_so_much_was_looked_at(homes: Homes, record_property: Callable[[str, object], None]) -> None:
    """Also that none of the tests above passes over an empty list. With -rP the figures are printed."""
    print(f"canaries: {dict(LOOKED)}, {LOOKED.total()} looks")  # noqa: T201
    record_property("looks", LOOKED.total())
    assert LOOKED["HTTP"] > 4_000
    assert LOOKED["Slack"] > 200
    assert min(LOOKED[name] for name in ("words", "counts", "random")) > 100
