"""What commands need opened: the embedding model, and the library in the home folder."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.backup import TEMPORARY
from index.embed import Embedder, load_embedder
from index.library import Library
from minutebook.settings import Settings


def embedder_for(settings: Settings) -> Embedder:
    """The embedding model that the settings name. Raises ModelError."""
    _see_to_a_temporary_folder(settings.home)
    return load_embedder(settings.model, settings.backend, threads=settings.threads)


@contextmanager
def opened_library(settings: Settings) -> Iterator[Library]:
    """The library in the settings' home, closed afterwards. Raises HomeError or ModelError."""
    library = Library.open(settings.home, embedder_for(settings))
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
