"""A coverage-guided fuzzer over what comes from outside, by hand: it needs `pip install atheris`, which is not locked.

python benchmarks/fuzz.py structure -max_total_time=60

Targets: structure (lines of a page), question, gold, settings, manifest, slack, facts (what pypdf reads of a PDF). What
comes after the target goes to libFuzzer (https://llvm.org/docs/LibFuzzer.html). It stops at the first input that breaks
a promise, and says how many it tried.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

with atheris.instrument_imports(include=["ingest", "answer", "index", "minutebook", "bot", "pypdf", "tests"]):
    from answer.known import known_in
    from answer.question import read_question
    from bot.envelope import is_sound, key_of
    from index.manifest import checked
    from index.parsing import parse
    from ingest.text_facts import facts_of
    from minutebook.errors import BackupProblem, BadQuestion, SettingError
    from minutebook.evaluation import read_gold
    from minutebook.settings import read_settings
    from tests.held import library_of
    from tests.printed import document, page

PLACE = Path(tempfile.mkdtemp(prefix="minutebook-fuzz-"))
LIBRARY = library_of(
    PLACE / "home", {"a.pdf": ["# Council\nMinutes of the meeting held on 12 March 2024\n1.1 RESOLVED that it be so."]}
)
KNOWN = known_in(LIBRARY)


def structure(data: bytes) -> None:
    text = data.decode("utf-8", "ignore")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = "\n".join(line for line in lines if line.strip("#| "))
    for paper in parse(document(page(kept)), "a.pdf", PLACE).papers:
        for paragraph in paper.paragraphs:
            assert (paragraph.spans[0].start, paragraph.spans[-1].end) == (0, len(paragraph.text))
        for decision in paper.decisions:
            assert 0 <= decision.first <= decision.last < len(paper.paragraphs)


def question(data: bytes) -> None:
    with suppress(BadQuestion):
        read_question(data.decode("utf-8", "surrogateescape"), KNOWN, LIBRARY.words)


def gold(data: bytes) -> None:
    (PLACE / "gold.jsonl").write_bytes(data)
    with suppress(BadQuestion):
        read_gold(PLACE / "gold.jsonl")


def settings(data: bytes) -> None:
    pairs = (line.partition("=") for line in data.decode("utf-8", "ignore").split("\n"))
    with suppress(SettingError):
        read_settings({f"MINUTEBOOK_{key}": value for key, _, value in pairs})


def manifest(data: bytes) -> None:
    (PLACE / "manifest.json").write_bytes(data)
    with suppress(BackupProblem):
        checked(PLACE)


def slack(data: bytes) -> None:
    with suppress(ValueError, RecursionError):
        body = json.loads(data)
        assert is_sound(body) in (True, False)
        key_of(body)


def facts(data: bytes) -> None:
    facts_of(data)


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (structure, question, gold, settings, manifest, slack, facts)
}

if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        raise SystemExit(__doc__)
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
