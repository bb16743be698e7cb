"""What comes in over HTTP: only what is Slack's, once, whatever shape it is in."""

import hashlib
import hmac
import json
import logging
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.slack_fixtures import FORM, SECRET, UNANSWERED, StartBot, Workspace, fresh_ts
from tests.slack_standin import BOT_USER, button, shown

QUESTION = "Were allotment rents halved?"


def mention(text: str = QUESTION, **given: Any) -> dict[str, Any]:
    ts = fresh_ts()
    return {"type": "app_mention", "user": "U1", "channel": "C1", "ts": ts, "text": f"<@{BOT_USER}> {text}", **given}


def test_slack_proves_the_address_ours(workspace: Workspace) -> None:
    reply = workspace.send(json.dumps({"type": "url_verification", "challenge": "abc", "token": "t"}))
    assert (reply.status_code, reply.json()) == (200, {"challenge": "abc"})


@pytest.mark.parametrize(
    "headers",
    [
        {"x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-signature": ""},
        {"x-slack-signature": "v0=\xe9"},
        {"timestamp": "-400"},
        {"timestamp": "+400"},
        {"timestamp": "yesterday"},
        {"timestamp": ""},
    ],
    ids=["forged", "none", "not ascii", "old", "ahead", "no number", "no time"],
)
def test_what_is_not_signed_by_slack_is_turned_away(workspace: Workspace, headers: dict[str, str]) -> None:
    body = json.dumps(workspace.envelope(mention()))
    given: dict[str, Any] = {name: value.encode("latin-1") for name, value in headers.items() if name != "timestamp"}
    timed = {name: value for name, value in headers.items() if name == "timestamp"}
    if timed and timed["timestamp"][:1] in ("-", "+"):
        timed["timestamp"] = str(int(time.time()) + int(timed["timestamp"]))  # seconds from now, whenever now is
    reply = workspace.send(body, **timed, **given)
    assert (reply.status_code, reply.text) == (401, "")
    workspace.settle()
    assert workspace.standin.calls == []


def test_the_signature_is_of_the_body_that_came(workspace: Workspace) -> None:
    timestamp = str(int(time.time()))
    signed = hmac.new(SECRET.encode(), f"v0:{timestamp}:{{}}".encode(), hashlib.sha256).hexdigest()
    body = json.dumps(workspace.envelope(mention()))
    assert workspace.send(body, **{"x-slack-signature": f"v0={signed}"}).status_code == 401


def test_an_unsigned_request_is_not_even_read(workspace: Workspace) -> None:
    reply = workspace.client.post(f"{workspace.url}/slack/events", data={"ssl_check": "1"})
    assert reply.status_code == 401


def test_a_replay_is_acknowledged_and_not_answered_again(workspace: Workspace) -> None:
    body = json.dumps(workspace.envelope(mention(), "Ev1"))
    timestamp = str(int(time.time()))
    replies = [workspace.send(body, timestamp=timestamp) for _ in range(3)]
    retry = {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    replies.append(workspace.send(body, **retry))
    assert [reply.status_code for reply in replies] == [200] * 4
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 1


def test_a_retry_after_a_restart_is_not_answered_again(start_bot: StartBot, tmp_path: Path) -> None:
    body_of = mention()
    first = start_bot(home=tmp_path / "kept")
    first.event(body_of, "Ev7")
    first.settle()
    second = start_bot(home=tmp_path / "kept")
    second.event(body_of, "Ev7", **{"x-slack-retry-num": "2"})
    second.event(body_of, "Ev8")  # the same message, told of anew
    second.settle()
    assert len(second.standin.in_channel("C1")) == 1


def test_a_press_sent_twice_counts_once(workspace: Workspace) -> None:
    workspace.mention(QUESTION)
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    payload = {
        "type": "block_actions", "team": {"id": "T1"}, "user": {"id": "U1"}, "channel": {"id": "C1"},
        "container": {"message_ts": answer["ts"]}, "trigger_id": "tr-once",
        "response_url": workspace.standin.response_url("press"), "actions": [button(answer, "Whole minute")],
    }  # fmt: skip
    assert [workspace.interaction(payload).status_code for _ in range(2)] == [200, 200]
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 2


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", "application/json"),
        ("{", "application/json"),
        ("[]", "application/json"),
        ('"text"', "application/json"),
        ("null", "application/json"),
        ("{}", "application/json"),
        ('{"type": "event_callback"}', "application/json"),
        ('{"type": "event_callback", "event_id": "E", "event": null}', "application/json"),
        ('{"type": "event_callback", "event_id": "E", "event": "message"}', "application/json"),
        ('{"type": "event_callback", "event_id": "E", "event": {"type": 7}}', "application/json"),
        ('{"type": "event_callback", "event_id": 7, "event": {"type": "message"}}', "application/json"),
        ("payload={", FORM),
        ("payload=%5B%5D", FORM),
        ("nothing", FORM),
        ("", FORM),
        (urlencode({"payload": '{"type": "block_actions", "trigger_id": "t", "actions": []}'}), FORM),
        (urlencode({"payload": '{"type": "block_actions", "trigger_id": "t", "actions": "x"}'}), FORM),
        (urlencode({"payload": '{"type": "view_submission", "trigger_id": "t", "view": {}}'}), FORM),
        (urlencode({"command": "/minutes", "text": "x"}), FORM),
    ],
)
def test_what_is_no_request_of_slacks_is_refused_in_order(workspace: Workspace, body: str, kind: str) -> None:
    reply = workspace.send(body, kind)
    assert (reply.status_code, reply.text) == (400, "")
    workspace.settle()
    assert workspace.standin.calls == []


