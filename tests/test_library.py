"""An opened home: what binds every way of finding."""

import threading
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from answer.ask import ask
from answer.find import find
from index.build import Silent, rebuild
from index.filters import EVERYTHING, PUBLIC, Filters
from index.fusion import WORDS_SHARE, fuse
from index.library import Library
from index.records import find_decisions
from minutebook.errors import HomeError, ModelError, NotHeld
from tests.embedder import FakeEmbedder
from tests.held import library_of

FILTERS = [
    (Filters(), 5),
    (Filters(body="wexmoor district council"), 5),
    (Filters(body="Thornby Town Council"), 0),
    (Filters(committee="CABINET"), 2),
    (Filters(kind="report"), 1),
    (Filters(kind="minutes"), 3),
    (Filters(path="cabinet"), 2),
    (Filters(path="cabinet/"), 2),
    (Filters(path="cab"), 0),
    (Filters(path="planning-2024-05-09.pdf"), 1),
    (Filters(since=date(2024, 4, 17)), 4),
    (Filters(since=date(2024, 4, 18)), 2),
    (Filters(until=date(2024, 4, 17)), 3),
    (Filters(since=date(2024, 5, 9), until=date(2024, 5, 9), kind="minutes"), 1),
]
WORDS = ("library", "cleaning tender", "Quarry Lane depot", "permission", "the council")


@pytest.mark.parametrize(("filters", "papers"), FILTERS)
def test_a_filter_lets_through_what_matches(library: Library, filters: Filters, papers: int) -> None:
    assert len(library.visible(filters)) == papers


@pytest.mark.parametrize(("filters", "papers"), FILTERS)
def test_filters_bind_words_and_vectors_and_nothing_that_matches_is_missed(
    library: Library, filters: Filters, papers: int
) -> None:
    allowed = library.visible(filters)
    chunks = {
        row["id"] for row in library.store.connection.execute("SELECT id, paper FROM chunks") if row["paper"] in allowed
    }
    for words in WORDS:
        hits = library.hits(words, filters=filters, depth=1000)
        assert {hit.chunk.id for hit in hits} == chunks  # vectors alone bring every chunk that is allowed
        assert {hit.chunk.id for hit in hits if hit.words > 0} <= chunks
        assert {hit.paper.id for hit in hits} <= allowed


def test_a_filter_is_inside_the_search(library: Library) -> None:
    """With room for one hit each, a filtered search still finds the best of those allowed."""
    for filters, papers in FILTERS:
        if papers:
            deep = library.hits("library opening hours", filters=filters, depth=1000)
            shallow = library.hits("library opening hours", filters=filters, depth=1)
            assert max(deep, key=lambda hit: hit.likeness).chunk.id in {hit.chunk.id for hit in shallow}


def test_scores_are_the_fusion_of_both_ways(library: Library) -> None:
    vector = library.embedder.embed(["library opening hours"])[0]
    by_words = dict(library.words.search("library opening hours", 80))
    by_meaning = dict(library.vectors.search(vector, 80, None))
    fused = fuse(by_words, by_meaning)
    hits = library.hits("library opening hours", audience=EVERYTHING)
    assert {hit.chunk.id: hit.score for hit in hits} == pytest.approx(fused)
    assert [hit.score for hit in hits] == sorted(fused.values(), reverse=True)
    assert all(hit.likeness == pytest.approx(by_meaning[hit.chunk.id], abs=1e-5) for hit in hits)


def test_fusion_is_convex() -> None:
    fused = fuse({1: 8.0, 2: 4.0}, {2: 0.5, 3: -0.2})
    assert fused == pytest.approx({1: WORDS_SHARE, 2: WORDS_SHARE / 2 + (1 - WORDS_SHARE) / 2, 3: 0})
    assert fuse({}, {}) == {}


@pytest.fixture
def exempt(library: Library) -> str:
    (paper,) = {paper.id for paper in library.store.papers(audience=EVERYTHING)} - library.visible()
    return paper


