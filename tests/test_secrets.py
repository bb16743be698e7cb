"""Slack's tokens and API keys are in no log, repr, error or output, at the loudest level there is."""

import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from api.rules import Rules
from index.keys import Keys
from index.library import Library
from minutebook import opening
from minutebook.doctor import examine
from minutebook.errors import SettingError
from minutebook.settings import Secret, Settings, read_settings
from tests.council import Service
from tests.embedder import FakeEmbedder

ROOT = Path(__file__).resolve().parent.parent
TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-1111-UNSPOKENBOTTOKEN",
    "SLACK_SIGNING_SECRET": "UNSPOKENSIGNINGSECRET00112233",
    "SLACK_APP_TOKEN": "xapp-1-UNSPOKENAPPTOKEN",
    "MINUTEBOOK_WRITER_KEY": "sk-aaaUNSPOKENWRITERKEY",
}


def spoken(text: str) -> list[str]:
    return [name for name, token in TOKENS.items() if token in text or token[6:] in text]


def test_settings_show_no_secret_however_they_are_written_out() -> None:
    settings = read_settings(TOKENS)
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.value == TOKENS["SLACK_BOT_TOKEN"]
    for text in (repr(settings), str(settings), f"{settings}", repr(replace(settings, port=1)), repr([settings])):
        assert spoken(text) == []
    assert spoken(f"{settings.slack_bot_token} {settings.slack_bot_token!r}") == []
    assert spoken(repr(SettingError("SLACK_BOT_TOKEN", f"no such workspace for {settings.slack_bot_token}"))) == []


def test_the_doctor_says_no_secret(own_home: Path, monkeypatch: pytest.MonkeyPatch, embedder: FakeEmbedder) -> None:
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: embedder)
    settings = replace(
        Settings(home=own_home),
        slack_bot_token=Secret(TOKENS["SLACK_BOT_TOKEN"]),
        slack_signing_secret=Secret(TOKENS["SLACK_SIGNING_SECRET"]),
        slack_app_token=Secret(TOKENS["SLACK_APP_TOKEN"]),
    )
    checks = list(examine(settings))
    assert any("Slack" in check.name or "SLACK" in check.name for check in checks)
    assert spoken(repr(checks)) == []


@pytest.mark.parametrize(
    "command",
    [
        ["--help"],
        ["papers", "--home", "nowhere"],
        ["slack"],
        ["feedback", "--home", "nowhere"],
        ["keys", "list", "--home", "nowhere"],
        ["ask", "--nonsense"],
    ],
    ids=" ".join,
)
def test_commands_say_no_secret_at_the_loudest(command: list[str], tmp_path: Path) -> None:
    environment = {
        **TOKENS, "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "MINUTEBOOK_LOG": "debug", "HF_HUB_OFFLINE": "1",
        "MINUTEBOOK_HOME": str(tmp_path / "home"), "OMP_NUM_THREADS": "1", "HTTPS_PROXY": "http://127.0.0.1:9",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "minutebook", *command], capture_output=True, text=True, check=False,
        env=environment, cwd=tmp_path, timeout=120,
    )  # fmt: skip
    assert spoken(done.stdout + done.stderr) == []


def test_a_setting_that_cannot_be_used_is_named_and_a_secret_beside_it_is_not_told() -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({**TOKENS, "MINUTEBOOK_PORT": "eighty"})
    assert "MINUTEBOOK_PORT" in str(refused.value)
    assert spoken(str(refused.value)) == []


def test_a_key_is_in_no_log_and_in_no_reply(
    own_home: Path,
    run_service: Callable[..., Service],
    stop_service: Callable[[Service], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    keys = Keys(own_home)
    secret, revoked = keys.make("intranet"), keys.make("old")
    keys.revoke("old")
    keys.close()
    service = run_service(Library.open(own_home, FakeEmbedder()), Rules())
    said = []
    with caplog.at_level(logging.DEBUG):
        for each in (secret, revoked, f"{secret}x"):
            for headers in ({"authorization": f"Bearer {each}"}, {"authorization": each}, {"x-api-key": each}):
                for address in ("/papers", "/search?q=library", "/nothing", f"/answers/{each}", "/metrics"):
                    reply = service.client.get(address, headers=headers)
                    said.append(reply.text.replace(f"/answers/{each}", "") + repr(dict(reply.headers)))
    ours = "".join(
        record.getMessage() + repr(getattr(record, "fields", ""))
        for record in caplog.records
        if not record.name.startswith(("httpx", "httpcore"))
    )
    assert ours
    for each in (secret, revoked):
        assert each not in ours
        assert not [text for text in said if each in text]
        for file in own_home.rglob("*"):
            assert not file.is_file() or each.encode() not in file.read_bytes(), file
    stop_service(service)