@pytest.mark.parametrize(
    "event",
    [
        {"type": "team_join", "user": {"id": "U1"}},
        {"type": "reaction_added", "user": "U1", "item": {}},
        {"type": "message"},
        {"type": "app_mention"},
        {"type": "app_mention", "user": "U1", "channel": None, "ts": 7, "text": None},
        {"type": "message", "channel_type": "im", "channel": "D1", "ts": "1.2", "text": "hello"},
        {"type": "message", "subtype": "channel_join", "user": "U1", "channel": "C1", "ts": "1.2", "text": "hi"},
        {"type": "message", "subtype": "message_changed"},
        {"type": "message", "subtype": "message_deleted", "channel": "C1"},
        {"type": "message", "subtype": "message_changed", "channel": "C1", "message": {"ts": "1.2", "text": "x"}},
    ],
    ids=lambda event: f"{event['type']} {event.get('subtype', '')}",
)
def test_events_that_are_not_for_us_are_acknowledged_and_left(workspace: Workspace, event: dict[str, Any]) -> None:
    assert workspace.event(event).status_code == 200
    workspace.settle()
    assert workspace.standin.calls == []


@pytest.mark.parametrize(
    "given",
    [
        {"bot_id": "B7"},
        {"bot_profile": {"id": "B7"}},
        {"app_id": "A7"},
        {"user": BOT_USER},
        {"user": "USLACKBOT"},
        {"subtype": "bot_message"},
    ],
    ids=lambda given: next(iter(given)),
)
def test_bots_and_itself_are_not_answered(workspace: Workspace, given: dict[str, Any]) -> None:
    workspace.message(QUESTION, **given)
    workspace.message(QUESTION, thread_ts=fresh_ts(), **given)
    if "subtype" not in given:
        workspace.mention(QUESTION, **given)
    workspace.settle()
    assert workspace.standin.calls == []


def test_unknown_presses_forms_and_shortcuts_are_acknowledged(workspace: Workspace) -> None:
    unknown: list[dict[str, Any]] = [
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "other", "value": "x"}]},
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "minutebook_helpful", "value": "x"}]},
        {"type": "block_actions", "actions": [{"type": "button", "action_id": "minutebook_later"}]},
        {"type": "view_submission", "view": {"callback_id": "other", "type": "modal"}},
        {"type": "view_submission", "view": {"callback_id": "minutebook_reason", "type": "modal"}},
        {"type": "message_action", "callback_id": "other"},
    ]
    for number, payload in enumerate(unknown):
        sent = {"user": {"id": "U1"}, "team": {"id": "T1"}, "channel": {"id": "C1"}, "trigger_id": f"u{number}"}
        assert workspace.interaction({**sent, **payload}).status_code == 200, payload
    workspace.settle()
    assert workspace.standin.calls == []


