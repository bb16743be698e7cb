"""The matcher: what it is, that it is refused when damaged, and that its matches mean something."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index import matcher
from index.batches import BATCH
from index.embed import load_embedder
from index.matcher import DIMENSION, FILE, MOST_TOKENS, PINNED_MATCHER, LearntMatcher, Matcher, Tokens
from index.model_files import check_files
from minutebook.errors import ModelError


@pytest.fixture(scope="module")
def real() -> Matcher:
    return LearntMatcher(2)


def match(real: Matcher, question: str, text: str) -> float:
    asked = real.asked(question)
    return float(asked.weights @ asked.likeness(real.tokens([text])[0].vectors).max(axis=1))


def same(one: Tokens, other: Tokens) -> bool:
    """Whether the words are the same ones, and nowhere more than a step of their rounding apart."""
    apart = np.abs(one.vectors.astype(int) - other.vectors.astype(int))
    return np.array_equal(one.places, other.places) and apart.max(initial=0) <= 2


@pytest.mark.model
def test_each_word_has_its_place_and_a_unit_embedding(real: Matcher) -> None:
    text = "Clerk to write to Environment Agency"
    tokens = real.tokens([text])[0]
    words = [text[place:].split()[0] for place in tokens.places[1:-1]]
    assert words == ["Clerk", "to", "write", "to", "Environment", "Agency"]
    assert tokens.places[0] == tokens.places[-1] == 0, "what stands for the whole begins with it"
    assert tokens.vectors.shape == (8, DIMENSION)
    assert np.linalg.norm(tokens.vectors.astype(float) / 127, axis=1) == pytest.approx(1, abs=0.02)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer", "stranger"),
    [
        (
            "did they get rid of the recycling centre?",
            "It was resolved to close the household waste site.",
            "The centre of the village hall floor was recycled from a ship.",
        ),
        (
            "how much are we paying for grass cutting?",
            "The mowing of verges will cost £1,200 a year.",
            "The grass snake was seen cutting across the path.",
        ),
        (
            "who is going to fix the broken street lamp?",
            "Mr Hale will repair the lantern in Mill Lane.",
            "The street party was fixed for 5 June.",
        ),
    ],
)
def test_what_answers_in_other_words_matches_better_than_what_shares_some(
    real: Matcher, question: str, answer: str, stranger: str
) -> None:
    assert match(real, question, answer) > match(real, question, stranger)


@pytest.mark.model
def test_the_order_and_the_company_of_texts_change_nothing(real: Matcher) -> None:
    texts = ["", *(f"Paragraph {number} " + "on drains " * (number * 7 % 40) for number in range(2 * BATCH + 1))]
    together = real.tokens(texts)
    assert len(together) == len(texts)
    assert together[0].vectors.shape == (2, DIMENSION)
    for at in (0, 5, len(texts) - 1):
        assert same(together[at], real.tokens([texts[at]])[0])


@pytest.mark.model
def test_a_long_text_is_read_as_far_as_the_model_reads_and_a_question_too(real: Matcher) -> None:
    assert len(real.tokens(["drains " * 1000])[0].places) == MOST_TOKENS
    asked = real.asked("drains " * 1000)
    assert len(asked.vectors) == len(asked.weights) == matcher.MOST_ASKED - 2
    assert asked.weights.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.model
def test_a_question_without_a_word_matches_nothing(real: Matcher) -> None:
    asked = real.asked(" ")
    assert asked.likeness(real.tokens(["drains"])[0].vectors).shape == (0, 3)


@pytest.mark.model
def test_threads_may_share_it(real: Matcher) -> None:
    questions = [f"what of the {word}? " * (at % 5 + 1) for at, word in enumerate(("bins", "lights", "precept") * 5)]
    expected = [real.asked(question).vectors for question in questions]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda question: real.asked(question).vectors, questions))
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=1e-5)


@pytest.mark.model
def test_every_embedder_has_it() -> None:
    assert load_embedder().matcher.name == matcher.NAME
    assert matcher.NAME.endswith(PINNED_MATCHER[FILE.name][:12])


def test_it_is_the_pinned_one() -> None:
    check_files(FILE.parent, PINNED_MATCHER)


def test_a_changed_one_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied = Path(shutil.copy(FILE, tmp_path))
    content = bytearray(copied.read_bytes())
    content[len(content) // 2] ^= 1
    copied.write_bytes(content)
    monkeypatch.setattr(matcher, "FILE", copied)
    with pytest.raises(ModelError, match=r"matcher\.safetensors is not the file it should be"):
        LearntMatcher().asked("what of the bins?")


def test_importing_it_does_not_import_the_model_library() -> None:
    code = "import sys, index.matcher; print({'torch', 'transformers'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout == "set()\n"
