"""The embeddings of all chunks in one file, searched exactly. The only importer of faiss."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, cast

import faiss as typed_faiss
import numpy as np
from numpy.typing import NDArray

from index.disk import sync_file, sync_folder
from minutebook.errors import HomeError, ModelError

faiss: Any = typed_faiss  # its own type hints are those of the C++ calls, not of the Python ones laid over them


def build_vectors(path: Path, ids: NDArray[np.int64], matrix: NDArray[np.float32]) -> None:
    """Write `matrix` (n, d), of unit rows, under `ids` (n,), as one file that appears whole or not at all.

    Raises ValueError if the shapes do not agree or an id comes twice.
    """
    ids = np.ascontiguousarray(ids, dtype=np.int64)
    if matrix.ndim != 2 or ids.shape != (len(matrix),):
        raise ValueError(f"{ids.shape} ids for a matrix of shape {matrix.shape}")
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    if np.any(ids[1:] == ids[:-1]):
        raise ValueError("an id comes twice")
    # Ascending ids let an id be found by bisection, and make equal scores come in the order of the ids.
    index: Any = faiss.IndexIDMap(faiss.IndexFlatIP(matrix.shape[1]))
    if len(ids):
        index.add_with_ids(np.ascontiguousarray(matrix[order], dtype=np.float32), ids)
    half_written = path.with_name(path.name + ".part")
    try:
        faiss.write_index(index, str(half_written))
        sync_file(half_written)
        half_written.replace(path)
        sync_folder(path.parent)
    except (RuntimeError, OSError) as error:
        half_written.unlink(missing_ok=True)
        raise HomeError(f"{path}: the embeddings could not be written: {error}") from error


class Vectors:
    """An opened file of embeddings. It may be searched from several threads at once."""

    def __init__(self, index: Any, ids: NDArray[np.int64], matrix: NDArray[np.float32]) -> None:
        self._index = index  # owns the memory that `_flat` and `_matrix` look into
        self._flat: Any = faiss.downcast_index(index.index)
        self._ids = ids
        self._matrix = matrix

    @classmethod
    def open(cls, path: Path) -> "Vectors":
        """Open what `build_vectors` wrote. Mapped, not read: quick to open, and shared between processes.

        Raises HomeError if the file is missing or damaged.
        """
        try:
            index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise HomeError(f"{path}: the embeddings are missing or damaged; they can be built again") from error
        flat: Any = faiss.downcast_index(index.index) if isinstance(index, faiss.IndexIDMap) else None
        if not isinstance(flat, faiss.IndexFlatIP):
            raise HomeError(f"{path}: not a file of embeddings that Minutebook wrote")
        ids = faiss.vector_to_array(index.id_map)
        if len(ids) != flat.ntotal or np.any(ids[1:] <= ids[:-1]):
            raise HomeError(f"{path}: the embeddings are damaged; they can be built again")
        size = flat.ntotal * flat.d
        # An empty faiss vector has no address to look at.
        rows = faiss.rev_swig_ptr(flat.get_xb(), size) if size else np.empty(0, dtype=np.float32)
        return cls(index, ids, rows.reshape(flat.ntotal, flat.d))

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def dimension(self) -> int:
        """How long each embedding is."""
        return int(self._matrix.shape[1])

    def search(
        self, query: NDArray[np.float32], k: int, allowed: NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """Give the `k` nearest (id, inner product), nearest first, exactly; only among `allowed` ids where given.

        Fewer come back if fewer are allowed. Raises ModelError if `query` is not of this file's dimension.
        """
        row = self._row(query)
        selector = None
        reachable = len(self)
        if allowed is not None:
            keep = np.zeros(len(self), dtype=bool)
            keep[self._positions(allowed)[0]] = True
            reachable = int(keep.sum())
            bits = np.packbits(keep, bitorder="little")
            selector = faiss.IDSelectorBitmap(bits)
        k = min(k, reachable)
        if k <= 0:
            return []
        # One query runs on one thread in faiss, so there is no thread count to cap here.
        parameters = faiss.SearchParameters(sel=selector) if selector is not None else None
        scores, positions = self._flat.search(row, k, params=parameters)
        found = [
            (int(self._ids[at]), float(score)) for at, score in zip(positions[0], scores[0], strict=True) if at >= 0
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def similarity(self, query: NDArray[np.float32], ids: Collection[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Give the inner product of `query` with each of `ids`, in their order; nan for an id that is not held."""
        row = self._row(query)
        wanted = np.fromiter(ids, dtype=np.int64, count=len(ids))
        products = np.full(len(wanted), np.nan, dtype=np.float32)
        positions, held = self._positions(wanted)
        products[held] = self._matrix[positions] @ row[0]
        return products

    def _positions(self, ids: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Give the rows of those ids that are held, and which of `ids` those are."""
        ids = np.asarray(ids, dtype=np.int64)
        if not len(self._ids):
            return np.empty(0, dtype=np.int64), np.zeros(len(ids), dtype=bool)
        at = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        held = self._ids[at] == ids
        return at[held], held

    def _row(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        row = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
        if row.shape[1] != self.dimension:
            raise ModelError(
                f"the question's embedding has {row.shape[1]} numbers and the index {self.dimension}: "
                "the index was made with another model"
            )
        return cast(NDArray[np.float32], row)
