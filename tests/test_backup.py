"""Backups of homes in use, and homes made from them."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from answer.ask import ask
from bot.memory import Memory
from index import backup
from index.answers import Answers
from index.asked import AskedBefore
from index.audit import Audit, Entry
from index.backup import back_up
from index.build import Silent, forget, ingest
from index.feedback import Feedback
from index.keys import Keys
from index.library import Library
from index.manifest import Manifest, checked, generation_of
from index.migrations import STEPS
from index.restore import restore
from index.schema import FILE_NAME, RESTORING, VERSION, connect
from index.soundness import damage, stale
from index.store import Store
from index.turn import turn
from minutebook.cli import main
from minutebook.errors import BackupProblem, HomeError, NotHeld
from tests.council import LEISURE_MINUTES, PLANNING_MINUTES, Service, copied, make_pdf
from tests.embedder import FakeEmbedder
from tests.killing import backups_killed, killing, state
from tests.test_migrations import old_home

QUESTION = "what was resolved about the Market Street library?"
posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")


def bring(home: Path, folder: Path) -> None:
    ingest(home, [folder], embedder=FakeEmbedder(), ocr=False, jobs=1, confirm_forget=lambda _: True, progress=Silent())


def answered(home: Path) -> dict[str, Any]:
    with closing(Library.open(home, FakeEmbedder())) as library:
        assert damage(library.store) == ()
        assert stale(library.store) == ()
        answer = ask(library, QUESTION).as_json()
        library.store.save_answer(answer, "2024-06-04")
        return {key: answer[key] for key in ("answer_id", "outcome", "answer", "citations", "searched")}


def put_back(folder: Path, home: Path, *, replace: bool = False) -> Manifest:
    return restore(folder, home, replace=replace, progress=Silent())


@pytest.fixture
def kept(own_home: Path, tmp_path: Path) -> tuple[Path, str]:
    """A backup of a home in which everything is in use, and the id of an answer kept in it."""
    answer = answered(own_home)
    keys, feedback, asked, memory = Keys(own_home), Feedback(own_home), AskedBefore(own_home), Memory(own_home)
    keys.make("intranet")
    feedback.give(answer["answer_id"], "somebody", helpful=True, surface="http")
    asked.keep(QUESTION, ["p"])
    memory.claim("event-1")
    (own_home / "ocr").mkdir()
    (own_home / "ocr" / "page.json").write_text('{"words": []}')
    back_up(own_home, tmp_path / "backup", Silent())  # with every one of them still open
    for each in (keys, feedback, asked, memory):
        each.close()
    return tmp_path / "backup", answer["answer_id"]


def test_what_is_restored_opens_and_answers_as_before(kept: tuple[Path, str], own_home: Path, tmp_path: Path) -> None:
    folder, answer_id = kept
    wanted = answered(own_home)
    home = tmp_path / "elsewhere" / "home"
    made = put_back(folder, home)
    with closing(Store(home)) as store:
        assert store.answer(answer_id)["answer_id"] == answer_id  # the link that was given still shows it
    assert answered(home) == wanted
    assert made.rows[FILE_NAME] == {**made.rows[FILE_NAME], "papers": 6, "files": 4}
    with closing(Keys(home)) as keys, closing(Feedback(home)) as feedback, closing(AskedBefore(home)) as asked:
        assert [key.name for key in keys.all()] == ["intranet"]
        assert feedback.opinions()[1] == 1
        assert [each.question for each in asked.all()] == [QUESTION]
    assert Memory(home).claim("event-1") is False
    assert (home / "ocr" / "page.json").exists()


def test_a_backup_is_for_its_owner_only(kept: tuple[Path, str]) -> None:
    folder, _ = kept
    assert folder.stat().st_mode & 0o077 == 0
    for file in folder.rglob("*"):
        assert file.stat().st_mode & 0o077 == 0, file


def test_a_backup_is_of_one_generation_while_an_ingest_writes(own_home: Path, tmp_path: Path) -> None:
    writing = sqlite3.connect(own_home / FILE_NAME, isolation_level=None)
    with turn(own_home, lambda: pytest.fail("nobody else is at work")):
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("DELETE FROM files")
        writing.execute("UPDATE meta SET value = '2' WHERE key = 'generation'")
        began = time.monotonic()
        made = back_up(own_home, tmp_path / "backup", Silent())
        assert time.monotonic() - began < 20
        writing.execute("ROLLBACK")
    writing.close()
    assert (made.generation, made.rows[FILE_NAME]["files"]) == (1, 4)


def test_what_is_counted_and_what_is_copied_are_of_one_moment(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted(connection: sqlite3.Connection) -> tuple[int, int, str]:
        found = generation_of(connection)
        with closing(sqlite3.connect(own_home / FILE_NAME)) as writing, writing:  # an ingest ends just then
            writing.execute("DELETE FROM decisions")
        return found

    monkeypatch.setattr(backup, "generation_of", counted)
    made = back_up(own_home, tmp_path / "backup", Silent())
    assert made.rows[FILE_NAME]["decisions"] > 0
    assert checked(tmp_path / "backup") == made


@posix
def test_backups_made_while_papers_go_in_are_each_of_one_generation(tmp_path: Path) -> None:
    home, papers = tmp_path / "home", tmp_path / "papers"
    make_pdf(papers / "first.pdf", LEISURE_MINUTES)
    bring(home, papers)
    found = set()
    with killing() as killer:
        for number in range(4):
            make_pdf(papers / f"{number}.pdf", PLANNING_MINUTES if number % 2 else LEISURE_MINUTES)
            killer.begin(home, papers)
            for each in range(4):
                made = back_up(home, tmp_path / f"{number}-{each}", Silent())
                assert made.rows[FILE_NAME]["files"] == made.generation
                found.add(made.generation)
            assert killer.ended()[0] == 0
    assert len(found) > 1


def test_a_service_goes_on_answering_while_it_is_backed_up_and_restored(
    own_home: Path, tmp_path: Path, run_service: Callable[..., Service], stop_service: Callable[[Service], None]
) -> None:
    service = run_service(Library.open(own_home, FakeEmbedder()))
    first = service.client.post("/ask", json={"question": QUESTION}).json()
    statuses: list[int] = []
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(0.04):  # as people ask
            statuses.append(service.client.post("/ask", json={"question": "what of the riding school?"}).status_code)

    asking = threading.Thread(target=go_on)
    asking.start()
    try:
        back_up(own_home, tmp_path / "backup", Silent())
        # Another history comes by the same number: only its mark tells them apart.
        other = tmp_path / "other"
        make_pdf(tmp_path / "papers" / "b.pdf", PLANNING_MINUTES)
        bring(other, tmp_path / "papers")
        back_up(other, tmp_path / "other backup", Silent())
        put_back(tmp_path / "other backup", own_home, replace=True)
        _until(lambda: service.client.post("/ask", json={"question": QUESTION}).json().get("outcome") == "not_found")
        put_back(tmp_path / "backup", own_home, replace=True)
        _until(lambda: service.client.post("/ask", json={"question": QUESTION}).json().get("outcome") == "decided")
    finally:
        ended.set()
        asking.join()
    again = service.client.post("/ask", json={"question": QUESTION}).json()
    assert {**again, "took_ms": 0} == {**first, "took_ms": 0}
    assert service.client.get(f"/answers/{first['answer_id']}").status_code == 200
    assert set(statuses) <= {200, 503}  # 503: asked at the very moment of the change, and told to ask again
    assert statuses.count(503) <= 4
    assert statuses.count(200) > statuses.count(503)
    stop_service(service)


def _until(holds: Callable[[], bool]) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < 20
        time.sleep(0.1)


def _cut_the_manifest(folder: Path) -> None:
    file = folder / "manifest.json"
    file.write_text(file.read_text()[:-40])


def _say(**changes: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / "manifest.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))

    return change


def _flip(name: str) -> Callable[[Path], None]:
    def flip(folder: Path) -> None:
        data = bytearray((folder / name).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / name).write_bytes(data)

    return flip


def _another_paper(folder: Path) -> None:
    """Rows changed and the sum with them, as by somebody who knows how, but not the counts."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("DELETE FROM decisions")
    _sums_made_good(folder)


