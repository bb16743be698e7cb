"""Decisions that stand under the heading "Decision", in that field of a form or column of a table, with no verb."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.operative import settles
from ingest.structure import Paragraph

_HEADING = re.compile(
    r"\W*(?:\d[\d.]*\s+)?(?:(?:the )?decisions?(?: taken| made| of the \w+)?|resolved|agreed)\W*", re.IGNORECASE
)
# The same in ordinary type; "Resolved" has words of its own to follow it (operative.py).
_LABEL = re.compile(r"\W*(?:the )?(?:decisions?|determination)(?:\s*/\s*penderfyniad(?:au)?)?\W*", re.IGNORECASE)
# "5. HOUSING STRATEGY (Key Decision) Decision": in a record of decisions the label may end its item's heading.
_ENDS_HEADING = re.compile(r"\b(?:DECISIONS?|Decisions?)(?: taken| made)?\s*:?$")
_FIELD = re.compile(r"(?:^|[\w.)] )(?:the )?decisions?(?: taken| made)?\s*:\s+(?=\S)", re.IGNORECASE)
# "Decision | That the scheme not be renewed", with the label in a column of its own.
_FIELD_BARE = re.compile(
    r"^Decisions?(?: taken| made)?\s+(?=(?:\([a-z]\) )?(?:That|To|Noted|Deferred|Agreed|Approved)\b)"
)
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
_WORDS = re.compile(
    r"\W*(?:\(?\w{1,3}[.)]\s*)?(?:(?:that|to)\b|the\b.{3,160}\b(?:be|is|are) (?:\w+ly )?\w+)", re.IGNORECASE
)
#: "Recommended to Council that …": another body is to decide.
RECOMMENDS_ONLY = re.compile(
    r"\W*(?:\(?\w{1,3}[.)*]*\s+)?(?:that )?(?:the [\w’' ]{3,40} )?(?:to )?recommend(?:s|ed)?\b", re.IGNORECASE
)
#: Paragraphs under one such heading, at the most.
MOST = 15
#: Characters that a heading in ordinary type, or a column's, may have.
LABEL = 40


@dataclass(frozen=True, slots=True)
class Stated:
    """Paragraphs `first` to `last`; in the first, its text is from `start` to `end`, and what decides from `words`."""

    first: int
    last: int
    start: int
    words: int
    end: int


def decision_under(paragraphs: Sequence[Paragraph], position: int, *, record: bool) -> Stated | None:
    """The decision under this heading, or in this field or row.

    `record` says that the paper is a record of decisions, in which the label may be a field in a form, end a heading or
    head a column, and "That …" needs none. None where what follows has operative words, which say what they do.
    """
    paragraph = paragraphs[position]
    if paragraph.kind == "text" and _LABEL.fullmatch(paragraph.text):
        return _below(paragraphs, position)
    if paragraph.kind == "heading":
        if _HEADING.fullmatch(paragraph.text) or (record and _ENDS_HEADING.search(paragraph.text)):
            return _below(paragraphs, position)
        return None
    if not record or paragraph.kind == "contents":
        return None
    if paragraph.kind == "row" and (found := _in_column(paragraphs, position)):
        return found
    field = _FIELD.search(paragraph.text) or _FIELD_BARE.match(paragraph.text)
    if field is None:
        bare = paragraph.kind != "row" and _BARE.search(paragraph.text) and not _is_elsewhere(paragraphs, position)
        if not bare or settles(paragraph.text):
            return None
        end = _NEXT_FIELD.search(paragraph.text)
        return Stated(position, position, 0, 0, end.start() if end else len(paragraph.text))
    end = _NEXT_FIELD.search(paragraph.text, field.end())
    stop = end.start() if end else len(paragraph.text)
    words = paragraph.text[field.end() : stop]
    if len(words) < 12 or (settles(words) and paragraph.kind != "row"):
        return None
    return Stated(position, position, field.end(), field.end(), stop)


# "That …", "To …", "The Executive recommends …", and what was noted or put off.
_BARE = re.compile(
    r"^(?:\(?\w{1,3}[.)*]*\s+)?(?:That\b|To [a-z]+\b|(?:The )?(?:[A-Z][\w’'-]+ ){1,5}"
    r"(?:recommend|agree|approve|note|resolve|authori[sz]e|accept|endorse|adopt|delegate|decide|defer)s\b)"
    r"|\b(?:was|were) (?:noted|deferred|approved|agreed)\b|\bdeferred (?:to|until)\b"
)
_ELSEWHERE = re.compile(r"\b(?:recommend|reason|option|alternative|background|motion|amendment)", re.IGNORECASE)
_ENDS_OTHERWISE = re.compile(r"\b(?:reasons?|alternatives?|options?|background)\b[^.:]{0,30}:$", re.IGNORECASE)
_COLUMN = re.compile(
    r"\W*(?:(?:the )?decisions?|resolutions?|resolved|determinations?)(?: (?:taken|made|reached|of [\w ]{3,40}))?\W*",
    re.IGNORECASE,
)


def _is_elsewhere(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether it stands under a heading whose words are not what was decided: a recommendation, the reasons.

    The label of a field may end the paragraph before it: "… from 1 April. Reason for decision:".
    """
    under = list(paragraphs[position].headings[-1:])
    for each in reversed(paragraphs[max(0, position - 3) : position]):
        if _ENDS_OTHERWISE.search(each.text) or (len(each.text) < LABEL and not each.text.endswith(".")):
            under.append(each.text[-LABEL:])
            break
        if _ENDS_HEADING.search(each.text):
            return False
    return any(_ELSEWHERE.search(heading) for heading in under)


