"""The embeddings of chunks, kept by the hash of their text: the slow step is done once for any words."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from index.chunks import Chunk, embedded
from index.embed import Embedder
from index.parsing import Parsed

#: Chunks embedded between two commits: what an ingest cut off may lose.
BATCH = 256


class Progress(Protocol):
    """Hears how far an ingest has come."""

    def stage(self, name: str, total: int) -> None:
        """Begins a stage of `total` steps."""

    def advance(self, by: int = 1, note: str = "") -> None:
        """Takes `by` steps; `note` says what at."""


def embedded_sha256(chunk: Chunk) -> bytes:
    """The key under which a chunk's embedding is kept."""
    return hashlib.sha256(chunk.embedded.encode()).digest()


def dimension_held(connection: sqlite3.Connection) -> int | None:
    """How long the embeddings of the home's model are; None where there are none."""
    row = connection.execute(
        "SELECT length(vector) / 4 AS long FROM embeddings JOIN meta ON key = 'model' AND value = model LIMIT 1"
    ).fetchone()
    return row["long"] if row else None


def texts_of(connection: sqlite3.Connection, parsed: Sequence[Parsed]) -> dict[bytes, str]:
    """What is embedded of new papers, and of those held, by its hash."""
    texts = {embedded_sha256(chunk): chunk.embedded for one in parsed for paper in one.papers for chunk in paper.chunks}
    for row in connection.execute("SELECT embedded_sha256, context, text FROM chunks"):
        texts.setdefault(row["embedded_sha256"], embedded(row["context"], row["text"]))
    return texts


def embed_missing(
    connection: sqlite3.Connection, texts: Mapping[bytes, str], embedder: Embedder, progress: Progress
) -> None:
    """Embeds those of `texts_of` that have no embedding by this model yet."""
    known = connection.execute("SELECT sha256 FROM embeddings WHERE model = ?", (embedder.name,))
    missing = missing_of(texts, known)
    progress.stage("Embedding", len(missing))
    for batch in batches_kept(connection, missing, progress):
        vectors = embedder.embed([text for _, text in batch])
        connection.executemany(
            "INSERT OR REPLACE INTO embeddings (model, sha256, vector) VALUES (?, ?, ?)",
            [(embedder.name, key, vector.tobytes()) for (key, _), vector in zip(batch, vectors, strict=True)],
        )


def missing_of(texts: Mapping[bytes, str], known: Iterable[sqlite3.Row]) -> list[tuple[bytes, str]]:
    """The texts whose hashes are not known. Alike lengths together: a batch takes as long as its longest text."""
    held = {row[0] for row in known}
    return sorted(((key, text) for key, text in texts.items() if key not in held), key=lambda pair: len(pair[1]))


def batches_kept(
    connection: sqlite3.Connection, missing: Sequence[tuple[bytes, str]], progress: Progress
) -> Iterator[Sequence[tuple[bytes, str]]]:
    """The missing texts in batches; what is written for each is committed before the next is given."""
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        with connection:
            yield batch
        progress.advance(len(batch))
