"""What was said, and whether it is for us: from Slack's events, commands and shortcuts to questions for the clerk.

Nothing here calls Slack or reads papers; it looks into memory and hands work to the pool.
"""

from typing import Any

from bot.clerk import LONGEST_TITLE, Clerk
from bot.envelope import bot_user_of
from bot.memory import Memory
from bot.mrkdwn import mentions, typed
from bot.place import Place
from bot.pool import Pool
from bot.question import Question
from bot.saying import (
    BUSY,
    FOLLOW_UPS_OFF,
    FOLLOW_UPS_ON,
    HELP,
    MUTED,
    NO_WORDS,
    NOTHING_TO_SET,
    follow_ups_wanted,
    is_help,
    is_stop,
    too_long,
)

Event = dict[str, Any]

#: Kinds of message that a person writes; all others are Slack telling of something.
WRITTEN = (None, "file_share", "thread_broadcast", "me_message")
PROMPTS_TITLE = "Ask what was decided, such as:"
PROMPTS = (
    ("The latest decisions", "What was decided at the latest meeting?"),
    ("Motions that were lost", "Which motions were lost?"),
    ("Recommended to full council", "What was recommended to full council?"),
)


class Hearing:
    """Tells apart what is for us, and hands it on."""

    def __init__(self, clerk: Clerk, memory: Memory, work: Pool) -> None:
        self._clerk = clerk
        self._memory = memory
        self._work = work

    def mention(self, event: Event, body: Event) -> None:
        """An @mention: in a channel, and answered in a thread. Also how a channel's settings are made."""
        if not _by_a_person(event, body):
            return
        channel, ts = event["channel"], event["ts"]
        thread = event.get("thread_ts") or ts
        text = typed(event.get("text") or "", bot_user_of(body))
        wanted = follow_ups_wanted(text)
        if is_stop(text):
            self._memory.mute(channel, thread)
            self._say(channel, thread, MUTED)
        elif wanted is not None:
            self._memory.set_follow_ups(channel, wanted)
            self._say(channel, thread, FOLLOW_UPS_ON if wanted else FOLLOW_UPS_OFF)
        else:
            self._memory.answer_in(channel, thread)
            self._answer(Question(text, _place(event, body, private=False), ts, thread))

    def message(self, event: Event, body: Event) -> None:
        """A direct message; or one in a channel's thread that the bot follows."""
        if event.get("subtype") not in WRITTEN or not _by_a_person(event, body):
            return
        channel, ts, thread = event["channel"], event["ts"], event.get("thread_ts")
        raw = event.get("text") or ""
        text = typed(raw, bot_user_of(body))
        if event.get("channel_type") == "im":
            self._directly(Question(text, _place(event, body, private=True), ts, thread), mentioned=False)
            return
        if thread is None or mentions(raw, bot_user_of(body)):
            return
        if not self._memory.follows_up(channel) or not self._memory.answers_in(channel, thread):
            return
        if is_stop(text):
            self._memory.mute(channel, thread)
            self._say(channel, thread, MUTED)
        elif text:
            self._answer(Question(text, _place(event, body, private=False), ts, thread))

    def changed(self, event: Event, body: Event) -> None:
        """An edited question is answered anew in the same place; a deleted one's answer goes with it."""
        channel = event.get("channel")
        before = event.get("previous_message") or {}
        after = event.get("message") or {}
        ts = after.get("ts") or before.get("ts") or event.get("deleted_ts")
        if not isinstance(channel, str) or not isinstance(ts, str):
            return
        if event["subtype"] == "message_deleted" or after.get("subtype") == "tombstone":
            if self._memory.deleted(channel, ts):
                self._work.take(lambda: self._clerk.withdraw(channel, ts), promised=True)
            return
        asked = self._memory.asked(channel, ts)
        if asked is None or not _by_a_person({**after, "channel": channel, "ts": ts}, body):
            return
        text = typed(after.get("text") or "", bot_user_of(body))
        if self._memory.edited(channel, ts, text):
            private = channel.startswith("D")
            place = Place(body.get("team_id") or "", channel, after["user"], private)
            self._work.take(lambda: self._clerk.answer(Question(text, place, ts, asked.thread)), promised=True)

    def command(self, body: Event) -> str:
        """What to answer a command at once; empty where the answer comes later. Only the asker sees either."""
        text = typed(body.get("text") or "")
        channel = body.get("channel_id") or ""
        wanted = follow_ups_wanted(text)
        if is_help(text):
            return HELP
        if wanted is not None:
            if channel.startswith("D"):
                return NOTHING_TO_SET
            self._memory.set_follow_ups(channel, wanted)
            return FOLLOW_UPS_ON if wanted else FOLLOW_UPS_OFF
        if long := too_long(text):
            return long
        place = Place(body.get("team_id") or "", channel, body.get("user_id") or "", private=True)
        question = Question(text, place, response_url=body.get("response_url") or "")
        return "" if self._work.take(lambda: self._clerk.answer_privately(question)) else BUSY

    def shortcut(self, body: Event) -> None:
        """“Find the decision” on a message: its words are the question, and the asker alone is answered."""
        message = body.get("message") or {}
        channel = (body.get("channel") or {}).get("id") or ""
        user = (body.get("user") or {}).get("id") or ""
        place = Place((body.get("team") or {}).get("id") or "", channel, user, private=True)
        question = Question(typed(message.get("text") or ""), place, response_url=body.get("response_url") or "")
        if not question.text:
            self._respond(question, NO_WORDS)
        elif not self._work.take(lambda: self._clerk.answer_privately(question)):
            self._respond(question, BUSY)

    def assistant_opened(self, event: Event) -> None:
        """The assistant was opened: prompts to begin with."""
        thread = event["assistant_thread"]
        channel, ts = thread["channel_id"], thread["thread_ts"]
        self._work.take(lambda: self._clerk.slack.suggest(channel, ts, PROMPTS_TITLE, PROMPTS))

    def assistant_message(self, event: Event, body: Event) -> None:
        """A message to the assistant, or in a thread of a direct conversation, which is the same to Slack."""
        if not _by_a_person(event, body):
            return
        text = typed(event.get("text") or "", bot_user_of(body))
        question = Question(text, _place(event, body, private=True), event["ts"], event["thread_ts"], assistant=True)
        channel, thread = event["channel"], event["thread_ts"]
        titled = self._memory.answers_in(channel, thread)
        mentioned = mentions(event.get("text") or "", bot_user_of(body))
        if self._directly(question, mentioned=mentioned) and not titled and not is_help(text):
            self._memory.answer_in(channel, thread)
            title = text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"
            self._work.take(lambda: self._clerk.title(channel, thread, title))

    def _directly(self, question: Question, *, mentioned: bool) -> bool:
        """Answers one who writes to us alone, unless they have stopped us in that thread; whether it is answered."""
        channel, thread = question.place.channel, question.thread
        if thread and is_stop(question.text):
            self._memory.mute(channel, thread)
            self._say(channel, thread, MUTED)
            return False
        if thread and self._memory.is_muted(channel, thread) and not mentioned:
            return False
        if is_stop(question.text) or follow_ups_wanted(question.text) is not None:
            self._say(channel, thread, NOTHING_TO_SET)
            return False
        return self._answer(question)

    def _answer(self, question: Question) -> bool:
        """Notes a question and has it answered, unless that message was noted before."""
        if not self._memory.ask(question.place.channel, question.ts or "", question.text, question.thread):
            return False
        return self._work.take(lambda: self._clerk.answer(question), promised=True)

    def _say(self, channel: str, thread: str | None, text: str) -> None:
        self._work.take(lambda: self._clerk.tell(channel, thread, text), promised=True)

    def _respond(self, question: Question, text: str) -> None:
        self._work.take(lambda: self._clerk.say_privately(question.response_url or "", text))


def _by_a_person(event: Event, body: Event) -> bool:
    """Whether a person wrote it: no bot, no app, not ourselves, and with all that an answer needs."""
    user = event.get("user")
    sound = all(isinstance(event.get(name), str) for name in ("user", "channel", "ts"))
    automatic = event.get("bot_id") or event.get("bot_profile") or event.get("app_id") or user == "USLACKBOT"
    return sound and not automatic and user != bot_user_of(body)


def _place(event: Event, body: Event, *, private: bool) -> Place:
    return Place(body.get("team_id") or "", event["channel"], event["user"], private)
