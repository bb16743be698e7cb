"""Texts to embeddings. With rerank.py the only importer of sentence-transformers."""

import importlib.util
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from index.batches import in_batches
from index.matcher import LearntMatcher, Matcher
from index.model_files import DEFAULT_MODEL, PINNED, check_files, cores, find_folder, sha256_of, weights_in
from minutebook.errors import ModelError

Backend = Literal["torch", "openvino", "onnx"]

_EXTRA: dict[Backend, tuple[str, ...]] = {
    "torch": (),
    "openvino": ("optimum", "openvino"),
    "onnx": ("optimum", "onnxruntime"),
}


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Model and revision: embeddings made under different names may not be compared."""

    @property
    def dimension(self) -> int:
        """How long each embedding is."""

    @property
    def matcher(self) -> Matcher:
        """What embeds the words of texts, one by one."""

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Give one unit row a text, in their order: (n, dimension). `progress` hears how many are done."""


def load_embedder(
    model: str = DEFAULT_MODEL, backend: Backend = "torch", *, threads: int = 0, matcher: Matcher | None = None
) -> Embedder:
    """Load the default model from its installed package, or another from a folder or the local cache; never a network.

    `threads` caps the backend's threads (not onnx's); 0 stands for as many as torch would take. `matcher` takes the
    place of the learnt one. Raises ModelError if the model is not there, its files are not the pinned ones, or the
    backend is not installed.
    """
    for module in _EXTRA[backend]:  # asked first, as sentence-transformers says this with a bare Exception
        if importlib.util.find_spec(module) is None:
            raise ModelError(
                f"the {backend} backend needs {module}. Try: pip install 'sentence-transformers[{backend}]'"
            )
    folder = find_folder(model)
    if model == DEFAULT_MODEL:
        check_files(folder, PINNED)
        revision = PINNED["model.safetensors"]
    else:
        revision = sha256_of(weights_in(folder))
    name = f"{folder.resolve().name if Path(model).is_dir() else model}@{revision[:12]}"
    # Imported here because it takes seconds, and most commands never embed anything.
    try:
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise ModelError(f"the embedding library cannot be imported: {error}. Try: pip install minutebook") from error
    threads = threads or cores(torch.get_num_threads())
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # loading takes under a second
    try:
        loaded = SentenceTransformer(
            str(folder),
            device="cpu",
            backend=backend,
            model_kwargs={"ov_config": {"INFERENCE_NUM_THREADS": threads}} if backend == "openvino" else None,
            local_files_only=True,
            trust_remote_code=False,
        )
    except (ImportError, OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise ModelError(f"{model}: the model in {folder} cannot be loaded: {error}") from error
    # The others spread one batch over their threads themselves, and fail if two are run at once.
    at_once = threads if backend == "torch" else 1
    return _SentenceTransformer(
        loaded, name, partial(torch.set_num_threads, 1), at_once, matcher or LearntMatcher(at_once)
    )


class _SentenceTransformer:
    """A sentence-transformers model whose batches run side by side, each on one thread.

    Measured with benchmarks/bench_embed.py: two threads inside one batch wait for each other, which on a machine with
    other work to do took two to four times as long as one thread; two batches at once take no longer than one by one.
    """

    def __init__(self, model: Any, name: str, one_thread: Callable[[], None], at_once: int, matcher: Matcher) -> None:
        self.name = name
        self.matcher = matcher
        self._model = model
        self._one_thread = one_thread
        self._at_once = at_once
        self._turns = threading.Semaphore(at_once)
        # Asked of the model itself, as the method for it has changed its name. It also warms the model, and settles
        # its tokenizer, which after this is only read and so may be shared.
        self.dimension = self._encode([""]).shape[1]

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """See `Embedder.embed`."""
        rows = np.empty((len(texts), self.dimension), dtype=np.float32)
        done = 0
        for batch, found in in_batches(texts, self._encode, self._at_once):
            rows[batch] = found
            done += len(batch)
            if progress is not None:
                progress(done)
        return rows

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        with self._turns:  # whoever calls, no more run at once than were allowed
            self._one_thread()  # torch keeps this by thread
            return self._model.encode(
                texts, batch_size=len(texts), show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
            )
