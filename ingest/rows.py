"""Which rows and lists of minutes can say that something was decided, and which tell of others' decisions."""

import re
from collections.abc import Sequence

from ingest.headed import LABEL
from ingest.structure import Paragraph

# "Alternative options considered and rejected": the reasons, as a record of decisions has to give them.
_REJECTED = re.compile(
    r"\W*(?:alternatives?|other options?|alternative options?|options?) (?:\w+ ){0,2}rejected\b", re.I
)


# A sentence between two tables, or beside one, may be read as a row of one cell.
_SENTENCE = re.compile(
    r"(?:It was|RESOLVED|Resolved|AGREED|Agreed|The (?:Committee|Council|Board|meeting)|Members)\b.{20,}\.$", re.S
)


# A column of what was said and decided, item by item; and one of what others said, or what might be.
_TOLD_IN = re.compile(
    r"\b(?:discuss|decision|decided|minute|outcome|resol|notes?\b|details?\b|summary|matters?\b|items?\b|business\b)",
    re.I,
)
_NOT_TOLD_IN = re.compile(r"\b(?:recommend|reasons?|options?|background|appl|consult|proposed|planning|plan no)", re.I)
_MEMBERS = re.compile(
    r"\b(?:It was|it was|RESOLVED|Resolved|AGREED|Agreed|NOTED|APPROVED|DEFERRED|(?:[Tt]he )?(?:Committee|Council"
    r"|Board|Panel|Forum"
    r"|Trustees|Members|Councillors|Governors)\b|[Pp]ropos(?:ed|al)|[Mm]oved|[Ss]econded|[Mm]inutes)\b"
)


def cell_that_tells(paragraphs: Sequence[Paragraph], position: int) -> tuple[int, int]:
    """Where in a row's text the cell stands in which minutes kept as a table tell an item; (0, 0) for none."""
    paragraph = paragraphs[position]
    heads = [head for head, _ in paragraph.cells]
    if not any(heads):  # the table's first row, where it was not read as its head
        first = position
        while first and paragraphs[first - 1].kind == "row" and len(paragraphs[first - 1].cells) == len(heads):
            first -= 1
        heads = [cell for _, cell in paragraphs[first].cells]
        if first == position or any(len(head) > LABEL for head in heads):
            return 0, 0
    if any(_NOT_TOLD_IN.search(head) for head in heads) or not any(_TOLD_IN.search(head) for head in heads):
        return 0, 0
    cell = max((cell for head, (_, cell) in zip(heads, paragraph.cells, strict=True) if _TOLD_IN.search(head)), key=len)
    start = paragraph.text.find(cell)
    ended = len(cell) > LONG_CELL and _MEMBERS.search(cell) is not None
    return (start, start + len(cell)) if start >= 0 and ended else (0, 0)


#: Characters of a cell that holds a sentence.
LONG_CELL = 24


# "AGENDA | C-301-24 MOVED by Councillor Hale that … | CARRIED": headings in the margin make rows of the text.
_MOVED_IN_ROW = re.compile(
    r"\b(?:(?:MOVED|Moved) by [A-Z]|\d+/\d+ [A-Z’'-]{3,}: That\b).{3,600}"
    r"\b(?:CARRIED|DEFEATED|LOST|Carried|Defeated|Lost)\b",
    re.DOTALL,
)


def may_decide(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a paragraph of minutes may hold words that decide: no contents, and no table but of minutes."""
    paragraph = paragraphs[position]
    if paragraph.kind == "row":
        if _MOVED_IN_ROW.search(paragraph.text):
            return True
        alone = len(paragraph.cells) < 2 or paragraph.text.startswith("It was ")
        return (alone and _SENTENCE.match(paragraph.text) is not None) or cell_that_tells(paragraphs, position)[1] > 0
    return paragraph.kind != "contents" and not _REJECTED.match(paragraph.text)


# "23/0221 The Forge – APPROVED", in a list of what the planning authority has decided.
_OF_APPLICATION = re.compile(
    r"\W*(?:\w{1,3}[.)] )?[A-Z]{0,4}/?\d[\w./-]*\d\b.{3,300}\b(?:approved|granted|refused|permitted|withdrawn|dismissed"
    r"|allowed|no objections?)\b[^.]{0,40}\W*$",
    re.IGNORECASE,
)
_BY_AUTHORITY = re.compile(
    r"\b(?:decisions?|decision notices?|notices?|notifications?|determinations?)\b.{0,40}\b(?:of|by|from|received"
    r"|issued)\b"
    r"|\b(?:planning|appeal) decisions\b|\b(?:determined|decided) by\b",
    re.IGNORECASE,
)


def is_anothers(paragraphs: Sequence[Paragraph], position: int) -> bool:
    """Whether a line of a list tells what another authority decided on an application."""
    if not _OF_APPLICATION.match(paragraphs[position].text):
        return False
    above = (paragraphs[n] for n in range(position - 1, max(-1, position - MOST_LISTED), -1))
    heads = (each.text for each in above if not _OF_APPLICATION.match(each.text))
    return _BY_AUTHORITY.search(next(heads, "")[-160:]) is not None


#: Applications in such a list, at the most.
MOST_LISTED = 30
