"""A search: places with quotes, and what they can be sorted into."""

import pytest

from answer.find import LONGEST_QUOTE, find
from answer.verify import Pages
from index.filters import EVERYTHING, Filters
from index.library import Library


def test_the_nearest_comes_first_as_a_quote_on_its_page(library: Library) -> None:
    found = find(library, "allotment rents")
    first = found.hits[0]
    assert (first.citation.path, first.citation.page, first.citation.paragraph) == (
        "leisure/2024-03-12 minutes.pdf",
        2,
        "5.1",
    )
    assert "rents be halved" in first.citation.quote
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


def test_every_quote_is_on_its_page_and_short(library: Library) -> None:
    pages = Pages(library.store)
    for words in ("library", "riding school", "depot sale", "Councillor"):
        hits = find(library, words, limit=100).hits
        assert hits
        for hit in hits:
            assert pages.holds(hit.citation.path, hit.citation.page, hit.citation.quote)
            assert len(hit.citation.quote) <= LONGEST_QUOTE


def test_a_page_of_hits_goes_on_where_the_last_one_ended(library: Library) -> None:
    whole = find(library, "library", limit=100)
    parts = [find(library, "library", limit=3, offset=offset) for offset in range(0, whole.total, 3)]
    assert [hit for part in parts for hit in part.hits] == list(whole.hits)
    assert {part.total for part in parts} == {whole.total} == {len(whole.hits)}


@pytest.mark.parametrize("outcome", ["decided", "lost", "noted", "recommended"])
def test_only_what_came_to_an_outcome(library: Library, outcome: str) -> None:
    found = find(library, "council", outcome=outcome, limit=100)  # type: ignore[arg-type]
    assert found.total == dict(find(library, "council", limit=100).facets["outcome"])[outcome]
    for hit in found.hits:
        by_paper = library.store.outcomes_in({hit.citation.paper})
        assert outcome in {came_to for _, _, came_to in by_paper[hit.citation.paper]}


def test_an_outcome_that_nothing_came_to_finds_nothing(library: Library) -> None:
    assert find(library, "council", outcome="withdrawn").total == 0


def test_filters_bind(library: Library) -> None:
    found = find(library, "library", filters=Filters(committee="planning committee"), limit=100)
    assert found.hits
    assert {hit.citation.committee for hit in found.hits} == {"Planning Committee"}
    assert find(library, "library", filters=Filters(body="Thornby Town Council")).total == 0


def test_facets_are_of_all_hits_and_years_from_the_latest(library: Library) -> None:
    found = find(library, "library", limit=1)
    assert sum(count for _, count in found.facets["kind"]) == found.total
    assert found.facets["year"] == [("2024", found.total)]
    counts = [count for _, count in found.facets["committee"]]
    assert counts == sorted(counts, reverse=True)
    committee, count = found.facets["committee"][0]
    assert find(library, "library", filters=Filters(committee=committee), limit=1).total == count


def test_what_is_exempt_is_neither_found_nor_counted(library: Library) -> None:
    words = "lowest tender from Brightmop"
    everything, public = find(library, words, audience=EVERYTHING, limit=100), find(library, words, limit=100)
    assert any("71,234" in hit.citation.quote for hit in everything.hits)
    assert not any("71,234" in hit.citation.quote for hit in public.hits)
    assert {hit.citation.paper for hit in public.hits} <= library.visible()
    assert sum(count for _, count in public.facets["committee"]) == public.total == len(public.hits)


def test_a_hit_as_json_is_the_public_contract(library: Library) -> None:
    fields = find(library, "allotment rents").as_json()
    assert set(fields) == {"hits", "total", "facets"}
    hit = fields["hits"][0]
    assert "n" not in hit
    assert {"path", "paper", "page", "quote", "url", "score"} <= set(hit)
    assert fields["facets"]["year"][0] == {"value": "2024", "count": fields["total"]}