def test_exempt_papers_come_through_no_way_of_finding(library: Library, exempt: str) -> None:
    words = "lowest tender Brightmop amounted exempt appendix office cleaning"
    assert exempt in {hit.paper.id for hit in library.hits(words, audience=EVERYTHING)}
    assert exempt not in {hit.paper.id for hit in library.hits(words, audience=PUBLIC, depth=1000)}
    assert exempt not in {hit.paper.id for hit in library.hits(words, depth=1000)}  # public unless said otherwise
    assert exempt not in {hit.citation.paper for hit in find(library, words, limit=100).hits}
    assert exempt not in {citation.paper for citation in ask(library, words).citations}
    assert exempt not in {paper.id for paper in library.store.papers()}
    with pytest.raises(NotHeld):
        library.store.paper(exempt)
    assert library.store.paper(exempt, EVERYTHING).id == exempt
    assert not library.store.page_visible("resources-2024-06-03.pdf", 2)
    assert not library.store.whole_file_visible("resources-2024-06-03.pdf")


def test_exempt_papers_stay_closed_under_every_filter(library: Library, exempt: str) -> None:
    paper = library.store.paper(exempt, EVERYTHING)
    for filters in (Filters(path=paper.path), Filters(committee=paper.committee), Filters(kind=paper.kind)):
        assert exempt in library.visible(filters, EVERYTHING)
        assert exempt not in library.visible(filters)
        assert exempt not in {hit.paper.id for hit in library.hits("tender", filters=filters, depth=1000)}


def test_exempt_decisions_are_in_no_register_and_no_count(tmp_path: Path) -> None:
    head = "# Thornby Town Council\nMinutes of the meeting held on Tuesday 12 March 2024\n"
    library = library_of(
        tmp_path,
        {
            "open.pdf": [f"{head}# 1 Pool\n1.1 RESOLVED that the pool be mended."],
            "closed.pdf": [
                f"NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A\n{head}"
                "# 1 Pool\n1.1 RESOLVED that the pool be sold for £71,234."
            ],
        },
    )
    public, total = find_decisions(library.store, "pool")
    everything, all_of_them = find_decisions(library.store, "pool", audience=EVERYTHING)
    assert ([record.paper.path for record in public], total) == (["open.pdf"], 1)
    assert ({record.paper.path for record in everything}, all_of_them) == ({"open.pdf", "closed.pdf"}, 2)
    assert "71,234" not in ask(library, "was the pool sold?").answer


def test_a_home_without_papers_is_refused_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="minutebook ingest FOLDER"):
        Library.open(tmp_path / "nothing", FakeEmbedder())


def test_another_model_is_refused_with_the_command(home: Path) -> None:
    with pytest.raises(ModelError, match=r"fake@1.*other@2.*minutebook ingest --rebuild"):
        Library.open(home, FakeEmbedder(name="other@2"))


def test_a_rebuild_with_another_model_makes_the_home_its_own(tmp_path: Path) -> None:
    library_of(tmp_path, {"a.pdf": ["The hall has a bell."]}).close()
    other = FakeEmbedder(dimension=64, name="other@2")
    rebuild(tmp_path, embedder=other, progress=Silent())
    library = Library.open(tmp_path, other)
    assert library.model == "other@2"
    assert library.hits("bell")[0].likeness > 0
    with pytest.raises(ModelError):
        Library.open(tmp_path, FakeEmbedder())


def test_nothing_is_done_anew_until_there_is_a_newer_generation(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"a.pdf": ["The hall has a bell."]})
    assert library.refresh() is library
    rebuild(tmp_path, embedder=FakeEmbedder(), progress=Silent())
    newer = library.refresh()
    assert newer.generation == library.generation + 1
    with pytest.raises(HomeError, match="ask again"), library.reading():
        pass
    with newer.reading():
        assert newer.hits("bell")


def test_threads_may_share_it(library: Library) -> None:
    expected = [(hit.chunk.id, hit.score) for hit in library.hits("library")]
    found: list[list[tuple[int, float]]] = []

    def search() -> None:
        found.extend([(hit.chunk.id, hit.score) for hit in library.hits("library")] for _ in range(5))

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert all(each == expected for each in found)


def test_a_vector_given_is_the_one_searched_with(library: Library) -> None:
    vector = library.embedder.embed(["riding school"])[0]
    zero = np.zeros_like(vector)
    assert library.hits("zeppelin", vector=vector)[0].likeness > 0
    assert all(hit.likeness == 0 for hit in library.hits("zeppelin", vector=zero))
