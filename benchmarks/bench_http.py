"""How the real service bears many users at once, then twice what it can take, and how soon it is well again.

    python benchmarks/bench_http.py --home .minutebook --users 20 --seconds 60

Starts `minutebook serve` on a free port over a copy of the home, or over the sample papers in corpus/ where none is
given. Each user asks one question after another, no two alike while they last: about the items in the papers
themselves. For the second part requests are sent at twice the rate just measured, whether or not others have come back.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from index.store import Store  # noqa: E402

FORMS = (
    "What was decided about {}?",
    "Was {} approved?",
    "What did the report say on {}?",
    "Who proposed {}?",
    "When was {} last discussed?",
    "{}",
)
#: Requests in the air at once while it is sent more than it can take.
MOST_IN_THE_AIR = 400


@dataclass
class Tally:
    """Seconds that requests took, by the status they got; 0 where there was none."""

    seconds: dict[int, list[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, status: int, seconds: float) -> None:
        with self.lock:
            self.seconds.setdefault(status, []).append(seconds)

    def count(self, status: int) -> int:
        return len(self.seconds.get(status, ()))

    def line(self, over: float) -> str:
        """In words: how many a second, and how long, by status."""
        parts = [f"{self.count(200) / over:.1f} answered a second"]
        for status, took in sorted(self.seconds.items()):
            p50, p95 = statistics.median(took), sorted(took)[int(0.95 * (len(took) - 1))]
            worst = max(took)
            parts.append(f"{status or 'no answer'}: {len(took)}, ms p50 {p50:.0f} p95 {p95:.0f} max {worst:.0f}")
        return "; ".join(parts)


class User:
    """One connection that is kept open, as a browser's is."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._make = lambda: http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self._connection = self._make()

    def get(self, request: tuple[str, str, bytes | None]) -> tuple[int, float]:
        """The status, or 0, and the milliseconds it took."""
        method, path, body = request
        began = time.perf_counter()
        try:
            self._connection.request(method, path, body, {"content-type": "application/json"} if body else {})
            reply = self._connection.getresponse()
            reply.read()
            status = reply.status
        except (OSError, http.client.HTTPException):
            self._connection.close()
            self._connection = self._make()
            status = 0
        return status, 1000 * (time.perf_counter() - began)


def questions_about(home: Path) -> list[str]:
    """Questions on every item in the papers, in an order drawn once and for all."""
    items = sorted({item.lstrip("0123456789.()[] ") for _, item in Store(home).items()})
    asked = [form.format(item) for item in items for form in FORMS if 5 < len(item) < 90]
    random.Random(1).shuffle(asked)
    return asked or ["What was decided?"]


def asking(question: str) -> tuple[str, str, bytes | None]:
    return "POST", "/ask", json.dumps({"question": question}).encode()


def searching(question: str) -> tuple[str, str, bytes | None]:
    return "GET", f"/search?q={quote(question)}", None


def suggesting(question: str) -> tuple[str, str, bytes | None]:
    return "GET", f"/suggest?q={quote(question[: 3 + len(question) % 12])}", None


def together(
    url: str, users: int, seconds: float, given: Iterator[str], make: Callable[[str], tuple[str, str, bytes | None]]
) -> Tally:
    """So many users for so long, each asking again as soon as there is an answer."""
    tally, lock, until = Tally(), threading.Lock(), time.monotonic() + seconds

    def one() -> None:
        user = User(url)
        while time.monotonic() < until:
            with lock:
                request = make(next(given))
            tally.add(*user.get(request))

    threads = [threading.Thread(target=one) for _ in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def at_a_rate(url: str, a_second: float, seconds: float, given: Iterator[str]) -> Tally:
    """So many questions a second, whatever becomes of them."""
    tally, local, began = Tally(), threading.local(), time.monotonic()

    def one(question: str) -> None:
        if not hasattr(local, "user"):
            local.user = User(url)
        tally.add(*local.user.get(asking(question)))

    with ThreadPoolExecutor(MOST_IN_THE_AIR) as pool:
        for n in range(int(a_second * seconds)):
            time.sleep(max(0.0, began + n / a_second - time.monotonic()))
            pool.submit(one, next(given))
    return tally


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """`minutebook serve` over that home, ready; told to stop at the end, and how long that took."""
    command = [sys.executable, "-m", "minutebook", "serve", "--home", str(home), "--port", "0", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    url = json.loads(process.stdout.readline())["url"]
    user = User(url)
    while user.get(("GET", "/readyz", None))[0] != 200:
        time.sleep(0.1)
    print(f"ready after {time.monotonic() - began:.1f} s")
    try:
        yield url
    finally:
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        print(f"stopped after {time.monotonic() - began:.1f} s")


def forever(questions: list[str]) -> Iterator[str]:
    while True:
        yield from questions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, help="a home with papers in it; it is copied")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if asked.home:
            shutil.copytree(asked.home, home)
        else:
            command = [sys.executable, "-m", "minutebook", "ingest", str(ROOT / "corpus"), "--home", str(home), "--yes"]
            subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
        questions = questions_about(home)
        given = forever(questions)
        print(f"{len(questions)} questions, {Store(home).counts()['pages']} pages; {os.cpu_count()} cores")
        with serving(home) as url:
            for name, make, users in (
                ("ask, 1 user", asking, 1),
                (f"ask, {asked.users} users", asking, asked.users),
                (f"search, {asked.users} users", searching, asked.users),
                ("suggest, 1 user", suggesting, 1),
            ):
                seconds = asked.seconds if users > 1 else asked.seconds / 4
                tally = together(url, users, seconds, given, make)
                print(f"{name}: {tally.line(seconds)}", flush=True)
                if make is asking:
                    rate = tally.count(200) / seconds
            tally = at_a_rate(url, 2 * rate, asked.seconds, given)
            print(f"asked {2 * rate:.1f} a second: {tally.line(asked.seconds)}", flush=True)
            began = time.monotonic()
            status = User(url).get(asking(next(given)))
            print(f"first afterwards: {status[0]} in {status[1]:.0f} ms, {time.monotonic() - began:.2f} s after")
            tally = together(url, asked.users, asked.seconds / 4, given, asking)
            print(f"then again {asked.users} users: {tally.line(asked.seconds / 4)}")
    said = Counter({status: len(took) for status, took in tally.seconds.items()})
    sys.exit(0 if set(said) == {200} else 1)


if __name__ == "__main__":
    main()
