"""How well the words of each passage match those of the question, one by one, whatever they are called."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from answer.passages import Passage
from index.library import Hit, Library
from index.matcher import AskedTokens
from index.tokens_kept import ChunkTokens, tokens_of

#: What a search's hit gains by its words' match, beside a fused score of 0 to 1.
MATCHED = 2.0
#: How many of the hits are matched: further down they are as the fusion has them.
MATCHED_HITS = 60


def matched_hits(library: Library, text: str, hits: Sequence[Hit]) -> list[Hit]:
    """The hits of a search, best first, the first of them with how well their words match added to their score."""
    first, rest = hits[:MATCHED_HITS], hits[MATCHED_HITS:]
    matcher = library.embedder.matcher
    asked = matcher.asked(text)
    likenesses = _likenesses(asked, tokens_of(library.store.connection, [hit.chunk.id for hit in first], matcher))
    raised = [
        replace(hit, score=hit.score + MATCHED * float(asked.weights @ likenesses[hit.chunk.id].max(axis=1)))
        for hit in first
    ]
    return sorted([*raised, *rest], key=lambda hit: (-hit.score, hit.chunk.id))


def matched(library: Library, text: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages with their `match`: each word of the question counts as the passage's word most like it does.

    The words over a passage count as its own: of its item and headings, as they stand in its chunk's context.
    """
    matcher = library.embedder.matcher
    asked = matcher.asked(text)
    over = [_chunks_over(passage) for passage in passages]
    chunks = sorted({chunk for its in over for chunk, _, _ in its})
    kept = {each.chunk: each for each in tokens_of(library.store.connection, chunks, matcher)}
    likenesses = _likenesses(asked, [kept[chunk] for chunk in chunks])
    return [
        replace(passage, match=_match(asked, passage, its, kept, likenesses))
        for passage, its in zip(passages, over, strict=True)
    ]


def _chunks_over(passage: Passage) -> list[tuple[int, int, int]]:
    """The chunks that hold any of the passage, each as its id and its first and last paragraph."""
    chunks = passage.shelf.chunks
    first = bisect_left(chunks, passage.first, key=itemgetter(2))
    return list(takewhile(lambda chunk: chunk[1] <= passage.last, chunks[first:]))


def _likenesses(asked: AskedTokens, chunks: Sequence[ChunkTokens]) -> dict[int, NDArray[np.float32]]:
    """By chunk, how like each word of the question is to each of the chunk's; all in one product, which is quicker."""
    if not chunks:
        return {}
    ends = np.cumsum([len(each.tokens.places) for each in chunks])
    likeness = asked.likeness(np.concatenate([each.tokens.vectors for each in chunks]))
    return {each.chunk: part for each, part in zip(chunks, np.split(likeness, ends[:-1], axis=1), strict=True)}


def _match(
    asked: AskedTokens,
    passage: Passage,
    over: Sequence[tuple[int, int, int]],
    kept: Mapping[int, ChunkTokens],
    likenesses: Mapping[int, NDArray[np.float32]],
) -> float:
    best = np.full(len(asked.weights), -1.0, dtype=np.float32)
    for chunk, first, last in over:
        its = likenesses[chunk]
        if first != last:  # of one paragraph all is the passage's, and there may be several such chunks
            start, end = _span(passage, first, last)
            at = kept[chunk].tokens.places.astype(np.int64) - kept[chunk].start
            its = its[:, (at < 0) | ((start <= at) & (at < end))]
        if its.shape[1]:
            best = np.maximum(best, its.max(axis=1))
    return float(asked.weights @ best)


def _span(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """Where in the text of a chunk of these paragraphs the passage's own begin and end, in characters."""
    starts = np.cumsum([0, *(len(passage.shelf.paragraphs[n].text) + 1 for n in range(first, last + 1))])
    return int(starts[max(passage.first, first) - first]), int(starts[min(passage.last, last) - first + 1])
