"""What commands need opened: the embedding model, and the library in the home folder."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.embed import Embedder, load_embedder
from index.library import Library
from minutebook.settings import Settings


def embedder_for(settings: Settings) -> Embedder:
    """The embedding model that the settings name. Raises ModelError."""
    return load_embedder(settings.model, settings.backend, threads=settings.threads)


@contextmanager
def opened_library(settings: Settings) -> Iterator[Library]:
    """The library in the settings' home, closed afterwards. Raises HomeError or ModelError."""
    library = Library.open(settings.home, embedder_for(settings))
    try:
        yield library
    finally:
        library.close()
