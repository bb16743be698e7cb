"""A search: the passages nearest to the words, each as a place with a quote; no answer is made of them."""

from dataclasses import dataclass
from typing import Any

from answer.answer import Citation
from answer.verify import Pages
from index.chunks import sentences
from index.filters import PUBLIC, Audience, Filters
from index.library import Hit, Library
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


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what a search found; `total` is of all of them."""

    hits: tuple[Place, ...]
    total: int


def find(
    library: Library,
    words: str,
    *,
    filters: Filters = Filters(),
    audience: Audience = PUBLIC,
    limit: int = 10,
    offset: int = 0,
) -> Found:
    """The chunks nearest to the words, in meaning and by the words themselves, best first."""
    with library.reading():
        hits = library.hits(words, filters=filters, audience=audience, depth=DEPTH)
        pages = Pages(library.store)
        places = [_place(library, hit, words, pages) for hit in hits[offset : offset + limit]]
    return Found(tuple(places), len(hits))


def _place(library: Library, hit: Hit, words: str, pages: Pages) -> Place:
    paragraphs = library.store.paragraphs(hit.paper.id)[hit.chunk.first : hit.chunk.last + 1]
    wanted = set(library.words.terms(words))
    best = max(paragraphs, key=lambda paragraph: len(wanted & set(library.words.terms(paragraph.text))))
    page, quote = _quote(best, hit.paper.path, wanted, library, pages)
    stored = pages.page(hit.paper.path, page)
    paper = hit.paper
    citation = Citation(
        n=0,
        path=paper.path,
        paper=paper.id,
        title=paper.title,
        kind=paper.kind,
        body=paper.body,
        committee=paper.committee,
        meeting_date=paper.meeting_date,
        standing=paper.standing,
        item=best.item or paper.item,
        paragraph=best.number,
        page=page,
        printed_page=stored.printed_number,
        quote=quote,
        ocr=stored.source == "ocr",
    )
    return Place(citation, hit.score)


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
