"""Slack's payloads, gold files, settings and backups' manifests as nobody would write them.

For longer, and otherwise each time: `FUZZ=5000 pytest tests/test_fuzz_inputs.py`. Coverage-guided: benchmarks/fuzz.py.
"""

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.envelope import is_sound, key_of
from index.manifest import checked
from minutebook.errors import BackupProblem, BadQuestion, SettingError
from minutebook.evaluation import read_gold
from minutebook.settings import read_settings
from tests.slack_fixtures import FORM, StartBot, Workspace, fresh_ts
from tests.test_fuzz import MANY, TEXT

FEW = settings(
    max_examples=MANY or 120,
    deadline=None,
    derandomize=not MANY,
    database=None,
    suppress_health_check=list(HealthCheck),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, st.sampled_from(["", "U1", "C1", "im"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXT, inner, max_size=3)),
    max_leaves=6,
)
#: A change to what Slack sends: the path to a place in it, and what stands there instead, or that nothing does.
CHANGES = st.lists(st.tuples(st.lists(st.integers(0, 20), max_size=4), VALUES, st.booleans()), min_size=1, max_size=4)


def changed(body: Any, changes: list[tuple[list[int], Any, bool]]) -> Any:
    """The body with something in it another, or gone."""
    held = json.loads(json.dumps(body))
    for path, value, gone in changes:
        place = held
        for step in path:
            inner = list(place.values()) if isinstance(place, dict) else place
            inner = [each for each in inner if isinstance(each, dict | list) and each] if inner else []
            if not inner:
                break
            place = inner[step % len(inner)]
        key: Any = None
        if isinstance(place, dict) and place:
            key = sorted(place)[sum(path) % len(place)]
        elif isinstance(place, list) and place:
            key = sum(path) % len(place)
        if key is None:
            continue
        if gone:
            del place[key]
        else:
            place[key] = value
    return held


def sent(workspace: Workspace) -> list[tuple[str, Callable[[], Any]]]:
    event = {"channel": "C1", "user": "U1", "text": "<@U0BOT> what was resolved?", "blocks": [{"type": "rich_text"}]}
    press = {
        "type": "block_actions", "trigger_id": "t", "user": {"id": "U1", "team_id": "T1"}, "team": {"id": "T1"},
        "container": {"type": "message", "channel_id": "C1", "message_ts": "1.1"}, "channel": {"id": "C1"},
        "actions": [{"type": "button", "action_id": "helpful", "block_id": "b", "value": "{}"}],
        "response_url": "http://127.0.0.1:9/",
    }  # fmt: skip
    view = {
        "type": "view_submission", "trigger_id": "t", "user": {"id": "U1"}, "team": {"id": "T1"},
        "view": {"type": "modal", "callback_id": "reason", "private_metadata": "{}", "state": {"values": {"a": {}}}},
    }  # fmt: skip
    return [
        ("json", lambda: workspace.envelope({"type": "app_mention", "ts": fresh_ts(), **event})),
        ("json", lambda: workspace.envelope({"type": "message", "channel_type": "im", "ts": fresh_ts(), **event})),
        (
            "json",
            lambda: workspace.envelope(
                {"type": "message", "subtype": "message_changed", "message": event, "previous_message": event}
            ),
        ),
        ("json", lambda: workspace.envelope({"type": "assistant_thread_started", "assistant_thread": event})),
        ("form", lambda: {**press, "trigger_id": fresh_ts()}),
        ("form", lambda: {**view, "trigger_id": fresh_ts()}),
    ]


def test_whatever_slack_sends_is_taken_or_turned_away(start_bot: StartBot, caplog: pytest.LogCaptureFixture) -> None:
    from urllib.parse import urlencode

    workspace = start_bot()
    kinds = sent(workspace)

    @FEW
    @given(kind=st.integers(0, len(kinds) - 1), changes=CHANGES)
    def ask(kind: int, changes: list[tuple[list[int], Any, bool]]) -> None:
        form, make = kinds[kind]
        body = changed(make(), changes)
        text = json.dumps(body)
        reply = workspace.send(text) if form == "json" else workspace.send(urlencode({"payload": text}), FORM)
        assert reply.status_code in (200, 400, 404)

    with caplog.at_level(logging.WARNING):
        ask()
        workspace.settle()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@FEW
@given(body=VALUES)
def test_any_value_is_sound_or_not(body: Any) -> None:
    assert is_sound(body) in (True, False)
    key = key_of(body)
    assert key is None or isinstance(key, str)


GOLD = {"id": "g1", "q": "what?", "kind": "decision", "gold": [{"path": "a.pdf", "page": 1}], "must": ["a"]}


@FEW
@given(changes=CHANGES, lines=st.lists(TEXT, max_size=3), raw=st.binary(max_size=60))
def test_any_gold_file_is_read_or_refused_by_line(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[list[int], Any, bool]], lines: list[str], raw: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "gold.jsonl"
    for data in (json.dumps(changed(GOLD, changes)).encode(), "\n".join(lines).encode("utf-8", "replace"), raw):
        file.write_bytes(data)
        try:
            read_gold(file)
        except BadQuestion as error:
            assert "gold.jsonl" in str(error)  # noqa: PT017


KEYS = [
    "MINUTEBOOK_HOME", "MINUTEBOOK_BACKEND", "MINUTEBOOK_THREADS", "MINUTEBOOK_PORT", "MINUTEBOOK_OCR",
    "MINUTEBOOK_LOG", "MINUTEBOOK_PUBLIC_URL", "MINUTEBOOK_HOSTS", "MINUTEBOOK_ORIGINS", "MINUTEBOOK_WITHOUT_KEY",
    "MINUTEBOOK_RATE", "MINUTEBOOK_JOBS", "MINUTEBOOK_AT_ONCE", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN",
]  # fmt: skip


@FEW
@given(environment=st.dictionaries(st.one_of(st.sampled_from(KEYS), TEXT.map(lambda t: f"MINUTEBOOK_{t}")), TEXT))
def test_any_settings_are_read_or_refused_by_key(environment: dict[str, str]) -> None:
    try:
        found = read_settings(environment)
    except SettingError as error:
        assert error.key in environment  # noqa: PT017
        for key in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
            if len(environment.get(key, "").strip()) > 8:
                assert environment[key].strip() not in str(error)  # noqa: PT017
        return
    assert 0 <= found.port <= 65535


MANIFEST = {
    "format": 1, "minutebook": "0.1.0", "made_at": "2026-01-01T00:00:00+00:00", "tables": 1, "generation": 1,
    "made": "a", "rows": {"minutebook.sqlite": {"papers": 1}},
    "files": {"minutebook.sqlite": {"bytes": 4, "sha256": "ab"}, "ocr/a.json": {"bytes": 1, "sha256": "cd"}},
}  # fmt: skip


@FEW
@given(changes=CHANGES, raw=st.binary(max_size=60))
def test_any_manifest_is_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[list[int], Any, bool]], raw: bytes
) -> None:
    folder = Path(tmp_path_factory.getbasetemp()) / "manifests"
    folder.mkdir(exist_ok=True)
    (folder / "minutebook.sqlite").write_text("none")
    for data in (json.dumps(changed(MANIFEST, changes)).encode(), raw):
        (folder / "manifest.json").write_bytes(data)
        with pytest.raises(BackupProblem):
            checked(folder)
