"""How often the right page comes first, and how good the answers are, beside the plain ways of finding in this run.

    python benchmarks/bench_answers.py HOME GOLD.jsonl [GOLD.jsonl ...] [--reranker FOLDER]

HOME holds the papers; the questions are in the format of corpus/questions.jsonl. The plain ways: dense (nearest by the
embedding alone), BM25 (the words alone, over the same weighted fields), and both as `Library.hits` fuses them. All see
the same chunks and the question as typed; a chunk over two pages counts as right on either. Questions about scanned
pages are left out where the papers were read without OCR (--scans keeps them).
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from answer.ask import prepare
from index.embed import load_embedder
from index.library import Hit, Library
from index.rerank import load_reranker
from minutebook.evaluation import Gold, evaluate, figures, read_gold, stored_pages

Place = tuple[str, int]
#: Deep enough that the best five of either way are among what both ways find.
DEPTH = 200
BASE = "BM25"
RANKED: dict[str, Callable[[Hit], float]] = {
    "dense": lambda hit: hit.likeness,
    BASE: lambda hit: hit.words,
    "fusion": lambda hit: hit.score,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scans", action="store_true", help="ask about scanned pages too")
    parser.add_argument("--reranker", type=Path, help="a folder with a cross-encoder, as in MINUTEBOOK_RERANKER")
    arguments = parser.parse_args()
    reranker = load_reranker(arguments.reranker) if arguments.reranker else None
    library = Library.open(arguments.home, load_embedder(), reranker)
    prepare(library)
    everything: list[Gold] = []
    for file in arguments.gold:
        golds = [gold for gold in read_gold(file) if arguments.scans or not gold.needs_ocr]
        # Where the papers were read with OCR its pages are pages like any other.
        everything += [replace(gold, needs_ocr=False) for gold in golds]
    answerable = [gold for gold in everything if gold.answerable]
    print(f"{len(everything)} questions, {len(answerable)} answerable, {len(list(library.papers()))} papers")
    rows, plain_ms = plainly(library, answerable)
    marks = evaluate(library, everything, stored_pages(library))
    ours = [found for found in marks if found.answerable]
    rows["minutebook"] = (share([one.cited_first for one in ours]), share([one.cited for one in ours]))
    base_first, base_five = rows[BASE]
    print(f"{'':12} {'first':>7} {'in five':>8}   against {BASE}")
    for name, (first, five) in rows.items():
        print(f"{name:12} {first:7.3f} {five:8.3f}   {first / base_first:7.2f} {five / base_five:6.2f}")
    told = figures(marks)
    print(
        f"right {told.right}; trusted {told.trusted}; abstained {told.abstained}; wrongly {told.wrongly_abstained}\n"
        f"status {told.status_ok}; false yes {told.false_yes}; quotes {told.quotes}"
    )
    for kind, trusted in told.by_kind.items():
        print(f"  {kind:14} trusted {trusted}")
    middle, slow = statistics.median(plain_ms), sorted(plain_ms)[int(0.95 * (len(plain_ms) - 1))]
    print(f"ask() p50 {told.ms_p50:.0f} ms, p95 {told.ms_p95:.0f} ms; the search alone {middle:.0f} and {slow:.0f} ms")


def plainly(library: Library, golds: Sequence[Gold]) -> tuple[dict[str, tuple[float, float]], list[float]]:
    """For each plain way, the shares of questions with a right page first and in five; and each search's ms."""
    first: dict[str, list[bool]] = {name: [] for name in RANKED}
    five: dict[str, list[bool]] = {name: [] for name in RANKED}
    took = []
    for gold in golds:
        began = time.perf_counter()
        hits = library.hits(gold.question, depth=DEPTH)
        took.append(1000 * (time.perf_counter() - began))
        for name, score in RANKED.items():
            best = sorted(hits, key=lambda hit: (-score(hit), hit.chunk.id))[:5]
            right = [not gold.pages.isdisjoint(pages_of(library, hit)) for hit in best]
            first[name].append(any(right[:1]))
            five[name].append(any(right))
    return {name: (share(first[name]), share(five[name])) for name in RANKED}, took


def pages_of(library: Library, hit: Hit) -> set[Place]:
    """The pages a chunk stands on."""
    paragraphs = library.store.paragraphs_at(hit.paper.id, hit.chunk.first, hit.chunk.last)
    return {(hit.paper.path, span.page) for paragraph in paragraphs for span in paragraph.spans}


def share(passed: Sequence[bool]) -> float:
    return sum(passed) / len(passed)


if __name__ == "__main__":
    main()
