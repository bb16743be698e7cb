"""Socket Mode: the real client, over a real WebSocket, to a stand-in of Slack's end."""

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.socket import connected
from minutebook import opening, slack_bot
from minutebook.cli import app
from minutebook.errors import SettingError
from minutebook.settings import Secret, Settings
from minutebook.slack_bot import http_bot, run_socket_bot
from tests.council import copied
from tests.slack_fixtures import StartBot, Workspace, fresh_ts, held_until
from tests.slack_socket import Sockets, listening
from tests.slack_standin import APP_TOKEN, BOT_TOKEN, BOT_USER, button, shown

QUESTION = "Were allotment rents halved?"


@contextmanager
def connected_bot(workspace: Workspace) -> Iterator[Sockets]:
    """The bot, connected."""
    with listening() as sockets:
        workspace.standin.sockets = sockets.url
        with connected(workspace.bot.app, APP_TOKEN):
            sockets.wait_for_connections(1)
            yield sockets


@pytest.fixture
def sockets(workspace: Workspace) -> Iterator[Sockets]:
    with connected_bot(workspace) as sockets:
        yield sockets


def mention(workspace: Workspace, event_id: str | None = None, channel: str = "C1") -> dict[str, Any]:
    event = {
        "type": "app_mention", "user": "U1", "channel": channel, "ts": fresh_ts(), "text": f"<@{BOT_USER}> {QUESTION}",
    }  # fmt: skip
    return workspace.envelope(event, event_id)


def test_a_conversation_over_socket_mode(workspace: Workspace, sockets: Sockets) -> None:
    sockets.send("events_api", mention(workspace))
    sockets.wait_for(1)
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    assert shown(answer).startswith("*❌ Lost*")

    command = {
        "command": "/minutes", "text": "help", "team_id": "T1", "channel_id": "C1", "user_id": "U1",
        "trigger_id": "ts1", "response_url": workspace.standin.response_url("command"),
    }  # fmt: skip
    envelope = sockets.send("slash_commands", command)
    sockets.wait_for(2)
    assert "Ask what was decided" in sockets.acknowledged[envelope][1]["text"]
    sockets.send("slash_commands", {**command, "text": QUESTION, "trigger_id": "ts2"})
    press = {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"}, "channel": {"id": "C1"},
        "container": {"message_ts": answer["ts"], "thread_ts": answer["thread_ts"]}, "trigger_id": "ts3",
        "response_url": workspace.standin.response_url("press"), "actions": [button(answer, "Whole minute")],
    }  # fmt: skip
    sockets.send("interactive", press)
    sockets.wait_for(4)
    workspace.settle()
    assert shown(workspace.standin.said["command"][0]).startswith("*❌ Lost*")
    assert "5.1 Councillor Dunstan" in shown(workspace.standin.in_channel("C1")[1])


def test_what_is_delivered_again_is_acknowledged_and_not_answered_again(workspace: Workspace, sockets: Sockets) -> None:
    event = mention(workspace, "EvS1")
    envelope = sockets.send("events_api", event)
    sockets.wait_for(1)
    sockets.send("events_api", event, envelope=envelope, retry=1)
    sockets.wait_for(1)
    sockets.send("events_api", event)
    sockets.wait_for(2)
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 1


def test_fifty_at_once_are_acknowledged_while_no_answer_is_there_yet(start_bot: StartBot) -> None:
    """Every answer is held back until all fifty are acknowledged: no acknowledgement waits for an answer."""
    go = threading.Event()
    workspace = start_bot(held_until(go), patience=0.0)
    with connected_bot(workspace) as sockets:
        envelopes = [sockets.send("events_api", mention(workspace, channel=f"C{n % 5}")) for n in range(50)]
        sockets.wait_for(50)
        took = sorted(map(sockets.took, envelopes))
        sys.stdout.write(f"acknowledged 50: median {took[25] * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms\n")
        go.set()
        workspace.settle()
    assert sum(len(workspace.standin.in_channel(f"C{n}")) for n in range(5)) == 50


