"""An embedder for tests: quick, the same on every machine, and near where words are shared."""

import re
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.matcher import DIMENSION, AskedTokens, Tokens


class FakeMatcher:
    """Words are alike where their checksums choose the same place, and not at all elsewhere."""

    name = "fake-matcher@1"

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """See `index.matcher.Matcher.tokens`."""
        return [self._tokens(text) for text in texts]

    def asked(self, question: str) -> AskedTokens:
        """See `index.matcher.Matcher.asked`. All words count alike."""
        vectors = self._tokens(question).vectors.astype(np.float32) / 127
        return AskedTokens(vectors, np.full(len(vectors), 1 / max(1, len(vectors)), dtype=np.float32))

    def _tokens(self, text: str) -> Tokens:
        words = list(re.finditer(r"\w+", text.lower()))
        vectors = np.zeros((len(words), DIMENSION), dtype=np.int8)
        for at, word in enumerate(words):
            vectors[at, zlib.crc32(word[0].encode()) % DIMENSION] = 127
        return Tokens(np.array([word.start() for word in words], dtype=np.uint16), vectors)


class FakeEmbedder:
    """A hashed bag of words: each word adds one to a place that its checksum chooses, then all is made a unit row."""

    def __init__(self, dimension: int = 256, name: str = "fake@1") -> None:
        self.name = name
        self.dimension = dimension
        self.matcher = FakeMatcher()

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """See `index.embed.Embedder.embed`. A text without a word gets the same row as every other such text."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for at, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                rows[at, zlib.crc32(word.encode()) % self.dimension] += 1
            if progress is not None:
                progress(at + 1)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
