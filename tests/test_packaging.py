"""What is installed, and what a wheel carries: names of our own, every room, every file in one."""

import ast
import importlib.metadata
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
PACKAGES = PYPROJECT["tool"]["setuptools"]["packages"]
ROOMS = sorted({package.split(".")[0] for package in PACKAGES})
LEFT_BEHIND = shutil.ignore_patterns("__pycache__", "*.pyc")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what goes into a wheel: building leaves files behind."""
    tree = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", PROJECT["readme"], *PROJECT["license-files"]):
        shutil.copy(ROOT / name, tree / name)
    for room in ROOMS:
        shutil.copytree(ROOT / room, tree / room, ignore=LEFT_BEHIND)
    return tree


@pytest.fixture(scope="module")
def wheel(tree: Path) -> zipfile.ZipFile:
    """The wheel built from that copy."""
    build = "import setuptools.build_meta as builder; print(builder.build_wheel('.'))"
    done = subprocess.run([sys.executable, "-c", build], cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(tree / done.stdout.splitlines()[-1])


def test_no_other_distribution_ships_our_names() -> None:
    owners = importlib.metadata.packages_distributions()
    assert {room: set(owners.get(room, [])) for room in ROOMS} == {room: {"minutebook"} for room in ROOMS}


def test_no_room_hides_a_module_of_python_itself() -> None:
    assert not sys.stdlib_module_names & set(ROOMS)


def test_a_public_index_would_refuse_the_upload() -> None:
    assert "Private :: Do Not Upload" in importlib.metadata.metadata("minutebook").get_all("Classifier", [])


def test_every_package_is_listed() -> None:
    found = {
        ".".join(init.parent.relative_to(ROOT).parts) for room in ROOMS for init in (ROOT / room).rglob("__init__.py")
    }
    assert found == set(PACKAGES)


def test_the_wheel_carries_every_file_of_the_rooms_and_nothing_else(tree: Path, wheel: zipfile.ZipFile) -> None:
    files = [path for room in ROOMS for path in (tree / room).rglob("*") if path.is_file()]
    wanted = {path.relative_to(tree).as_posix() for path in files}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == wanted


def test_the_wheel_carries_the_command_and_the_licence(wheel: zipfile.ZipFile) -> None:
    information = {name.split(".dist-info/")[1]: name for name in wheel.namelist() if ".dist-info/" in name}
    assert "minutebook = minutebook.cli:main" in wheel.read(information["entry_points.txt"]).decode()
    assert wheel.read(information["licenses/LICENSE"]) == (ROOT / "LICENSE").read_bytes()


def test_the_versions_installed_are_the_versions_asked_for() -> None:
    wrong = []
    for line in importlib.metadata.requires("minutebook") or []:
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({**default_environment(), "extra": "dev"}):
            version = importlib.metadata.version(need.name)
            if not need.specifier.contains(version, prereleases=True):
                wrong.append(f"{need} is asked for, {version} installed")
    assert not wrong, "\n".join(wrong)


def test_every_library_that_a_room_imports_is_asked_for() -> None:
    asked = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    owners = importlib.metadata.packages_distributions()
    stray = []
    for path in (path for room in ROOMS for path in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for top in {name.split(".")[0] for name in names} - sys.stdlib_module_names - set(ROOMS):
                if not {canonicalize_name(owner) for owner in owners.get(top, [])} & asked:
                    stray.append(f"{path.relative_to(ROOT)}:{node.lineno} imports {top}")
    assert not stray, "\n".join(stray)


def locked() -> dict[str, list[Requirement]]:
    """Every line of the lock and torch's own pin, by name; a name may have a version for each Python."""
    lines = [
        line.rstrip(" \\")
        for name in ("lock.txt", "torch.txt")
        for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
        if re.match(r"\w", line)
    ]
    pins: dict[str, list[Requirement]] = {}
    for line in lines:
        pin = Requirement(line)
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def test_the_lock_holds_a_fitting_version_of_everything_asked_for() -> None:
    pins = locked()
    wrong = []
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]:
        need = Requirement(line)
        held = pins.get(canonicalize_name(need.name), [])
        versions = [next(iter(pin.specifier)).version for pin in held]
        if not held or not all(need.specifier.contains(version) for version in versions):
            wrong.append(f"{need} is asked for, the lock holds {versions}: run scripts/lock")
    assert not wrong, "\n".join(wrong)


def test_everything_in_the_lock_is_pinned_and_has_its_hash() -> None:
    text = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"^(?=\w)", text, flags=re.MULTILINE) if re.match(r"\w", entry)]
    assert len(entries) > len(PROJECT["dependencies"])
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_lock_names_no_place_to_fetch_from() -> None:
    text = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
