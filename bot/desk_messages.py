"""A whole minute, and later decisions, as messages."""

from collections.abc import Iterator
from datetime import date

from bot.answer_message import spoken
from bot.desk import LaterDecision, Minute
from bot.message import Block, Message, context, messages_of, notice_of, section, sections
from bot.mrkdwn import escape, link
from bot.outcomes import sign_and_word
from bot.saying import NO_LATER
from ingest.papers import Paper
from ingest.structure import Paragraph


def minute_messages(minute: Minute, public_url: str | None) -> tuple[Message, ...]:
    """All of the minute, paragraph by paragraph as printed, under its heading and its meeting."""
    pages = sorted({span.page for paragraph in minute.paragraphs for span in paragraph.spans})
    where = f"page {pages[0]}" if pages[0] == pages[-1] else f"pages {pages[0]} to {pages[-1]}"
    blocks: list[Block] = [section(f"*{escape(minute.item[:2000])}*")]
    blocks.append(context(_linked(f"{meeting_of(minute.paper)} · {where}", minute.paper, pages[0], public_url)))
    blocks += sections("\n\n".join(_lines(minute.paragraphs)))
    return messages_of(notice_of(f"{minute.item}: the whole minute"), blocks)


def later_messages(since: date, later: list[LaterDecision], public_url: str | None) -> tuple[Message, ...]:
    """Decisions of later meetings, oldest first, to be read as what may have changed the earlier one."""
    if not later:
        blocks = sections(NO_LATER)
        return messages_of(notice_of(NO_LATER), blocks)
    head = f"Later decisions that may bear on this (after {spoken(since)})"
    blocks = [section(f"*{escape(head)}*")]
    for each in later:
        number = f" · minute {each.number}" if each.number else ""
        place = f"{meeting_of(each.paper)}{number} · page {each.page}"
        blocks.append(section(f"*{escape(sign_and_word(each.outcome))}* · "
                              f"{_linked(place, each.paper, each.page, public_url)}"))  # fmt: skip
        blocks += sections(each.text)
    return messages_of(notice_of(head), blocks)


def meeting_of(paper: Paper) -> str:
    """Whose paper it is, of which day, and whether it is a draft."""
    parts = [
        paper.committee or paper.body or paper.title,
        spoken(paper.meeting_date) if paper.meeting_date else "undated",
        "draft" if paper.kind == "minutes" and paper.standing == "draft" else "",
    ]
    return " · ".join(part for part in parts if part)


def _lines(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    for paragraph in paragraphs:
        text = " ".join(paragraph.text.split())
        number = paragraph.number
        yield text if not number or text.startswith(number) else f"{number} {text}"


def _linked(words: str, paper: Paper, page: int, public_url: str | None) -> str:
    if not public_url:
        return escape(words)
    return link(f"{public_url}/papers/{paper.id}/pages/{page}.png", words)
