"""An ingest cut off at any moment, two at once, and a disk that takes no more: nothing held is lost or mixed."""

import os
import resource
import signal
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from index.answers import Answers
from index.build import Silent, forget, ingest
from index.derived import derived_folder
from index.schema import FILE_NAME, connect
from index.soundness import damage
from index.store import Store
from index.turn import turn
from minutebook.errors import HomeError
from tests.council import LEISURE_MINUTES, PLANNING_MINUTES, make_pdf
from tests.embedder import FakeEmbedder
from tests.killing import killed_again_and_again, killing, state

POINTS = 25

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")


def bring(home: Path, folder: Path, progress: Silent | None = None) -> None:
    """Ingests in this process."""
    ingest(
        home, [folder], embedder=FakeEmbedder(), ocr=False, jobs=1, confirm_forget=lambda gone: True,
        progress=progress or Silent(),
    )  # fmt: skip


@posix
def test_an_ingest_killed_at_any_moment_leaves_the_old_generation_or_the_new(tmp_path: Path) -> None:
    assert killed_again_and_again(tmp_path, POINTS, seed=7) > POINTS // 3


class Heard(Silent):
    """Hears of stages."""

    def __init__(self) -> None:
        self.stages: list[str] = []
        self.waiting = threading.Event()

    def stage(self, name: str, total: int) -> None:  # noqa: ARG002
        self.stages.append(name)
        if name.startswith("Waiting"):
            self.waiting.set()


def test_of_two_ingests_at_once_the_second_says_so_and_waits(tmp_path: Path) -> None:
    folder, home = tmp_path / "papers", tmp_path / "home"
    make_pdf(folder / "a.pdf", PLANNING_MINUTES)
    heard = Heard()
    second = threading.Thread(target=bring, args=(home, folder, heard))
    with turn(home, lambda: pytest.fail("nobody else is at work")):
        second.start()
        assert heard.waiting.wait(20)
        assert heard.stages == ["Waiting for another ingest to end"]
        assert not (home / FILE_NAME).exists()
    second.join(60)
    assert state(home) == (1, frozenset({"a.pdf"}))


@posix
def test_two_ingests_of_different_folders_both_go_in(tmp_path: Path) -> None:
    home = tmp_path / "home"
    make_pdf(tmp_path / "one" / "a.pdf", LEISURE_MINUTES)
    make_pdf(tmp_path / "two" / "b.pdf", PLANNING_MINUTES)
    with killing() as one, killing() as two:
        one.begin(home, tmp_path / "one")
        two.begin(home, tmp_path / "two")
        assert one.ended()[0] == two.ended()[0] == 0
    assert state(home) == (2, frozenset({"a.pdf", "b.pdf"}))


def test_a_home_made_by_two_at_once_is_whole(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> None:
        connection = connect(tmp_path, create=True)
        made.append(connection.execute("PRAGMA user_version").fetchone()[0])
        connection.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4


def test_an_answer_is_kept_while_an_ingest_holds_the_papers(tmp_path: Path) -> None:
    make_pdf(tmp_path / "papers" / "a.pdf", PLANNING_MINUTES)
    home = tmp_path / "home"
    bring(home, tmp_path / "papers")
    store = Store(home)
    ingesting = sqlite3.connect(home / FILE_NAME, isolation_level=None)
    ingesting.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    store.save_answer({"answer_id": "a1", "notes": [], "citations": []}, "2024-06-04")
    assert time.monotonic() - began < 5
    assert store.answer("a1")["answer_id"] == "a1"
    ingesting.close()


def test_derived_files_of_another_history_are_made_anew(tmp_path: Path) -> None:
    """A database put back from a backup may come by a generation's number a second time."""
    home = tmp_path / "home"
    make_pdf(tmp_path / "papers" / "a.pdf", PLANNING_MINUTES)
    bring(home, tmp_path / "papers")
    other = tmp_path / "other"
    make_pdf(tmp_path / "others" / "b.pdf", LEISURE_MINUTES)
    bring(other, tmp_path / "others")
    (home / FILE_NAME).unlink()
    for suffix in ("-wal", "-shm"):
        (home / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
    (other / FILE_NAME).rename(home / FILE_NAME)
    assert state(home) == (1, frozenset({"b.pdf"}))


def on_a_full_disk(act: Callable[[], object]) -> None:
    """What is written past a few kilobytes is refused, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        act()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@posix
def test_a_full_disk_is_said_in_words_and_changes_nothing(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "papers"
    make_pdf(folder / "a.pdf", PLANNING_MINUTES)
    bring(home, folder)
    before = state(home)
    make_pdf(folder / "b.pdf", LEISURE_MINUTES * 3)
    with pytest.raises(HomeError, match=r"written|full|disk"):
        on_a_full_disk(lambda: bring(home, folder))
    assert state(home) == before
    bring(home, folder)
    assert state(home) == (2, frozenset({"a.pdf", "b.pdf"}))


@posix
def test_a_question_is_answered_though_the_answer_cannot_be_kept(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "papers"
    make_pdf(folder / "a.pdf", PLANNING_MINUTES)
    bring(home, folder)
    store = Store(home)
    long = {"answer_id": "a1", "notes": ["x" * 200_000], "citations": []}
    on_a_full_disk(lambda: store.save_answer(long, "2024-06-04"))
    assert damage(store) == ()


def test_a_home_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    make_pdf(tmp_path / "papers" / "a.pdf", PLANNING_MINUTES)
    with pytest.raises(HomeError, match="cannot be written"):
        bring(tmp_path / "file", tmp_path / "papers")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="whoever may write everywhere is not stopped")
def test_a_home_that_may_only_be_read_is_said_in_words(tmp_path: Path) -> None:
    make_pdf(tmp_path / "papers" / "a.pdf", PLANNING_MINUTES)
    (tmp_path / "home").mkdir(mode=0o500)
    with pytest.raises(HomeError, match="cannot be written"):
        bring(tmp_path / "home", tmp_path / "papers")


def test_what_is_forgotten_is_nowhere_in_the_home(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "papers"
    make_pdf(
        folder / "a.pdf", [["# Planning Committee", "Minutes of 9 May 2024", "1.1 The Xylographer spoke at length."]]
    )
    make_pdf(folder / "b.pdf", PLANNING_MINUTES)
    bring(home, folder)
    store = Store(home)
    (paper,) = [each for each in store.papers() if each.path == "a.pdf"]
    answers = Answers(home)
    answers.keep("a1", "2024-06-04", f'{{"answer": "the Xylographer spoke", "citations": [{{"paper": "{paper.id}"}}]}}')
    answers.close()
    store.close()
    assert holding(home, b"ylographer")
    forget(home, paper.id, embedder=FakeEmbedder())
    assert holding(home, b"ylographer") == []
    assert derived_folder(home, 2).is_dir()


def holding(home: Path, word: bytes) -> list[str]:
    """The files of a home in which these bytes stand."""
    return [str(file) for file in home.rglob("*") if file.is_file() and word in file.read_bytes().replace(b"X", b"")]
