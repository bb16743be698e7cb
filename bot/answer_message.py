"""An answer as a message one would forward: what became of it, the words, and where they stand."""

import re
from datetime import date
from urllib.parse import quote, urlencode

from answer.answer import Answer, Citation, Searched
from bot.buttons import buttons
from bot.message import Block, Message, context, messages_of, notice_of, quotation, section, sections, small_print
from bot.mrkdwn import escape, link
from bot.outcomes import sign_and_word

#: Characters of a quote that go into the link to its page, which marks them there; Slack's text has a limit.
MARKED = 300
_PAGE = re.compile(r"\((/papers/[\w-]+/pdf#page=\d+)\)\.?$")


def answer_messages(
    answer: Answer, *, public_url: str | None = None, shares: bool = False, asked_by: str = ""
) -> tuple[Message, ...]:
    """The answer whole, in as many messages as it needs. `asked_by` is mrkdwn to put above it, for a shared one."""
    outcome = sign_and_word(answer.outcome)
    blocks: list[Block] = [context(asked_by)] if asked_by else []
    blocks.append(section(f"*{escape(outcome)}*"))
    blocks += sections(answer.answer)
    if answer.outcome == "not_found" and not _says_what_was_searched(answer):
        blocks += sections(searched_words(answer.searched))
    if answer.citations:
        blocks.append({"type": "divider"})
    for citation in answer.citations:
        blocks += citation_blocks(citation, answer.answer, public_url)
    for note in answer.notes:
        blocks += note_blocks(note, public_url)
    foot = escape(f"{searched_words(answer.searched)} · answer {answer.answer_id}")
    last = [context(foot), buttons(answer.answer_id, cites=bool(answer.citations), shares=shares)]
    return messages_of(notice_of(f"{outcome}: {answer.answer}"), blocks, last)


def citation_blocks(citation: Citation, said: str, public_url: str | None) -> list[Block]:
    """A citation's place, with its page as a link; and its words, unless the answer has said them already."""
    place = " · ".join(place_of(citation))
    label = f"[{citation.n}] {place}"
    address = page_url(public_url, citation)
    flags = "".join(f" · ⚠️ {flag}" for flag in flags_of(citation))
    fits = address is not None and len(address) + len(label) < 2_000
    blocks = [section(link(address, label) + flags)] if address and fits else sections(label + flags)
    if _flat(citation.quote) not in _flat(said):
        blocks += quotation(citation.quote)
    return blocks


def note_blocks(note: str, public_url: str | None) -> list[Block]:
    """A note as small print. The page it may end with becomes a link where there is somewhere to link to."""
    place = _PAGE.search(note)
    if place is None:
        return small_print(note)
    words = note[: place.start()].rstrip()
    if public_url and len(words) < 2_000:
        return [context(link(public_url + place[1], words))]
    return small_print(words)


def place_of(citation: Citation) -> list[str]:
    """Committee, date, minute number and page, in words."""
    number = "minute" if citation.kind == "minutes" else "paragraph"
    printed = citation.printed_page
    page = f"page {citation.page}"
    if printed and printed != str(citation.page):
        page += f" (printed {printed})"
    return [
        part
        for part in (
            citation.committee or citation.body or citation.title,
            spoken(citation.meeting_date) if citation.meeting_date else "undated",
            f"{number} {citation.paragraph}" if citation.paragraph else (citation.item or ""),
            page,
        )
        if part
    ]


def flags_of(citation: Citation) -> list[str]:
    """What a reader must know before relying on it."""
    flags = []
    if citation.standing == "draft" and citation.kind == "minutes":
        flags.append("draft, not yet confirmed")
    if citation.ocr:
        flags.append("read by OCR, check the page")
    return flags


def page_url(public_url: str | None, citation: Citation) -> str | None:
    """The page as a picture with the quote marked, where the service can be reached; None where it cannot."""
    if not public_url:
        return None
    words = _flat(citation.quote)
    marked = words if len(words) <= MARKED else words[:MARKED].rsplit(" ", 1)[0]
    query = urlencode({"quote": marked}, quote_via=quote)
    return f"{public_url}/papers/{quote(citation.paper, safe='')}/pages/{citation.page}.png?{query}"


def searched_words(searched: Searched) -> str:
    """How far the search reached: "Searched 212 papers of 3 bodies up to 13 March 2025"."""
    number = f"{searched.papers:,} paper{'' if searched.papers == 1 else 's'}"
    whose = ""
    if len(searched.bodies) in (1, 2):
        whose = f" of {' and '.join(searched.bodies)}"
    elif searched.bodies:
        whose = f" of {len(searched.bodies)} bodies"
    until = f" up to {spoken(searched.until)}" if searched.until else ""
    return f"Searched {number}{whose}{until}"


def spoken(day: date) -> str:
    """A date as it is said: 13 March 2025."""
    return f"{day.day} {day:%B %Y}"


def _says_what_was_searched(answer: Answer) -> bool:
    return "searched" in answer.answer.lower() and str(answer.searched.papers) in answer.answer.replace(",", "")


def _flat(text: str) -> str:
    return " ".join(text.split())
