"""A disk that loses or changes what was written, and one that can only be read."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from answer.ask import ask
from answer.find import find
from index.build import Silent, ingest
from index.derived import derived_folder
from index.library import Library
from index.records import find_decisions
from index.schema import FILE_NAME, connect
from index.soundness import damage, stale
from index.store import Store
from minutebook.cli import main
from minutebook.errors import HomeError
from tests.council import LEISURE_MINUTES, PLANNING_MINUTES, copied, make_pdf
from tests.embedder import FakeEmbedder

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "what was resolved about the Market Street library?"


def bring(home: Path, folder: Path) -> None:
    ingest(
        home, [folder], embedder=FakeEmbedder(), ocr=False, jobs=1, confirm_forget=lambda _: False, progress=Silent()
    )


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sound")
    for number in range(6):
        make_pdf(place / "papers" / f"{number}.pdf", (LEISURE_MINUTES, PLANNING_MINUTES)[number % 2] * 2)
    bring(place / "home", place / "papers")
    return place / "home"


@pytest.fixture
def held(sound: Path, tmp_path: Path) -> Path:
    return copied(sound, tmp_path / "home")


def spoil_pages(home: Path) -> None:
    """The head of every page of the SQLite file but the first two, as a disk with bad blocks leaves it."""
    file = home / FILE_NAME
    data = bytearray(file.read_bytes())
    for start in range(8192, len(data), 4096):
        data[start : start + 64] = b"\x99" * 64
    file.write_bytes(data)


@pytest.mark.parametrize(
    "use",
    [
        lambda home: Library.open(home, FakeEmbedder()),
        lambda home: Store(home).papers(),
        lambda home: list(Store(home).texts()),
        lambda home: find_decisions(Store(home), "library"),
        lambda home: Store(home).page("0.pdf", 1),
    ],
    ids=["library", "papers", "texts", "decisions", "page"],
)
def test_a_damaged_sqlite_file_is_refused_with_what_to_do(held: Path, use: Callable[[Path], object]) -> None:
    spoil_pages(held)
    with pytest.raises(HomeError, match=r"minutebook\.sqlite: is damaged .*minutebook restore FROM --replace"):
        use(held)
    assert damage(Store(held))


@pytest.mark.parametrize(
    "content", [b"", b"not a database" * 400, b"SQLite format 3\x00"], ids=["empty", "other", "head only"]
)
def test_what_is_no_sqlite_file_at_all_is_refused_with_what_to_do(held: Path, content: bytes) -> None:
    (held / FILE_NAME).write_bytes(content)
    with pytest.raises(HomeError, match=r"minutebook restore FROM --replace|no papers have been ingested"):
        Library.open(held, FakeEmbedder())


def test_a_command_says_it_and_shows_no_traceback(held: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil_pages(held)
    with pytest.raises(SystemExit) as ended:
        main(["papers", "--home", str(held), "--json"])
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out == ""
    assert "minutebook restore" in " ".join(said.err.split())
    assert "Traceback" not in said.err


def test_an_ingest_into_a_damaged_file_is_refused_with_what_to_do(held: Path, tmp_path: Path) -> None:
    spoil_pages(held)
    make_pdf(tmp_path / "papers" / "new.pdf", PLANNING_MINUTES)
    with pytest.raises(HomeError, match="minutebook restore FROM"):
        bring(held, tmp_path / "papers")


def _flip_a_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x10
    file.write_bytes(data)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _zero(file: Path) -> None:
    """As a file system leaves a file whose name outlasted a power cut and whose blocks did not."""
    file.write_bytes(b"\0" * file.stat().st_size)


@pytest.mark.parametrize("harm", [_flip_a_bit, _cut, _zero, Path.unlink])
@pytest.mark.parametrize("which", ["vectors.faiss", "words/*.store", "words/*.idx", "words/*.pos", "words/meta.json"])
def test_a_derived_file_that_is_not_as_it_was_written_is_made_anew(
    held: Path, harm: Callable[[Path], None], which: str
) -> None:
    with closing(Library.open(held, FakeEmbedder())) as library:
        before = find(library, "riding school").hits
        folder = derived_folder(held, library.generation)
    (file, *_) = sorted(folder.glob(which))
    harm(file)
    assert stale(Store(held))
    with closing(Library.open(held, FakeEmbedder())) as library:
        assert find(library, "riding school").hits == before
        assert stale(library.store) == ()


@pytest.fixture
def read_only(held: Path, tmp_path: Path) -> Iterator[Path]:
    """The home on a disk that can only be read."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], check=False, capture_output=True).returncode == 0
    if not mounted:
        pytest.skip("needs the right to mount")
    try:
        subprocess.run(["cp", "-r", held, disk / "home"], check=True)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        yield disk / "home"
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


mounts = pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")


@mounts
def test_a_home_on_a_disk_that_can_only_be_read_answers(read_only: Path, held: Path) -> None:
    with closing(Library.open(held, FakeEmbedder())) as library:
        wanted = ask(library, QUESTION).as_json()
    with closing(Library.open(read_only, FakeEmbedder())) as library:
        answer = ask(library, QUESTION).as_json()
        assert (answer["answer_id"], answer["answer"]) == (wanted["answer_id"], wanted["answer"])
        assert find_decisions(library.store, "library")[1] > 0


@mounts
def test_what_needs_to_write_there_says_so(read_only: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_pdf(tmp_path / "papers" / "new.pdf", PLANNING_MINUTES)
    with pytest.raises(HomeError, match="cannot be written"):
        bring(read_only, tmp_path / "papers")
    with pytest.raises(SystemExit):
        main(["serve", "--port", "0", "--home", str(read_only)])
    assert "can only be read" in " ".join(capsys.readouterr().err.split())


@mounts
def test_a_disk_to_read_with_papers_not_brought_in_is_refused_in_words(tmp_path: Path) -> None:
    make_pdf(tmp_path / "papers" / "a.pdf", PLANNING_MINUTES)
    bring(tmp_path / "home", tmp_path / "papers")
    with closing(connect(tmp_path / "home")) as connection:
        connection.execute("INSERT INTO meta VALUES ('x', 'y')")
        connection.commit()
        disk = tmp_path / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", disk], check=False, capture_output=True).returncode:
            pytest.skip("needs the right to mount")
        try:
            subprocess.run(["cp", "-r", tmp_path / "home", disk / "home"], check=True)
            (disk / "home" / f"{FILE_NAME}-shm").unlink()
            subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
            with pytest.raises(HomeError, match="copy the home to a disk that can be written"):
                Store(disk / "home")
        finally:
            subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root may become somebody else")
def test_a_user_who_may_not_write_is_told_so_in_words(held: Path) -> None:
    code = "import os, sys; sys.path.insert(0, sys.argv[1])\n"
    code += "from pathlib import Path; from index.store import Store\n"
    code += "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    code += "try: Store(Path(sys.argv[2]))\nexcept Exception as error: print(type(error).__name__, error)\n"
    for place in (held, *list(held.parents)[:4]):
        if place.parent != place and place.stat().st_uid == 0 and place.name not in ("tmp", "var"):
            place.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", code, str(ROOT), str(held)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("HomeError"), done
    assert "may not be written to by this user" in done.stdout
