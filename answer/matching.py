"""How well the words of each passage match those of the question, one by one, whatever they are called."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from answer.passages import Passage
from index.library import Hit, Library
from index.matcher import AskedTokens
from index.tokens_kept import ChunkTokens, tokens_of

#: What a search's hit gains by its words' match, beside a fused score of 0 to 1.
MATCHED = 2.0


def matched_hits(library: Library, text: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits of a search with how well their words match added to their score, best first."""
    matcher = library.embedder.matcher
    asked = matcher.asked(text)
    likenesses = _likenesses(asked, tokens_of(library.store.connection, [hit.chunk.id for hit in hits], matcher))
    raised = [
        replace(hit, score=hit.score + MATCHED * float(asked.weights @ likenesses[hit.chunk.id].max(axis=1)))
        for hit in hits
    ]
    return sorted(raised, key=lambda hit: (-hit.score, hit.chunk.id))


def matched(library: Library, text: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages with their `match`: each word of the question counts as the passage's word most like it does.

    The words over a passage count as its own: of its item and headings, as they stand in its chunk's context.
    """
    matcher = library.embedder.matcher
    asked = matcher.asked(text)
    over = [_chunks_over(passage) for passage in passages]
    chunks = sorted(set().union(*over))
    kept = {each.chunk: each for each in tokens_of(library.store.connection, chunks, matcher)}
    likenesses = _likenesses(asked, [kept[chunk] for chunk in chunks])
    return [
        replace(passage, match=_match(asked, passage, [(kept[chunk], likenesses[chunk]) for chunk in its]))
        for passage, its in zip(passages, over, strict=True)
    ]


def _chunks_over(passage: Passage) -> list[int]:
    return [chunk for chunk, first, last in passage.shelf.chunks if first <= passage.last and passage.first <= last]


def _likenesses(asked: AskedTokens, chunks: Sequence[ChunkTokens]) -> dict[int, NDArray[np.float32]]:
    """By chunk, how like each word of the question is to each of the chunk's; all in one product, which is quicker."""
    if not chunks:
        return {}
    ends = np.cumsum([len(each.tokens.places) for each in chunks])
    likeness = asked.likeness(np.concatenate([each.tokens.vectors for each in chunks]))
    return {each.chunk: part for each, part in zip(chunks, np.split(likeness, ends[:-1], axis=1), strict=True)}


def _match(asked: AskedTokens, passage: Passage, chunks: Sequence[tuple[ChunkTokens, NDArray[np.float32]]]) -> float:
    best = np.full(len(asked.weights), -1.0, dtype=np.float32)
    places = {chunk: (first, last) for chunk, first, last in passage.shelf.chunks}
    for chunk, likeness in chunks:
        start, end = _span(passage, *places[chunk.chunk])
        at = chunk.tokens.places.astype(np.int64) - chunk.start
        its = likeness[:, (at < 0) | ((start <= at) & (at < end))]
        if its.shape[1]:
            best = np.maximum(best, its.max(axis=1))
    return float(asked.weights @ best)


def _span(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Where in the text of a chunk of these paragraphs the passage's own begin and end, in characters."""
    if first == last:
        return 0, 1 << 31  # all of a chunk of one paragraph, of which there may be several
    starts = np.cumsum([0, *(len(passage.shelf.paragraphs[n].text) + 1 for n in range(first, last + 1))])
    return int(starts[max(passage.first, first) - first]), int(starts[min(passage.last, last) - first + 1])
