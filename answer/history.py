"""The history of a topic: what was recommended, decided, replaced or dropped, in the order of the meetings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from index.filters import PUBLIC, Audience, Filters
from index.library import Library
from index.records import DecisionRecord, find_decisions
from index.words import Words, stemmed
from ingest.dates import dates_in
from ingest.decisions import RECORDS
from ingest.tables import squeezed

#: Entries of a history; a topic with more is not one topic.
MOST = 60
#: A topic's words are dropped, the commonest first, until so many decisions hold what is left of them.
ENOUGH = 2
#: What part of an earlier decision's words a later one must share to be about the same matter.
SAME_MATTER = 0.3

_REPLACES = re.compile(
    r"\b(?:rescind|supersed|revok|revers|replac(?:e|ed|es|ing)\b|(?:in|take) (?:the )?place of|instead of|in lieu of)",
    re.IGNORECASE,
)
_CORRECTS = re.compile(r"\bcorrect(?:ion|ions|ed)\b", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """One decision, where else the same is printed, and what a later meeting did to it (or it to an earlier one)."""

    record: DecisionRecord
    also: list[DecisionRecord] = field(default_factory=list)
    replaces: "Entry | None" = None
    replaced: "Entry | None" = None
    corrects: "Entry | None" = None
    corrected: "Entry | None" = None

    @property
    def day(self) -> date | None:
        return self.record.paper.meeting_date


@dataclass(frozen=True, slots=True)
class History:
    """A topic's entries, oldest meeting first; `words` are those of the topic that all entries hold."""

    words: str
    fewer: bool
    entries: tuple[Entry, ...]


def history_of(library: Library, topic: str, *, filters: Filters = Filters(), audience: Audience = PUBLIC) -> History:
    """What is on record about a topic. A paper's copy within a pack is told once, with the papers it also stands in."""
    with library.reading():
        words = topic.split()
        found: Sequence[DecisionRecord] = ()
        while words:
            found, total = find_decisions(
                library.store, " ".join(words), filters=filters, audience=audience, order="oldest", limit=MOST
            )
            if total >= ENOUGH or len(words) <= 2:
                break
            words.remove(_commonest(library.words_for(audience), words))
        entries = _once_each(found)
    # Of one meeting, what was put to it comes before what it decided.
    entries.sort(key=lambda entry: (entry.day is None, entry.day or date.max, entry.record.paper.kind in RECORDS))
    _relate(entries)
    return History(" ".join(words), len(words) < len(topic.split()), tuple(entries))


def _commonest(known: Words, words: Sequence[str]) -> str:
    """The word that tells least: one the index leaves out, else the one in most chunks."""

    def frequency(word: str) -> float:
        stems = known.terms(word)
        # A word that no paper holds hinders like a common one.
        counts = [known.document_frequency(stem) for stem in stems]
        return min((count or float("inf") for count in counts), default=float("inf"))

    return max(words, key=frequency)


def _once_each(records: Sequence[DecisionRecord]) -> list[Entry]:
    """The records as entries, the same words of the same meeting being one."""
    entries: dict[tuple[object, ...], Entry] = {}
    for record in records:
        paper = record.paper
        key = (paper.body, paper.committee, paper.meeting_date, squeezed(record.decision.text)[:160])
        if key in entries:
            entries[key].also.append(record)
        else:
            entries[key] = Entry(record)
    return list(entries.values())


def _relate(entries: Sequence[Entry]) -> None:
    """Marks what a later decision of the same body says it replaces or corrects."""
    for position, later in enumerate(entries):
        if later.record.decision.outcome != "decided":
            continue
        text = later.record.decision.text
        earlier = [each for each in entries[:position] if _could_be_changed(each, later)]
        if _CORRECTS.search(text):
            named = [each for each in earlier if _names(text, each)]
            if named:
                later.corrects, named[-1].corrected = named[-1], later
        elif _REPLACES.search(text):
            named = [each for each in earlier if _names(text, each)] or [
                each for each in earlier if _likeness(each, later) >= SAME_MATTER
            ]
            if named:
                later.replaces, named[-1].replaced = named[-1], later


def _could_be_changed(each: Entry, later: Entry) -> bool:
    return (
        each.record.decision.outcome == "decided"
        and not each.record.decision.procedural
        and each.record.paper.body == later.record.paper.body
        and each.day is not None
        and later.day is not None
        and each.day < later.day
    )


def _names(text: str, each: Entry) -> bool:
    """Whether a text names the decision by its number, and, where it names a day, by its meeting's."""
    number = each.record.decision.number or each.record.paragraph.number
    if not number or not re.search(rf"(?<![\d.]){re.escape(number.rstrip('.'))}(?![\d])(?!\.\d)", text):
        return False
    days = {written.date for written in dates_in(text)}
    return not days or each.day in days


def _likeness(each: Entry, later: Entry) -> float:
    """The part of the earlier decision's words that the later one shares, counting its item's title."""
    before, after = (
        set(stemmed(f"{entry.record.decision.text} {entry.record.paragraph.item or ''}")) for entry in (each, later)
    )
    return len(before & after) / max(len(before), 1)
