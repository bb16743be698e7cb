"""How a motion printed as a block ends: with those who voted, and the words that say how the vote went."""

import re
from collections.abc import Sequence

from ingest.headed import RECOMMENDS_ONLY
from ingest.outcomes import Outcome, outcome_of
from ingest.structure import Paragraph
from ingest.verdicts import verdict_in
from ingest.votes import LOST

#: How the words begin that are moved.
MOVES = re.compile(r"^[“\"]?(?:(?:NOW,? )?THEREFORE\b|BE IT\b|THAT\b|That\b|Now,? therefore\b)")
_VERDICT = re.compile(
    r"\b(?:not carried|carried|lost|defeated|withdrawn|deferred|tabled)\b(?: as amended| unanimously)?\W*$"
    r"|^(?:not carried|carried|defeated|lost)\b|\bdeclared (?:the resolution )?(?:adopted|passed)\W*$"
    r"|\bpassed this \d{1,2}\s?(?:st|nd|rd|th)? day of [\w ,]+\W*$",
    re.IGNORECASE,
)
_IN_CAPITALS = re.compile(r"\b(?:NOT )?(?:CARRIED|DEFEATED|LOST)\b(?=\W*$|\W{0,3}\(| (?:UNANIMOUSLY|BY)\b)")
#: What stands between the words moved and the verdict: those who voted, by name or count.
VOTING = re.compile(
    r"^\W*(?:for|against|ayes?|yeas?|nays?|noes|in favou?r|opposed|abstain\w*|absent|a division|a? ?recorded vote"
    r"|votes?|the vote|voting)\b",
    re.IGNORECASE,
)


def verdict_at_end(text: str) -> str | None:
    """What is said of the vote at the end of a block, or where it begins: "carried", "defeated"."""
    match = _VERDICT.search(text, max(0, len(text) - 60)) or _VERDICT.match(text) or _IN_CAPITALS.search(text)
    if match is None:
        return None
    if match[0].lower().startswith("passed"):
        return "passed"
    return match[0].strip(" .*:").lower().removeprefix("declared ").rpartition("resolution ")[2]


def is_vote(text: str) -> bool:
    """Whether a paragraph of a block says only who voted how, or how the vote went."""
    return len(text) < 400 and (VOTING.match(text) is not None or verdict_in(text) is not None)


def outcome_by(verdict: str | None, text: str) -> Outcome:
    """What a motion of these words comes to by what is said of the vote on it; proposed where nothing is."""
    if verdict is None:
        return "proposed"
    if LOST.search(verdict):
        return "lost"
    if "withdrawn" in verdict:
        return "withdrawn"
    if verdict.startswith(("deferred", "tabled")):
        return "deferred"
    if RECOMMENDS_ONLY.match(text):
        return "recommended"
    outcome = outcome_of("carried", MOVES.sub("", text))
    return outcome if outcome in ("decided", "noted", "deferred") else "decided"


def with_bare_verdict(paragraphs: Sequence[Paragraph], position: int) -> int:
    """The next paragraph where it is a verdict on a line of its own: what was "passed this 4th day of May" is so."""
    after = paragraphs[position + 1].text if position + 1 < len(paragraphs) else ""
    return position + 1 if len(after) < 30 and verdict_at_end(after) else position
