"""A pressed button: who pressed it, where, and under which answer."""

from dataclasses import dataclass
from typing import Any

from bot.buttons import Pressed
from bot.place import Place


@dataclass(frozen=True, slots=True)
class Press:
    """`private`: the message is seen by the presser alone, so what follows is too. `thread` is where else it goes."""

    answer_id: str
    place: Place
    thread: str | None
    response_url: str
    trigger_id: str

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Press | None":
        """The press that a block_actions payload tells of; None when it is none of ours."""
        pressed = Pressed.of(body["actions"][0].get("value"))
        container = body.get("container") or {}
        channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
        user = (body.get("user") or {}).get("id")
        if pressed is None or not channel or not user:
            return None
        private = bool(container.get("is_ephemeral")) or channel.startswith("D")
        place = Place((body.get("team") or {}).get("id") or "", channel, user, private)
        thread = container.get("thread_ts") or (None if channel.startswith("D") else container.get("message_ts"))
        return cls(pressed.answer_id, place, thread, body.get("response_url") or "", body.get("trigger_id") or "")

    @property
    def ephemeral(self) -> bool:
        """Whether the message is one that only the presser sees in a channel of others."""
        return self.place.private and not self.place.channel.startswith("D")
