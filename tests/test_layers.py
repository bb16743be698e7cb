"""A room knows the rooms before it and none after, and each library stays behind the one file that speaks to it."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = PYPROJECT["tool"]["importlinter"]["root_packages"]
LONGEST = 300  # lines; a file past this holds more than one noun

# Library -> the files that may import it, as patterns.
SPEAKERS = {
    "pypdf": ["ingest/pages.py", "ingest/text_*.py"],
    "pypdfium2": ["ingest/pages.py", "ingest/pictures.py", "ingest/text_*.py"],
    "pytesseract": ["ingest/ocr.py"],
    "sentence_transformers": ["index/embed.py", "index/rerank.py"],
    "torch": ["index/embed.py", "index/matcher.py", "index/rerank.py"],
    "httpx": ["answer/llm.py"],
    "faiss": ["index/vectors.py"],
    "tantivy": ["index/words.py"],
    "sqlite3": ["index/*.py", "bot/memory.py"],
    "fastapi": ["api/*.py"],
    "prometheus_client": ["api/metrics.py"],
    "starlette": ["api/*.py", "bot/http.py"],
    "uvicorn": ["api/*.py", "minutebook/*.py"],
    "slack_bolt": ["bot/*.py"],
    "slack_sdk": ["bot/*.py"],
    "typer": ["minutebook/*.py"],
    "rich": ["minutebook/*.py"],
}


def sources() -> list[Path]:
    """Every Python file of the rooms."""
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def imports(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every module imported anywhere under `tree`, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or ""), node.lineno


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter with our contracts on the rooms in `folder`."""
    command = [Path(sys.executable).with_name("lint-imports"), "--config", ROOT / "pyproject.toml", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_rooms_keep_their_contracts() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("ingest", "import index"),
        ("index", "import answer"),
        ("answer", "import api"),
        ("api", "import bot"),
        ("answer", "from minutebook import settings"),
    ],
)
def test_the_contracts_see_an_import_that_points_upwards(tmp_path: Path, room: str, line: str) -> None:
    for each in ROOMS:
        (tmp_path / each).mkdir()
        (tmp_path / each / "__init__.py").touch()
    (tmp_path / "minutebook" / "settings.py").touch()
    (tmp_path / "minutebook" / "errors.py").touch()
    (tmp_path / room / "astray.py").write_text(f"{line}\n", encoding="utf-8")
    (tmp_path / room / "upright.py").write_text("from minutebook import errors\n", encoding="utf-8")
    done = lint_imports(tmp_path)
    assert done.returncode == 1, done.stdout
    assert "astray" in done.stdout
    assert "upright" not in done.stdout


def test_each_library_is_imported_only_where_it_is_spoken_to() -> None:
    astray = []
    for path in sources():
        place = path.relative_to(ROOT).as_posix()
        for module, line in imports(ast.parse(path.read_text(encoding="utf-8"))):
            speakers = SPEAKERS.get(module.split(".")[0])
            if speakers and not any(fnmatch(place, pattern) for pattern in speakers):
                astray.append(f"{place}:{line} imports {module}, which belongs in {' or '.join(speakers)}")
    assert not astray, "\n".join(astray)


def test_no_function_imports_our_own_rooms() -> None:
    astray = []
    # But a command may: nothing stands above the front door, and `--help` must not wait for torch.
    for path in (
        path for path in sources() if not fnmatch(path.relative_to(ROOT).as_posix(), "minutebook/commands*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for module, line in imports(node):
                    if module.split(".")[0] in ROOMS or module.startswith("."):
                        astray.append(f"{path.relative_to(ROOT)}:{line} imports {module} inside a function")
    assert not astray, "\n".join(astray)


def test_no_file_outgrows_its_noun() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    long = [f"{path.relative_to(ROOT)} has {lines} lines" for path, lines in lengths.items() if lines > LONGEST]
    assert not long, "\n".join(long)
