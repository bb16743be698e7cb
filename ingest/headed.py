"""Decisions that stand under the heading "Decision", or in that field of a form, and have no operative word."""

import re
from collections.abc import Sequence

from ingest.operative import operatives_in
from ingest.structure import Paragraph

_HEADING = re.compile(
    r"\W*(?:\d[\d.]*\s+)?(?:(?:the )?decisions?(?: taken| made| of the \w+)?|resolved|agreed)\W*", re.IGNORECASE
)
# "5. HOUSING STRATEGY (Key Decision) Decision": in a record of decisions the label may end its item's heading.
_ENDS_HEADING = re.compile(r"\b(?:DECISIONS?|Decisions?)(?: taken| made)?\s*:?$")
_FIELD = re.compile(r"(?:^|[\w.)] )(?:the )?decisions?(?: taken| made)?\s*:\s+(?=\S)", re.IGNORECASE)
_NEXT_FIELD = re.compile(
    r"\s*\b(?:the )?(?:reasons?|alternatives?|other options?|options?|conflicts?|dispensations?|background"
    r"|consultation|date|decision[- ]maker|implementation|key decision|wards?|contact|signed)\b[^.:]{0,60}:"
    r"|\s*\bReasons? for\b",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"\W*(?:reasons?|alternatives?|other options?|options? considered|conflicts?|note|action|voting|background)\b",
    re.IGNORECASE,
)
# "That …", "To …", or a bare subjunctive: "The minutes be taken as read".
_WORDS = re.compile(r"\W*(?:\(?\w{1,3}[.)]\s*)?(?:(?:that|to)\b|the\b.{3,160}\bbe (?:\w+ly )?\w+)", re.IGNORECASE)
#: Paragraphs under one such heading, at the most.
MOST = 15


def decision_under(paragraphs: Sequence[Paragraph], position: int, *, record: bool) -> tuple[int, int, int, int] | None:
    """First and last paragraph of the decision under this heading or in this field; and its part of the first, if one.

    `record` says that the paper is a record of decisions, in which the label may be a field in a form or end a heading.
    None where what follows has operative words, which say themselves what they do.
    """
    paragraph = paragraphs[position]
    if paragraph.kind == "heading":
        if _HEADING.fullmatch(paragraph.text) or (record and _ENDS_HEADING.search(paragraph.text)):
            return _below(paragraphs, position)
        return None
    if not record or paragraph.kind not in ("text", "row"):
        return None
    field = _FIELD.search(paragraph.text)
    if field is None:
        return None
    end = _NEXT_FIELD.search(paragraph.text, field.end())
    stop = end.start() if end else len(paragraph.text)
    words = paragraph.text[field.end() : stop]
    if len(words) < 12 or any(each.outcome != "action" for each in operatives_in(words)):
        return None
    return position, position, field.end(), stop


def _below(paragraphs: Sequence[Paragraph], heading: int) -> tuple[int, int, int, int] | None:
    last = heading
    for position in range(heading + 1, min(len(paragraphs), heading + 1 + MOST)):
        paragraph = paragraphs[position]
        if paragraph.kind in ("heading", "row", "contents") or _REASONS.match(paragraph.text):
            break
        if any(each.outcome != "action" for each in operatives_in(paragraph.text)):
            break
        last = position
    if last == heading or not _WORDS.match(paragraphs[heading + 1].text):
        return None
    return heading + 1, last, 0, len(paragraphs[heading + 1].text)
