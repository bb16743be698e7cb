"""Embeddings in a real faiss file: exact with and without a filter, and never opened damaged."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.vectors import Vectors, build_vectors
from minutebook.errors import HomeError, ModelError

DIMENSION = 24


def unit_rows(count: int, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


# Neither in order nor without gaps, as chunk ids are after papers were forgotten.
IDS = np.random.default_rng(1).permutation(90_000)[:700].astype(np.int64)
ROWS = unit_rows(700)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vectors") / "vectors.faiss"
    build_vectors(path, IDS, ROWS)
    return path


@pytest.fixture(scope="module")
def vectors(path: Path) -> Vectors:
    return Vectors.open(path)


def expected(query: NDArray[np.float32], k: int, allowed: set[int] | None = None) -> list[int]:
    ranked = IDS[np.argsort(-(ROWS @ query))].tolist()
    return [one for one in ranked if allowed is None or one in allowed][:k]


def test_the_nearest_come_first_with_their_inner_products(vectors: Vectors) -> None:
    for query in unit_rows(5, seed=2):
        found = vectors.search(query, 10)
        assert [one for one, _ in found] == expected(query, 10)
        by_id = dict(zip(IDS.tolist(), (ROWS @ query).tolist(), strict=True))
        assert [score for _, score in found] == pytest.approx([by_id[one] for one, _ in found], abs=1e-6)


@pytest.mark.parametrize("share", [1, 7, 350, 699])
def test_a_filtered_search_is_exact_however_little_is_allowed(vectors: Vectors, share: int) -> None:
    allowed = np.random.default_rng(share).choice(IDS, share, replace=False)
    for query in unit_rows(5, seed=3):
        found = [one for one, _ in vectors.search(query, 20, allowed)]
        assert found == expected(query, 20, set(allowed.tolist()))
        assert len(found) == min(20, share)


def test_nothing_allowed_finds_nothing(vectors: Vectors) -> None:
    nothing = np.array([], dtype=np.int64)
    assert vectors.search(ROWS[0], 5, nothing) == []


def test_allowed_ids_that_are_not_held_are_passed_over(vectors: Vectors) -> None:
    held = int(IDS[3])
    mixed = np.array([-1, held, held, 10**15], dtype=np.int64)
    assert [one for one, _ in vectors.search(ROWS[0], 5, mixed)] == [held]
    assert vectors.search(ROWS[0], 5, np.array([-1, 10**15])) == []


def test_more_asked_than_held_gives_all(vectors: Vectors) -> None:
    assert len(vectors.search(ROWS[0], 10_000)) == len(vectors) == len(IDS)


def test_equal_scores_come_in_the_order_of_the_ids(tmp_path: Path) -> None:
    build_vectors(tmp_path / "v", np.array([5, 2, 9]), np.repeat(ROWS[:1], 3, axis=0))
    assert [one for one, _ in Vectors.open(tmp_path / "v").search(ROWS[0], 2)] == [2, 5]


def test_similarity_keeps_the_order_asked_and_owns_to_what_is_not_held(vectors: Vectors) -> None:
    asked = [int(IDS[9]), 10**15, int(IDS[4]), int(IDS[9])]
    found = vectors.similarity(ROWS[0], asked)
    assert found[[0, 2, 3]].tolist() == pytest.approx((ROWS[[9, 4, 9]] @ ROWS[0]).tolist(), abs=1e-6)
    assert np.isnan(found[1])


def test_an_empty_library_opens_and_finds_nothing(tmp_path: Path) -> None:
    build_vectors(tmp_path / "v", np.empty(0, np.int64), np.empty((0, DIMENSION), np.float32))
    empty = Vectors.open(tmp_path / "v")
    assert (len(empty), empty.dimension) == (0, DIMENSION)
    assert empty.search(ROWS[0], 5) == empty.search(ROWS[0], 5, IDS) == []
    assert np.isnan(empty.similarity(ROWS[0], [1])).all()


def test_a_question_from_another_model_is_refused(vectors: Vectors) -> None:
    with pytest.raises(ModelError, match="another model"):
        vectors.search(np.ones(DIMENSION + 1, np.float32), 5)


@pytest.mark.parametrize("ids", [np.array([1, 2]), np.array([1, 2, 2])], ids=["too few", "one twice"])
def test_ids_that_do_not_fit_the_rows_are_refused(tmp_path: Path, ids: NDArray[np.int64]) -> None:
    with pytest.raises(ValueError, match=r"ids|twice"):
        build_vectors(tmp_path / "v", ids, ROWS[:3])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [None, b"", b"not a faiss file" * 50, "cut short", "ids out of order"],
    ids=["missing", "empty", "other", "cut short", "ids out of order"],
)
def test_a_damaged_file_is_refused_by_name(path: Path, tmp_path: Path, content: bytes | str | None) -> None:
    damaged = tmp_path / "vectors.faiss"
    if isinstance(content, bytes):
        damaged.write_bytes(content)
    elif content == "cut short":
        damaged.write_bytes(path.read_bytes()[:-100])
    elif content == "ids out of order":
        # The ids are the last thing in the file.
        damaged.write_bytes(path.read_bytes()[:-8] + (0).to_bytes(8, "little"))
    with pytest.raises(HomeError, match=r"vectors\.faiss"):
        Vectors.open(damaged)


def test_an_open_file_outlives_its_replacement(tmp_path: Path) -> None:
    build_vectors(tmp_path / "v", IDS, ROWS)
    old = Vectors.open(tmp_path / "v")
    build_vectors(tmp_path / "v", IDS[:1], ROWS[1:2])
    assert old.search(ROWS[0], 1)[0][0] == IDS[0]
    assert len(Vectors.open(tmp_path / "v")) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["v"]  # nothing half written is left


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir()  # a folder in the way of the last step
    with pytest.raises(HomeError, match="could not be written"):
        build_vectors(tmp_path / "v", IDS, ROWS)
    assert [file.name for file in tmp_path.iterdir()] == ["v"]
