"""What a parish or town council says on a planning application put to it: support, objection or none.

It is a decision of the council's, on how to answer the planning authority (Town and Country Planning Act 1990, Sch 1
para 8); minutes give it in a few words after the application, or under "Comment" in a table, with no verb.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.headed import Stated, heads_over
from ingest.sentences import sentences_of
from ingest.structure import Paragraph

#: An application's reference: "DC/24/00871", "24/0118", "PA24/00311", "A240301".
_REFERENCE = re.compile(
    r"\b(?:[A-Z]{1,4}/)?(?:[A-Z]{1,4})?\d{2,4}/(?:[A-Z]{1,4}/)?\d{3,6}(?:/[A-Z]{1,5})?\b|\b[A-Z]{1,4}/\d{4,6}\b|\b[A-Z]\d{6}\b"
)
_VIEW = re.compile(
    r"\W*(?:the )?(?:(?:parish|town|community) )?(?:council(?:lors)? |members )?(?:ha(?:s|ve|d) |raised |made )?(?:"
    r"no (?:adverse |further |material )?(?:objections?|comments?|observations?)\b|(?:strong(?:ly)? )?object(?:s|ed"
    r"|ions?)?\b"
    r"|(?:strong(?:ly)? |fully )?support(?:s|ed)?\b|neutral\b|(?:dim )?gwrthwyneb(?:u|iad)\b"
    r"|(?:approval|refusal) recommended\b|recommend(?:s|ed)? (?:approval|refusal)\b|defer(?:red)?\b)",
    re.IGNORECASE,
)
# "… loft conversion - no objection."
_ENDS = re.compile(
    r"(?:\s[-–]|:)\s*(?=(?:no|object|support|neutral|dim gwrthwyn|gwrthwyn|defer)\w*\b[^.]{0,80}(?:[.;]|$))", re.I
)
_COLUMN = re.compile(
    r"\W*(?:(?:parish |town |community )?council(?:[’']?s)?['’]? )?(?:comments?|observations?|views?|responses?"
    r"|recommendations?|decisions?"
    r"|resolutions?)(?: made| agreed| (?:to|for) [\w ’']{3,40})?\W*",
    re.IGNORECASE,
)
_APPLICATION = re.compile(
    r"\b(?:ref(?:erence)?|applic\w+|plan(?:ning)?|address|location|site|proposal)\b", re.IGNORECASE
)
#: The planning authority decides on it; what is told under such a heading is its decision.
_AUTHORITYS = re.compile(
    r"\b(?:decisions?|notices?|determin\w+)\b.{0,40}\b(?:by|from|of|received|issued)\b|\bdecided\b", re.I
)


def views_at(paragraphs: Sequence[Paragraph], position: int) -> list[Stated]:
    """The view that a line or a row gives on each application it names; none where it gives none, or another's."""
    paragraph = paragraphs[position]
    named = list(_REFERENCE.finditer(paragraph.text))
    under = " ".join((*paragraph.headings[-1:], paragraph.item or ""))
    if not named or _AUTHORITYS.search(under):
        return []
    if paragraph.kind == "row" and (found := _in_column(paragraphs, position)):
        return [found]
    if paragraph.kind not in ("text", "bullet", "row"):
        return []
    starts = [0, *(each.start() for each in named[1:])]
    views = [_on_one(paragraph.text, start, end) for start, end in pairwise([*starts, len(paragraph.text)])]
    told = [Stated(position, position, start, words, end) for start, words, end in filter(None, views)]
    if told or len(named) > 1 or position + 1 == len(paragraphs):
        return told
    below = paragraphs[position + 1]
    if below.kind == "text" and below.item == paragraph.item and _VIEW.match(below.text) and len(below.text) < LONGEST:
        return [Stated(position, position + 1, 0, len(paragraph.text) + 1, len(paragraph.text))]
    return []


def _on_one(text: str, start: int, stop: int) -> tuple[int, int, int] | None:
    """Where the words on one application begin, where in them the view on it does, and where they end."""
    own = text[start:stop].rstrip()
    if len(own) > LONGEST:
        return None
    for begin, end in sentences_of(own)[1:]:
        if _VIEW.match(own, begin, end):
            return start, start + begin, start + len(own)
    ends = _ENDS.search(own)
    return (start, start + ends.end(), start + len(own)) if ends else None


#: Characters of an application with the view on it; what is longer tells what was said.
LONGEST = 400


def _in_column(paragraphs: Sequence[Paragraph], position: int) -> Stated | None:
    row = paragraphs[position]
    heads = heads_over(paragraphs, position, _has_views)
    column = next((n for n, head in enumerate(heads) if _COLUMN.fullmatch(head)), None)
    if column is None:
        return None
    cell = row.cells[column][1]
    if not _VIEW.match(cell):
        return None
    words = row.text.find(" ".join(cell.split()[:2]))
    return Stated(position, position, 0, max(words, 0), len(row.text))


def _has_views(heads: Sequence[str]) -> bool:
    return any(map(_COLUMN.fullmatch, heads)) and any(map(_APPLICATION.search, heads))
