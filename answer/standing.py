"""Where a decision stands, by the links that are kept: what replaced it, and the minute that decided what was asked."""

from collections.abc import Sequence

from answer.evidence import Evidence
from answer.passages import Passage
from answer.question import Question
from answer.shelf import Shelves
from answer.signs import wants_decision
from index.filters import Audience, Filters
from index.library import Library
from index.links import Link, Links, links_at
from index.words import stemmed

#: A request, the minute that decided it, and what replaced that: no chain is followed further than this.
MOST_STEPS = 4


def links_to(passage: Passage, library: Library, audience: Audience) -> Links:
    """The links of a passage's decision to what this audience may see; none where it tells no decision."""
    if passage.decision is None:
        return Links()
    return links_at(library.store, passage.paper.id, passage.shelf.decisions.index(passage.decision), audience)


def as_it_stands(
    question: Question,
    evidence: list[Evidence],
    library: Library,
    shelves: Shelves,
    filters: Filters,
    audience: Audience,
) -> list[Evidence]:
    """The evidence with the present position first: before a decision what replaced it, before a request its minute.

    Only from papers that match the filters and may be seen, and of the time that is asked about, where one is.
    """
    for _ in range(MOST_STEPS):
        if not evidence:
            break
        first = evidence[0]
        links = links_to(first.passage, library, audience)
        later = list(links.replaced_by[:1])
        if not later and wants_decision(question):
            later = [link for link in links.decided_by if not link.decision.procedural]
        visible = library.visible(filters, audience)
        later = [link for link in later if link.paper.id in visible and _of_the_time(question, link, first.passage)]
        if not later:
            break
        link = _nearest(question, later)
        shelf = shelves.of(link.paper)
        leading = first.led_by(shelf, shelf.decisions[shelf.decisions.index(link.decision)])
        evidence = [leading, *(each for each in evidence if _place(each.passage) != _place(leading.passage))]
    return evidence


def _of_the_time(question: Question, link: Link, first: Passage) -> bool:
    """Whether a later decision may come first: not where just the earlier one is of the time asked about."""
    days = first.paper.meeting_date, link.paper.meeting_date
    earlier, later = (any(when.fits(day) for when in question.times) for day in days)
    return later or not earlier


def _nearest(question: Question, links: Sequence[Link]) -> Link:
    """Of several decisions of one item, the one that holds most of the question."""
    terms = {term.stem for term in question.terms}
    return max(links, key=lambda link: len(terms.intersection(stemmed(link.decision.text))))


def _place(passage: Passage) -> tuple[tuple[str, int, int], bool]:
    return passage.place, passage.decision is not None
