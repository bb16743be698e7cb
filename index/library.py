"""An opened home: its papers, and the two ways of finding words in them, all of one generation."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.closed import groups_held
from index.derived import (
    audiences_in,
    build_derived,
    derived_folder,
    is_complete,
    paper_number,
    spoilt_in,
    words_folder,
    words_of,
)
from index.embed import Embedder
from index.filters import EVERYTHING, PUBLIC, Audience, Filters
from index.fusion import fuse
from index.rerank import Reranker
from index.store import Store, StoredChunk, conditions
from index.vectors import Vectors
from index.words import Words
from ingest.papers import Paper
from minutebook.errors import HomeError, ModelError

log = logging.getLogger(__name__)

#: How many chunks each way of finding gives to the fusion.
DEPTH = 120
#: How many sets of filters keep their list of papers in memory.
_KEPT_FILTERS = 256
#: How many audiences' words are open at a time.
_MOST_AUDIENCES = 32
_NO_CHUNKS = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found. `words` is its BM25 score, 0 where its words did not find it; `likeness` its cosine."""

    chunk: StoredChunk
    paper: Paper
    score: float
    words: float
    likeness: float


class Library:
    """Everything a question needs, loaded once. Safe to share between threads."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        generation: int,
        words: dict[Audience, Words],
        vectors: Vectors,
        *,
        reranker: Reranker | None = None,
    ) -> None:
        self.store = store
        self.embedder = embedder
        self.reranker = reranker
        self.generation = generation
        self._made = store.meta("made")
        self._words = words
        self._making_words = threading.Lock()
        self.vectors = vectors
        self._groups = groups_held(store)
        self._papers = {paper.id: paper for paper in store.papers(audience=EVERYTHING)}
        self._chunks_of = _chunks_by_paper(store)
        self._visible: dict[tuple[Filters, Audience], frozenset[str]] = {}

    @classmethod
    def open(cls, home: Path, embedder: Embedder, reranker: Reranker | None = None) -> "Library":
        """Opens the newest generation, first rebuilding its word and vector files if they are missing or damaged.

        `reranker`, where there is one, is for whoever weighs what is found.

        Raises HomeError when nothing was ingested yet, ModelError when the embeddings are another model's.
        """
        store = Store(home)
        with store.reading() as generation:
            if generation == 0:
                raise HomeError(f"{home}: no papers have been ingested here; run: minutebook ingest FOLDER")
            model = store.meta("model")
            if model != embedder.name:
                raise ModelError(
                    f"{home}: its embeddings were made with {model}, and the model set is {embedder.name}; "
                    "set MINUTEBOOK_MODEL back, or run: minutebook ingest --rebuild"
                )
            folder = derived_folder(home, generation)
            if is_complete(folder, store.meta("made") or ""):
                try:
                    return cls(store, embedder, generation, *_opened(store, folder), reranker=reranker)
                except HomeError as error:
                    log.warning("%s; rebuilding it from the store", error)
            build_derived(store.connection, folder, embedder.name, embedder.dimension)
            return cls(store, embedder, generation, *_opened(store, folder), reranker=reranker)

    @property
    def words(self) -> Words:
        """The words of all papers. What is counted in them is not for everybody; see `words_for`."""
        return self._words[EVERYTHING]

    def words_for(self, audience: Audience) -> Words:
        """The words of the papers that an audience may see, so that no count or spelling comes from the others.

        Groups have theirs made when first somebody of just these groups asks. Raises HomeError where that cannot be.
        """
        if PUBLIC not in self._words:  # nothing is closed
            return self.words
        audience = self._as_told_apart(audience)
        if (words := self._words.get(audience)) is not None:
            return words
        with self._making_words:
            words = self._words.get(audience)
            if words is None:
                with self.reading():
                    folder = derived_folder(self.store.home, self.generation)
                    words = self._words[audience] = words_of(self.store.connection, folder, audience)
            for oldest in list(self._words)[2:-_MOST_AUDIENCES]:  # all and the public, which come first, stay
                del self._words[oldest]
            return words

    def _as_told_apart(self, audience: Audience) -> Audience:
        """The audience with only those of its groups that see more than the public does."""
        return Audience(audience.everything, tuple(group for group in audience.groups if group in self._groups))

    @property
    def model(self) -> str:
        return self.embedder.name

    def refresh(self) -> "Library":
        """This library, or a new one when the home has a newer generation, or another that was restored."""
        return self if self.is_newest() else Library.open(self.store.home, self.embedder, self.reranker)

    def is_newest(self) -> bool:
        """Whether the home still is of this library's generation."""
        return self.store.generation == self.generation and self.store.meta("made") == self._made

    @contextmanager
    def reading(self) -> Iterator[None]:
        """All that is read inside is of this library's generation. Raises HomeError when a newer one stands."""
        with self.store.reading() as generation:
            if generation != self.generation or self.store.meta("made") != self._made:
                raise HomeError("the papers were indexed anew this moment; ask again")
            yield

    def paper(self, paper: str) -> Paper:
        """The paper with that id, whoever asks: for papers that a search under an audience has already given."""
        return self._papers[paper]

    def papers(self) -> Iterable[str]:
        """The ids of all papers, whoever asks."""
        return self._papers.keys()

    def visible(self, filters: Filters = Filters(), audience: Audience = PUBLIC) -> frozenset[str]:
        """The ids of the papers that match and may be seen."""
        key = (filters, audience)
        if key not in self._visible:
            if len(self._visible) >= _KEPT_FILTERS:
                self._visible.clear()
            where, values = conditions(filters, audience)
            rows = self.store.connection.execute(f"SELECT id FROM papers WHERE {where}", values)
            self._visible[key] = frozenset(row[0] for row in rows)
        return self._visible[key]

    def hits(
        self,
        question: str,
        *,
        filters: Filters = Filters(),
        audience: Audience = PUBLIC,
        depth: int = DEPTH,
        vector: NDArray[np.float32] | None = None,
    ) -> list[Hit]:
        """The chunks nearest to the question by words and by meaning, fused, best first; filters bind inside both."""
        if vector is None:
            vector = self.embedder.embed([question])[0]
        papers = self.visible(filters, audience)
        if not papers:
            return []
        by_words = dict(self.words_for(audience).search(question, depth, allowed_papers=self._allowed_papers(papers)))
        by_meaning = dict(self.vectors.search(vector, depth, self._allowed_chunks(papers)))
        fused = fuse(by_words, by_meaning)
        chunks = self.store.chunks(list(fused))
        missing = np.array([chunk for chunk in fused if chunk not in by_meaning], dtype=np.int64)
        likeness = by_meaning | dict(
            zip(missing.tolist(), self.vectors.similarity(vector, missing).tolist(), strict=True)
        )
        return [
            Hit(
                chunks[chunk],
                self._papers[chunks[chunk].paper],
                score,
                by_words.get(chunk, 0.0),
                likeness[chunk],
            )
            for chunk, score in sorted(fused.items(), key=lambda pair: (-pair[1], pair[0]))
            if chunk in chunks
        ]

    def _allowed_papers(self, papers: frozenset[str]) -> list[int] | None:
        return None if len(papers) == len(self._papers) else [paper_number(paper) for paper in papers]

    def _allowed_chunks(self, papers: frozenset[str]) -> NDArray[np.int64] | None:
        if len(papers) == len(self._papers):
            return None
        return np.concatenate([self._chunks_of.get(paper, _NO_CHUNKS) for paper in papers])

    def close(self) -> None:
        self.store.close()


def _opened(store: Store, folder: Path) -> tuple[dict[Audience, Words], Vectors]:
    if spoilt := spoilt_in(folder):
        raise HomeError(f"{spoilt[0]} is not as it was written")
    words = {audience: Words.open(words_folder(folder, audience)) for audience in audiences_in(store.connection)}
    return words, Vectors.open(folder / "vectors.faiss")


def _chunks_by_paper(store: Store) -> dict[str, NDArray[np.int64]]:
    rows = store.connection.execute("SELECT paper, id FROM chunks ORDER BY paper, id")
    return {
        paper: np.fromiter((row["id"] for row in group), dtype=np.int64)
        for paper, group in groupby(rows, key=itemgetter("paper"))
    }