def test_a_question_edited_is_answered_anew_in_the_same_place(workspace: Workspace) -> None:
    asked = workspace.mention(UNANSWERED)
    workspace.settle()
    (before,) = workspace.standin.in_channel("C1")
    now = {"type": "message", "user": "U1", "ts": asked["ts"], "text": f"<@{BOT_USER}> {QUESTION}"}
    changed = {
        "type": "message", "subtype": "message_changed", "channel": "C1", "message": now, "ts": fresh_ts(),
        "previous_message": {**now, "text": asked["text"]},
    }  # fmt: skip
    for _ in range(2):  # the second is Slack's unfurling of a link in it: the words are the same
        workspace.event(changed)
        workspace.settle()
    (after,) = workspace.standin.in_channel("C1")
    assert after["ts"] == before["ts"]
    assert shown(after).startswith("*❌ Lost*")
    assert len(workspace.standin.made("chat.update")) == 1


@pytest.mark.parametrize("assistant", [False, True])
def test_a_question_deleted_takes_its_answer_with_it(workspace: Workspace, assistant: bool) -> None:
    thread = {"thread_ts": fresh_ts()} if assistant else {}
    asked = workspace.message(QUESTION, **thread)
    workspace.settle()
    assert len(workspace.standin.in_channel("D1")) == 1
    deleted = {
        "type": "message", "subtype": "message_deleted", "channel": "D1", "channel_type": "im",
        "deleted_ts": asked["ts"], "previous_message": asked, "ts": fresh_ts(),
    }  # fmt: skip
    workspace.event(deleted)
    workspace.settle()
    assert workspace.standin.in_channel("D1") == []


def test_a_question_too_long_is_told_so(workspace: Workspace) -> None:
    workspace.mention("x" * 2001)
    workspace.settle()
    (said,) = workspace.standin.in_channel("C1")
    assert shown(said) == "That question has 2,001 characters. Please ask it in 2,000 or fewer."
    assert workspace.command("x" * 2001).json()["text"] == shown(said)


def test_the_log_has_no_question_in_it(workspace: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        workspace.mention("who is the secretdonor?")
        workspace.message("secretdonor", channel="C9", channel_type="channel")
        workspace.event({"type": "reaction_added", "user": "U1", "item": {"text": "secretdonor"}})
        workspace.send(json.dumps(workspace.envelope(mention("secretdonor"))), **{"x-slack-signature": "v0=0"})
        workspace.settle()
    assert "secretdonor" not in caplog.text


def test_our_own_log_keeps_its_level(start_bot: StartBot) -> None:
    ours = [logging.getLogger(name) for name in ("minutebook", "minutebook.slack", "minutebook.http")]
    before = [logger.level for logger in ours]
    ours[0].setLevel(logging.INFO)
    try:
        start_bot().mention(QUESTION)
        assert ours[0].level == logging.INFO
    finally:
        for logger, level in zip(ours, before, strict=True):
            logger.setLevel(level)


def test_a_service_without_a_bot_says_so(service: Any) -> None:
    reply = service.client.post("/slack/events", json={})
    assert reply.status_code == 404
    assert "SLACK_BOT_TOKEN" in reply.json()["detail"]


def test_slack_may_come_by_any_host_name_with_a_whole_message_but_no_more(workspace: Workspace) -> None:
    body = json.dumps(workspace.envelope(mention("x" * 300_000)))
    assert workspace.send(body, host="minutes.example.org").status_code == 200
    assert workspace.send(json.dumps(workspace.envelope(mention("x" * 1_100_000)))).status_code == 413


def test_the_service_makes_its_bot_from_the_settings(workspace: Workspace, slack_service: Any, tmp_path: Path) -> None:
    from contextlib import nullcontext

    from minutebook.settings import Secret, Settings
    from minutebook.slack_bot import http_bot
    from tests.slack_standin import BOT_TOKEN

    settings = Settings(home=tmp_path / "own", slack_bot_token=Secret(BOT_TOKEN), slack_signing_secret=Secret(SECRET))
    desk = workspace.bot.clerk.desk
    _, relay = slack_service
    with http_bot(settings, lambda: nullcontext(desk.lend().__enter__()), api=workspace.standin.api) as events:
        relay.events = events
        workspace.mention(QUESTION)
        assert events is not None
        events.finish()
    assert shown(workspace.standin.in_channel("C1")[0]).startswith("*❌ Lost*")