def test_it_connects_anew_when_slack_asks_for_it(workspace: Workspace, sockets: Sockets) -> None:
    sockets.disconnect()
    sockets.wait_for_connections(2)
    sockets.send("events_api", mention(workspace))
    sockets.wait_for(1)
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 1


def test_a_payload_that_is_none_is_not_acknowledged_and_harms_nothing(workspace: Workspace, sockets: Sockets) -> None:
    for payload in ({}, {"type": "event_callback", "event": None, "event_id": "E"}, {"type": "event_callback"}):
        sockets.send("events_api", payload)
    sockets.send("events_api", mention(workspace))
    sockets.wait_for(1)
    workspace.settle()
    assert len(sockets.acknowledged) == 1
    assert len(workspace.standin.in_channel("C1")) == 1


def test_a_token_that_slack_refuses_is_named(workspace: Workspace) -> None:
    refused = pytest.raises(SettingError, match=r"SLACK_APP_TOKEN: Slack refused it \(invalid_auth\)")
    with refused, connected(workspace.bot.app, "xapp-wrong"):
        pass


def test_the_command_connects_and_ends(
    start_bot: StartBot, library: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = start_bot()
    stop = threading.Event()
    done: list[Callable[[], None] | str] = []
    settings = Settings(home=tmp_path / "own", slack_bot_token=Secret(BOT_TOKEN), slack_app_token=Secret(APP_TOKEN))
    with listening() as sockets:
        workspace.standin.sockets = sockets.url
        running = threading.Thread(
            target=run_socket_bot,
            args=(settings, lambda: nullcontext(library), stop, lambda: done.append("connected")),
            kwargs={"api": workspace.standin.api},
        )
        running.start()
        sockets.wait_for_connections(1)
        sockets.send("events_api", mention(workspace))
        sockets.wait_for(1)
        workspace.standin.wait_for(lambda slack: bool(slack.in_channel("C1")))
        stop.set()
        running.join(20)
    assert not running.is_alive()
    assert done == ["connected"]


def test_without_its_tokens_the_command_says_which(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def run(**given: Any) -> None:
        run_socket_bot(Settings(home=tmp_path, **given), lambda: None, threading.Event(), lambda: None)  # type: ignore[arg-type,return-value]

    with pytest.raises(SettingError, match="SLACK_BOT_TOKEN"):
        run()
    with pytest.raises(SettingError, match="SLACK_APP_TOKEN"):
        run(slack_bot_token=Secret("xoxb-1"))
    half = Settings(home=tmp_path, slack_signing_secret=Secret("0" * 32))
    with pytest.raises(SettingError, match="SLACK_BOT_TOKEN"), http_bot(half, lambda: None):  # type: ignore[arg-type,return-value]
        pass
    with http_bot(Settings(home=tmp_path), lambda: None) as nothing:  # type: ignore[arg-type,return-value]
        assert nothing is None
    assert json.dumps(capsys.readouterr().out) == '""'


def test_minutebook_slack_answers_until_it_is_told_to_end(
    start_bot: StartBot, home: Any, embedder: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command itself, ended as a service manager ends it."""
    workspace = start_bot()
    own = copied(home, tmp_path / "own")
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: embedder)
    monkeypatch.setattr(slack_bot, "run_socket_bot", partial(slack_bot.run_socket_bot, api=workspace.standin.api))
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    level = logging.getLogger("minutebook").level
    with listening() as sockets:
        workspace.standin.sockets = sockets.url

        def somebody() -> None:
            sockets.wait_for_connections(1)
            sockets.send("events_api", mention(workspace))
            workspace.standin.wait_for(lambda slack: bool(slack.in_channel("C1")))
            os.kill(os.getpid(), signal.SIGTERM)

        asking = threading.Thread(target=somebody)
        asking.start()
        try:
            run = CliRunner().invoke(app, ["slack", "--home", str(own), "--json"])
        finally:
            asking.join(20)
            logging.getLogger("minutebook").setLevel(level)
            for number, handler in before.items():
                signal.signal(number, handler)
    assert run.exit_code == 0, run.output
    assert json.loads(run.stdout) == {"connected": True}
    assert "Connected to Slack" in run.stderr
    assert (own / "slack.sqlite").exists()
