"""The embeddings of the words of chunks, kept by the hash of their text, as vectors_kept.py has those of the whole."""

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from index.chunks import embedded
from index.matcher import DIMENSION, Matcher, Tokens
from index.vectors_kept import Progress, batches_kept, missing_of


@dataclass(frozen=True, slots=True, eq=False)
class ChunkTokens:
    """The words of a chunk: `start` is where its text begins in what was embedded, after its context."""

    chunk: int
    start: int
    tokens: Tokens


def embed_missing_tokens(
    connection: sqlite3.Connection, texts: Mapping[bytes, str], matcher: Matcher, progress: Progress
) -> None:
    """Embeds the words of those of `texts_of` that this matcher has not embedded yet."""
    missing = missing_of(texts, connection.execute("SELECT sha256 FROM tokens WHERE matcher = ?", (matcher.name,)))
    if not missing:
        return
    progress.stage("Embedding words", len(missing))
    for batch in batches_kept(connection, missing, progress):
        made = matcher.tokens([text for _, text in batch])
        connection.executemany(
            "INSERT OR REPLACE INTO tokens (matcher, sha256, places, vectors) VALUES (?, ?, ?, ?)",
            [
                (matcher.name, key, tokens.places.tobytes(), tokens.vectors.tobytes())
                for (key, _), tokens in zip(batch, made, strict=True)
            ],
        )


def drop_idle_tokens(connection: sqlite3.Connection, matcher: Matcher) -> None:
    """Drops the words of chunks that are gone and those of other matchers: they take as much room as the papers."""
    connection.execute(
        "DELETE FROM tokens WHERE matcher != ? OR sha256 NOT IN (SELECT embedded_sha256 FROM chunks)", (matcher.name,)
    )


def chunks_at(connection: sqlite3.Connection, paper: str) -> list[tuple[int, int, int]]:
    """The chunks of a paper, in order: each one's id and the positions of its first and last paragraph."""
    rows = connection.execute("SELECT id, first, last FROM chunks WHERE paper = ? ORDER BY id", (paper,))
    return [(row["id"], row["first"], row["last"]) for row in rows]


def tokens_of(connection: sqlite3.Connection, chunks: Collection[int], matcher: Matcher) -> list[ChunkTokens]:
    """The words of these chunks; of a home that was indexed before there were any, embedded now, which takes long."""
    marks = ",".join("?" * len(chunks))
    rows = connection.execute(
        "SELECT id, context, text, places, vectors FROM chunks LEFT JOIN tokens "
        f"ON sha256 = embedded_sha256 AND matcher = ? WHERE id IN ({marks})",
        (matcher.name, *chunks),
    ).fetchall()
    bare = [row for row in rows if row["places"] is None]
    made = matcher.tokens([embedded(row["context"], row["text"]) for row in bare])
    new = {row["id"]: tokens for row, tokens in zip(bare, made, strict=True)}
    return [ChunkTokens(row["id"], len(embedded(row["context"], "")), new.get(row["id"]) or _kept(row)) for row in rows]


def _kept(row: sqlite3.Row) -> Tokens:
    vectors = np.frombuffer(row["vectors"], dtype=np.int8)
    return Tokens(np.frombuffer(row["places"], dtype=np.uint16), vectors.reshape(-1, DIMENSION))
