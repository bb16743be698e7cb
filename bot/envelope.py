"""What Slack sends, before it is known what it says: is it sound, and was it seen before."""

from typing import Any


def key_of(body: Any) -> str | None:
    """What tells one event, command or press from every other, also when it is sent again; None if it is not sound."""
    if not isinstance(body, dict):
        return None
    if body.get("type") == "event_callback":
        event, event_id = body.get("event"), body.get("event_id")
        sound = isinstance(event, dict) and isinstance(event.get("type"), str) and _is_id(event_id)
        return f"event:{event_id}" if sound else None
    if body.get("type") == "block_actions":
        actions = body.get("actions")
        if not isinstance(actions, list) or not actions or not all(isinstance(each, dict) for each in actions):
            return None
    trigger = body.get("trigger_id")
    return f"trigger:{trigger}" if _is_id(trigger) else None


def bot_user_of(body: dict[str, Any]) -> str | None:
    """The bot's own user id, which every event names."""
    authorizations = body.get("authorizations")
    if isinstance(authorizations, list) and authorizations and isinstance(authorizations[0], dict):
        user = authorizations[0].get("user_id")
        return user if isinstance(user, str) else None
    return None


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200
