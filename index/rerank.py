"""A question and passages to how well each answers it, by a cross-encoder: only where a setting names one.

Beside embed.py the only importer of sentence-transformers. It is asked for torch alone, whatever runs the embeddings.
"""

import json
import os
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.model_files import cores, sha256_of, weights_in
from minutebook.errors import ModelError

#: What is read of a question and a passage together, in the model's tokens: its time goes up with it.
MOST_TOKENS = 192
#: Pairs read at once. Few, as passages are of many lengths and each is filled up to the longest beside it.
BATCH = 4

_KEY = "MINUTEBOOK_RERANKER"
_TO_DO = "Set it to a folder that holds a sentence-transformers CrossEncoder with one score, or leave it out"


class Reranker(Protocol):
    """Says how well passages answer a question. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Model and revision: under another name the same question may be answered otherwise."""

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Give each passage, in their order, a number from 0 to 1: the higher, the better it answers. Shape (n,)."""


def load_reranker(folder: Path, *, threads: int = 0) -> Reranker:
    """Load the cross-encoder in `folder`; never a network, nor code that came with it.

    `threads` caps how many questions are looked at at once, each on one thread; 0 stands for as many as there are
    cores. Raises ModelError, naming the setting, if there is no such folder, or no such model in it.
    """
    if not folder.is_dir():
        raise ModelError(f"{_KEY}: {folder}: no such folder. {_TO_DO}.")
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        kinds = [str(kind) for kind in config.get("architectures") or ()]
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ModelError(f"{_KEY}: {folder}: has no config.json of a model ({error}). {_TO_DO}.") from error
    # Any other model would be given a head of random weights, and rank at random.
    if not any(kind.endswith("ForSequenceClassification") for kind in kinds):
        raise ModelError(f"{_KEY}: {folder}: holds {', '.join(kinds) or 'no model'}, not a cross-encoder. {_TO_DO}.")
    try:
        name = f"{folder.resolve().name}@{sha256_of(weights_in(folder))[:12]}"
    except ModelError as error:
        raise ModelError(f"{_KEY}: {error} {_TO_DO}.") from error
    # Imported here because it takes seconds, and `--help` waits for nobody.
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        loaded = CrossEncoder(
            str(folder), device="cpu", max_length=MOST_TOKENS, local_files_only=True, trust_remote_code=False
        )
    except (ImportError, OSError, ValueError, RuntimeError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(f"{_KEY}: the model in {folder} cannot be loaded: {error}. {_TO_DO}.") from error
    if loaded.num_labels != 1:
        raise ModelError(f"{_KEY}: {folder}: gives {loaded.num_labels} scores and not one. {_TO_DO}.")
    at_once = threads or cores(os.cpu_count() or 1)
    return _CrossEncoder(loaded, name, torch.nn.Sigmoid(), partial(torch.set_num_threads, 1), at_once)


class _CrossEncoder:
    """A sentence-transformers cross-encoder; each question on one thread, as `embed` has it and for its reasons."""

    def __init__(
        self, model: Any, name: str, squash: Callable[[Any], Any], one_thread: Callable[[], None], at_once: int
    ) -> None:
        self.name = name
        self._model = model
        self._squash = squash
        self._one_thread = one_thread
        self._turns = threading.Semaphore(at_once)
        # Warms the model, and settles its tokenizer, which after this is only read and so may be shared.
        self.score("", ["", " ".join(["word"] * 2 * MOST_TOKENS)])

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """See `Reranker.score`."""
        if not passages:
            return np.empty(0, dtype=np.float32)
        with self._turns:  # whoever calls, no more run at once than were allowed
            self._one_thread()  # torch keeps this by thread
            pairs = [(question, passage) for passage in passages]
            scores: NDArray[np.float32] = self._model.predict(
                pairs, batch_size=BATCH, show_progress_bar=False, activation_fn=self._squash
            )
            return scores
