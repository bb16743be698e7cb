"""The command line, as it is run."""

import csv
import io
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

import ingest.operative
import ingest.papers
from minutebook import cli, opening, options
from minutebook.commands_papers import runs_of
from minutebook.serving import listen
from tests.council import LEISURE_MINUTES, PLANNING_MINUTES, make_pdf
from tests.embedder import FakeEmbedder

COMMANDS = ["ingest", "ask", "search", "decisions", "papers", "forget", "evaluate", "serve", "doctor"]
QUESTION = "What was resolved about the opening hours of the Market Street library?"


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, embedder: FakeEmbedder) -> Run:
    """Runs a command in this process, with the quick embedder for the real one; nobody is at the keyboard."""
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: embedder)
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    def runs(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Ran(int(ended.value.code or 0), written.out, written.err)

    return runs


def in_own_process(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "minutebook", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_python_m_is_the_command() -> None:
    done = in_own_process("--help")
    assert done.returncode == 0
    assert all(f"  {command} " in done.stdout for command in COMMANDS)


def test_help_waits_for_no_heavy_library() -> None:
    heavy = ["torch", "sentence_transformers", "numpy", "faiss", "tantivy", "pypdf", "pypdfium2", "fastapi", "uvicorn"]
    told = f"import sys, minutebook.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example_and_the_common_options(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.status == 0
    assert f"Example: minutebook {command}" in " ".join(ran.out.split())
    assert "--json" in ran.out
    assert "--home" in ran.out


def test_the_kinds_on_offer_are_the_kinds_there_are() -> None:
    assert get_args(options.Kind) == get_args(ingest.papers.Kind)


def test_the_outcomes_on_offer_are_the_outcomes_there_are() -> None:
    assert get_args(options.Outcome) == get_args(ingest.operative.Outcome)


def test_ask_says_what_became_of_it_first(run: Run, home: Path) -> None:
    ran = run("ask", QUESTION, "--home", home)
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "Decided"
    place = next(line for line in lines if line.startswith("[1] "))
    for part in ("Leisure and Libraries Committee", "2024-03-12", "2.2", "page 1", "leisure/2024-03-12 minutes.pdf"):
        assert part in place
    assert lines[-1].endswith(" ms")


def test_ask_as_json_is_one_value_of_the_contract(run: Run, home: Path) -> None:
    answer = run("ask", QUESTION, "--home", home, "--json").json
    assert set(answer) == {
        "answer_id", "question", "outcome", "answer", "citations", "notes", "searched", "took_ms",
    }  # fmt: skip
    assert answer["outcome"] == "decided"


def test_ask_that_finds_nothing_is_no_failure(run: Run, home: Path) -> None:
    ran = run("ask", "Which mermaids sang at the quarry?", "--from", "2030-01-01", "--home", home)
    assert ran.status == 0
    assert ran.out.startswith("Not found\n")


def test_a_paper_cannot_steer_the_terminal(run: Run, embedder: FakeEmbedder, home: Path) -> None:
    ran = run("ask", "What was [bold]resolved[/bold] \x1b[31mabout the library?", "--home", home)
    assert ran.status == 0
    assert "\x1b" not in ran.out


def test_search_lists_hits_and_says_how_many(run: Run, home: Path) -> None:
    found = run("search", "riding school", "--limit", "3", "--home", home, "--json").json
    assert len(found["hits"]) == 3
    assert found["total"] >= 3
    ran = run("search", "riding school", "--committee", "Planning Committee", "--home", home)
    assert "85 metres" in " ".join(ran.out.split())
    assert "41,250" not in ran.out


def test_decisions_by_outcome_and_by_mover(run: Run, home: Path) -> None:
    found = run("decisions", "--outcome", "decided", "--home", home, "--json").json
    assert found["total"] == len(found["decisions"]) >= 3
    moved = run("decisions", "--mover", "dunstan", "--home", home, "--json").json["decisions"]
    assert [decision["outcome"] for decision in moved] == ["lost"]
    assert "allotment rents" in moved[0]["text"]
    assert "moved by Councillor Dunstan" in run("decisions", "--mover", "Dunstan", "--home", home).out


def test_decisions_as_csv(run: Run, home: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("decisions", "--csv", "--home", home).out)))
    assert len(rows) == run("decisions", "--home", home, "--json").json["total"]
    library = next(row for row in rows if "8 pm on Thursdays" in row["text"])
    assert (library["meeting_date"], library["outcome"], library["page"]) == ("2024-03-12", "decided", "1")


def test_papers_are_listed_and_exempt_ones_only_when_asked_for(run: Run, home: Path) -> None:
    public = run("papers", "--home", home, "--json").json
    everything = run("papers", "--home", home, "--exempt", "--json").json
    assert {paper["classification"] for paper in public["papers"]} == {"public"}
    assert everything["total"] > public["total"] == len(public["papers"])
    ran = run("papers", "--home", home, "--kind", "minutes")
    assert len(ran.out.splitlines()) == 3
    assert all("\tminutes\t" in line for line in ran.out.splitlines())


