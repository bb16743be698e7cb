"""A question asked in Slack: its words, where it was asked, and where its answer goes."""

from dataclasses import dataclass

from bot.place import Place


@dataclass(frozen=True, slots=True)
class Question:
    """`ts` is the message that asks, `thread` the thread to answer in. With `response_url` only the asker is answered.

    `assistant` is true in Slack's assistant container, which shows a status of its own.
    """

    text: str
    place: Place
    ts: str | None = None
    thread: str | None = None
    response_url: str | None = None
    assistant: bool = False

    @property
    def conversation(self) -> str | None:
        """What makes follow-ups belong together; None where nothing can follow."""
        if self.response_url is not None:
            return None
        return ":".join(part for part in ("slack", self.place.team, self.place.channel, self.thread) if part)
