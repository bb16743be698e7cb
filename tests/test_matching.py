"""How a passage's words are matched with the question's: its own and those over it, in whatever chunks they stand."""

from dataclasses import replace
from pathlib import Path

import pytest

from answer import matching
from answer.matching import matched, matched_hits
from answer.passages import Passage
from answer.shelf import Shelves
from index.library import Library
from tests.embedder import FakeMatcher
from tests.held import library_of

MINUTES = """ELMWICK PARISH COUNCIL
Minutes of the meeting held on 3 June 2024

5. Street lighting

5.1 The bollard in Mill Lane was out.

5.2 Sparrows nested in the bus shelter.

It was RESOLVED to buy a lantern.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "home", {"minutes.pdf": [MINUTES]})


def passage_with(library: Library, words: str) -> Passage:
    shelf = Shelves(library).of(library.paper(next(iter(library.papers()))))
    at = next(n for n, paragraph in enumerate(shelf.paragraphs) if words in paragraph.text)
    return Passage(shelf, at, at, None, 0.5, 0.5)


def match(library: Library, question: str, words: str) -> float:
    return matched(library, question, [passage_with(library, words)])[0].match


def test_a_paragraph_matches_by_its_own_words_and_not_by_its_neighbours(library: Library) -> None:
    bollard, sparrows = passage_with(library, "The bollard"), passage_with(library, "Sparrows")
    places = bollard.shelf.chunks
    assert any(first <= bollard.first < sparrows.first <= last for _, first, last in places), "both stand in one chunk"
    assert match(library, "bollard", "The bollard") == pytest.approx(1)
    assert match(library, "bollard", "Sparrows") == pytest.approx(0)
    assert match(library, "sparrows", "Sparrows") == pytest.approx(1)
    assert match(library, "sparrows", "The bollard") == pytest.approx(0)


def test_the_words_over_a_paragraph_are_its_own(library: Library) -> None:
    assert match(library, "street lighting sparrows", "Sparrows") == pytest.approx(1)


def test_each_word_of_the_question_counts(library: Library) -> None:
    assert match(library, "sparrows penguins", "Sparrows") == pytest.approx(0.5)


def test_a_passage_over_several_chunks_has_the_words_of_all(library: Library) -> None:
    first, last = passage_with(library, "The bollard"), passage_with(library, "lantern")
    whole = Passage(first.shelf, first.first, last.last, None, 0.5, 0.5)
    assert matched(library, "bollard sparrows lantern", [whole])[0].match == pytest.approx(1)


def test_nothing_found_is_nothing_matched(library: Library) -> None:
    assert matched(library, "bollard", []) == []


def test_a_home_without_words_embeddings_matches_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = match(library, "mill lane sparrows", "The bollard")
    connection = library.store.connection
    asked: list[str] = []
    plain = FakeMatcher.tokens
    monkeypatch.setattr(FakeMatcher, "tokens", lambda self, texts: asked.extend(texts) or plain(self, texts))
    assert match(library, "mill lane sparrows", "The bollard") == kept
    assert not asked, "what is kept is not embedded again"
    connection.execute("DELETE FROM tokens")
    connection.commit()
    assert match(library, "mill lane sparrows", "The bollard") == kept
    assert asked


def test_a_search_puts_first_what_matches_word_by_word(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    hits = library.hits("sparrows nested")
    lantern = next(hit for hit in hits if "lantern" in hit.chunk.text)
    others = [replace(hit, score=0.9) for hit in hits if hit.chunk.id != lantern.chunk.id]
    found = matched_hits(library, "lantern", [*others, replace(lantern, score=0.1)])
    assert found[0].chunk.id == lantern.chunk.id
    monkeypatch.setattr(matching, "MATCHED", 0.0)
    assert matched_hits(library, "lantern", [*others, lantern])[0].chunk.id != lantern.chunk.id
    assert matched_hits(library, "lantern", []) == []
