"""Texts to the embeddings of their words, and how well those match a question's: late interaction.

The model is all-MiniLM-L6-v2, as in embed.py, with what `benchmarks/learn_matcher.py` taught it laid over its weights
(LoRA: Hu et al., ICLR 2022, arXiv:2106.09685). A question's word counts as much as the word of the passage that is
most like it (ColBERT: Khattab and Zaharia, SIGIR 2020, arXiv:2004.12832), so a passage's words are embedded once, at
ingest, and a question costs no more than its own.
"""

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.batches import in_batches
from index.model_files import DEFAULT_MODEL, PINNED, check_files, cores, find_folder
from minutebook.errors import ModelError

#: What was learnt, and its SHA-256.
FILE = Path(__file__).with_name("matcher.safetensors")
PINNED_MATCHER = {FILE.name: "7dc4c70b02cd6a144f301330d89cfc4939010c2dd443e8ed33f949f1a8e5fab0"}
NAME = f"{DEFAULT_MODEL}@{PINNED['model.safetensors'][:12]}+{PINNED_MATCHER[FILE.name][:12]}"

#: Numbers in a word's embedding.
DIMENSION = 64
#: What is read of a text and of a question, in the model's tokens.
MOST_TOKENS, MOST_ASKED = 256, 64


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words of a text: where each begins, shape (n,), and its embedding, shape (n, 64), a unit vector in 127ths.

    The marks of its beginning and its end, which stand for all of it, are among them, as at its beginning.
    """

    places: NDArray[np.uint16]
    vectors: NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class AskedTokens:
    """The words of a question: their embeddings, shape (m, 64), and what each counts, shape (m,), 1 in all."""

    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]

    def likeness(self, vectors: NDArray[np.int8]) -> NDArray[np.float32]:
        """How like each word of the question is to each of a text, as a cosine; shape (m, n)."""
        return np.matmul(self.vectors, vectors.T.astype(np.float32)) / np.float32(127)


class Matcher(Protocol):
    """Embeds the words of texts and of questions. Safe to share between threads."""

    @property
    def name(self) -> str:
        """Model and revision: what was made under another name does not match."""

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """The words of each text."""

    def asked(self, question: str) -> AskedTokens:
        """The words of a question."""


class LearntMatcher:
    """The model as it was learnt. It is loaded when first asked for: what a home holds mostly does.

    `threads` caps how many batches are run at once, each on one thread; 0 stands for as many as there are cores.
    """

    name = NAME

    def __init__(self, threads: int = 0) -> None:
        self._at_once = threads or cores(os.cpu_count() or 1)
        self._turns = threading.Semaphore(self._at_once)
        self._loading = threading.Lock()

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """See `Matcher.tokens`. Raises ModelError if a file of the model's is missing or not the pinned one."""
        made: dict[int, Tokens] = {}
        for batch, found in in_batches(texts, lambda few: self._model.tokens(few, self._turns), self._at_once):
            made.update(zip(batch, found, strict=True))
        return [made[at] for at in range(len(texts))]

    def asked(self, question: str) -> AskedTokens:
        """See `Matcher.asked`. Raises ModelError as `tokens` does."""
        return self._model.asked(question, self._turns)

    @property
    def _model(self) -> "_Model":
        with self._loading:
            return self._loaded

    @cached_property
    def _loaded(self) -> "_Model":
        return _Model()


class _Model:
    """The model in memory."""

    def __init__(self) -> None:
        folder = find_folder(DEFAULT_MODEL)
        check_files(folder, PINNED)
        check_files(FILE.parent, PINNED_MATCHER)
        # Imported here because it takes seconds, and most commands never embed anything.
        try:
            import torch
            from safetensors import SafetensorError
            from safetensors.torch import load_file
            from transformers import AutoModel, AutoTokenizer
        except ImportError as error:
            raise ModelError(f"the matcher cannot be imported: {error}. Try: pip install minutebook") from error
        self._torch: Any = torch
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
            self._bert: Any = AutoModel.from_pretrained(str(folder), local_files_only=True).eval()
            learnt = {name: each.float() for name, each in load_file(FILE).items()}
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            raise ModelError(f"the matcher in {folder} and {FILE} cannot be loaded: {error}") from error
        self._projection, self._counts = learnt.pop("projection"), learnt.pop("counts")
        with torch.no_grad():
            for name, each in learnt.items():
                layer, _, what = name.rpartition(".")
                if what == "a":
                    self._bert.get_submodule(layer).weight += learnt[f"{layer}.b"] @ each
                elif what != "b":
                    self._bert.get_parameter(name).copy_(each)

    def tokens(self, texts: Sequence[str], turns: threading.Semaphore) -> list[Tokens]:
        encoded = self._encoded(texts, MOST_TOKENS)
        places = encoded.pop("offset_mapping")[:, :, 0].numpy()
        with turns:
            vectors = self._embedded(encoded)[1].numpy()
        kept = encoded["attention_mask"].bool().numpy()
        return [
            Tokens(places[at][kept[at]].astype(np.uint16), np.rint(vectors[at][kept[at]] * 127).astype(np.int8))
            for at in range(len(texts))
        ]

    def asked(self, question: str, turns: threading.Semaphore) -> AskedTokens:
        encoded = self._encoded([question], MOST_ASKED)
        encoded.pop("offset_mapping")
        with turns:
            hidden, vectors = self._embedded(encoded)
        words = slice(1, -1)  # without what marks the beginning and the end
        weights = self._torch.softmax(hidden[0, words] @ self._counts, 0)
        return AskedTokens(vectors[0, words].numpy(), weights.numpy())

    def _encoded(self, texts: Sequence[str], most: int) -> Any:
        return self._tokenizer(
            list(texts),
            truncation=True,
            max_length=most,
            padding=True,
            return_tensors="pt",
            return_offsets_mapping=True,
        )

    def _embedded(self, encoded: Any) -> tuple[Any, Any]:
        """What the model makes of each word, and its embedding."""
        torch = self._torch
        torch.set_num_threads(1)  # torch keeps this by thread; why one, embed.py says
        with torch.inference_mode():
            hidden = self._bert(**encoded).last_hidden_state
            return hidden, torch.nn.functional.normalize(hidden @ self._projection, dim=-1)