_BESIDE = re.compile(
    r"\W*(?:\d[\d.]*\s+)?(?:reasons?|alternatives?|other options?|options? considered)\b", re.IGNORECASE
)


def gives_reasons(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a paragraph of a record of decisions stands under the reasons for one, or what was not chosen."""
    above = (paragraphs[back].text for back in range(position - 1, max(-1, position - MOST), -1))
    label = next((text for text in above if len(text) < LABEL and not text.endswith(".")), "")
    return any(_BESIDE.match(heading) for heading in (*paragraphs[position].headings[-1:], label))


def _heads_of(row: Paragraph) -> list[str]:
    """The heads of a row's columns; its own cells where it has none and they are short: it may be the row of heads."""
    heads = [head for head, _ in row.cells]
    if any(heads):
        return heads
    return [cell for _, cell in row.cells] if all(len(cell) < LABEL for _, cell in row.cells) else []


def heads_over(paragraphs: Sequence[Paragraph], position: int, fits: Callable[[Sequence[str]], bool]) -> list[str]:
    """The nearest heads, at or above a row, that fit and are as many as its cells; none where no row has them."""
    row = paragraphs[position]
    for back in range(position, max(-1, position - MOST), -1):
        above = paragraphs[back]
        if above.kind == "row" and len(above.cells) == len(row.cells) and fits(heads := _heads_of(above)):
            return heads
    return []


def _in_column(paragraphs: Sequence[Paragraph], position: int) -> Stated | None:
    """What a table has under "Decision", with the words before it in its row, which say on what."""
    row = paragraphs[position]
    heads = heads_over(paragraphs, position, lambda heads: any(map(_COLUMN.fullmatch, heads)))
    if not heads:
        return None
    column = next(n for n, head in enumerate(heads) if _COLUMN.fullmatch(head))
    cell = row.cells[column][1]
    words = row.text.find(cell)
    if words < 0 or len(cell) < 5 or _COLUMN.fullmatch(cell):
        return None
    end = words + len(cell)
    for head, (_, more) in zip(heads[column + 1 :], row.cells[column + 1 :], strict=True):
        if head or row.text.find(more, end) < 0:
            break
        end = row.text.find(more, end) + len(more)  # the cell's own words, read as another's
    return Stated(position, position, 0, words, end)


def _below(paragraphs: Sequence[Paragraph], heading: int) -> Stated | None:
    last = heading
    for position in range(heading + 1, min(len(paragraphs), heading + 1 + MOST)):
        paragraph = paragraphs[position]
        if paragraph.kind in ("heading", "row", "contents") or _REASONS.match(paragraph.text):
            break
        if settles(paragraph.text):
            break
        last = position
    if last == heading or not _WORDS.match(paragraphs[heading + 1].text):
        return None
    return Stated(heading + 1, last, 0, 0, len(paragraphs[heading + 1].text))
