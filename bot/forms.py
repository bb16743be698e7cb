"""The two forms the bot opens: why an answer was not helpful, and where to share one.

https://docs.slack.dev/reference/views/modal-views
"""

import json
from typing import Any

REASON = "minutebook_reason"
SHARE_TO = "minutebook_share_to"
_FIELD = "field"
_INPUT = "input"
#: Fewer than the store takes, so that a reason typed is a reason kept.
LONGEST_REASON = 1_000


def reason_form(answer_id: str) -> dict[str, Any]:
    """Asks, as an optional thing, why an answer was not helpful."""
    words = {
        "type": "plain_text_input",
        "action_id": _INPUT,
        "multiline": True,
        "max_length": LONGEST_REASON,
        "placeholder": _plain("Such as: the wrong meeting, an old decision, not what I asked"),
    }
    return _form(REASON, answer_id, "Not helpful", "Send", "What was wrong with it?", words, optional=True)


def share_form(answer_id: str) -> dict[str, Any]:
    """Asks in which channel the question is to be put again."""
    channels = {
        "type": "conversations_select",
        "action_id": _INPUT,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return _form(SHARE_TO, answer_id, "Share", "Share", "Ask again in this channel", channels, optional=False)


def answer_of(view: dict[str, Any]) -> str:
    """The answer that a form sent back is about; empty when it is not one of ours."""
    try:
        answer_id = json.loads(view["private_metadata"])["answer"]
    except (KeyError, TypeError, ValueError):
        return ""
    return answer_id if isinstance(answer_id, str) and len(answer_id) <= 100 else ""


def filled_in(view: dict[str, Any]) -> str:
    """What was typed or chosen; empty when nothing was."""
    try:
        field = view["state"]["values"][_FIELD][_INPUT]
    except (KeyError, TypeError):
        return ""
    return str(field.get("value") or field.get("selected_conversation") or "").strip()


def _form(
    form: str, answer_id: str, title: str, send: str, label: str, element: dict[str, Any], *, optional: bool
) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": form,
        "private_metadata": json.dumps({"answer": answer_id}),
        "title": _plain(title),
        "submit": _plain(send),
        "close": _plain("Cancel"),
        "blocks": [
            {"type": "input", "block_id": _FIELD, "optional": optional, "label": _plain(label), "element": element}
        ],
    }


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}
