"""The buttons under an answer, and what a pressed one says about itself."""

import json
from dataclasses import dataclass
from typing import Any

from bot.message import Block

HELPFUL = "minutebook_helpful"
NOT_HELPFUL = "minutebook_not_helpful"
WHOLE_MINUTE = "minutebook_whole_minute"
LATER = "minutebook_later"
SHARE = "minutebook_share"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button carries: the answer it stands under."""

    answer_id: str

    @classmethod
    def of(cls, value: Any) -> "Pressed | None":
        """What the value of a pressed button says, or None when it is not one of ours."""
        try:
            read = json.loads(value)
            answer_id = read["answer"]
        except (TypeError, ValueError, KeyError):
            return None
        return cls(answer_id) if isinstance(answer_id, str) and 0 < len(answer_id) <= 100 else None


def buttons(answer_id: str, *, cites: bool, shares: bool) -> Block:
    """The row of buttons: those about the minute only under an answer that `cites` one."""
    rows = [
        (HELPFUL, "👍 Helpful", "Say that this answer was helpful", True),
        (NOT_HELPFUL, "👎 Not helpful", "Say that this answer was not helpful", True),
        (WHOLE_MINUTE, "Whole minute", "Show the whole minute or item that this rests on", cites),
        (LATER, "Later decisions", "Show what was decided on this at later meetings", cites),
        (SHARE, "Share", "Ask again where others see the answer", shares),
    ]
    value = json.dumps({"answer": answer_id})
    elements = [
        {
            "type": "button",
            "action_id": action,
            "text": {"type": "plain_text", "text": label, "emoji": True},
            "accessibility_label": read_aloud,
            "value": value,
        }
        for action, label, read_aloud, wanted in rows
        if wanted
    ]
    return {"type": "actions", "elements": elements}
