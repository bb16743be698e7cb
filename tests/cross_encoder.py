"""Cross-encoders for tests: a real one with weights made up on the spot, and one that counts shared words."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WORDS = "the council agreed resolved that library open until on from depot sale report pm swimming rents lost".split()


def save_cross_encoder(folder: Path, *, labels: int = 1, seed: int = 3) -> Path:
    """A BERT of one layer with a vocabulary of its own, saved by sentence-transformers as people save theirs."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    raw = folder.with_name(f"{folder.name}-raw")
    raw.mkdir(parents=True)
    letters = [chr(each) for each in range(ord("a"), ord("z") + 1)] + list("0123456789.,:")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *letters, *(f"##{each}" for each in letters)]
    (raw / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(raw / "vocab.txt")).save_pretrained(raw)
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=256, num_labels=labels, initializer_range=0.6,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(raw)
    CrossEncoder(str(raw), device="cpu", local_files_only=True).save_pretrained(str(folder))
    return folder


class Wanting:
    """A reranker that finds nothing good but what holds its words. It remembers what it was given to read."""

    def __init__(self, words: str, name: str = "wanting@1") -> None:
        self.name = name
        self._words = words
        self.read: list[tuple[str, tuple[str, ...]]] = []

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """See `index.rerank.Reranker.score`."""
        self.read.append((question, tuple(passages)))
        found = [1.0 if re.search(self._words, passage) else 0.0 for passage in passages]
        return np.array(found, dtype=np.float32)
