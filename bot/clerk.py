"""Who answers: takes a question, asks the papers, and puts the answer where it belongs. Runs in a pool's threads."""

import logging
import threading
import traceback
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from slack_sdk.errors import SlackApiError

from answer.answer import Answer
from bot.answer_message import answer_messages
from bot.desk import Desk
from bot.memory import Memory, digest
from bot.message import Message, told
from bot.place import Place
from bot.question import Question
from bot.saying import HELP, STATUS, WORKING, failed, is_help, too_long, words_for
from bot.web import Slack, problem_of
from minutebook.errors import HomeError, MinutebookError

log = logging.getLogger("minutebook.slack")

#: Questions answered at once: the papers are searched by the processor, and more would only wait for each other.
AT_ONCE = 4
#: Seconds until a question that is not answered yet is told that it is being worked on, and until it is given up.
PATIENCE = 1.5
LONGEST = 120.0
FRAMES = 6
#: A response_url is good for five messages; one may have said that it is being worked on.
MOST_RESPONSES = 4
#: Characters of a question that name its thread in the assistant.
LONGEST_TITLE = 60

Shown = Callable[[], None]


class Clerk:
    """Answers at a `Desk`, speaks through `Slack`, and remembers what was asked, so as to follow its edits."""

    def __init__(
        self,
        slack: Slack,
        desk: Desk,
        memory: Memory,
        *,
        public_url: str | None = None,
        patience: float = PATIENCE,
        longest: float = LONGEST,
    ) -> None:
        self.slack = slack
        self.desk = desk
        self.memory = memory
        self.public_url = public_url
        self._patience = patience
        self._longest = longest
        self._thinking = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="slack-asking")
        # Whoever changes the messages that answer a question waits for whoever does so already.
        self._turns = [threading.Lock() for _ in range(256)]

    def close(self) -> None:
        self._thinking.shutdown(wait=False, cancel_futures=True)

    def answer(self, question: Question) -> None:
        """Answers a question that was noted in memory, in the place of what answered it before it was edited."""
        channel, thread = question.place.channel, question.thread or ""
        status = question.assistant and self._quietly(lambda: self.slack.set_status(channel, thread, STATUS))
        messages = self._finished(question, lambda: None if status else self._show_working(question))
        with self._turn(question):
            put = self._is_current(question) and self._quietly(lambda: self._put(question, messages))
            if status and not put:
                self._quietly(lambda: self.slack.set_status(channel, thread, ""))

    def answer_privately(self, question: Question) -> None:
        """Answers through a response_url: only the asker sees it."""

        def working() -> None:
            self._quietly(lambda: self.slack.respond(question.response_url or "", told(WORKING)[0]))

        self.respond(question.response_url or "", self._finished(question, working))

    def withdraw(self, channel: str, ts: str) -> None:
        """Removes the answer to a question that was deleted."""
        with self._turn_of(channel, ts):
            asked = self.memory.asked(channel, ts)
            for answer in asked.answers if asked else ():
                self._quietly(lambda ts=answer: self.slack.delete(channel, ts))  # type: ignore[misc]
            self.memory.answered(channel, ts, [])

    def tell(self, channel: str, thread: str | None, text: str) -> None:
        """Says a plain sentence there."""
        self._quietly(lambda: self.slack.post(channel, told(text)[0], thread))

    def title(self, channel: str, thread: str, title: str) -> None:
        """Names an assistant's thread."""
        self._quietly(lambda: self.slack.set_title(channel, thread, title))

    def say_privately(self, response_url: str, text: str) -> None:
        """Says a plain sentence to one person alone."""
        self.respond(response_url, told(text))

    def respond(self, response_url: str, messages: tuple[Message, ...]) -> None:
        """Shows messages to one person alone; says so if there are more than Slack lets through."""
        if len(messages) > MOST_RESPONSES:
            more = len(messages) - MOST_RESPONSES + 1
            rest = told(f"{more} more parts do not fit here. Ask me in a direct message to see all of it.")
            messages = (*messages[: MOST_RESPONSES - 1], *rest)
        for message in messages:
            if not self._quietly(lambda message=message: self.slack.respond(response_url, message)):  # type: ignore[misc]
                return

    def asked_again(self, text: str, place: Place) -> Answer:
        """The answer to the same question for whoever sees that place. Raises what asking raises."""
        return self._thinking.submit(self.desk.ask, text, place, None).result(self._longest)

    def _finished(self, question: Question, working: Shown) -> tuple[Message, ...]:
        """The answer's messages, or what to say in its place. Never raises: whoever asks is always told."""
        if is_help(question.text):
            return told(HELP)
        if long := too_long(question.text):
            return told(long)
        reference = uuid.uuid4().hex[:16]
        try:
            answer = self._asked(question, working)
            return answer_messages(answer, public_url=self.public_url, shares=True)
        except MinutebookError as error:
            log.warning("answer %s: %s", reference, type(error).__name__)
            return told(words_for(error) or failed(reference))
        # The last resort: whatever broke, the person hears of it, and nothing of what it was.
        except Exception as error:  # noqa: BLE001
            where = "".join(traceback.format_tb(error.__traceback__, limit=-FRAMES))
            log.error("answer %s: %s\n%s", reference, type(error).__name__, where)
            return told(failed(reference))

    def _asked(self, question: Question, working: Shown) -> Answer:
        asking = self._start(question)
        try:
            return asking.result(self._patience)
        except TimeoutError:
            if asking.done():  # it was the asking itself that timed out
                raise
            working()
            try:
                return asking.result(self._longest)
            except HomeError:
                return self._start(question).result(self._longest)
            finally:
                asking.cancel()
        except HomeError:  # as when an ingest ends at that moment
            return self._start(question).result(self._longest)

    def _start(self, question: Question) -> Future[Answer]:
        return self._thinking.submit(self.desk.ask, question.text, question.place, question.conversation)

    def _show_working(self, question: Question) -> None:
        """Says that the answer takes a while, where nothing says so yet and the channel has room for it."""
        if self.slack.is_pressed(question.place.channel):
            return
        with self._turn(question):
            asked = self.memory.asked(question.place.channel, question.ts or "")
            if asked and not asked.answers and self._is_current(question):
                self._quietly(lambda: self._put(question, told(WORKING)))

    def _put(self, question: Question, messages: tuple[Message, ...]) -> None:
        """Puts the messages in the place of those that answered the question before, if any did."""
        channel, ts = question.place.channel, question.ts or ""
        asked = self.memory.asked(channel, ts)
        before = list(asked.answers) if asked else []
        now: list[str] = []
        for message in messages:
            now.append(self._replace(channel, before.pop(0), message, question.thread) if before else
                       self.slack.post(channel, message, question.thread))  # fmt: skip
            self.memory.answered(channel, ts, [*now, *before])
        for surplus in before:
            self.slack.delete(channel, surplus)
        self.memory.answered(channel, ts, now)
        thread = question.thread or ts
        if not question.place.private and not self.memory.is_muted(channel, thread):
            self.memory.answer_in(channel, thread)

    def _replace(self, channel: str, ts: str, message: Message, thread: str | None) -> str:
        """The id of the message that now stands there; posted anew where somebody has removed the old one."""
        try:
            self.slack.update(channel, ts, message)
            return ts
        except SlackApiError as error:
            if problem_of(error) not in ("message_not_found", "cant_update_message", "edit_window_closed"):
                raise
            return self.slack.post(channel, message, thread)

    def _is_current(self, question: Question) -> bool:
        """Whether the question still reads as it did and has not been deleted."""
        asked = self.memory.asked(question.place.channel, question.ts or "")
        return asked is not None and not asked.deleted and asked.digest == digest(question.text)

    def _turn(self, question: Question) -> threading.Lock:
        return self._turn_of(question.place.channel, question.ts or "")

    def _turn_of(self, channel: str, ts: str) -> threading.Lock:
        return self._turns[hash((channel, ts)) % len(self._turns)]

    def _quietly(self, call: Callable[[], object]) -> bool:
        """Makes a call that nothing depends on; whether it went through. A refusal is logged by Slack's word for it."""
        try:
            call()
        except SlackApiError as error:
            log.warning("Slack refused: %s", problem_of(error))
            return False
        except OSError as error:
            log.warning("Slack could not be reached: %s", type(error).__name__)
            return False
        return True
