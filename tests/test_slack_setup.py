"""What an administrator meets: the manifest, the doctor's words, the settings and the list of feedback."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot import app, scopes, tokens
from bot.tokens import examine_tokens
from index.feedback import LONGEST_REASON, Feedback
from minutebook import doctor
from minutebook.cli import app as commands
from minutebook.errors import BadQuestion, HomeError, SettingError
from minutebook.settings import Secret, Settings, read_settings
from tests.council import copied
from tests.slack_fixtures import Workspace
from tests.slack_standin import APP_TOKEN, BOT_TOKEN, StandIn, button

MANIFEST = (Path(app.__file__).parent / "manifest.yaml").read_text(encoding="utf-8")
SIGNING = "0123456789abcdef0123456789abcdef"


def listed(name: str) -> list[str]:
    """The items of a list in the manifest."""
    block = re.search(rf"^( +){name}:\n((?:\1 +(?:- |#).*\n)+)", MANIFEST, re.MULTILINE)
    assert block, name
    return re.findall(r"^ +- (\S+)$", block[2], re.MULTILINE)


def test_the_manifest_asks_for_what_the_bot_needs() -> None:
    assert sorted(listed("bot")) == sorted(scopes.BOT_SCOPES)
    assert set(listed("bot_events")) == {
        "app_mention", "assistant_thread_context_changed", "assistant_thread_started",
        "message.channels", "message.groups", "message.im", "message.mpim",
    }  # fmt: skip
    assert f"command: {app.COMMAND}\n" in MANIFEST
    assert f"callback_id: {app.SHORTCUT}\n" in MANIFEST


def test_the_manifest_keeps_to_slacks_limits() -> None:
    name, description = (re.search(rf"^  {key}: (.*)$", MANIFEST, re.MULTILINE) for key in ("name", "description"))
    assert name
    assert len(name[1]) <= 35
    assert description
    assert len(description[1]) <= 140
    long = re.search(r"long_description: >-\n((?:    .*\n)+)", MANIFEST)
    assert long
    assert 174 <= len(" ".join(long[1].split())) <= 4000
    assert "\t" not in MANIFEST


def test_every_address_in_the_manifest_waits_for_the_administrator() -> None:
    addresses = re.findall(r"^(.*)https://minutes\.example\.org(\S+)$", MANIFEST, re.MULTILINE)
    assert [path for _, path in addresses] == ["/slack/events"] * 3
    assert all(before.lstrip().startswith("# ") for before, _ in addresses)


def found(standin: StandIn, *keys: str | None) -> dict[str, tuple[str, str]]:
    return {each.key: (each.state, each.words) for each in examine_tokens(*keys, api=standin.api)}


def test_sound_tokens_are_fine(standin: StandIn) -> None:
    findings = found(standin, BOT_TOKEN, SIGNING, APP_TOKEN)
    assert {key: state for key, (state, _) in findings.items()} == {
        "SLACK_BOT_TOKEN": "fine",
        "SLACK_APP_TOKEN": "fine",
        "SLACK_SIGNING_SECRET": "fine",
    }
    assert "minutes in Stand-in" in findings["SLACK_BOT_TOKEN"][1]


def test_missing_scopes_are_named_with_what_they_are_for(standin: StandIn) -> None:
    standin.scopes = "chat:write, commands"
    state, words = found(standin, BOT_TOKEN, None, APP_TOKEN)["SLACK_BOT_TOKEN"]
    assert state == "do"
    assert "app_mentions:read (be asked by @mention in a channel)" in words
    assert "commands (" not in words
    assert "install the app again" in words


@pytest.mark.parametrize(
    ("keys", "key", "words"),
    [
        (("xoxp-user", None, APP_TOKEN), "SLACK_BOT_TOKEN", "begins xoxb-"),
        (("xoxb-wrong", None, APP_TOKEN), "SLACK_BOT_TOKEN", "Slack refuses it (invalid_auth)"),
        ((None, SIGNING, None), "SLACK_BOT_TOKEN", "not set"),
        ((BOT_TOKEN, None, None), "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET for HTTP"),
        ((BOT_TOKEN, None, "xoxb-1"), "SLACK_APP_TOKEN", "begins xapp-"),
        ((BOT_TOKEN, None, "xapp-wrong"), "SLACK_APP_TOKEN", "is Socket Mode on?"),
        ((BOT_TOKEN, "0123", None), "SLACK_SIGNING_SECRET", "32 of 0-9 and a-f"),
    ],
)
def test_what_is_wrong_with_a_key_is_said(standin: StandIn, keys: tuple[str | None, ...], key: str, words: str) -> None:
    state, said = found(standin, *keys)[key]
    assert state == "do"
    assert words in said
    assert not any(secret in said for secret in keys if secret)


def test_an_app_token_without_its_scope_and_a_slack_out_of_reach(standin: StandIn) -> None:
    standin.fail("apps.connections.open", 200, error="missing_scope")
    assert "lacks connections:write" in found(standin, BOT_TOKEN, None, APP_TOKEN)["SLACK_APP_TOKEN"][1]
    unreachable = {
        each.key: each.words for each in examine_tokens(BOT_TOKEN, None, APP_TOKEN, api="http://127.0.0.1:9/")
    }
    assert all("cannot be reached" in words for words in unreachable.values())


def test_the_doctor_looks_at_slack(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [(check.name, check.state) for check in doctor._slack(Settings())] == [("Slack", "note")]
    monkeypatch.setattr(tokens, "TIMEOUT", 5)
    monkeypatch.setattr(doctor, "examine_tokens", lambda *keys: examine_tokens(*keys, api=standin.api))
    settings = Settings(slack_bot_token=Secret("xoxb-wrong"), slack_app_token=Secret(APP_TOKEN))
    assert [(check.name, check.state) for check in doctor._slack(settings)] == [
        ("SLACK_BOT_TOKEN", "do"),
        ("SLACK_APP_TOKEN", "fine"),
    ]


@pytest.mark.parametrize(
    "address",
    ["minutes.example.org", "ftp://x", "https://", "https://x/?q=1", "https://x/#a", "https://x|y", "http://[x"],
)
def test_an_address_that_cannot_be_linked_to_is_refused(address: str) -> None:
    with pytest.raises(SettingError, match="MINUTEBOOK_PUBLIC_URL"):
        read_settings({"MINUTEBOOK_PUBLIC_URL": address})


def test_an_address_is_kept_without_its_last_stroke() -> None:
    assert (
        read_settings({"MINUTEBOOK_PUBLIC_URL": "https://x.example/minutes/"}).public_url == "https://x.example/minutes"
    )


def test_feedback_is_listed_with_its_question(workspace: Workspace, home: Path) -> None:
    workspace.mention("Were allotment rents halved?")
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    given = json.loads(button(answer, "Helpful")["value"])["answer"]
    with_feedback = copied(home, home.parent / "home-with-feedback")
    name = "answers.sqlite"
    with closing(sqlite3.connect(home / name)) as held, closing(sqlite3.connect(with_feedback / name)) as copy:
        held.backup(copy)
    kept = Feedback(with_feedback)
    kept.give(given, "slack:T1:U1", helpful=False, surface="slack", reason="the wrong\nyear\x1b[31m")
    kept.give("gone", "slack:T1:U1", helpful=True, surface="slack")
    run = CliRunner().invoke(commands, ["feedback", "--home", str(with_feedback), "--json"])
    assert run.exit_code == 0, run.output
    listed = json.loads(run.stdout)
    assert listed["total"] == 2
    by_id = {each["answer_id"]: each for each in listed["feedback"]}
    assert by_id[given]["question"] == "Were allotment rents halved?"
    assert (by_id[given]["helpful"], by_id[given]["outcome"]) == (False, "lost")
    assert by_id["gone"]["question"] is None
    assert "U1" not in run.stdout, "not who"

    plain = CliRunner().invoke(commands, ["feedback", "--home", str(with_feedback), "--not-helpful"])
    (line,) = plain.stdout.splitlines()
    assert line.split("\t")[1:] == ["not helpful", "Were allotment rents halved?", "the wrong year[31m", given]
    only = CliRunner().invoke(commands, ["feedback", "--home", str(with_feedback), "--answer", "gone", "--json"])
    assert json.loads(only.stdout)["total"] == 1


def test_feedback_of_a_home_without_any_is_an_empty_list(tmp_path: Path) -> None:
    run = CliRunner().invoke(commands, ["feedback", "--home", str(tmp_path), "--json"])
    assert json.loads(run.stdout) == {"feedback": [], "total": 0}


def test_feedback_is_one_word_a_person_and_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.feedback.MOST_KEPT", 3)
    kept = Feedback(tmp_path)
    for helpful in (True, False):
        kept.give("a", "slack:T1:U1", helpful=helpful, surface="slack")
    assert [each.helpful for each in kept.opinions()[0]] == [False]
    for number in range(6):
        kept.give(f"b{number}", "slack:T1:U1", helpful=True, surface="slack")
    assert kept.opinions()[1] == 3
    assert kept.opinions(helpful=True, limit=1)[0][0].answer_id == "b5"
    for answer_id, reason in (("", None), ("x" * 101, None), ("a", "x" * (LONGEST_REASON + 1))):
        with pytest.raises(BadQuestion):
            kept.give(answer_id, "u", helpful=True, surface="slack", reason=reason)


def test_a_file_that_is_not_ours_is_said_to_be_in_the_way(tmp_path: Path) -> None:
    from bot.memory import Memory

    for make, name in ((Feedback, "feedback.sqlite"), (Memory, "slack.sqlite")):
        (tmp_path / name).write_bytes(b"not a database, but long enough to be taken for one" * 20)
        opened: Any = make
        with pytest.raises(HomeError, match=name):
            opened(tmp_path)


def test_the_memory_is_bounded_in_time_and_in_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot import memory

    now = [1_000_000.0]
    monkeypatch.setattr(memory, "BETWEEN_SWEEPS", 2)
    monkeypatch.setattr(memory, "MOST_ROWS", 5)
    kept = memory.Memory(tmp_path, clock=lambda: now[0])
    assert kept.claim("event:1")
    assert not kept.claim("event:1")
    kept.ask("C1", "1.1", "words", "1.1")
    kept.answer_in("C1", "1.1")
    now[0] += memory.SEEN_FOR + 1
    assert kept.claim("event:2")
    assert kept.claim("event:1"), "forgotten: Slack does not send it again after days"
    assert kept.asked("C1", "1.1") is not None
    now[0] += memory.THREADS_FOR + 1
    for number in range(20):
        now[0] += 1
        assert kept.claim(f"event:x{number}")
    assert kept.asked("C1", "1.1") is None
    assert not kept.answers_in("C1", "1.1")
    assert kept._connection.execute("SELECT count(*) FROM seen").fetchone()[0] <= 7
