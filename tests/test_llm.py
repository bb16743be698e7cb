"""The writer's service, as it fails and as settings name it."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import httpx
import pytest

from answer.ask import ask
from answer.llm import LARGEST, REST, Endpoint
from index.library import Library
from minutebook import cli, opening, slack_bot
from minutebook.doctor import examine
from minutebook.errors import SettingError, WriterProblem
from minutebook.settings import Secret, Settings, read_settings
from tests.embedder import FakeEmbedder
from tests.writer_standin import HOURS, LEAD, PLAIN, StandIn, is_quoted, said_first, sends, trickles, writer_at, writing


@pytest.fixture
def model() -> Iterator[StandIn]:
    with writing() as model:
        yield model


def hangs(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(30)


FAILURES: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {
    "status 500": sends(500, b'{"error": {"message": "out of memory"}}'),
    "status 404": sends(404, b'{"error": {"message": "model not found"}}'),
    "a redirect": sends(307, b""),
    "no JSON": sends(200, b"\xff\xfe<html>It works!"),
    "other JSON": sends(200, b'{"choices": []}'),
    "no text": sends(200, b'{"choices": [{"message": {"content": null}}]}'),
    "JSON without end": sends(200, b"[" * 100_000),
    "too much": sends(200, b" " * (LARGEST + 1)),
    "hanging": hangs,
    "trickling": trickles,
    "hanging up": lambda handler: handler.connection.close(),
}


@pytest.mark.parametrize("does", FAILURES.values(), ids=FAILURES.keys())
def test_a_service_that_fails_costs_a_moment_and_no_answer(
    library: Library, model: StandIn, caplog: pytest.LogCaptureFixture, does: Callable[[Any], None]
) -> None:
    model.does = does
    now = 0.0
    writer = writer_at(model, patience=0.5, clock=lambda: now)
    began = time.monotonic()
    assert is_quoted(ask(library, HOURS, writer=writer), library)
    assert time.monotonic() - began < 10, "it waited for the service, not for its own patience"
    assert any("not put in plain words" in record.getMessage() for record in caplog.records)
    # The next to ask do not wait for it too; after a while it is asked again.
    assert is_quoted(ask(library, HOURS, writer=writer), library)
    assert len(model.asked) == 1
    now, model.does, model.writes = REST + 1, None, said_first(PLAIN)
    assert ask(library, HOURS, writer=writer).answer.startswith(f"{LEAD}{PLAIN} [1]")


def test_a_service_that_is_not_there_costs_no_answer(library: Library) -> None:
    writer = Endpoint("http://127.0.0.1:9/v1/chat/completions", "nobody")
    assert is_quoted(ask(library, HOURS, writer=writer), library)
    with pytest.raises(WriterProblem, match="not asked again yet"):
        writer.reply("", "")


def test_no_proxy_or_netrc_of_the_environment_is_used(
    library: Library, model: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for key in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(key, "http://127.0.0.1:9")
    model.writes = said_first(PLAIN)
    unproxied = writer_at(model)
    assert PLAIN in ask(library, HOURS, writer=unproxied).answer
    assert "authorization" not in model.headers[-1]


def checked(settings: Settings) -> tuple[str, str]:
    (check,) = [check for check in examine(settings) if check.name == "Writer"]
    return check.state, check.words


def test_settings_name_it_and_the_doctor_says_whether_it_answers(
    home: Path, library: Library, model: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: FakeEmbedder())
    base = {"MINUTEBOOK_HOME": str(home)}
    assert opening.writer_for(read_settings(base)) is None
    assert checked(read_settings(base))[0] == "fine"
    given = {
        **base, "MINUTEBOOK_WRITER_URL": model.url, "MINUTEBOOK_WRITER_MODEL": "m",
        "MINUTEBOOK_WRITER_KEY": "k-UNSPOKEN",
    }  # fmt: skip
    settings = read_settings(given)
    assert checked(settings) == (
        "fine", f"m; questions and what is quoted are sent to {model.url}/v1/chat/completions",
    )  # fmt: skip
    assert model.headers[-1]["authorization"] == "Bearer k-UNSPOKEN"
    model.does = sends(401, b'{"error": "no such key: k-UNSPOKEN"}')
    state, words = checked(settings)
    assert (state, "401" in words, "UNSPOKEN" in words + repr(settings)) == ("do", True, False)
    half = {**base, "MINUTEBOOK_WRITER_URL": model.url}
    assert checked(read_settings(half))[0] == "do"
    with pytest.raises(SettingError, match="MINUTEBOOK_WRITER_MODEL"):
        opening.writer_for(read_settings(half))
    with pytest.raises(SettingError, match="MINUTEBOOK_WRITER_URL"):
        opening.writer_for(read_settings({**base, "MINUTEBOOK_WRITER_MODEL": "m"}))


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("http://127.0.0.1:11434", "http://127.0.0.1:11434/v1/chat/completions"),
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://llm.example.org/openai/v1/chat/completions", "https://llm.example.org/openai/v1/chat/completions"),
    ],
)
def test_its_address_is_a_services_or_of_its_completions(given: str, asked: str) -> None:
    assert read_settings({"MINUTEBOOK_WRITER_URL": given}).writer_url == asked


def test_an_address_with_a_password_is_refused_and_not_said() -> None:
    with pytest.raises(SettingError, match="MINUTEBOOK_WRITER_KEY") as refused:
        read_settings({"MINUTEBOOK_WRITER_URL": "http://me:UNSPOKEN@127.0.0.1/v1"})
    assert "UNSPOKEN" not in str(refused.value)


def test_commands_ask_it_where_settings_name_it(
    own_home: Path, model: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`ask` in this process, and `serve` in one of its own, which gives the same answer under the same id."""
    environment = {"MINUTEBOOK_WRITER_URL": model.url, "MINUTEBOOK_WRITER_MODEL": "m", "MINUTEBOOK_HOME": str(own_home)}
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: FakeEmbedder())
    model.writes = said_first(PLAIN)
    with pytest.raises(SystemExit, match="0"):
        cli.main(["ask", HOURS, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["answer"].startswith(f"{LEAD}{PLAIN} [1]")
    program = (
        "import minutebook.opening, minutebook.cli, tests.embedder\n"
        "minutebook.opening.load_embedder = lambda *_, **__: tests.embedder.FakeEmbedder()\n"
        "minutebook.cli.main(['serve', '--port', '0', '--json'])\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    ) as served:
        try:
            assert served.stdout is not None
            url = json.loads(served.stdout.readline())["url"]
            answer = httpx.post(f"{url}/ask", json={"question": HOURS}, timeout=30).raise_for_status().json()
        finally:
            served.kill()
    assert {**answer, "took_ms": 0} == {**told, "took_ms": 0}
    assert len(model.asked) == 1


def test_the_slack_bots_ask_it_where_settings_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking: list[Any] = []

    @contextmanager
    def running_bot(home: Path, lend: Any, asks: Any, **_: Any) -> Iterator[Any]:
        asking.append(asks)
        yield MagicMock()

    monkeypatch.setattr(slack_bot, "running_bot", running_bot)
    monkeypatch.setattr(slack_bot, "connected", lambda *_: nullcontext())
    secret = Secret("xoxb-1")
    settings = Settings(
        home=tmp_path, slack_bot_token=secret, slack_signing_secret=secret, slack_app_token=secret,
        writer_url="http://127.0.0.1:9/v1/chat/completions", writer_model="m",
    )  # fmt: skip
    with slack_bot.http_bot(settings, MagicMock()):
        pass
    ended = threading.Event()
    ended.set()
    slack_bot.run_socket_bot(settings, MagicMock(), ended, lambda: None)
    assert [(each.func, each.keywords["writer"].name) for each in asking] == [(ask, "m")] * 2
