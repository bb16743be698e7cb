"""A whole conversation on each surface, with the real Bolt app, over HTTP, against a stand-in of Slack."""

from typing import Any

import pytest

from bot import saying
from tests.slack_fixtures import UNANSWERED, Workspace, fresh_ts
from tests.slack_standin import BOT_USER, button, shown

LIBRARY = "What was resolved about the Market Street library?"
RENTS = "Were allotment rents halved?"
RESOLVED = "2.2 RESOLVED that the Market Street library open until 8 pm on Thursdays from 6 May 2024."


def in_thread(workspace: Workspace, channel: str, thread: str) -> list[dict[str, Any]]:
    return [each for each in workspace.standin.in_channel(channel) if each.get("thread_ts") == thread]


def test_a_channel_mention_is_answered_in_a_thread(workspace: Workspace) -> None:
    asked = workspace.mention(LIBRARY)
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    assert answer["thread_ts"] == asked["ts"]
    lines = shown(answer).split("\n")
    assert lines[0] == "*✅ Decided*"
    assert RESOLVED.removeprefix("2.2 ") in lines[1]  # the citation names the paragraph
    assert lines[2] == "[1] Leisure and Libraries Committee · 12 March 2024 · minute 2.2 · page 1"
    assert any("Searched 5 papers of Wexmoor District Council up to 3 June 2024" in line for line in lines)
    place = answer["blocks"][3]["text"]["text"]
    assert place.startswith("<https://minutes.example.org/papers/")
    assert "/pages/1.png?quote=2.2%20RESOLVED%20that%20the%20Market%20Street" in place


def test_a_follow_up_needs_a_mention_until_the_channel_says_otherwise(workspace: Workspace) -> None:
    asked = workspace.mention(LIBRARY)
    workspace.settle()
    thread = asked["ts"]
    in_channel = {"channel": "C1", "channel_type": "channel", "thread_ts": thread}
    workspace.message(RENTS, **in_channel)
    workspace.settle()
    assert len(workspace.standin.in_channel("C1")) == 1, "nobody asked for follow-ups here"

    workspace.mention("follow-ups on", thread_ts=thread)
    workspace.message(RENTS, **in_channel)
    workspace.settle()
    answers = in_thread(workspace, "C1", thread)
    assert shown(answers[1]) == saying.FOLLOW_UPS_ON
    assert shown(answers[2]).startswith("*❌ Lost*")

    # A mention comes as two events; it is one question.
    twice = workspace.mention(LIBRARY, thread_ts=thread)
    workspace.message(twice["text"], ts=twice["ts"], **in_channel)
    workspace.settle()
    assert len(in_thread(workspace, "C1", thread)) == 4

    workspace.message("stop", **in_channel)
    workspace.message(RENTS, **in_channel)
    workspace.settle()
    answers = in_thread(workspace, "C1", thread)
    assert shown(answers[-1]) == saying.MUTED
    assert len(answers) == 5, "it was stopped"

    workspace.mention(RENTS, thread_ts=thread)
    workspace.settle()
    assert shown(in_thread(workspace, "C1", thread)[-1]).startswith("*❌ Lost*")

    workspace.mention("follow ups off", thread_ts=thread)
    workspace.message(LIBRARY, **in_channel)
    workspace.settle()
    assert shown(in_thread(workspace, "C1", thread)[-1]) == saying.FOLLOW_UPS_OFF


def test_stop_by_mention_mutes_and_other_threads_are_none_of_ours(workspace: Workspace) -> None:
    workspace.mention("follow-ups on")
    asked = workspace.mention(LIBRARY)
    workspace.mention("stop", thread_ts=asked["ts"])
    for thread in (asked["ts"], fresh_ts()):
        workspace.message(RENTS, channel="C1", channel_type="channel", thread_ts=thread)
    workspace.message(RENTS, channel="C1", channel_type="channel")
    workspace.settle()
    said = [shown(each) for each in workspace.standin.in_channel("C1")]
    assert len(said) == 3
    assert not any("Lost" in each for each in said)