def _another_generation(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE meta SET value = '7' WHERE key = 'generation'")
    _sums_made_good(folder)


def _sums_made_good(folder: Path) -> None:
    from index.manifest import entry_of

    file = folder / "manifest.json"
    held = json.loads(file.read_text())
    entry = entry_of(folder / FILE_NAME)
    held["files"][FILE_NAME] = {"bytes": entry.bytes, "sha256": entry.sha256}
    file.write_text(json.dumps(held))


def _link(folder: Path) -> None:
    (folder / FILE_NAME).rename(folder.parent / "moved.sqlite")
    (folder / FILE_NAME).symlink_to(folder.parent / "moved.sqlite")


def _lead_out(folder: Path) -> None:
    file = folder / "manifest.json"
    held = json.loads(file.read_text())
    held["files"]["../stray.txt"] = {"bytes": 5, "sha256": "0" * 64}
    (folder.parent / "stray.txt").write_text("stray")
    file.write_text(json.dumps(held))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "no backup that Minutebook made"),
        (_cut_the_manifest, "manifest.json is damaged"),
        (lambda folder: (folder / "manifest.json").write_text("[1]"), "manifest.json is damaged"),
        (_say(format=99), "another format"),
        (_say(tables=VERSION + 1), "made by a later version of Minutebook"),
        (_say(files={}), "no backup that Minutebook made"),
        (_say(rows=3), "manifest.json is damaged"),
        (_say(surprise=1), "manifest.json is damaged"),
        (_flip(FILE_NAME), "minutebook.sqlite is not as it was written"),
        (_flip("keys.sqlite"), "keys.sqlite is not as it was written"),
        (lambda folder: (folder / "feedback.sqlite").unlink(), "feedback.sqlite cannot be read"),
        (lambda folder: (folder / "ocr" / "page.json").write_text("{}"), "page.json is not as it was written"),
        (_another_paper, "minutebook.sqlite does not hold what manifest.json says"),
        (_another_generation, "minutebook.sqlite does not hold what manifest.json says"),
        (_link, "minutebook.sqlite is not as it was written"),
        (_lead_out, "no backup that Minutebook made"),
    ],
)
def test_a_damaged_or_foreign_backup_is_refused_and_nothing_is_touched(
    kept: tuple[Path, str], own_home: Path, tmp_path: Path, harm: Callable[[Path], None], words: str
) -> None:
    folder, _ = kept
    before = state(own_home)
    harm(folder)
    with pytest.raises(BackupProblem, match=words):
        put_back(folder, own_home, replace=True)
    with pytest.raises(BackupProblem, match=words):
        put_back(folder, tmp_path / "new")
    assert state(own_home) == before
    assert not (tmp_path / "new").exists()
    assert not (own_home / RESTORING).exists()


