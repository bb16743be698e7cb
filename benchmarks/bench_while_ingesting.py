"""How long an answer takes while papers go in, against how long it takes when nothing else is done.

python benchmarks/bench_while_ingesting.py PAPERS --questions corpus/questions.jsonl

Serves half of the PDFs in the folder over HTTP, asks for as long as the other half takes to go in (real model, no OCR),
and prints p50 and p95 before and during, and their ratio.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
MINUTEBOOK = [sys.executable, "-m", "minutebook"]


def asked(client: httpx.Client, questions: list[str], until: Callable[[int], bool]) -> tuple[list[float], int]:
    took, refused, number = [], 0, 0
    while not until(number):
        began = time.monotonic()
        reply = client.post("/ask", json={"question": questions[number % len(questions)]})
        took.append((time.monotonic() - began) * 1000)
        refused += reply.status_code != 200
        number += 1
    return took, refused


def line(name: str, took: list[float], refused: int) -> str:
    ordered = sorted(took)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{name:16} {len(took):6} asked  {refused} refused  p50 {statistics.median(took):5.0f} ms  p95 {p95:5.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--questions", type=Path, default=ROOT / "corpus" / "questions.jsonl")
    parser.add_argument("--most", type=int, default=60, help="how many PDFs are taken")
    arguments = parser.parse_args()
    questions = [json.loads(row)["q"] for row in arguments.questions.read_text("utf-8").splitlines() if row]
    files = sorted(arguments.papers.rglob("*.pdf"))[: arguments.most]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    with tempfile.TemporaryDirectory() as place:
        for number, file in enumerate(files):
            folder = Path(place) / ("first", "second")[number % 2]
            folder.mkdir(exist_ok=True)
            shutil.copy(file, folder / f"{number}.pdf")
        home = ["--home", f"{place}/home"]
        ingest = [*MINUTEBOOK, "ingest", "--no-ocr", "--jobs", "1", *home]
        subprocess.run([*ingest, f"{place}/first"], env=environment, check=False, capture_output=True)
        serve = [*MINUTEBOOK, "serve", "--port", "0", "--json", *home]
        quick = {**environment, "MINUTEBOOK_RATE": "1000000"}
        with subprocess.Popen(
            serve, env=quick, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as service:
            assert service.stdout is not None
            client = httpx.Client(base_url=json.loads(service.stdout.readline())["url"], timeout=60)
            while client.get("/readyz").status_code != 200:
                time.sleep(0.2)
            asked(client, questions, lambda n: n >= 20)
            alone, refused = asked(client, questions, lambda n: n >= 300)
            print(line("alone", alone, refused))
            began = time.monotonic()
            with subprocess.Popen(
                [*ingest, f"{place}/second"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as going_in:
                beside, refused = asked(client, questions, lambda _: going_in.poll() is not None)
            print(line("while ingesting", beside, refused), f" ({time.monotonic() - began:.0f} s)")
            after, refused = asked(client, questions, lambda n: n >= 300)
            print(line("afterwards", after, refused))
            print(f"p50 while ingesting / alone: {statistics.median(beside) / statistics.median(alone):.2f}")
            service.terminate()


if __name__ == "__main__":
    main()