def test_a_direct_message_is_answered_where_it_stands(workspace: Workspace) -> None:
    workspace.message(LIBRARY)
    workspace.settle()
    workspace.message(RENTS)
    workspace.settle()
    first, second = workspace.standin.in_channel("D1")
    assert first.get("thread_ts") is None
    assert RESOLVED in shown(first)
    assert shown(second).startswith("*❌ Lost*")
    workspace.message("stop")
    workspace.message("help")
    workspace.settle()
    assert {shown(each) for each in workspace.standin.in_channel("D1")[2:]} == {saying.NOTHING_TO_SET, saying.HELP}


def test_the_command_is_seen_by_the_asker_alone_and_shared_by_asking_again(workspace: Workspace) -> None:
    acknowledged = workspace.command(LIBRARY)
    assert (acknowledged.status_code, acknowledged.text) == (200, "")
    workspace.settle()
    (answer,) = workspace.standin.said["command"]
    assert RESOLVED in shown(answer)
    assert workspace.standin.in_channel("C1") == []

    workspace.press(button(answer, "Share"), "C1")
    workspace.settle()
    (shared,) = workspace.standin.in_channel("C1")
    assert shared["blocks"][0]["elements"][0]["text"] == f"<@U1> asked: {LIBRARY}"
    assert RESOLVED in shown(shared)


def test_the_command_helps_and_sets_without_asking_anything(workspace: Workspace) -> None:
    for text in ("", "help"):
        assert workspace.command(text).json() == {"response_type": "ephemeral", "text": saying.HELP}
    assert workspace.command("follow-ups on").json()["text"] == saying.FOLLOW_UPS_ON
    assert workspace.command("Follow-ups  OFF").json()["text"] == saying.FOLLOW_UPS_OFF
    assert workspace.command("follow-ups on", "D1").json()["text"] == saying.NOTHING_TO_SET
    assert workspace.standin.calls == []


def test_the_shortcut_takes_the_message_as_the_question(workspace: Workspace) -> None:
    def use(text: str) -> None:
        payload = {
            "type": "message_action", "callback_id": "minutebook_find_decision", "team": {"id": "T1"},
            "channel": {"id": "C1"}, "user": {"id": "U1"}, "trigger_id": f"t{fresh_ts()}",
            "response_url": workspace.standin.response_url("shortcut"),
            "message": {"type": "message", "user": "U2", "ts": fresh_ts(), "text": text},
        }  # fmt: skip
        assert workspace.interaction(payload).status_code == 200
        workspace.settle()

    use("<@U7> <!here> Were *allotment rents* halved?")
    use("<@U7>")
    answer, nothing = workspace.standin.said["shortcut"]
    assert shown(answer).startswith("*❌ Lost*")
    assert shown(nothing) == saying.NO_WORDS
    assert workspace.standin.in_channel("C1") == []


def test_the_assistant_suggests_works_visibly_names_its_thread_and_follows_up(workspace: Workspace) -> None:
    thread = fresh_ts()
    opened = {"user_id": "U1", "context": {}, "channel_id": "D1", "thread_ts": thread}
    assert workspace.event({"type": "assistant_thread_started", "assistant_thread": opened}).status_code == 200
    assert workspace.event({"type": "assistant_thread_context_changed", "assistant_thread": opened}).status_code == 200
    workspace.settle()
    (suggested,) = workspace.standin.made("assistant.threads.setSuggestedPrompts")
    assert (suggested["channel_id"], suggested["thread_ts"], len(suggested["prompts"])) == ("D1", thread, 3)

    workspace.message(suggested["prompts"][0]["message"], thread_ts=thread)
    workspace.settle()
    workspace.message(RENTS, thread_ts=thread)
    workspace.settle()
    assert [each["status"] for each in workspace.standin.made("assistant.threads.setStatus")] == [saying.STATUS] * 2
    (titled,) = workspace.standin.made("assistant.threads.setTitle")
    assert titled["title"] == suggested["prompts"][0]["message"]
    assert shown(in_thread(workspace, "D1", thread)[-1]).startswith("*❌ Lost*")

    workspace.message("stop", thread_ts=thread)
    workspace.message(LIBRARY, thread_ts=thread)
    workspace.settle()
    assert shown(in_thread(workspace, "D1", thread)[-1]) == saying.MUTED
    workspace.message(f"<@{BOT_USER}> {LIBRARY}", thread_ts=thread)
    workspace.settle()
    assert RESOLVED in shown(in_thread(workspace, "D1", thread)[-1])


