"""What the bot asks of the papers: an answer, the whole of a minute, and what was decided later."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from answer.answer import Answer
from bot.place import Place, audience_of
from index.audit import Audit, Witness, places_in
from index.filters import Audience, Filters
from index.library import Library
from index.words import stemmed
from ingest.decisions import RECORDS
from ingest.papers import Paper
from ingest.structure import Paragraph
from minutebook.errors import NotHeld

#: How many later decisions are shown, and among how many passages they are looked for.
MOST_LATER = 6
LOOKED_AT = 60
#: The part of an item's words that a later decision shares with it.
LIKE_ENOUGH = 0.5
#: What the audit calls this way of being shown papers.
SURFACE = "slack"


class Asking(Protocol):
    """`answer.ask.ask`, or what stands in for it."""

    def __call__(self, library: Library, question: str, /, *, audience: Audience, thread: str | None) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Minute:
    """All of the item or minute that a citation is from: its paper, its heading, and its paragraphs in order."""

    paper: Paper
    item: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class LaterDecision:
    """A decision of a later meeting, and the page it begins on."""

    paper: Paper
    outcome: str
    text: str
    number: str | None
    page: int


@dataclass(frozen=True, slots=True)
class Desk:
    """`lend` gives the newest library for as long as it is needed; `asking` answers from it.

    What comes of it is for whoever sees the place it was asked in, as `audience_of` says, and what they are shown of
    closed papers is written down in `audit`, with the question if `log_questions`.
    """

    lend: Callable[[], AbstractContextManager[Library]]
    asking: Asking
    audit: Audit
    audience_of: Callable[[Place], Audience] = audience_of
    log_questions: bool = False

    def ask(self, question: str, place: Place, thread: str | None) -> Answer:
        """The answer for whoever sees that place. Raises BadQuestion, HomeError or ModelError."""
        witness = self._witness(place, question)
        with self.lend() as library:
            answer = self.asking(library, question, audience=witness.audience, thread=thread)
            witness.saw(library.store, "answer", places_in(answer.as_json()))
            return answer

    def given(self, answer_id: str, place: Place) -> dict[str, Any]:
        """An answer given before, as JSON. Raises NotHeld, also when not all of it is for that place."""
        with self.lend() as library:
            return library.store.answer(answer_id, self.audience_of(place))

    def minute(self, answer_id: str, place: Place) -> Minute:
        """The whole of the minute that an answer's first citation is from. Raises NotHeld."""
        witness = self._witness(place)
        audience = witness.audience
        with self.lend() as library, library.reading():
            citation = _first_citation(library.store.answer(answer_id, audience))
            paper = library.store.paper(citation["paper"], audience)
            paragraphs = library.store.paragraphs(paper.id)
            at = _place_in(paragraphs, citation)
            item = paragraphs[at].item
            first = last = at
            while first > 0 and paragraphs[first - 1].item == item:
                first -= 1
            while last + 1 < len(paragraphs) and paragraphs[last + 1].item == item:
                last += 1
            if item is None:  # no items were made out: the paragraph and its neighbours
                first, last = max(0, at - 2), min(len(paragraphs) - 1, at + 2)
            shown = paragraphs[first : last + 1]
            witness.saw(library.store, "page", [(paper.id, span.page) for each in shown for span in each.spans])
            return Minute(paper, item or citation["title"], tuple(shown))

    def later(self, answer_id: str, place: Place) -> tuple[date, list[LaterDecision]]:
        """The date of the meeting an answer rests on, and what the same body decided on the matter after it.

        Raises NotHeld, also where the meeting has no date.
        """
        witness = self._witness(place)
        audience = witness.audience
        with self.lend() as library, library.reading():
            given = library.store.answer(answer_id, audience)
            citation = _first_citation(given)
            if citation["meeting_date"] is None:
                raise NotHeld("the meeting that the answer rests on has no date")
            since = date.fromisoformat(citation["meeting_date"])
            filters = Filters(body=citation["body"], since=since + timedelta(days=1))
            matter = set(stemmed(citation["item"] or given["question"]))
            found: dict[tuple[str, int], LaterDecision] = {}
            for hit in library.hits(given["question"], filters=filters, audience=audience)[:LOOKED_AT]:
                if hit.paper.kind not in RECORDS:
                    continue
                paragraphs = library.store.paragraphs(hit.paper.id)
                for decision in library.store.decisions_of(hit.paper.id):
                    if decision.procedural or decision.last < hit.chunk.first or decision.first > hit.chunk.last:
                        continue
                    said = set(stemmed(f"{decision.text} {paragraphs[decision.first].item or ''}"))
                    if len(matter & said) < LIKE_ENOUGH * len(matter):
                        continue
                    page = paragraphs[decision.first].spans[0].page
                    found[hit.paper.id, decision.first] = LaterDecision(
                        hit.paper, decision.outcome, decision.text, decision.number, page
                    )
            in_order = sorted(found.values(), key=lambda each: (each.paper.meeting_date or since, each.page))
            latest = in_order[-MOST_LATER:]
            witness.saw(library.store, "decision", [(each.paper.id, each.page) for each in latest])
            return since, latest

    def _witness(self, place: Place, question: str | None = None) -> Witness:
        who = f"Slack user {place.user}"
        asked = question if self.log_questions else None
        return Witness(self.audit, self.audience_of(place), SURFACE, who, asked)


def _first_citation(given: dict[str, Any]) -> dict[str, Any]:
    if not given["citations"]:
        raise NotHeld("that answer cites no paper")
    citation: dict[str, Any] = given["citations"][0]
    return citation


def _place_in(paragraphs: list[Paragraph], citation: dict[str, Any]) -> int:
    """Where in a paper a citation stands. Raises NotHeld when the paper has changed since."""
    words = " ".join(citation["quote"].split())
    on_page = [n for n, each in enumerate(paragraphs) if any(span.page == citation["page"] for span in each.spans)]
    for n in on_page:
        if words and words[:80] in " ".join(paragraphs[n].text.split()):
            return n
    for n in on_page:
        if citation["paragraph"] and paragraphs[n].number == citation["paragraph"]:
            return n
    for n in on_page:
        if citation["item"] and paragraphs[n].item == citation["item"]:
            return n
    raise NotHeld("the paper has changed since that answer was given")
