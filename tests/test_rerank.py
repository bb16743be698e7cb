"""A reranker by setting: a real cross-encoder is loaded and read with, and what it says of passages tells."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from answer.ask import ask
from answer.reranked import READ
from index.library import Library
from index.model_files import DEFAULT_MODEL, find_folder
from index.rerank import MOST_TOKENS, Reranker, load_reranker
from minutebook import opening
from minutebook.doctor import examine
from minutebook.errors import ModelError
from minutebook.settings import Settings, read_settings
from tests.cross_encoder import Wanting, save_cross_encoder
from tests.embedder import FakeEmbedder
from tests.held import library_of

PASSAGES = ["the council agreed the sale", "rents were lost", "", "the library is open until 8 pm", "swimming " * 400]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_cross_encoder(tmp_path_factory.mktemp("models") / "tiny-reranker")


@pytest.fixture(scope="module")
def real(folder: Path) -> Reranker:
    return load_reranker(folder)


@pytest.mark.model
def test_each_passage_gets_a_number_of_its_own_in_their_order(real: Reranker) -> None:
    scores = real.score("what was agreed on the depot", PASSAGES)
    assert scores.shape == (len(PASSAGES),)
    assert np.all((scores > 0) & (scores < 1))
    assert len({round(float(score), 5) for score in scores}) == len(PASSAGES)
    for at, passage in enumerate(PASSAGES):
        assert real.score("what was agreed on the depot", [passage])[0] == pytest.approx(scores[at], abs=1e-5)
    assert real.score("swimming", PASSAGES) != pytest.approx(scores, abs=1e-4)
    assert real.score("swimming", []).shape == (0,)


@pytest.mark.model
def test_no_more_of_a_passage_is_read_than_there_is_time_for(real: Reranker) -> None:
    start = "swimming " * MOST_TOKENS
    assert real.score("rents", [start])[0] == pytest.approx(real.score("rents", [start + "lost " * 90])[0], abs=1e-6)
    assert real.score("rents", ["swimming"])[0] != pytest.approx(real.score("rents", ["swimming lost"])[0], abs=1e-5)


@pytest.mark.model
def test_threads_may_share_it(real: Reranker) -> None:
    questions = [f"what of the {word}? " * (at % 4 + 1) for at, word in enumerate(("depot", "rents", "sale") * 6)]
    expected = [real.score(question, PASSAGES) for question in questions]
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda question: real.score(question, PASSAGES), questions))
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other, abs=1e-5)


@pytest.mark.model
def test_its_name_is_its_folders_and_its_weights(folder: Path, real: Reranker, tmp_path: Path) -> None:
    other = load_reranker(save_cross_encoder(tmp_path / folder.name, seed=4))
    assert real.name.startswith("tiny-reranker@")
    assert other.name.startswith("tiny-reranker@")
    assert real.name == load_reranker(folder).name != other.name


@pytest.mark.model
def test_loading_and_reading_use_no_network(folder: Path) -> None:
    """In a process of its own, as a library may ask the network only when first imported."""
    code = (
        "import socket, sys, pathlib\n"
        "def refuse(*_, **__): raise AssertionError('the network was asked')\n"
        "socket.getaddrinfo = socket.create_connection = socket.socket.connect = refuse\n"
        "from index.rerank import load_reranker\n"
        "assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)\n"
        "print(load_reranker(pathlib.Path(sys.argv[1])).score('bins', ['rents']).shape)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "(1,)\n"), done.stderr


def test_a_folder_that_is_not_there_or_holds_no_cross_encoder_is_said_in_words(tmp_path: Path) -> None:
    for folder, words in (
        (tmp_path / "nowhere", "no such folder"),
        (tmp_path, r"no config\.json"),
        # A model for embeddings would be given a head of random weights, and rank at random.
        (find_folder(DEFAULT_MODEL), "holds BertModel, not a cross-encoder"),
    ):
        with pytest.raises(ModelError, match=f"MINUTEBOOK_RERANKER: .*{words}.*leave it out"):
            load_reranker(folder)


@pytest.mark.parametrize("config", ["{", "[]", '{"architectures": 7}', "{}", '{"architectures": ["BertModel"]}'])
def test_a_config_that_is_none_is_said_in_words(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(ModelError, match=r"MINUTEBOOK_RERANKER: .*leave it out"):
        load_reranker(tmp_path)


@pytest.mark.model
def test_a_model_that_is_damaged_or_gives_more_than_one_score_is_said_in_words(tmp_path: Path) -> None:
    several = save_cross_encoder(tmp_path / "several", labels=3)
    with pytest.raises(ModelError, match="gives 3 scores and not one"):
        load_reranker(several)
    weights = several / "model.safetensors"
    weights.write_bytes(b"\xff" * 64)
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_reranker(several)
    weights.unlink()
    with pytest.raises(ModelError, match=r"MINUTEBOOK_RERANKER: .*holds none of"):
        load_reranker(several)


PAGES = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 1 Pavilion
1.1 RESOLVED that the pavilion roof be mended by volunteers in the spring.
# 2 Pavilion roof
2.1 RESOLVED that a builder be asked for a price to mend the pavilion roof.
# 3 Benches
3.1 Three benches stand by the pond. One of them has no back.
"""
QUESTION = "what was resolved on mending the pavilion roof?"


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("parks")
    library_of(home, {"minutes.pdf": [PAGES]}).close()
    return home


