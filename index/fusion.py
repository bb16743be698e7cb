"""Two rankings as one."""

from collections.abc import Mapping

#: How much the words count against the meaning. Measured with benchmarks/bench_answers.py.
WORDS_SHARE = 0.6


def fuse(by_words: Mapping[int, float], by_meaning: Mapping[int, float]) -> dict[int, float]:
    """Chunk id -> 0 to 1: a convex combination of BM25, scaled by its best, and cosine.

    After Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (ACM TOIS 2023), who found it
    to do better than reciprocal ranks wherever the scores mean something.
    """
    best = max(by_words.values(), default=0.0) or 1.0
    return {
        chunk: WORDS_SHARE * by_words.get(chunk, 0.0) / best + (1 - WORDS_SHARE) * max(0.0, by_meaning.get(chunk, 0.0))
        for chunk in by_words.keys() | by_meaning.keys()
    }