@pytest.mark.parametrize("place", ["nowhere", "empty", "a file"])
def test_what_is_no_backup_is_refused(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a file").write_text("")
    with pytest.raises(BackupProblem):
        put_back(tmp_path / place, tmp_path / "home")
    assert not (tmp_path / "home").exists()


def test_a_home_that_holds_something_is_not_overwritten_unless_told(
    kept: tuple[Path, str], own_home: Path, tmp_path: Path
) -> None:
    folder, _ = kept
    make_pdf(tmp_path / "more" / "new.pdf", PLANNING_MINUTES)
    bring(own_home, tmp_path / "more")
    now = state(own_home)
    with pytest.raises(HomeError, match="--replace"):
        put_back(folder, own_home)
    assert state(own_home) == now
    put_back(folder, own_home, replace=True)
    assert state(own_home)[0] == 1
    assert "new.pdf" not in state(own_home)[1]
    other = tmp_path / "only keys"
    Keys(other).make("mine")
    with pytest.raises(HomeError, match=r"keys\.sqlite"):
        put_back(folder, other)


def test_what_came_after_the_backup_is_gone_when_it_is_put_back(own_home: Path, tmp_path: Path) -> None:
    back_up(own_home, tmp_path / "backup", Silent())
    make_pdf(tmp_path / "more" / "new.pdf", [["# Planning Committee", "Minutes of 9 May 2024", "1.1 A Xylographer."]])
    bring(own_home, tmp_path / "more")
    with closing(Keys(own_home)) as keys:
        secret = keys.make("later")
        (own_home / "ocr").mkdir()
        (own_home / "ocr" / "later.json").write_text('{"words": ["Xylographer"]}')
        put_back(tmp_path / "backup", own_home, replace=True)
        assert keys.find(secret) is None  # whoever has the file open knows it too
    left = [file for file in own_home.rglob("*") if file.is_file() and b"ylographer" in file.read_bytes()]
    assert left == []


def test_who_was_shown_what_is_not_unwritten_by_a_restore(own_home: Path, tmp_path: Path) -> None:
    def shown(paper: str) -> Entry:
        return Entry("2024-06-04T10:00:00+00:00", "http", "key clerk", "page", paper, "a.pdf", 1, None)

    before, after = tmp_path / "before", tmp_path / "after"
    back_up(own_home, before, Silent())
    Audit(own_home).write([shown("aa")])
    back_up(own_home, after, Silent())
    Audit(own_home).write([shown("bb")])
    for folder in (before, after):
        put_back(folder, own_home, replace=True)
        assert [entry.paper for entry in Audit(own_home).entries()[0]] == ["bb", "aa"]
    put_back(after, tmp_path / "elsewhere")
    assert [entry.paper for entry in Audit(tmp_path / "elsewhere").entries()[0]] == ["aa"]


def test_a_damaged_home_is_made_whole_again(kept: tuple[Path, str], own_home: Path) -> None:
    folder, _ = kept
    wanted = answered(own_home)
    (own_home / FILE_NAME).write_bytes(b"not a database" * 1000)
    for suffix in ("-wal", "-shm"):
        (own_home / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
    with pytest.raises(HomeError, match="minutebook restore FROM --replace"):
        Store(own_home)
    with pytest.raises(HomeError, match="--replace"):
        put_back(folder, own_home)
    put_back(folder, own_home, replace=True)
    assert answered(own_home) == wanted


def test_a_damaged_home_is_not_backed_up_as_if_it_were_whole(own_home: Path, tmp_path: Path) -> None:
    with closing(connect(own_home)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = own_home / FILE_NAME
    data = bytearray(file.read_bytes())
    for start in range(8192, len(data), 4096):
        data[start : start + 64] = b"\x99" * 64
    file.write_bytes(data)
    with pytest.raises(HomeError, match="is damaged"):
        back_up(own_home, tmp_path / "backup", Silent())
    assert not list(tmp_path.glob("backup*"))


def test_a_restore_that_was_cut_off_is_told_and_ended_by_running_it_again(
    kept: tuple[Path, str], own_home: Path
) -> None:
    folder, _ = kept
    (own_home / RESTORING).write_text(str(folder))
    for use in (
        lambda: Store(own_home),
        lambda: bring(own_home, folder),
        lambda: forget(own_home, "a", embedder=FakeEmbedder()),
        lambda: back_up(own_home, folder.with_name("another"), Silent()),
    ):
        with pytest.raises(HomeError, match="minutebook restore FROM --replace"):
            use()
    put_back(folder, own_home)
    assert state(own_home)[0] == 1


def test_a_backup_of_an_older_version_is_brought_to_this_one(tmp_path: Path) -> None:
    make_pdf(tmp_path / "papers" / "a.pdf", LEISURE_MINUTES)
    old = old_home(tmp_path / "old", tmp_path / "papers")
    made = back_up(old, tmp_path / "backup", Silent())
    assert made.tables == 1 < VERSION == len(STEPS) + 1
    put_back(tmp_path / "backup", tmp_path / "home")
    assert state(tmp_path / "home") == (1, frozenset({"a.pdf"}))
    with closing(Store(tmp_path / "home")) as store:
        assert store.answer("old")["answer"] == "Agreed."


def test_a_backup_takes_no_ones_place_and_stands_in_no_home(own_home: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    for to, words in ((tmp_path / "there", "is there already"), (own_home / "backup", "in the home itself")):
        with pytest.raises(BackupProblem, match=words):
            back_up(own_home, to, Silent())
    assert [file.name for file in (tmp_path / "there").iterdir()] == ["mine.txt"]
    with pytest.raises(HomeError, match="nothing to back up"):
        back_up(tmp_path / "nothing", tmp_path / "backup", Silent())
    assert not (tmp_path / "nothing").exists()


def test_of_two_backups_to_one_place_the_second_is_refused(own_home: Path, tmp_path: Path) -> None:
    with (
        turn(tmp_path / "backup.part", lambda: pytest.fail("nobody else is at work")),
        pytest.raises(BackupProblem, match="another backup is being written"),
    ):
        back_up(own_home, tmp_path / "backup", Silent())
    back_up(own_home, tmp_path / "backup", Silent())
    assert checked(tmp_path / "backup").generation == 1


@posix
def test_a_full_disk_leaves_no_half_backup_and_the_home_as_it_was(own_home: Path, tmp_path: Path) -> None:
    before = state(own_home)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))
    try:
        with pytest.raises((BackupProblem, HomeError)):
            back_up(own_home, tmp_path / "backup", Silent())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)
    assert not list(tmp_path.glob("backup*"))
    assert state(own_home) == before


@posix
def test_backups_and_restores_killed_at_any_moment_leave_nothing_half_done(tmp_path: Path) -> None:
    backups, restores = backups_killed(tmp_path, 12, seed=5)
    assert backups > 3
    assert restores > 3


def test_the_commands_say_what_was_done(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = copied(home, tmp_path / "home")
    main_ends(["backup", str(tmp_path / "b"), "--home", str(own), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (told["generation"], told["papers"], told["backup"]) == (1, 6, str(tmp_path / "b"))
    shutil.rmtree(own)
    with closing(sqlite3.connect(tmp_path / "b" / FILE_NAME)) as connection, connection:
        connection.execute("UPDATE files SET root = '/gone/papers'")
    _sums_made_good(tmp_path / "b")
    main_ends(["restore", str(tmp_path / "b"), "--home", str(own)])
    said = capsys.readouterr()
    assert "generation 1, 6 papers" in said.out
    assert "/gone/papers" in said.err
    main_ends(["restore", str(tmp_path / "b"), "--home", str(own)], 1)
    assert "--replace" in capsys.readouterr().err
    main_ends(["backup", str(tmp_path / "b"), "--home", str(own)], 1)
    assert "is there already" in " ".join(capsys.readouterr().err.split())


def main_ends(arguments: list[str], status: int = 0) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert (ended.value.code or 0) == status


def test_a_restored_answer_about_papers_not_held_is_not_shown(own_home: Path, tmp_path: Path) -> None:
    """Answers and papers are copied one after the other; an answer about a paper that is not there shows nothing."""
    answer_id = answered(own_home)["answer_id"]
    back_up(own_home, tmp_path / "backup", Silent())
    put_back(tmp_path / "backup", tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / FILE_NAME)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM files")
    with closing(Store(tmp_path / "new")) as store, pytest.raises(NotHeld):
        store.answer(answer_id)
    with closing(Answers(tmp_path / "new")) as answers:
        assert answers.find(answer_id) is not None


def test_the_commands_need_no_model(home: Path, tmp_path: Path) -> None:
    """A restore on a bare machine takes no minute to load what it does not use."""
    own = copied(home, tmp_path / "home")
    code = (
        "import sys\nfrom minutebook.cli import app\n"
        f"app(['backup', {str(tmp_path / 'b')!r}, '--home', {str(own)!r}], standalone_mode=False)\n"
        f"app(['restore', {str(tmp_path / 'b')!r}, '--home', {str(tmp_path / 'new')!r}], standalone_mode=False)\n"
        "assert 'torch' not in sys.modules, 'loads torch'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert state(tmp_path / "new")[0] == 1
