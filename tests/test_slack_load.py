"""Under load and when things go wrong: acknowledged in time, answered once, and said in words."""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from answer.answer import Answer
from bot import saying
from index.filters import PUBLIC, Audience
from minutebook.errors import HomeError, ModelError
from tests.slack_fixtures import UNANSWERED, StartBot, Workspace, asked, fresh_ts, held_until
from tests.slack_standin import BOT_USER, button, shown

QUESTION = "Were allotment rents halved?"


def test_fifty_questions_at_once_are_acknowledged_and_all_answered(start_bot: StartBot) -> None:
    """Every answer is held back until all fifty are acknowledged: no acknowledgement waits for an answer."""
    go = threading.Event()
    workspace = start_bot(held_until(go), patience=0.0)
    bodies = [
        json.dumps(
            workspace.envelope(
                {
                    "type": "app_mention", "user": f"U{n}", "channel": f"C{n % 7}", "ts": fresh_ts(),
                    "text": f"<@{BOT_USER}> {QUESTION}",
                }
            )
        )
        for n in range(50)
    ]  # fmt: skip

    def send(body: str) -> float:
        sent = time.perf_counter()
        assert workspace.send(body).status_code == 200
        return time.perf_counter() - sent

    with ThreadPoolExecutor(50) as people:
        took = sorted(people.map(send, bodies))
    sys.stdout.write(f"acknowledged 50: median {took[25] * 1000:.0f} ms, longest {took[-1] * 1000:.0f} ms\n")
    go.set()
    workspace.settle()
    answers = [each for n in range(7) for each in workspace.standin.in_channel(f"C{n}")]
    assert len(answers) == 50
    assert {shown(each)[:8] for each in answers} == {"*❌ Lost*"}
    assert len({each["thread_ts"] for each in answers}) == 50


def test_what_cannot_be_taken_on_is_sent_again_by_slack_and_then_answered(start_bot: StartBot) -> None:
    go = threading.Event()
    workspace = start_bot(held_until(go), waiting=0)
    body = {"type": "app_mention", "user": "U1", "channel": "C1", "text": f"<@{BOT_USER}> {QUESTION}"}
    statuses = [workspace.event({**body, "ts": fresh_ts()}, f"EvF{n}").status_code for n in range(33)]
    assert statuses == [200] * 32 + [503]
    assert workspace.command(QUESTION).json()["text"] == saying.BUSY
    go.set()
    workspace.settle()
    assert workspace.event({**body, "ts": fresh_ts()}, "EvF32").status_code == 200
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 33


def test_a_long_answer_says_that_it_is_worked_on_and_takes_its_place(start_bot: StartBot) -> None:
    go = threading.Event()
    workspace = start_bot(held_until(go), patience=0.0)
    workspace.mention(QUESTION)
    workspace.command(QUESTION)
    workspace.standin.wait_for(lambda slack: bool(slack.in_channel("C1") and slack.said["command"]))
    (working,) = workspace.standin.in_channel("C1")
    assert shown(working) == saying.WORKING
    go.set()
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    assert answer["ts"] == working["ts"]
    assert shown(answer).startswith("*❌ Lost*")
    assert [shown(each)[:4] for each in workspace.standin.said["command"]] == [saying.WORKING[:4], "*❌ L"]


def test_an_edit_while_the_answer_is_being_found_wins(start_bot: StartBot) -> None:
    go = threading.Event()

    def held(*given: Any, **named: Any) -> Answer:
        if given[1] == "first words":
            assert go.wait(20)
        return asked(*given, **named)

    workspace = start_bot(held)
    said = workspace.mention("first words")
    now = {"type": "message", "user": "U1", "ts": said["ts"], "text": f"<@{BOT_USER}> {QUESTION}"}
    workspace.event({"type": "message", "subtype": "message_changed", "channel": "C1", "message": now})
    workspace.standin.wait_for(lambda slack: bool(slack.in_channel("C1")))
    go.set()
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    assert shown(answer).startswith("*❌ Lost*")
    assert workspace.standin.made("chat.update") == []


def test_a_question_deleted_before_its_answer_is_not_answered(start_bot: StartBot) -> None:
    go = threading.Event()
    workspace = start_bot(held_until(go), patience=0.0)
    said = workspace.mention(QUESTION)
    workspace.standin.wait_for(lambda slack: bool(slack.in_channel("C1")))
    workspace.event({"type": "message", "subtype": "message_deleted", "channel": "C1", "deleted_ts": said["ts"]})
    workspace.standin.wait_for(lambda slack: not slack.in_channel("C1"))
    go.set()
    workspace.settle()
    assert workspace.standin.in_channel("C1") == []


def test_rate_limits_are_waited_out(workspace: Workspace) -> None:
    workspace.standin.fail("chat.postMessage", 429, times=2, error="ratelimited", retry_after="30")
    workspace.mention(QUESTION)
    workspace.settle()
    assert workspace.waits == [30.0, 30.0]
    assert len(workspace.standin.in_channel("C1")) == 1


@pytest.mark.parametrize("status", [500, 503])
def test_slacks_own_failures_are_tried_again(workspace: Workspace, status: int) -> None:
    workspace.standin.fail("chat.postMessage", status, times=2)
    workspace.mention(QUESTION)
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 1
    assert workspace.waits == [0.5, 1.0]


