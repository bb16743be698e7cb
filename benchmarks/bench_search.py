"""How long a search takes, filtered and not, beside the plainest way of doing the same in this run.

    python benchmarks/bench_search.py --chunks 100000

Vectors are set beside numpy (all the products, then the best), words beside SQLite's full-text search. The
vectors are random and the words drawn by Zipf's law, so the times mean something and the hits do not.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from index.vectors import Vectors, build_vectors
from index.words import Words, WordsEntry, build_words

DIMENSION = 384
CHUNKS_A_PAPER = 50
WORDS_A_CHUNK = 120
K = 80


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chunks", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=50)
    arguments = parser.parse_args()
    generator = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        vectors(Path(folder), arguments.chunks, arguments.questions, generator)
        words(Path(folder), arguments.chunks, arguments.questions, generator)


def vectors(folder: Path, chunks: int, questions: int, generator: np.random.Generator) -> None:
    matrix = generator.standard_normal((chunks, DIMENSION), dtype=np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    asked = generator.standard_normal((questions, DIMENSION), dtype=np.float32)
    took = clock(lambda: build_vectors(folder / "vectors", np.arange(chunks, dtype=np.int64), matrix))
    print(f"vectors: {chunks} built in {took:.2f} s")
    took = clock(lambda: Vectors.open(folder / "vectors"))
    print(f"vectors: opened in {took * 1e3:.1f} ms")
    held = Vectors.open(folder / "vectors")

    def plainly(row: np.ndarray, rows: np.ndarray | None) -> None:
        products = (matrix if rows is None else matrix[rows]) @ row
        np.argpartition(-products, K)[:K]

    for share in (1.0, 0.5, 0.1, 0.01):
        rows = None if share == 1 else np.sort(generator.choice(chunks, int(chunks * share), replace=False))
        base = each(asked, lambda row, rows=rows: plainly(row, rows))
        ours = each(asked, lambda row, rows=rows: held.search(row, K, rows))
        report(f"vectors, {share:.0%} allowed", ours, base, "numpy")


def words(folder: Path, chunks: int, questions: int, generator: np.random.Generator) -> None:
    vocabulary = np.array([f"w{number}" for number in range(50_000)])
    chance = 1 / np.arange(10, 10 + len(vocabulary))
    chance /= chance.sum()

    def entries() -> Iterator[WordsEntry]:
        for start in range(0, chunks, CHUNKS_A_PAPER):
            drawn = generator.choice(vocabulary, (CHUNKS_A_PAPER, WORDS_A_CHUNK), p=chance)
            title = " ".join(drawn[0, :8])
            for at, row in enumerate(drawn):
                yield WordsEntry(
                    id=start + at,
                    paper=(start // CHUNKS_A_PAPER + 1) * 7_919_000_017,
                    text=" ".join(row),
                    item=" ".join(row[:5]),
                    headings=" ".join(row[5:10]),
                    title=title,
                    label=f"{at // 10}.{at % 10}",
                )

    made = list(entries())
    took = clock(lambda: build_words(folder / "words", made))
    size = sum(file.stat().st_size for file in (folder / "words").iterdir())
    print(f"words: {len(made)} built in {took:.1f} s, {size / 2**20:.0f} MiB")
    took = clock(lambda: Words.open(folder / "words"))
    print(f"words: opened in {took * 1e3:.1f} ms")
    held = Words.open(folder / "words")

    base_index = sqlite3.connect(folder / "fts.sqlite")
    base_index.execute("CREATE VIRTUAL TABLE fts USING fts5(text, item, headings, title, label, paper UNINDEXED)")
    base_index.executemany(
        "INSERT INTO fts VALUES (?, ?, ?, ?, ?, ?)",
        ((one.text, one.item, one.headings, one.title, one.label, one.paper) for one in made),
    )
    base_index.commit()
    asked = [
        " ".join(generator.choice(vocabulary[50:], 5, p=chance[50:] / chance[50:].sum())) for _ in range(questions)
    ]
    papers = np.array(sorted({entry.paper for entry in made}))

    def plainly(question: str, allowed: list[int] | None) -> None:
        among = f"AND paper IN ({','.join(map(str, allowed))})" if allowed is not None else ""
        base_index.execute(
            f"SELECT rowid FROM fts WHERE fts MATCH ? {among} ORDER BY bm25(fts, 1, 0.6, 0.4, 0.3, 0.5) LIMIT {K}",
            (" OR ".join(question.split()),),
        ).fetchall()

    for share in (1.0, 0.5, 0.1, 0.01):
        count = max(1, int(len(papers) * share))
        allowed = None if share == 1 else generator.choice(papers, count, replace=False).tolist()
        base = each(asked, lambda question, allowed=allowed: plainly(question, allowed))
        ours = each(asked, lambda question, allowed=allowed: held.search(question, K, allowed_papers=allowed))
        report(f"words, {share:.0%} allowed", ours, base, "SQLite FTS5")
    took = clock(lambda: held.suggest_spelling("commitee"))
    again = clock(lambda: held.suggest_spelling("anually"))
    print(f"spelling: first {took * 1e3:.0f} ms, then {again * 1e3:.1f} ms")


def clock(work: Callable[[], object]) -> float:
    """Give the seconds that `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def each(asked: Iterable[Any], work: Callable[[Any], object]) -> list[float]:
    """Give the milliseconds of each question, the first left out as it warms up."""
    return [clock(lambda one=one: work(one)) * 1e3 for one in asked][1:]


def report(what: str, ours: list[float], base: list[float], base_name: str) -> None:
    middle, slow = statistics.median(ours), sorted(ours)[int(len(ours) * 0.95)]
    print(
        f"{what:24} median {middle:7.2f} ms, 95% under {slow:7.2f}; {base_name} {statistics.median(base):7.2f}: "
        f"{statistics.median(base) / middle:.2f} times as quick"
    )


if __name__ == "__main__":
    main()
