"""The clauses, bullets or rows that a resolution or a recommendation leads into."""

import re
from collections.abc import Sequence

from ingest.structure import Paragraph
from ingest.wording import WHO

_LEADS_IN = re.compile(r"(?::|\b(?:to|that|and)|–|-|;|,)$")
_CLAUSE = re.compile(r"\(?(?:[a-z]{1,4}|[ivx]+|1)[.)]\s", re.IGNORECASE)
_FIRST = re.compile(r"(?:\(?(?:a|i|1)[.)]|•)\s", re.IGNORECASE)
_AS_FOLLOWS = re.compile(r"\b(?:as follows|following|below)\b.{0,60}:$|:$")


def clauses_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """The last of the clauses, bullets or rows that a paragraph leads into."""
    text = paragraphs[first].text.rstrip()
    tables = (
        bool(re.search(r"\bfollowing\b", text)) and first + 1 < len(paragraphs) and paragraphs[first + 1].kind == "row"
    )
    after = paragraphs[first + 1].text if first + 1 < len(paragraphs) else ""
    bare = LEADS_BARELY.fullmatch(text) is not None or _ENDS_BARE.search(text) is not None
    begun = not text.endswith((".", "?", "!")) and _FIRST.match(after)
    further = _BE_IT.search(text) is not None and _FURTHER.match(after) is not None
    if not (bare or further or _LEADS_IN.search(text) or tables or begun):
        return first
    last = first
    verbs = LEADS_VERBS.search(text) is not None
    counting, rows = re.match(r"[“\"]?\(?1[.)]\s", text) is not None, False
    for position in range(first + 1, len(paragraphs)):
        following = paragraphs[position]
        if following.item != paragraphs[first].item or following.kind == "heading":
            break
        beginning = position == first + 1
        counting = counting or (position == last + 1 and bool(re.match(r"\(?1[.)]", following.text)))
        rows = rows or (beginning and following.kind == "row" and (tables or bool(_AS_FOLLOWS.search(text))))
        counted = counting and re.match(r"\(?\d{1,2}[.)]\s", following.text)
        tabled = rows and following.kind == "row" and position - first <= 30
        listed = following.kind != "row" and (following.kind == "bullet" or counted or _CLAUSE.match(following.text))
        # Under a verb that stands alone its words are a paragraph of their own, or several.
        moved = bare and following.kind == "text" and (beginning or _GOES_ON.match(following.text))
        moved = moved or (verbs and following.kind == "text" and VERB_FIRST.match(following.text) is not None)
        moved = moved or (further and following.kind == "text" and _FURTHER.match(following.text) is not None)
        if not (tabled or listed or moved) or (bare and _OPERATIVE_OR_REASON.match(following.text)):
            break
        last = position
    return last


_TO_A_BODY = r"(?: (?:TO|to)(?: (?:THE|the))?(?: [A-Z][\w-]+){1,5})?"
#: "RESOLVED:", "And agreed that": nothing but the words that lead into a resolution.
LEADS_BARELY = re.compile(
    r"\W*(?:\d[\d.]*\s+)?(?:(?:PENDERFYNWYD|Penderfynwyd)[\w ]{0,14}/ ?)?(?i:(?:it was|and|unanimously"
    r"|the \w+)\s+)*(?:RESOLVED|AGREED|DECISION|Resolved|Agreed"
    rf"|Decision|(?:RECOMMENDED|Recommended){_TO_A_BODY})(?: [A-Z]{{1,5}}[/-]?\d[\w/.-]*)?(?: unanimously"
    r"| UNANIMOUSLY|\s*\((?:unanimous|nem|by|on|\d|[A-Z][\w’' -]{1,24}/ ?[A-Z])[^()]{0,40}\))?"
    rf"(?: (?:TO RECOMMEND|to recommend){_TO_A_BODY})?"
    r"(?: that| to|,? THAT)?\W*",
)
# "It was moved by Cllr A, seconded by Cllr B and RESOLVED THAT:"
_ENDS_BARE = re.compile(
    r"\b(?:RESOLVED|AGREED|resolved|agreed)(?: that| THAT| to| TO| (?:by|unanimously)[\w ]{0,40})?"
    r"\s?[:–-]+$"
)
#: "The Committee:-", and each of its clauses begins with what it did: "(a) noted the report;".
LEADS_VERBS = re.compile(
    rf"(?:^|[.;] |\d )(?:the )?{WHO}(?: (?:then|thereafter|accordingly|therefore))? ?[:–-]+$", re.IGNORECASE
)
VERB_FIRST = re.compile(
    r"(?:(?:\(?(?:[a-z]{1,4}|\d{1,2})[.)]|[•*-])\s+)?(?:unanimously )?(?P<verb>noted|agreed|approved|authori[sz]ed"
    r"|resolved"
    r"|endorsed|adopted|accepted|refused|granted|delegated|deferred|appointed|instructed|ratified|recommended|declined)\b"
)
# "BE IT RESOLVED that …", and under it "AND BE IT FURTHER RESOLVED that …": one motion.
_BE_IT = re.compile(r"\bBE IT (?:HEREBY )?RESOLVED\b", re.IGNORECASE)
_FURTHER = re.compile(r"(?:AND )?(?:(?:THEREFORE )?BE IT FURTHER RESOLVED\b|FURTHER THAT\b)", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:\d{1,2}\.\d{1,2}\s+)?[“\"]?(?:That|THAT|and that|AND|FURTHER|To|TO)\b")
_OPERATIVE_OR_REASON = re.compile(
    r"(?:reasons?|alternative|options?|note|action)\b[^.]{0,50}:?$|(?:NOTED|AGREED|RESOLVED|APPROVED|DEFERRED)\b",
    re.IGNORECASE,
)
