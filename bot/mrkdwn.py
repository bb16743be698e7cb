"""Slack's text format, both ways: papers' words made harmless, and what a person typed made plain.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Iterator

#: The most that a text object of a section may hold.
LONGEST_TEXT = 3000

_CONTROL = re.compile(r"<([^<>]*)>")
_FORMAT = re.compile(r"[*~`]")
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def visible(text: str) -> str:
    """The text without control characters and the like: nothing in it is hidden, or turns what follows around."""
    return _HIDDEN.sub("", text)


def escape(text: str) -> str:
    """The text so that Slack shows it as it is: `<!channel>` and `<@U1>` in a paper notify nobody."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def link(url: str, label: str) -> str:
    """A link. `url` may hold none of `<`, `>` and `|`; `label` is escaped here."""
    return f"<{url}|{escape(' '.join(label.split())).replace('|', '¦')}>"


def typed(text: str, bot_user: str | None = None) -> str:
    """What a person typed, without Slack's markup: mentions of the bot are gone, links and names are their words."""

    def plain(match: re.Match[str]) -> str:
        inside = match[1]
        target, _, label = inside.partition("|")
        if target.startswith("@"):
            return "" if target[1:] == bot_user else label
        if target.startswith("#"):
            return f"#{label}" if label else ""
        if target.startswith("!"):
            return label if target.startswith(("!date", "!subteam")) else ""
        return label or target

    return " ".join(unescape(_FORMAT.sub(" ", _CONTROL.sub(plain, text))).split())


def mentions(text: str, bot_user: str | None) -> bool:
    """Whether the text mentions the bot."""
    return bot_user is not None and re.search(rf"<@{re.escape(bot_user)}(\|[^<>]*)?>", text) is not None


def pieces(text: str, longest: int = LONGEST_TEXT) -> Iterator[str]:
    """Plain text cut where it must be, at a line, sentence or word if it can be, so that each is at most `longest`
    characters once escaped. Nothing but white space at the cuts is lost, and no escape is cut in two."""
    rest = visible(text).strip()
    while rest:
        if len(escape(rest)) <= longest:
            yield rest
            return
        end = _fitting(rest, longest)
        cut = end
        for mark in ("\n", ". ", "; ", " "):
            at = rest.rfind(mark, end // 3, end)
            if at > 0:
                cut = at + len(mark)
                break
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()


def _fitting(text: str, longest: int) -> int:
    """How many characters of `text` fit when escaped; at least one."""
    size = 0
    for number, char in enumerate(text):
        size += len(escape(char))
        if size > longest:
            return max(number, 1)
    return len(text)
