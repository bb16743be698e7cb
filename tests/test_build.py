"""Folders of PDFs into a home, again and again."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pypdf
import pytest
from numpy.typing import NDArray

from index import build, vectors_kept
from index.build import Silent, forget, ingest
from index.derived import derived_folder
from index.filters import Filters
from index.library import Library
from index.readings import keep_reading, reader_name
from index.report import IngestReport
from index.schema import connect
from index.soundness import damage, stale
from index.store import Store
from ingest.pages import read_document
from minutebook.errors import HomeError, NotHeld
from tests.council import LEISURE_MINUTES, PLANNING_MINUTES, make_pdf
from tests.embedder import FakeEmbedder

SWIMMING = "swimming lessons be free for under-eights"


class Counting(FakeEmbedder):
    """Counts the texts embedded, and is cut off once it has done `most`."""

    def __init__(self, most: int = 10**6) -> None:
        super().__init__()
        self.count, self.most = 0, most

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        self.count += len(texts)
        if self.count > self.most:
            raise KeyboardInterrupt
        return super().embed(texts, progress=progress)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, in folders of their own."""
    make_pdf(tmp_path / "papers" / "leisure" / "minutes.pdf", LEISURE_MINUTES)
    make_pdf(tmp_path / "papers" / "planning.pdf", PLANNING_MINUTES)
    return tmp_path / "papers"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "home"


def bring(
    home: Path,
    *paths: Path,
    embedder: FakeEmbedder | None = None,
    confirm: Callable[[Sequence[str]], bool] = lambda gone: False,
    read_here: bool = True,
) -> IngestReport:
    """Ingests, with what can be read read in this process: a reader's process takes a second to start."""
    if read_here:
        connection = connect(home, create=True)
        for path in paths:
            for file in [path] if path.is_file() else path.rglob("*.pdf"):
                keep_reading(connection, read_document(file, ocr=False), reader_name(ocr=None))
        connection.close()
    return ingest(
        home,
        paths,
        embedder=embedder or FakeEmbedder(),
        ocr=False,
        jobs=1,
        confirm_forget=confirm,
        progress=Silent(),
    )


def opened(home: Path) -> Library:
    return Library.open(home, FakeEmbedder())


def says(library: Library, words: str) -> bool:
    return any(words in hit.chunk.text for hit in library.hits(words, depth=1000))


def test_a_folder_goes_in_whole_with_paths_within_it(folder: Path, own: Path) -> None:
    (folder / ".hidden.pdf").write_bytes(b"no paper")
    (folder / "notes.txt").write_text("no paper")
    report = bring(own, folder, read_here=False)
    assert report.added == ("leisure/minutes.pdf", "planning.pdf")
    assert (report.replaced, report.unchanged, report.forgotten, report.failed) == ((), (), (), ())
    assert report.pages == 3
    assert report.chunks == opened(own).store.counts()["chunks"] > 0