def first_said(home: Path, reranker: Reranker | None) -> tuple[str, str]:
    with closing(Library.open(home, FakeEmbedder(), reranker)) as library:
        answer = ask(library, QUESTION)
        assert all(each.n == at for at, each in enumerate(answer.citations, 1))
        return answer.citations[0].paragraph or "", answer.answer_id


def test_what_it_finds_better_comes_first(parks: Path) -> None:
    plain, plain_id = first_said(parks, None)
    volunteers, builder = Wanting("volunteers", "a@1"), Wanting("builder", "b@1")
    assert first_said(parks, volunteers)[0] == "1.1"
    assert first_said(parks, builder)[0] == "2.1"
    ((question, read),) = builder.read
    assert question == QUESTION
    assert len(read) <= READ
    assert any("Pavilion roof" in each and "a builder be asked" in each for each in read), "with its heading"
    # One that finds all passages alike changes nothing; and an answer tells by its id how it was found.
    alike, alike_id = first_said(parks, Wanting("zeppelin", "c@1"))
    assert alike == plain
    ids = {plain_id, alike_id, first_said(parks, volunteers)[1], first_said(parks, builder)[1]}
    assert len(ids) == 4
    assert first_said(parks, None) == (plain, plain_id)


def test_a_newer_generation_keeps_it(parks: Path, tmp_path: Path) -> None:
    reranker = Wanting("builder")
    with closing(library_of(tmp_path / "home", {"minutes.pdf": [PAGES]})) as held:
        generation = held.generation
    with closing(Library.open(tmp_path / "home", FakeEmbedder(), reranker)) as library:
        with library.store.connection as connection:
            connection.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (str(generation + 1),))
        newer = library.refresh()
        assert newer is not library
        assert newer.reranker is reranker
        newer.close()


@pytest.mark.model
def test_the_setting_names_it_and_the_doctor_says_whether_it_loads(
    folder: Path, parks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_embedder", lambda *_, **__: FakeEmbedder())
    environment = {"MINUTEBOOK_HOME": str(parks), "MINUTEBOOK_RERANKER": str(folder)}
    settings = read_settings(environment)
    with opening.opened_library(settings) as library:
        assert library.reranker is not None
        assert library.reranker.name.startswith("tiny-reranker@")
        assert ask(library, QUESTION).outcome == "decided"

    def said(settings: Settings) -> tuple[str, str]:
        (check,) = [check for check in examine(settings) if check.name == "Reranker"]
        return check.state, check.words

    assert said(settings) == ("fine", library.reranker.name)
    assert said(read_settings({"MINUTEBOOK_HOME": str(parks)}))[0] == "fine"
    state, words = said(read_settings({**environment, "MINUTEBOOK_RERANKER": str(folder / "nowhere")}))
    assert state == "do"
    assert "MINUTEBOOK_RERANKER" in words
