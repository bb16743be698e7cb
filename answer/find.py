"""A search: the passages nearest to the words, each as a place with a quote; no answer is made of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from answer.answer import Citation
from answer.citing import citation_of
from answer.matching import matched_hits
from answer.verify import Pages
from index.chunks import sentences
from index.filters import PUBLIC, Audience, Filters
from index.library import Hit, Library
from ingest.operative import Outcome
from ingest.structure import Paragraph

#: Chunks ranked for a search; further pages reach no deeper.
DEPTH = 200
LONGEST_QUOTE = 320


@dataclass(frozen=True, slots=True)
class Place:
    """Where a hit stands, with its score: comparable within one search only."""

    citation: Citation
    score: float

    def as_json(self) -> dict[str, Any]:
        """The place as in the public contract: a citation's fields without its number, and the score."""
        fields = self.citation.as_json()
        del fields["n"]
        return {**fields, "score": round(self.score, 4)}


#: What the hits can be sorted into, with how many of them each value has: `[("Cabinet", 12), ...]`.
Facets = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found; `total` and `facets` are of all of them."""

    hits: tuple[Place, ...]
    total: int
    facets: Facets

    def as_json(self) -> dict[str, Any]:
        """The search as in the public contract, with its facets."""
        facets = {
            name: [{"value": value, "count": count} for value, count in values] for name, values in self.facets.items()
        }
        return {"hits": [hit.as_json() for hit in self.hits], "total": self.total, "facets": facets}


def find(
    library: Library,
    words: str,
    *,
    filters: Filters = Filters(),
    audience: Audience = PUBLIC,
    outcome: Outcome | None = None,
    limit: int = 10,
    offset: int = 0,
) -> Found:
    """The chunks nearest to the words, in meaning and by the words themselves, best first.

    With `outcome` only those in which something came to that.
    """
    words = words.encode("utf-8", "replace").decode()  # a command line's bytes may be no text
    with library.reading():
        hits = matched_hits(library, words, library.hits(words, filters=filters, audience=audience, depth=DEPTH))
        outcomes = _outcomes(library, hits)
        if outcome is not None:
            hits = [hit for hit in hits if outcome in outcomes[hit.chunk.id]]
        pages = Pages(library.store)
        wanted = set(library.words.terms(words))
        places = [_place(library, hit, wanted, pages) for hit in hits[offset : offset + limit]]
    return Found(tuple(places), len(hits), _facets(hits, outcomes))


def _outcomes(library: Library, hits: Sequence[Hit]) -> dict[int, frozenset[str]]:
    """By chunk, what came of the decisions that stand in it."""
    by_paper = library.store.outcomes_in({hit.paper.id for hit in hits})
    return {
        hit.chunk.id: frozenset(
            outcome
            for first, last, outcome in by_paper.get(hit.paper.id, [])
            if first <= hit.chunk.last and hit.chunk.first <= last
        )
        for hit in hits
    }


def _facets(hits: Sequence[Hit], outcomes: dict[int, frozenset[str]]) -> Facets:
    """Years from the latest, all else from the most frequent."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("body", "committee", "kind", "year", "outcome")}
    for hit in hits:
        paper = hit.paper
        for name, value in (("body", paper.body), ("committee", paper.committee), ("kind", paper.kind)):
            if value:
                counts[name][value] += 1
        if paper.meeting_date:
            counts["year"][str(paper.meeting_date.year)] += 1
        counts["outcome"].update(outcomes[hit.chunk.id])
    facets = {name: sorted(count.items(), key=lambda each: (-each[1], each[0])) for name, count in counts.items()}
    facets["year"].sort(reverse=True)
    return facets


def _place(library: Library, hit: Hit, wanted: set[str], pages: Pages) -> Place:
    paragraphs = library.store.paragraphs_at(hit.paper.id, hit.chunk.first, hit.chunk.last)
    best = max(paragraphs, key=lambda paragraph: len(wanted & set(library.words.terms(paragraph.text))))
    page, quote = _quote(best, hit.paper.path, wanted, library, pages)
    return Place(citation_of(0, hit.paper, best, page, quote, pages), hit.score)


def _quote(paragraph: Paragraph, path: str, wanted: set[str], library: Library, pages: Pages) -> tuple[int, str]:
    """The page, and the sentence on it that holds most of the words with what follows it; "" if it is not there."""
    best: tuple[int, int, str] = (-1, paragraph.spans[0].page, "")
    for span in paragraph.spans:
        text = paragraph.text[span.start : span.end]
        for start, end in sentences(text):
            count = len(wanted & set(library.words.terms(text[start:end])))
            if count > best[0]:
                quote = text[start : start + LONGEST_QUOTE].strip()
                if start + LONGEST_QUOTE < len(text):
                    quote = quote.rsplit(" ", 1)[0]
                if pages.holds(path, span.page, quote):
                    best = (count, span.page, quote)
                elif pages.holds(path, span.page, text[start:end]):
                    best = (count, span.page, text[start:end].strip())
    return best[1], best[2]