def test_the_same_folder_again_does_nothing(folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(own, folder)
    before = opened(own)
    monkeypatch.setattr(build, "read_documents", lambda files, **_: iter([pytest.fail("read anew")] if files else []))
    counting = Counting()
    report = bring(own, folder, embedder=counting, confirm=lambda gone: True, read_here=False)
    assert report.unchanged == ("leisure/minutes.pdf", "planning.pdf")
    assert (report.added, report.replaced, report.forgotten, report.pages) == ((), (), (), 0)
    assert counting.count == 0
    assert before.refresh() is before  # no new generation


def test_a_changed_file_is_replaced_and_only_what_is_new_is_embedded(folder: Path, own: Path) -> None:
    bring(own, folder)
    assert says(opened(own), SWIMMING)
    changed = [LEISURE_MINUTES[0], [line.replace("free for under-eights", "half price") for line in LEISURE_MINUTES[1]]]
    make_pdf(folder / "leisure" / "minutes.pdf", changed)
    counting = Counting()
    report = bring(own, folder, embedder=counting)
    assert (report.added, report.replaced, report.unchanged) == ((), ("leisure/minutes.pdf",), ("planning.pdf",))
    library = opened(own)
    assert says(library, "swimming lessons be half price")
    assert not says(library, SWIMMING)
    assert library.store.counts()["files"] == 2
    assert counting.count == 1  # the chunk that changed


def test_a_file_gone_from_its_folder_is_forgotten_only_when_that_is_confirmed(folder: Path, own: Path) -> None:
    bring(own, folder)
    (folder / "planning.pdf").unlink()
    asked: list[Sequence[str]] = []
    kept = bring(own, folder, confirm=lambda gone: bool(asked.append(gone)))
    assert asked == [["planning.pdf"]]
    assert kept.forgotten == ()
    assert says(opened(own), "riding school")
    gone = bring(own, folder, confirm=lambda gone: True)
    assert gone.forgotten == ("planning.pdf",)
    library = opened(own)
    assert not says(library, "riding school")
    assert says(library, SWIMMING)
    assert library.store.counts()["files"] == 1
    assert damage(library.store) == ()


def test_files_of_other_folders_and_files_not_given_are_not_gone(folder: Path, own: Path, tmp_path: Path) -> None:
    bring(own, folder)
    other = make_pdf(tmp_path / "other" / "extra.pdf", [["# Extra", "The roller was mended by the blacksmith."]])

    def never(gone: Sequence[str]) -> bool:
        pytest.fail(f"asked to forget {gone}")

    assert bring(own, other.parent, confirm=never).added == ("extra.pdf",)
    assert bring(own, folder / "planning.pdf", confirm=never).unchanged == ("planning.pdf",)
    assert opened(own).store.counts()["files"] == 3


def test_the_same_text_in_two_files_is_known_to_be_the_same(folder: Path, own: Path) -> None:
    original = folder / "planning.pdf"
    (folder / "copy.pdf").write_bytes(original.read_bytes())
    (folder / "other-bytes.pdf").write_bytes(original.read_bytes() + b"\n% printed again")
    report = bring(own, folder)
    assert report.same_text == (
        ("copy.pdf", "other-bytes.pdf"),
        ("copy.pdf", "planning.pdf"),
        ("other-bytes.pdf", "planning.pdf"),
    )
    library = opened(own)
    assert len({paper.sha256 for paper in library.store.papers(Filters(committee="Planning Committee"))}) == 1
    assert library.store.counts()["files"] == 4


def test_scans_that_were_not_read_are_not_called_the_same_text(folder: Path, own: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        blank = pypdf.PdfWriter()
        blank.add_blank_page(595, 842)
        blank.write(folder / name)
    report = bring(own, folder)
    assert report.same_text == ()
    assert {"one.pdf", "two.pdf"} <= set(report.added)


def test_a_bad_file_is_named_with_the_reason_and_the_rest_goes_in(folder: Path, own: Path) -> None:
    (folder / "page.pdf").write_text("<html><body>Not found</body></html>")
    (folder / "empty.pdf").write_bytes(b"")
    report = bring(own, folder, read_here=False)
    assert report.added == ("leisure/minutes.pdf", "planning.pdf")
    assert [failure.path for failure in report.failed] == ["empty.pdf", "page.pdf"]
    assert all(failure.reason for failure in report.failed)
    assert says(opened(own), "riding school")


def test_a_file_that_has_become_bad_keeps_what_was_read_of_it(folder: Path, own: Path) -> None:
    bring(own, folder)
    (folder / "planning.pdf").write_bytes(b"half a download")
    report = bring(own, folder, read_here=False)
    assert [failure.path for failure in report.failed] == ["planning.pdf"]
    assert report.replaced == report.forgotten == ()
    assert says(opened(own), "riding school")


def test_a_path_that_is_not_there_and_a_name_held_twice_are_named(folder: Path, own: Path, tmp_path: Path) -> None:
    twin = make_pdf(tmp_path / "other" / "planning.pdf", LEISURE_MINUTES)
    bring(own, folder)
    missing = ingest(
        own,
        [folder, twin.parent, tmp_path / "nowhere.pdf"],
        embedder=FakeEmbedder(),
        ocr=False,
        jobs=1,
        confirm_forget=lambda gone: False,
        progress=Silent(),
    )
    assert [failure.path for failure in missing.failed] == ["nowhere.pdf", "planning.pdf"]
    assert "cannot be opened" in missing.failed[0].reason
    assert str(twin) in missing.failed[1].reason
    assert says(opened(own), "riding school")


def test_an_ingest_cut_off_leaves_readers_alone_and_goes_on_where_it_was(
    folder: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(own, folder / "planning.pdf")
    before = opened(own)
    monkeypatch.setattr(vectors_kept, "BATCH", 2)
    cut_off = Counting(most=3)
    with pytest.raises(KeyboardInterrupt):
        bring(own, folder, embedder=cut_off)
    assert before.refresh() is before
    assert not says(before, SWIMMING)
    monkeypatch.setattr(build, "read_documents", lambda files, **_: iter([pytest.fail("read anew")] if files else []))
    rest = Counting()
    report = bring(own, folder, embedder=rest, read_here=False)
    assert report.added == ("leisure/minutes.pdf",)
    library = before.refresh()
    assert says(library, SWIMMING)
    leisure = len(library.hits("council", filters=Filters(path="leisure"), depth=1000))
    assert rest.count == leisure - 2  # one batch had been kept
    assert stale(library.store) == ()


def test_an_ingest_that_fails_as_it_commits_changes_nothing(
    folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(own, folder / "planning.pdf")
    before = opened(own)
    counts = before.store.counts()

    def fails(*_: object) -> None:
        raise HomeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(build, "build_derived", fails)
        with pytest.raises(HomeError, match="disk is full"):
            bring(own, folder)
    assert before.refresh() is before
    assert before.store.counts() == counts
    bring(own, folder)
    assert says(before.refresh(), SWIMMING)


def test_a_reader_keeps_its_generation_while_another_commits(folder: Path, own: Path) -> None:
    bring(own, folder)
    library = opened(own)
    with library.reading():
        make_pdf(folder / "leisure" / "minutes.pdf", [["# Leisure", "Nothing was said of lessons at all."]])
        (folder / "planning.pdf").unlink()
        bring(own, folder, confirm=lambda gone: True)
        assert library.store.counts()["files"] == 2
        assert says(library, SWIMMING)
        assert says(library, "riding school")
    newer = library.refresh()
    assert newer.generation > library.generation
    assert newer.store.counts()["files"] == 1
    assert says(newer, "Nothing was said of lessons")
    assert not says(newer, "riding school")


def _remove(derived: Path) -> None:
    shutil.rmtree(derived)


def _cut_off(derived: Path) -> None:
    (derived / "complete").unlink()


def _damage_vectors(derived: Path) -> None:
    (derived / "vectors.faiss").write_bytes(b"not vectors")


def _damage_words(derived: Path) -> None:
    (derived / "words" / "meta.json").write_text("{}")


@pytest.mark.parametrize("harm", [_remove, _cut_off, _damage_vectors, _damage_words])
def test_derived_files_that_are_missing_or_damaged_are_made_anew(
    folder: Path, own: Path, harm: Callable[[Path], None]
) -> None:
    bring(own, folder)
    sound = opened(own)
    found = [(hit.chunk.id, hit.score) for hit in sound.hits("riding school")]
    harm(derived_folder(own, sound.generation))
    assert stale(Store(own))
    again = opened(own)
    assert [(hit.chunk.id, hit.score) for hit in again.hits("riding school")] == found
    assert stale(again.store) == ()
    assert again.generation == sound.generation


def test_old_generations_are_thrown_away_but_the_one_a_reader_may_be_leaving(folder: Path, own: Path) -> None:
    for text in ("One.", "Two.", "Three."):
        make_pdf(folder / "changing.pdf", [["# Notes", f"The roller was mended for the time numbered {text}"]])
        bring(own, folder)
    assert sorted(each.name for each in (own / "index").iterdir()) == ["000002", "000003"]


def test_forget_by_path_and_by_paper(folder: Path, own: Path) -> None:
    bring(own, folder)
    with pytest.raises(NotHeld, match="minutebook papers"):
        forget(own, "other.pdf", embedder=FakeEmbedder())
    assert forget(own, "planning.pdf", embedder=FakeEmbedder()) == ("planning.pdf",)
    (paper,) = opened(own).store.papers()
    assert forget(own, paper.id, embedder=FakeEmbedder()) == ("leisure/minutes.pdf",)
    empty = opened(own)
    assert empty.store.papers() == []
    assert empty.hits("riding school") == []
    # What was forgotten is not kept elsewhere either.
    for table in ("readings", "embeddings", "tokens"):
        assert empty.store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_words_are_embedded_once_and_kept_for_as_long_as_their_chunks(folder: Path, own: Path) -> None:
    def kept() -> dict[bytes, bytes]:
        rows = opened(own).store.connection.execute("SELECT sha256, vectors FROM tokens").fetchall()
        return {row["sha256"]: row["vectors"] for row in rows}

    bring(own, folder)
    before = kept()
    chunks = {row[0] for row in opened(own).store.connection.execute("SELECT embedded_sha256 FROM chunks")}
    assert set(before) == chunks
    with closing(connect(own)) as connection, connection:
        connection.execute("DELETE FROM tokens")
    generation = opened(own).generation
    bring(own, folder)
    assert kept() == before, "a home made before there were any has them after an ingest of nothing new"
    assert opened(own).generation == generation
    (folder / "planning.pdf").unlink()
    bring(own, folder, confirm=lambda gone: True)
    assert kept().items() < before.items()


def test_a_forgotten_file_that_is_still_in_the_folder_comes_back_when_it_is_ingested(folder: Path, own: Path) -> None:
    bring(own, folder)
    forget(own, "planning.pdf", embedder=FakeEmbedder())
    assert bring(own, folder).added == ("planning.pdf",)
    assert says(opened(own), "riding school")


def test_a_home_of_another_version_is_refused(folder: Path, own: Path) -> None:
    bring(own, folder)
    connection = connect(own)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(HomeError, match="later version"):
        opened(own)


def test_a_damaged_file_is_refused_in_words(own: Path) -> None:
    own.mkdir()
    (own / "minutebook.sqlite").write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(HomeError, match="backup"):
        opened(own)
