"""The doctor: what it finds, and what it says to do."""

import shutil
from pathlib import Path

import pytest

from index.derived import derived_folder
from index.library import Library
from index.store import Store
from minutebook import doctor, installed, opening
from minutebook.doctor import examine
from minutebook.errors import ModelError
from minutebook.installed import Check
from minutebook.settings import Settings
from tests.council import copied
from tests.embedder import FakeEmbedder


@pytest.fixture(autouse=True)
def _quick_model(monkeypatch: pytest.MonkeyPatch, embedder: FakeEmbedder) -> None:
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: embedder)


@pytest.fixture
def own_home(home: Path, library: Library, tmp_path: Path) -> Path:
    """A copy of the home that a test may harm."""
    return copied(home, tmp_path / "home")


def checks(home: Path, **settings: bool) -> dict[str, Check]:
    return {check.name: check for check in examine(Settings(home=home, **settings))}  # type: ignore[arg-type]


def test_a_sound_home_is_fine(own_home: Path) -> None:
    found = checks(own_home)
    assert found["Home"].state == found["Index"].state == found["Model"].state == "fine"
    assert "4 files" in found["Home"].words
    assert "generation" in found["Home"].words


def test_an_empty_home_says_to_ingest(tmp_path: Path) -> None:
    found = checks(tmp_path)
    assert found["Home"].state == "do"
    assert "minutebook ingest" in found["Home"].words


def test_missing_and_damaged_index_files_are_found(own_home: Path) -> None:
    folder = derived_folder(own_home, Store(own_home).generation)
    (folder / "vectors.faiss").write_bytes(b"not an index")
    assert checks(own_home)["Index"].state == "do"
    shutil.rmtree(folder)
    assert checks(own_home)["Index"].state == "do"


def test_a_damaged_file_is_found(own_home: Path) -> None:
    store = Store(own_home)
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.connection.close()
    file = own_home / "minutebook.sqlite"
    data = bytearray(file.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 20_000] = b"\xff" * 20_000
    file.write_bytes(data)
    found = checks(own_home)
    assert found["Home"].state == "do"
    assert "damaged" in found["Home"].words


def test_a_missing_model_is_told_in_its_own_words(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ModelError("the model is not installed. Try: this")

    monkeypatch.setattr(opening, "load_embedder", missing)
    found = checks(own_home)
    assert found["Model"] == Check("Model", "do", "the model is not installed. Try: this")


def test_another_model_than_the_indexs_is_found(own_home: Path) -> None:
    store = Store(own_home)
    with store.connection:
        store.connection.execute("UPDATE meta SET value = 'another@1' WHERE key = 'model'")
    found = checks(own_home)["Model of the index"]
    assert found.state == "do"
    assert "--rebuild" in found.words


def test_pages_nobody_could_read_are_worth_knowing(own_home: Path) -> None:
    assert "Unread pages" not in checks(own_home)
    store = Store(own_home)
    with store.connection:
        store.connection.execute("UPDATE pages SET source = 'unread' WHERE number = 2")
    unread = checks(own_home)["Unread pages"]
    assert (unread.state, unread.words.split()[0]) == ("note", "3")


def test_tesseract_is_only_needed_where_ocr_is_wanted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "ocr_available", lambda: None)
    assert checks(tmp_path, ocr=True)["Tesseract"].state == "do"
    assert checks(tmp_path, ocr=False)["Tesseract"].state == "note"
    monkeypatch.setattr(doctor, "ocr_available", lambda: "5.3.0")
    assert checks(tmp_path)["Tesseract"] == Check("Tesseract", "fine", "5.3.0")


def test_little_space_is_something_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "LITTLE_SPACE", 10**18)
    assert checks(tmp_path / "not" / "yet" / "made")["Disk"].state == "do"


def test_a_library_that_is_not_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {check.state for check in installed.installed()} == {"fine"}
    monkeypatch.setattr(installed, "LIBRARIES", ("pypdf", "no-such-library"))
    assert [(check.name, check.state) for check in installed.installed() if check.state != "fine"] == [
        ("no-such-library", "do")
    ]


def test_an_old_python_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "OLDEST_PYTHON", (9, 1))
    assert next(installed.installed()).state == "do"


def test_the_homes_rules_are_looked_at(own_home: Path) -> None:
    file = own_home / "minutebook.toml"
    assert file.name not in checks(own_home)
    file.write_text('[[rules]]\nfiles = "a"\nclassification = "exempt"\n[groups.b]\nslack_users = "U0AAA"\n')
    assert checks(own_home)[file.name].words.startswith("1 rules")
    file.write_text("[[rules]]\n")
    found = checks(own_home)[file.name]
    assert found.state == "do"
    assert "rules[1].classification" in found.words
