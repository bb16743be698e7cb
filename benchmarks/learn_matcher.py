"""How index/matcher.safetensors was learnt: which of two passages answers a question, from their words one by one.

    python benchmarks/learn_matcher.py HOME GOLD.jsonl [GOLD.jsonl ...] [--also HOME GOLD.jsonl [GOLD.jsonl ...]]
        [--leave-out BODY ...] [--to FILE]

HOME holds the papers; the questions are in the format of corpus/questions.jsonl, some thousands of them, in the words
of people who have not seen the passage. Each is learnt from with the passages that the index finds for it: the right
one against those that come before it or near it (a softmax over them, as in Cao et al., "Learning to Rank: From
Pairwise Approach to Listwise Approach", ICML 2007), two times in three on top of what the other signs say, so that it
is what they miss that is learnt. The plain model stays as it is; laid over it are matrices of rank 16 (LoRA).
`--leave-out` keeps the questions of some bodies back and says how well theirs are ranked. One epoch, which is what was
learnt, of 2,700 questions takes half an hour on one core.
"""

import argparse
import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer

sys.path.insert(0, str(Path(__file__).parents[1]))

from learn_weights import Case, read_cases

from answer.passages import Passage
from answer.signs import SIGNS
from answer.weights import WEIGHTS
from index.chunks import embedded
from index.embed import load_embedder
from index.library import Library
from index.matcher import DIMENSION, FILE, MOST_ASKED, AskedTokens, Tokens
from index.model_files import DEFAULT_MODEL, find_folder

RANK = 16
RATE = 4e-4
AT_ONCE = 4  # questions a step
WRONG = 7  # passages a question is learnt from beside the right one
READ = 128  # tokens of a passage: enough to tell it by, and twice as quick as all
FOUND = 24  # of the passages found, those that the wrong ones are drawn from
PARTS = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
PARTS += ("intermediate.dense", "output.dense")
NORMS = ("attention.output.LayerNorm", "output.LayerNorm")  # few numbers, learnt anew as they are


@dataclass(frozen=True)
class Example:
    """A question and its best passages, each with its text, what it is worth and how the other signs weigh it."""

    question: str
    texts: tuple[str, ...]
    worth: np.ndarray
    scores: np.ndarray


class Nothing:
    """Matches no word with any other, so that what is found owes nothing to what was learnt before."""

    name = "nothing"

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        return [Tokens(np.empty(0, np.uint16), np.empty((0, DIMENSION), np.int8)) for _ in texts]

    def asked(self, _: str) -> AskedTokens:
        return AskedTokens(np.empty((0, DIMENSION), np.float32), np.empty(0, np.float32))


class Over(nn.Module):
    """A layer that stays as it is, with what is learnt laid over it."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        self.layer = layer
        self.a = nn.Parameter(torch.randn(RANK, layer.in_features) / math.sqrt(layer.in_features))
        self.b = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, rows: Tensor) -> Tensor:
        return self.layer(rows) + (rows @ self.a.T) @ self.b.T


class Learner(nn.Module):
    """The model of index/matcher.py while it learns."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        folder = str(find_folder(DEFAULT_MODEL))
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.bert: Any = AutoModel.from_pretrained(folder)
        self.projection = nn.Parameter(self._chief_directions(texts))
        self.counts = nn.Parameter(torch.zeros(self.bert.config.hidden_size))
        self.scale = nn.Parameter(torch.tensor(9.0).log())  # a cosine to the units of the signs' scores
        for each in self.bert.parameters():
            each.requires_grad_(False)
        for layer in self.bert.encoder.layer:
            for part in PARTS:
                parent, _, name = part.rpartition(".")
                setattr(layer.get_submodule(parent), name, Over(layer.get_submodule(part)))
            for part in NORMS:
                layer.get_submodule(part).requires_grad_(True)

    def forward(self, question: str, texts: Sequence[str]) -> Tensor:
        """How well each text matches the question; shape (n,)."""
        asked = self.bert(**self._encoded([question], MOST_ASKED)).last_hidden_state[0, 1:-1].float()
        encoded = self._encoded(texts, READ)
        found = self.bert(**encoded).last_hidden_state.float()
        kept = encoded["attention_mask"].bool()
        like = torch.einsum("qd,ntd->nqt", self._words(asked), self._words(found)).float()
        best = like.masked_fill(~kept[:, None, :], -1).max(-1).values
        return self.scale.exp() * best @ torch.softmax(asked @ self.counts, 0)

    def learnt(self) -> dict[str, Tensor]:
        """What was learnt, as index/matcher.py reads it."""
        held = {name: each for name, each in self.named_parameters() if each.requires_grad and name != "scale"}
        return {name.removeprefix("bert."): each.detach().half().contiguous() for name, each in held.items()}

    def _words(self, hidden: Tensor) -> Tensor:
        return functional.normalize((hidden @ self.projection).float(), dim=-1)

    def _encoded(self, texts: Sequence[str], most: int) -> Any:
        return self.tokenizer(list(texts), truncation=True, max_length=most, padding=True, return_tensors="pt")

    def _chief_directions(self, texts: Sequence[str]) -> Tensor:
        """Where the plain model's words differ most: the first directions of a principal component analysis."""
        with torch.inference_mode():
            encoded = self._encoded(texts, READ)
            rows = self.bert(**encoded).last_hidden_state[encoded["attention_mask"].bool()]
        return torch.linalg.svd(functional.normalize(rows, dim=-1), full_matrices=False)[2][:DIMENSION].T.clone()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--also", type=Path, nargs="+", action="append", default=[], metavar="HOME GOLD")
    parser.add_argument("--leave-out", nargs="+", default=[], metavar="BODY", help="a part of a body's name")
    parser.add_argument("--epochs", type=float, default=1)
    parser.add_argument("--to", type=Path, default=FILE)
    arguments = parser.parse_args()
    embedder = load_embedder(matcher=Nothing())
    taught, kept_back = [], []
    for home, *files in ([arguments.home, *arguments.gold], *arguments.also):
        for case in read_cases(Library.open(home, embedder), files, scans=True):
            if len(case.worth) and case.worth.max() > 0:
                left_out = any(part in case.body for part in arguments.leave_out)
                (kept_back if left_out else taught).append(example(case))
    print(f"{len(taught)} questions to learn from, {len(kept_back)} kept back", flush=True)
    random.seed(1)
    torch.manual_seed(1)
    torch.set_num_threads(1)
    learner = Learner([text for each in random.sample(taught, min(60, len(taught))) for text in each.texts[:3]])
    learn(learner, taught, arguments.epochs)
    save_file(learner.learnt(), arguments.to)
    if kept_back:
        show(learner, kept_back)