def test_a_slow_reply_is_not_taken_for_a_failure_and_said_twice(start_bot: StartBot) -> None:
    workspace = start_bot(timeout=1)
    with workspace.standin.holding("chat.postMessage"):
        workspace.mention(QUESTION)
        workspace.settle()
    workspace.standin.wait_for(lambda slack: bool(slack.in_channel("C1")))
    assert len(workspace.standin.made("chat.postMessage")) == 1


def test_an_answer_that_somebody_removed_is_posted_anew_on_an_edit(workspace: Workspace) -> None:
    said = workspace.mention(UNANSWERED)
    workspace.settle()
    workspace.standin.messages.clear()
    now = {"type": "message", "user": "U1", "ts": said["ts"], "text": f"<@{BOT_USER}> {QUESTION}"}
    workspace.event({"type": "message", "subtype": "message_changed", "channel": "C1", "message": now})
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (RuntimeError("password=hunter2 /srv/secret"), "That could not be answered"),
        (OSError("disk /srv/secret"), "That could not be answered"),
        (TimeoutError("hunter2"), "That could not be answered"),
        (HomeError("/srv/secret: damaged"), "The papers cannot be searched just now"),
        (ModelError("/srv/secret: no model"), "The papers cannot be searched just now"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_failure_is_said_in_words_with_an_id_and_nothing_of_the_inside(
    start_bot: StartBot, caplog: pytest.LogCaptureFixture, error: Exception, words: str
) -> None:
    def broken(*given: Any, **named: Any) -> Answer:
        raise error

    workspace = start_bot(broken)
    workspace.mention(QUESTION)
    workspace.command(QUESTION)
    workspace.settle()
    (said,) = workspace.standin.in_channel("C1")
    for message in (said, *workspace.standin.said["command"]):
        text = shown(message)
        assert text.startswith(words)
        assert "hunter2" not in text
        assert "/srv" not in text
    if words.startswith("That"):
        reference = shown(said).split()[-1].rstrip(".")
        assert f"answer {reference}: {type(error).__name__}" in caplog.text
    assert "hunter2" not in caplog.text


def test_an_ingest_that_ends_meanwhile_is_asked_again(start_bot: StartBot) -> None:
    tries: list[str] = []

    def once_changed(*given: Any, **named: Any) -> Answer:
        tries.append(given[1])
        if len(tries) == 1:
            raise HomeError("the papers were indexed anew this moment; ask again")
        return asked(*given, **named)

    workspace = start_bot(once_changed)
    workspace.mention(QUESTION)
    workspace.settle()
    assert shown(workspace.standin.in_channel("C1")[0]).startswith("*❌ Lost*")


def test_sharing_asks_again_as_the_channel_and_never_reposts(start_bot: StartBot) -> None:
    """The one who asks may see more than the channel: what is shared is what the channel's own answer is."""
    heard: list[tuple[str, Audience]] = []

    def recorded(library: Any, question: str, *, audience: Audience, thread: str | None) -> Answer:
        heard.append((question, audience))
        if audience == PUBLIC and question == UNANSWERED:
            return asked(library, question, audience=audience, thread=thread)
        return asked(library, QUESTION, audience=audience, thread=thread)

    insider = Audience(everything=True)
    workspace = start_bot(recorded, audience=lambda place: insider if place.private else PUBLIC)
    workspace.command(UNANSWERED)
    workspace.settle()
    (answer,) = workspace.standin.said["command"]
    assert "Lost" in shown(answer)
    workspace.press({**button(answer, "Share")}, "C1")
    workspace.settle()
    assert [audience for _, audience in heard] == [insider, PUBLIC]
    assert workspace.standin.in_channel("C1")[0]["blocks"][0]["elements"][0]["text"].endswith(QUESTION)


def test_sharing_what_the_channel_may_not_see_shares_nothing(start_bot: StartBot) -> None:
    def guarded(library: Any, question: str, *, audience: Audience, thread: str | None) -> Answer:
        if audience == PUBLIC:
            return asked(library, UNANSWERED, audience=audience, thread=thread)
        return asked(library, question, audience=audience, thread=thread)

    insider = Audience(everything=True)
    workspace = start_bot(guarded, audience=lambda place: insider if place.private else PUBLIC)
    workspace.command(QUESTION)
    workspace.settle()
    workspace.press(button(workspace.standin.said["command"][0], "Share"), "C1")
    workspace.settle()
    assert workspace.standin.in_channel("C1") == []
    assert shown(workspace.standin.said["press"][0]) == saying.NOTHING_TO_SHARE


def test_who_speaks_in_a_channel_waits_for_who_speaks_there_already(workspace: Workspace) -> None:
    with workspace.standin.holding("chat.postMessage"):
        for _ in range(8):
            workspace.mention(QUESTION)
        with workspace.standin.changed:
            assert not workspace.standin.changed.wait_for(lambda: workspace.standin.most_at_once > 1, 0.3)
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 8


def test_fifty_in_one_channel_are_all_answered_though_it_takes_one_message_a_second(start_bot: StartBot) -> None:
    workspace = start_bot(patience=0.0)
    workspace.standin.pace = 1.0
    for _ in range(50):
        workspace.mention(QUESTION)
    workspace.settle()
    answers = workspace.standin.in_channel("C1")
    assert len({each["thread_ts"] for each in answers}) == 50
    assert {shown(each)[:8] for each in answers} == {"*❌ Lost*"}
    assert workspace.standin.now <= 150, "hardly more than a second each, and one for those that were told to wait"
