"""An embedder for tests: quick, the same on every machine, and near where words are shared."""

import re
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray


class FakeEmbedder:
    """A hashed bag of words: each word adds one to a place that its checksum chooses, then all is made a unit row."""

    def __init__(self, dimension: int = 256, name: str = "fake@1") -> None:
        self.name = name
        self.dimension = dimension

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """See `index.embed.Embedder.embed`. A text without a word gets the same row as every other such text."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for at, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                rows[at, zlib.crc32(word.encode()) % self.dimension] += 1
            if progress is not None:
                progress(at + 1)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