def test_papers_are_read_kept_replaced_and_forgotten(run: Run, tmp_path: Path) -> None:
    folder, home = tmp_path / "papers", tmp_path / "home"
    one = make_pdf(folder / "one.pdf", LEISURE_MINUTES)
    two = make_pdf(folder / "two.pdf", PLANNING_MINUTES)
    arguments = ("ingest", folder, "--home", home, "--no-ocr", "--json")
    first = run(*arguments)
    assert first.status == 0
    assert sorted(first.json["added"]) == ["one.pdf", "two.pdf"]
    assert (first.json["pages"], first.json["failed"]) == (3, [])

    make_pdf(one, LEISURE_MINUTES[:1])
    second = run(*arguments).json
    assert (second["added"], second["replaced"], second["unchanged"]) == ([], ["one.pdf"], ["two.pdf"])

    two.unlink()
    kept = run(*arguments)
    assert kept.json["forgotten"] == []
    assert "two.pdf" in kept.err
    assert "--yes" in kept.err
    gone = run(*arguments, "--yes")
    assert gone.json["forgotten"] == ["two.pdf"]
    assert {paper["path"] for paper in run("papers", "--home", home, "--json").json["papers"]} == {"one.pdf"}

    assert run("forget", "one.pdf", "--home", home).status == 2
    assert run("forget", "one.pdf", "--home", home, "--yes", "--json").json == {"forgotten": ["one.pdf"]}
    again = run("forget", "one.pdf", "--home", home, "--yes")
    assert again.status == 1
    assert "one.pdf" in again.err
    assert one.exists()


def test_a_file_that_cannot_be_read_is_named_and_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    make_pdf(tmp_path / "papers" / "good.pdf", PLANNING_MINUTES)
    (tmp_path / "papers" / "web page.pdf").write_text("<html><title>Minutes</title></html>")
    ran = run("ingest", tmp_path / "papers", "--home", tmp_path / "home", "--no-ocr", "--json")
    assert ran.status == 1
    assert ran.json["added"] == ["good.pdf"]
    (failed,) = ran.json["failed"]
    assert failed["path"] == "web page.pdf"
    assert f"web page.pdf\t{' '.join(failed['reason'].split())}" in ran.err


def test_progress_is_on_standard_error_only(run: Run, tmp_path: Path) -> None:
    make_pdf(tmp_path / "papers" / "good.pdf", PLANNING_MINUTES)
    ran = run("ingest", tmp_path / "papers", "--home", tmp_path / "home", "--no-ocr")
    assert ran.err.startswith("Reading: 1\n")
    assert ran.out.startswith("1 added, ")


def test_evaluate_prints_the_figures_and_gives_them_as_json(run: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    gold = {
        "id": "g-1",
        "q": QUESTION,
        "kind": "decision",
        "must": ["8 pm"],
        "must_not": ["9 pm"],
        "gold": [{"file": "leisure/2024-03-12 minutes.pdf", "pages": [1]}],
        "status": "decided",
    }
    file.write_text(json.dumps(gold))
    figures = run("evaluate", file, "--home", home, "--json").json
    assert figures["questions"] == 1
    assert figures["trusted"] == {"part": 1.0, "of": 1}
    assert figures["quotes"]["part"] == 1.0
    assert figures["false_yes"] == 0
    printed = run("evaluate", file, "--home", home).out
    assert "trusted            1.000 of 1\n" in printed
    assert "trusted by kind    decision 1.00/1\n" in printed
    file.write_text("{}")
    assert run("evaluate", file, "--home", home).status == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "x", "--from", "12/03/2024"],
        ["ask", "x", "--from", "2024-05-02", "--to", "2024-05-01"],
        ["ask", "x", "--kind", "poem"],
        ["search", "x", "--limit", "0"],
        ["decisions", "--outcome", "splendid"],
        ["decisions", "--csv", "--json"],
        ["ingest"],
        ["ingest", "/no/such/folder"],
        ["evaluate", "/no/such/gold.jsonl"],
        ["serve", "--port", "70000"],
        ["sing"],
    ],
)
def test_wrong_usage_ends_with_two(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err


@pytest.mark.parametrize("command", [["ask", "x"], ["search", "x"], ["decisions"], ["papers"], ["serve"]])
def test_an_empty_home_says_what_to_do(run: Run, command: list[str], tmp_path: Path) -> None:
    ran = run(*command, "--home", tmp_path / "none", "--json")
    assert ran.status == 1
    assert ran.out == ""
    assert "minutebook ingest" in " ".join(ran.err.split())


def test_the_home_may_come_from_the_environment(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINUTEBOOK_HOME", str(home))
    assert run("papers", "--json").json["total"] > 0


def test_a_setting_that_is_none_fails_in_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINUTEBOOK_HOEM", "x")
    ran = run("papers")
    assert ran.status == 1
    assert "MINUTEBOOK_HOEM" in ran.err
    assert "MINUTEBOOK_HOME" in ran.err


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "council.example"])
def test_serve_refuses_to_be_reached_from_elsewhere(run: Run, host: str) -> None:
    ran = run("serve", "--host", host)
    assert ran.status == 1
    assert "127.0.0.1" in ran.err


def test_serve_says_where_answers_and_ends_when_told(home: Path) -> None:
    program = (
        "import minutebook.opening, minutebook.cli, tests.embedder\n"
        "minutebook.opening.load_embedder = lambda *_, **__: tests.embedder.FakeEmbedder()\n"
        f"minutebook.cli.main(['serve', '--port', '0', '--json', '--home', {str(home)!r}])\n"
    )
    root = Path(__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=root
    ) as served:
        try:
            assert served.stdout is not None
            url = json.loads(served.stdout.readline())["url"]
            answer = httpx.post(f"{url}/ask", json={"question": QUESTION}, timeout=30).raise_for_status().json()
            assert answer["outcome"] == "decided"
            served.send_signal(signal.SIGINT)
            assert served.wait(30) == 0
        finally:
            served.kill()


def test_pages_that_follow_each_other_are_told_as_one_run() -> None:
    assert runs_of((1, 2, 3, 7, 9, 10)) == "1-3, 7, 9-10"
    assert runs_of(()) == ""


def test_what_is_answered_does_not_wait_for_the_other_side_to_say_it_has_the_head() -> None:
    """Nagle's algorithm against delayed acknowledgements (RFC 896, RFC 1122 4.2.3.2) costs 40 ms an answer."""
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()) as _:
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
