"""What happens when a button is pressed or a form is sent back. Runs in a pool's threads."""

import logging

from slack_sdk.errors import SlackApiError

from bot.answer_message import answer_messages
from bot.clerk import Clerk
from bot.desk_messages import later_messages, minute_messages
from bot.forms import reason_form, share_form
from bot.message import Message, told
from bot.mrkdwn import escape
from bot.place import Place
from bot.press import Press
from bot.saying import GONE, NOT_IN_CHANNEL, NOT_SHARED, NOTHING_TO_SHARE, THANKS, failed
from bot.web import problem_of
from index.feedback import Feedback
from minutebook.errors import MinutebookError, NotHeld

log = logging.getLogger("minutebook.slack")

SURFACE = "slack"
#: The words of a shared question that stand above its answer.
LONGEST_ASKED = 300


class Counter:
    """Opinions, whole minutes, later decisions and sharing, each for whoever sees what comes of it."""

    def __init__(self, clerk: Clerk, feedback: Feedback) -> None:
        self._clerk = clerk
        self._feedback = feedback

    def helpful(self, press: Press) -> None:
        """Keeps that it was, and says thank you to the presser alone."""
        self._feedback.give(press.answer_id, _by(press.place), helpful=True, surface=SURFACE)
        self._clerk.respond(press.response_url, told(THANKS))

    def not_helpful(self, press: Press) -> None:
        """Keeps that it was not, whether or not the form that then opens is filled in."""
        self._feedback.give(press.answer_id, _by(press.place), helpful=False, surface=SURFACE)
        self._clerk.slack.open_view(press.trigger_id, reason_form(press.answer_id))

    def reason(self, answer_id: str, place: Place, reason: str) -> None:
        """Keeps why it was not helpful."""
        self._feedback.give(answer_id, _by(place), helpful=False, surface=SURFACE, reason=reason or None)

    def whole_minute(self, press: Press) -> None:
        try:
            minute = self._clerk.desk.minute(press.answer_id, press.place)
            messages = minute_messages(minute, self._clerk.public_url)
        except MinutebookError as error:
            messages = _instead(error, press.answer_id)
        self._show(press, messages)

    def later(self, press: Press) -> None:
        try:
            since, later = self._clerk.desk.later(press.answer_id, press.place)
            messages = later_messages(since, later, self._clerk.public_url)
        except MinutebookError as error:
            messages = _instead(error, press.answer_id)
        self._show(press, messages)

    def share(self, press: Press) -> None:
        """From an answer seen by one person in a channel, shares it there; from anywhere else, asks where to."""
        if not press.ephemeral:
            self._clerk.slack.open_view(press.trigger_id, share_form(press.answer_id))
            return
        problem = self.share_to(press.answer_id, press.place, press.place.channel)
        if problem:
            self._clerk.respond(press.response_url, told(problem))

    def share_chosen(self, answer_id: str, place: Place, channel: str) -> None:
        """Shares to the channel that was chosen in the form; what went wrong is said to the sharer directly."""
        problem = self.share_to(answer_id, place, channel)
        if problem:
            self._clerk.tell(place.user, None, problem)

    def share_to(self, answer_id: str, place: Place, channel: str) -> str | None:
        """Asks the question again as the channel, and posts what the channel may see; or says why it did not.

        The first answer may rest on papers that only the sharer may see, so it is never posted itself.
        """
        clerk = self._clerk
        seen_by_all = Place(place.team, channel, place.user, private=False)
        try:
            question = str(clerk.desk.given(answer_id, place)["question"])
            answer = clerk.asked_again(question, seen_by_all)
        except MinutebookError as error:
            return GONE if isinstance(error, NotHeld) else failed(answer_id)
        if answer.outcome == "not_found":
            return NOTHING_TO_SHARE
        shown = question if len(question) <= LONGEST_ASKED else question[: LONGEST_ASKED - 1] + "…"
        asked_by = f"<@{place.user}> asked: {escape(shown)}"
        try:
            first, *rest = answer_messages(answer, public_url=clerk.public_url, shares=True, asked_by=asked_by)
            thread = clerk.slack.post(channel, first)
            for message in rest:
                clerk.slack.post(channel, message, thread)
        except SlackApiError as error:
            log.warning("Slack refused: %s", problem_of(error))
            outside = problem_of(error) in ("not_in_channel", "channel_not_found")
            return NOT_IN_CHANNEL if outside else NOT_SHARED
        clerk.memory.answer_in(channel, thread)
        return None

    def _show(self, press: Press, messages: tuple[Message, ...]) -> None:
        """Shows messages to all who see the answer: to the presser alone, or in the answer's thread."""
        if press.ephemeral:
            self._clerk.respond(press.response_url, messages)
            return
        for message in messages:
            self._clerk.slack.post(press.place.channel, message, press.thread)


def _by(place: Place) -> str:
    return f"{SURFACE}:{place.team}:{place.user}"


def _instead(error: MinutebookError, answer_id: str) -> tuple[Message, ...]:
    return told(GONE if isinstance(error, NotHeld) else failed(answer_id))
