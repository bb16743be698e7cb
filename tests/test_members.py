"""Who belongs to which group in Slack, as the home's `minutebook.toml` says at that moment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from bot.members import Members
from bot.place import Place
from index.filters import PUBLIC, Audience
from index.rulebook import FILE_NAME
from minutebook import slack_bot
from minutebook.errors import RuleProblem
from minutebook.settings import Secret, Settings

ALONE, IN_CHANNEL = Place("T1", "D1", "U0ANN", private=True), Place("T1", "C1", "U0ANN", private=False)


def write(file: Path, text: str) -> None:
    file.write_text(text)
    os.utime(file, ns=(0, file.stat().st_mtime_ns + 1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / FILE_NAME
    write(file, '[groups.audit]\nslack_users = ["U0ANN"]\n')
    return file


def test_a_member_is_one_alone_and_the_public_in_a_channel(file: Path) -> None:
    members = Members(file)
    assert members.audience_of(ALONE) == Audience(groups=("audit",))
    assert members.audience_of(IN_CHANNEL) == PUBLIC
    assert members.audience_of(Place("T1", "D2", "U0BOB", private=True)) == PUBLIC


def test_who_is_taken_out_is_out_at_once(file: Path) -> None:
    members = Members(file)
    write(file, '[groups.audit]\nslack_users = ["U0BOB"]\n')
    assert members.audience_of(ALONE) == PUBLIC
    write(file, '[groups.board]\nslack_users = ["U0ANN"]\n')
    assert members.audience_of(ALONE) == Audience(groups=("board",))
    file.unlink()
    assert members.audience_of(ALONE) == PUBLIC


def test_a_file_that_cannot_be_used_lets_nobody_in(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    members = Members(file)
    write(file, "[groups.audit\n")
    assert members.audience_of(ALONE) == PUBLIC
    assert "public papers only" in caplog.text
    with pytest.raises(RuleProblem):
        Members(file)


def test_without_a_file_everybody_is_the_public(tmp_path: Path) -> None:
    assert Members(tmp_path / FILE_NAME).audience_of(ALONE) == PUBLIC


@pytest.mark.parametrize("mode", ["http", "socket"])
def test_the_bot_that_is_started_knows_them(file: Path, monkeypatch: pytest.MonkeyPatch, mode: str) -> None:
    """Both ways of starting it: a bot without them would show everybody the public papers, and nobody would notice."""
    given: dict[str, Any] = {}

    @contextmanager
    def running(*_: Any, **options: Any) -> Iterator[Any]:
        given.update(options)
        yield SimpleNamespace(events=None, app=None)

    monkeypatch.setattr(slack_bot, "running_bot", running)
    monkeypatch.setattr(slack_bot, "connected", lambda *_: nullcontext())
    settings = Settings(
        home=file.parent,
        slack_bot_token=Secret("xoxb-none"),
        slack_signing_secret=Secret("none"),
        slack_app_token=Secret("xapp-none"),
        log_questions=True,
    )
    if mode == "http":
        with slack_bot.http_bot(settings, nullcontext):  # type: ignore[arg-type]
            pass
    else:
        stop = Event()
        stop.set()
        slack_bot.run_socket_bot(settings, nullcontext, stop, lambda: None)  # type: ignore[arg-type]
    assert given["audience"](ALONE) == Audience(groups=("audit",))
    assert given["audience"](IN_CHANNEL) == PUBLIC
    assert given["log_questions"] is True
