"""Messages as Slack takes them: blocks within its limits, and the words that a notification shows.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.mrkdwn import LONGEST_TEXT, escape, pieces

Block = dict[str, Any]

MOST_BLOCKS = 50
#: Characters in all of a message's texts. Slack gives no figure for it, and refuses messages of some 13,000.
LONGEST_MESSAGE = 12_000
#: Characters of the plain words beside the blocks: a notification shows no more.
LONGEST_NOTICE = 300


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `notice` is what notifications and screen readers have in the place of the blocks, escaped."""

    notice: str
    blocks: tuple[Block, ...]

    def as_arguments(self) -> dict[str, Any]:
        """Arguments for chat.postMessage: nothing in it is linked, mentioned or unfurled that we did not link."""
        return {
            "text": self.notice,
            "blocks": list(self.blocks),
            "parse": "none",
            "link_names": False,
            "unfurl_links": False,
            "unfurl_media": False,
        }


def section(mrkdwn: str) -> Block:
    """A section of text that is already escaped and fits."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}


def context(mrkdwn: str) -> Block:
    """Small print, already escaped."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": mrkdwn, "verbatim": True}]}


def sections(text: str) -> list[Block]:
    """Sections that hold all of a plain text."""
    return [section(escape(piece)) for piece in pieces(text)]


def quotation(text: str) -> list[Block]:
    """Sections that hold all of a plain text, set off as a quotation."""
    flat = " ".join(text.split())
    return [section(f"&gt; {escape(piece)}") for piece in pieces(flat, LONGEST_TEXT - 5)]


def small_print(text: str) -> list[Block]:
    return [context(escape(piece)) for piece in pieces(text)]


def notice_of(text: str) -> str:
    """The beginning of a plain text, for a notification."""
    flat = " ".join(text.split())
    return escape(flat if len(flat) <= LONGEST_NOTICE else flat[: LONGEST_NOTICE - 1].rstrip() + "…")


def messages_of(notice: str, blocks: Sequence[Block], last: Iterable[Block] = ()) -> tuple[Message, ...]:
    """The blocks as few messages as Slack's limits allow, in order; the blocks of `last` end the last one together."""
    ending = list(last)
    filled: list[list[Block]] = [[]]
    for block in blocks:
        if len(filled[-1]) == MOST_BLOCKS or (filled[-1] and _size([*filled[-1], block]) > LONGEST_MESSAGE):
            filled.append([])
        filled[-1].append(block)
    if len(filled[-1]) + len(ending) > MOST_BLOCKS or _size([*filled[-1], *ending]) > LONGEST_MESSAGE:
        filled.append([])
    filled[-1] += ending
    parts = [tuple(each) for each in filled if each]
    if len(parts) == 1:
        return (Message(notice, parts[0]),)
    return tuple(Message(f"{notice} ({n} of {len(parts)})", part) for n, part in enumerate(parts, 1))


def told(text: str) -> tuple[Message, ...]:
    """A plain text as messages of nothing else."""
    return messages_of(notice_of(text), sections(text))


def _size(blocks: Iterable[Block]) -> int:
    return sum(_text_size(block) for block in blocks)


def _text_size(value: Any) -> int:
    if isinstance(value, dict):
        return sum(
            len(each) if key == "text" and isinstance(each, str) else _text_size(each) for key, each in value.items()
        )
    if isinstance(value, list):
        return sum(_text_size(each) for each in value)
    return 0