def example(case: Case) -> Example:
    """A case as it is learnt from."""
    weights = np.array([0.0 if name == "match" else WEIGHTS.get(name, 0.0) for name in SIGNS])
    scores = case.signs @ weights
    best = np.argsort(-scores, kind="stable")[: FOUND + 16]
    texts = tuple(text_of(case.library, case.passages[n]) for n in best)
    return Example(case.gold.question, texts, case.worth[best], scores[best])


def text_of(library: Library, passage: Passage) -> str:
    """A passage as its words are embedded: after the context of its chunk."""
    paragraphs = passage.shelf.paragraphs[passage.first : passage.last + 1]
    first = next(chunk for chunk, _, last in passage.shelf.chunks if last >= passage.first)
    context = library.store.chunks([first])[first].context
    return embedded(context, "\n".join(each.text for each in paragraphs if each.kind not in ("heading", "contents")))


def learn(learner: Learner, examples: Sequence[Example], epochs: float) -> None:
    """Each question once an epoch, in another order; the rate goes up at first and then down to nothing."""
    moved = [each for each in learner.parameters() if each.requires_grad]
    counting = [learner.counts, learner.scale]
    slow = [learner.projection]
    others = [each for each in moved if all(each is not one for one in (*counting, *slow))]
    groups = [{"params": params, "times": times} for params, times in ((others, 1), (counting, 3), (slow, 0.3))]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
    order: list[Example] = []
    steps = int(epochs * len(examples))
    while len(order) < steps:
        order += random.sample(examples, len(examples))
    learner.train()
    began, lost = time.monotonic(), 0.0
    for step, each in enumerate(order[:steps], 1):
        if (chosen := drawn(each)) is not None:
            with torch.autocast("cpu", torch.bfloat16):
                matches = learner(each.question, [each.texts[n] for n in chosen]).float()
            on_top_of = torch.from_numpy(each.scores[chosen]).float() * random.choice((1, 1, 0))
            loss = -torch.log_softmax(matches + on_top_of, 0)[0]
            (loss / AT_ONCE).backward()
            lost += loss.item()
        if step % AT_ONCE == 0:
            for group in optimizer.param_groups:
                group["lr"] = RATE * group["times"] * min(1, step / 100) * (1 - step / steps)
            nn.utils.clip_grad_norm_(moved, 1.0)
            optimizer.step()
            optimizer.zero_grad()
        if step % 200 == 0:
            print(f"{step} of {steps}: loss {lost / 200:.3f}, {time.monotonic() - began:.0f} s", flush=True)
            lost = 0.0


def drawn(example: Example) -> list[int] | None:
    """The number of a right passage, and then those of wrong ones: mostly those that rank best."""
    best = example.worth.max()
    right = np.flatnonzero(example.worth >= best - 1e-6).tolist()
    wrong = np.flatnonzero(example.worth[:FOUND] < best - 0.15).tolist()
    if not wrong:
        return None
    hardest = wrong[:10]
    random.shuffle(hardest)
    first = right[0] if random.random() < 0.7 else random.choice(right)
    return [first, *hardest[: WRONG - 2], *random.sample(wrong, min(2, len(wrong)))]


def show(learner: Learner, examples: Sequence[Example]) -> None:
    """How often a right page, and the best passage, comes first of ten, by how much the match counts."""
    learner.eval()
    with torch.inference_mode():
        matches = [learner(each.question, each.texts[:10]).numpy() for each in examples]
    for times in (0, 0.5, 1, 2, 4):
        first = [int(np.argmax(each.scores[:10] + times * its)) for each, its in zip(examples, matches, strict=True)]
        page = np.mean([each.worth[n] > 0 for each, n in zip(examples, first, strict=True)])
        best = np.mean([each.worth[n] > 0.9 for each, n in zip(examples, first, strict=True)])
        print(f"match times {times}: page {page:.3f}, best passage {best:.3f}")


if __name__ == "__main__":
    main()
