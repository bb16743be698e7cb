"""What commands need opened: the embedding model, and the library in the home folder."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.llm import Endpoint, Writer
from index.backup import TEMPORARY
from index.embed import Embedder, load_embedder
from index.library import Library
from index.matcher import LearntMatcher
from index.rerank import Reranker, load_reranker
from index.store import Store
from index.vectors_kept import dimension_held
from minutebook.errors import ModelError, SettingError
from minutebook.settings import Settings


def embedder_for(settings: Settings) -> Embedder:
    """The embedding model that the settings name. Raises ModelError."""
    _see_to_a_temporary_folder(settings.home)
    return load_embedder(settings.model, settings.backend, threads=settings.threads)


def reranker_for(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, or None where they name none. Raises ModelError."""
    return load_reranker(settings.reranker, threads=settings.threads) if settings.reranker else None


def writer_for(settings: Settings) -> Writer | None:
    """The optional writer that the settings name, or None where they name none. Raises SettingError for half of one."""
    url, model, key = settings.writer_url, settings.writer_model, settings.writer_key
    if url is None:
        if model or key:
            raise SettingError("MINUTEBOOK_WRITER_URL", "not set, though MINUTEBOOK_WRITER_MODEL or _KEY is")
        return None
    if model is None:
        raise SettingError("MINUTEBOOK_WRITER_MODEL", "not set, though MINUTEBOOK_WRITER_URL is; name the model to ask")
    return Endpoint(url, model, key.value if key else None)


class LateEmbedder:
    """The model that a home was indexed with, loaded when something has to be embedded: mostly nothing has."""

    def __init__(self, settings: Settings, name: str, dimension: int) -> None:
        self.name = name
        self.dimension = dimension
        self.matcher = LearntMatcher(settings.threads)
        self._settings = settings

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """As every embedder. Raises ModelError, also when the settings name another model than the home's."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        embedder = embedder_for(self._settings)
        if embedder.name != self.name:
            raise ModelError(
                f"{self._settings.home}: its embeddings were made with {self.name}, and the model set is "
                f"{embedder.name}; set MINUTEBOOK_MODEL back, or run: minutebook ingest --rebuild"
            )
        return embedder.embed(texts, progress=progress)


def embedder_of(settings: Settings) -> Embedder:
    """The model of the settings' home, which is not loaded yet. Raises HomeError and ModelError."""
    store = Store(settings.home)
    try:
        name, dimension = store.meta("model"), dimension_held(store.connection)
    finally:
        store.close()
    return LateEmbedder(settings, name, dimension) if name and dimension else embedder_for(settings)


@contextmanager
def opened_library(settings: Settings) -> Iterator[Library]:
    """The library in the settings' home, closed afterwards. Raises HomeError or ModelError."""
    library = Library.open(settings.home, embedder_for(settings), reranker_for(settings))
    try:
        yield library
    finally:
        library.close()


def _see_to_a_temporary_folder(home: Path) -> None:
    """Libraries want one when they are loaded; where the machine has none that may be written, it is in the home."""
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        folder = home.absolute() / TEMPORARY
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)  # for this process, and for those that it starts