def test_what_is_not_there_is_said_with_what_was_searched(workspace: Workspace) -> None:
    workspace.mention(UNANSWERED)
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    said = shown(answer)
    assert said.startswith("*🔍 Not found*")
    assert "Searched 5 papers of Wexmoor District Council up to 3 June 2024" in said
    assert "/papers/" not in said, "a bare path helps nobody in Slack"
    with pytest.raises(AssertionError, match="no button"):
        button(answer, "Whole minute")


def test_the_buttons_show_the_minute_and_what_came_later(workspace: Workspace) -> None:
    asked = workspace.mention(LIBRARY)
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    workspace.press(button(answer, "Whole minute"), "C1", ts=answer["ts"])
    workspace.settle()
    workspace.press(button(answer, "Later decisions"), "C1", ts=answer["ts"])
    workspace.settle()
    minute, later = in_thread(workspace, "C1", asked["ts"])[1:]
    said = shown(minute)
    assert said.startswith("*2 Opening hours of the Market Street library*")
    assert "2.1 Officers reported that the library had 41,250 visits" in said
    assert "2.3 Proposed by Councillor Birdwood" in said
    assert "Swimming" not in said
    assert shown(later) == saying.NO_LATER


def test_buttons_of_a_private_answer_show_privately(workspace: Workspace) -> None:
    workspace.command(RENTS)
    workspace.settle()
    (answer,) = workspace.standin.said["command"]
    workspace.press(button(answer, "Whole minute"), "C1")
    workspace.settle()
    (minute,) = workspace.standin.said["press"]
    assert "5.1 Councillor Dunstan moved" in shown(minute)
    assert workspace.standin.in_channel("C1") == []


def test_feedback_is_kept_with_the_answer_and_its_reason(workspace: Workspace, tmp_path: Any) -> None:
    from index.feedback import Feedback

    workspace.mention(LIBRARY)
    workspace.settle()
    (answer,) = workspace.standin.in_channel("C1")
    workspace.press(button(answer, "👍 Helpful"), "C1", ts=answer["ts"], user="U2")
    workspace.press(button(answer, "Not helpful"), "C1", ts=answer["ts"])
    workspace.settle()
    assert shown(workspace.standin.said["press"][0]) == saying.THANKS
    (form,) = workspace.standin.views
    assert workspace.submit(form, {"type": "plain_text_input", "value": "the wrong year"}).status_code == 200
    workspace.settle()
    opinions, total = Feedback(tmp_path).opinions()
    assert total == 2, "one word a person"
    assert {(each.helpful, each.reason) for each in opinions} == {(True, None), (False, "the wrong year")}
    (answer_id,) = {each.answer_id for each in opinions}
    assert answer_id in shown(answer)


def test_sharing_from_a_direct_message_asks_where_to(workspace: Workspace) -> None:
    workspace.message(LIBRARY)
    workspace.settle()
    (answer,) = workspace.standin.in_channel("D1")
    workspace.press(button(answer, "Share"), "D1", ts=answer["ts"])
    workspace.settle()
    (form,) = workspace.standin.views
    workspace.submit(form, {"type": "conversations_select", "selected_conversation": "C2"})
    workspace.settle()
    assert RESOLVED in shown(workspace.standin.in_channel("C2")[0])

    workspace.standin.closed_channels.add("C3")
    workspace.submit(form, {"type": "conversations_select", "selected_conversation": "C3"})
    workspace.settle()
    assert shown(workspace.standin.in_channel("U1")[0]) == saying.NOT_IN_CHANNEL
