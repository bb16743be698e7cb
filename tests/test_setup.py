"""scripts/setup in a copy of the tree, with a pip that answers as other machines' would."""

import json
import os
import platform
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="only on Linux does torch come with CUDA unasked")

# Stands in for .venv's Python: notes how pip is called, refuses the torch builds it is told to, accepts the rest.
PYTHON = """#!/bin/sh
case "$*" in
  *importlib.metadata*) echo "${TORCH_HELD:-[null, false]}"; exit 0 ;;
  *" install "*) echo "$*" >> "$0.calls" ;;
  *" uninstall "*) echo "$*" >> "$0.undone" ;;
esac
[ -z "$REPORT" ] || for each in "$@"; do
  case "$each" in *report.json) echo "$REPORT" > "$each" ;; esac
done
case "$*" in
  *"--index-url"*"+cpu"*) exit "${WHEELS_STATUS:-1}" ;;
  *"+cpu"*) exit "${HERE_STATUS:-1}" ;;
esac
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The files that setup reads, with a .venv whose Python is the stand-in."""
    for folder in ("scripts", "requirements"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    # The OCR program is taken as there: a test must not install anything on the machine it runs on.
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "tesseract").symlink_to(python)
    return tmp_path


def setup(tree: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs scripts/setup there, with nothing of ours in the environment but `settings`."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("MINUTEBOOK_")}
    path = f"{tree / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = inherited | {"MINUTEBOOK_PYTHON": sys.executable, "PATH": path} | settings
    command = [tree / "scripts" / "setup"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def installs(tree: Path) -> list[str]:
    """What pip was asked to install so far, in order."""
    calls = tree / ".venv" / "bin" / "python.calls"
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


def test_the_build_this_machine_offers_is_taken_first(tree: Path) -> None:
    done = setup(tree, HERE_STATUS="0")
    assert done.returncode == 0, done.stderr
    torch = [call for call in installs(tree) if "torch==" in call]
    assert len(torch) == 1
    assert torch[0].endswith("+cpu")
    assert "--index-url" not in torch[0]


def test_else_the_cpu_wheels_of_torch_itself(tree: Path) -> None:
    done = setup(tree, WHEELS_STATUS="0")
    assert done.returncode == 0, done.stderr
    assert "--index-url" in [call for call in installs(tree) if "torch==" in call][-1]


def test_never_cuda_unasked(tree: Path) -> None:
    done = setup(tree)
    assert done.returncode == 1
    assert "MINUTEBOOK_ALLOW_CUDA=1" in done.stderr
    assert installs(tree)
    assert all(call.endswith("+cpu") for call in installs(tree))


def test_cuda_when_asked(tree: Path) -> None:
    done = setup(tree, MINUTEBOOK_ALLOW_CUDA="1")
    assert done.returncode == 0, done.stderr
    assert any("torch-published.txt" in call and "--require-hashes" in call for call in installs(tree))


def reported(name: str, digest: str) -> str:
    """What pip says of a file that it installed."""
    found = {"url": f"file:///wheels/{quote(name)}", "archive_info": {"hashes": {"sha256": digest}}}
    return json.dumps({"install": [{"download_info": found}]})


def test_a_build_of_torch_is_held_to_its_sum(tree: Path) -> None:
    (listed,) = re.findall(r"^(\w{64})  (\S+)$", (tree / "requirements" / "torch-cpu.txt").read_text(), re.MULTILINE)
    digest, name = listed
    done = setup(tree, HERE_STATUS="0", REPORT=reported(name, digest))
    assert (done.returncode, "trust" in done.stderr) == (0, False)
    (tree / ".venv" / "minutebook-setup").unlink()
    done = setup(tree, HERE_STATUS="0", REPORT=reported(name, "0" * 64))
    assert done.returncode == 1
    assert "is not the file that" in done.stderr
    assert "torch" in (tree / ".venv" / "bin" / "python.undone").read_text()


def test_a_build_of_torch_that_nobody_wrote_down_is_said_to_be_taken_on_trust(tree: Path) -> None:
    done = setup(tree, WHEELS_STATUS="0", REPORT=reported("torch-2.13.0+cpu-cp311-cp311-linux_riscv64.whl", "ab" * 32))
    assert done.returncode == 0, done.stderr
    assert "taken on trust" in done.stderr
    assert "ab" * 32 in done.stderr


def test_the_published_builds_are_those_of_the_version_pinned() -> None:
    pinned = (ROOT / "requirements" / "torch.txt").read_text().strip()
    published = (ROOT / "requirements" / "torch-published.txt").read_text()
    assert f"{pinned} \\\n    --hash=sha256:" in published
    assert pinned.replace("==", "-") in (ROOT / "requirements" / "torch-cpu.txt").read_text()


def test_a_cuda_build_already_there_is_replaced(tree: Path) -> None:
    version = (tree / "requirements" / "torch.txt").read_text(encoding="utf-8").strip().removeprefix("torch==")
    assert setup(tree, TORCH_HELD=f'["{version}", true]', HERE_STATUS="0").returncode == 0
    assert any("torch==" in call for call in installs(tree))


def test_a_second_run_asks_pip_for_nothing(tree: Path) -> None:
    assert setup(tree, HERE_STATUS="0").returncode == 0
    before = installs(tree)
    again = setup(tree)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert installs(tree) == before


def test_a_changed_lock_is_installed(tree: Path) -> None:
    assert setup(tree, HERE_STATUS="0").returncode == 0
    before = len(installs(tree))
    with (tree / "requirements" / "lock.txt").open("a", encoding="utf-8") as lock:
        lock.write("# a change\n")
    assert setup(tree, HERE_STATUS="0").returncode == 0
    assert any("lock.txt" in call for call in installs(tree)[before:])


def test_without_a_fitting_python_it_says_what_to_install(tree: Path) -> None:
    bare = tree / "bare"
    bare.mkdir()
    for program in ("bash", "dirname", "cat"):
        (bare / program).symlink_to(shutil.which(program) or "")
    done = setup(tree, PATH=str(bare), MINUTEBOOK_PYTHON="")
    assert done.returncode == 1
    assert "sudo apt install python3" in done.stderr


def test_an_old_python_is_told_so_in_words(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    main = runpy.run_path(str(ROOT / "scripts" / "environment.py"))["main"]
    assert main() == 1
    assert "3.11 to 3.14" in capsys.readouterr().err
