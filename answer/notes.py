"""What stands beside an answer: what a careful clerk would add to it, and where to look where there is none."""

from collections.abc import Iterator, Sequence

from answer.closed_part import says_exempt_part
from answer.compose import Composed
from answer.evidence import Evidence
from answer.lead import day_in_words
from answer.standing import links_to
from index.filters import Audience, Filters
from index.library import Library
from index.links import Link
from ingest.papers import Paper


def closest(evidence: Sequence[Evidence]) -> list[str]:
    """The nearest papers, as places to look: not an answer."""
    seen: dict[str, str] = {}
    for each in evidence[:10]:
        paper = each.passage.paper
        page = each.passage.head.spans[0].page
        seen.setdefault(
            paper.id, f"Closest, but not an answer: {_named(paper)}, page {page} (/papers/{paper.id}/pdf#page={page})"
        )
    return list(seen.values())[:3]


def _named(paper: Paper) -> str:
    day = day_in_words(paper.meeting_date) if paper.meeting_date else ""
    return paper.title if not day or day in paper.title else f"{paper.title}, {day}"


def notes_on(library: Library, composed: Composed, audience: Audience) -> list[str]:
    """What a careful clerk would add: drafts, OCR, and minutes that are not held."""
    notes = []
    papers = list(dict.fromkeys(passage.paper for passage in composed.passages))
    for paper in papers:
        if paper.classification != "public":
            notes.append(f"{_named(paper)}: not for publication. You may see it; others may not.")
        if paper.kind == "minutes" and paper.standing == "draft":
            notes.append(f"{_named(paper)}: draft, not yet confirmed.")
    if any(citation.ocr for citation in composed.citations):
        notes.append("Read from a scanned page by OCR: check the words against the page.")
    first = composed.passages[0].paper
    undecided = composed.outcome in ("recommended", "proposed") and first.kind != "minutes"
    if undecided and first.meeting_date and not _minutes_held(library, first, audience):
        when = day_in_words(first.meeting_date)
        notes.append(f"The minutes of the meeting of {when} are not held, so its decision is not known.")
    notes += _what_became_of_it(library, composed, audience)
    closed = says_exempt_part(library, first, composed.citations[0].item)
    if closed and all(paper.classification == "public" for paper in papers):
        agenda, page = closed
        notes.append(
            "The agenda says that part of this item is exempt; this rests on public papers only "
            f"(/papers/{agenda.id}/pdf#page={page})"
        )
    return notes


def _minutes_held(library: Library, paper: Paper, audience: Audience) -> bool:
    filters = Filters(body=paper.body, since=paper.meeting_date, until=paper.meeting_date, kind="minutes")
    return bool(library.visible(filters, audience))


_DID = {
    "rescinds": "rescinded", "replaces": "replaced", "amends": "amended", "sets anew": "set anew",
    "corrects": "corrected",
}  # fmt: skip


def _what_became_of_it(library: Library, composed: Composed, audience: Audience) -> Iterator[str]:
    """What the decision told first replaced, and what has replaced it, where that is on record."""
    links = links_to(composed.passages[0], library, audience)
    for link in links.replaced_by[:1]:
        yield f"Since then {_DID[link.relation]}: {_place(link)}"
    for link in links.replaces[-1:]:
        yield f"By this was {_DID[link.relation]} what was decided before: {_place(link)}"


def _place(link: Link) -> str:
    day = f", {day_in_words(link.paper.meeting_date)}" if link.paper.meeting_date else ""
    number = link.decision.number or link.paragraph.number
    minute = f", minute {number}" if number else ""
    return f"{_named(link.paper).removesuffix(day)}{day}{minute} (/papers/{link.paper.id}/pdf#page={link.page})"
