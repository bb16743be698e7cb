"""How fast texts become embeddings, by backend and batch, and how long one question takes.

    python benchmarks/bench_embed.py --texts 256

The first line is the baseline, which every other is set beside: sentence-transformers called plainly, which sorts too,
in its own batches of 32 and with as many threads as torch takes by itself. Backends that are not installed are left
out, and said to be.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

sys.path.insert(0, str(Path(__file__).parents[1]))

from index import batches, embed
from index.model_files import DEFAULT_MODEL, find_folder
from minutebook.errors import ModelError

WORDS = (
    "the committee considered report of director on budget for highways and agreed to recommend council that a "
    "sum be set aside in reserves subject consultation with ward members who had asked about drainage schools "
    "housing planning application refused deferred officers appendix precept allotments lighting"
).split()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=256)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--threads", type=int, default=0)
    arguments = parser.parse_args()
    # From one line to a long paragraph, in no order, as chunks come.
    drawn = random.Random(0)
    texts = [" ".join(drawn.choices(WORDS, k=drawn.choice((8, 20, 60, 120, 180)))) for _ in range(arguments.texts)]
    question = "what was agreed about the street lights last year"

    torch_threads = torch.get_num_threads()
    loaded = embed.load_embedder(arguments.model, threads=arguments.threads)
    plain = SentenceTransformer(str(find_folder(arguments.model)), device="cpu", local_files_only=True)
    plain.encode(texts[:4], show_progress_bar=False)

    def plainly() -> np.ndarray:
        torch.set_num_threads(torch_threads)
        return plain.encode(texts, show_progress_bar=False, normalize_embeddings=True)

    base, expected = clock(plainly)
    report("sentence-transformers as it is", len(texts), base, base)
    for backend in ("torch", "openvino", "onnx"):
        try:
            made = (
                loaded
                if backend == "torch"
                else embed.load_embedder(arguments.model, backend, threads=arguments.threads)
            )
        except ModelError as error:
            print(f"{backend}: left out: {error}")
            continue
        made.embed(texts[:4])
        for batch in (8, 32, 128):
            batches.BATCH = batch
            took, rows = clock(lambda made=made: made.embed(texts))
            furthest = 1 - float((rows * expected).sum(axis=1).min())
            report(f"{backend}, batches of {batch}", len(texts), took, base, f", cosine off by at most {furthest:.1e}")
        times = [clock(lambda made=made: made.embed([question]))[0] for _ in range(40)][5:]
        print(
            f"{backend}, one question: median {statistics.median(times) * 1e3:.1f} ms, slowest {max(times) * 1e3:.1f}"
        )
    torch.set_num_threads(torch_threads)
    times = [clock(lambda: plain.encode([question], show_progress_bar=False))[0] for _ in range(40)][5:]
    print(f"sentence-transformers, one question: median {statistics.median(times) * 1e3:.1f} ms")


def clock(work: Callable[[], np.ndarray]) -> tuple[float, np.ndarray]:
    """Give the seconds that `work` takes, and what it makes."""
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def report(what: str, texts: int, took: float, base: float, more: str = "") -> None:
    print(f"{what:32} {texts / took:7.1f} texts/s, {base / took:.2f} times the baseline{more}")


if __name__ == "__main__":
    main()
