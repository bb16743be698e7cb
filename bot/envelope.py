"""What Slack sends, before it is known what it says: is it sound, and was it seen before."""

from typing import Any


def is_sound(body: Any) -> bool:
    """Whether it is something that Slack sends, and whole enough to be looked into."""
    if isinstance(body, dict) and (body.get("type") == "url_verification" or body.get("ssl_check") == "1"):
        return True
    return key_of(body) is not None


def key_of(body: Any) -> str | None:
    """What tells one event, command or press from every other, also when it is sent again; None if it is not sound."""
    if not isinstance(body, dict):
        return None
    if body.get("type") == "event_callback":
        event, event_id = body.get("event"), body.get("event_id")
        sound = isinstance(event, dict) and _names_its_thread(event) and _is_id(event_id)
        return f"event:{event_id}" if sound else None
    if body.get("type") == "block_actions":
        actions = body.get("actions")
        if not isinstance(actions, list) or not actions or not all(_is_named(each, "action_id") for each in actions):
            return None
    if body.get("type") == "view_submission":
        view = body.get("view")
        if not _is_named(view, "type") or not _is_named(view, "callback_id"):
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


def _names_its_thread(event: dict[str, Any]) -> bool:
    """Whether it says what it is, and where: Bolt looks for the thread before anybody is asked whether it is there."""
    kind = event.get("type")
    if not isinstance(kind, str):
        return False
    if not kind.startswith("assistant_thread"):
        return True
    thread = event.get("assistant_thread")
    return isinstance(thread, dict) and _is_id(thread.get("channel_id")) and _is_id(thread.get("thread_ts"))


def _is_named(part: Any, name: str) -> bool:
    return isinstance(part, dict) and isinstance(part.get(name), str)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200
