"""Makes .venv: a CPU build of torch, the locked packages, this project. Runs on a bare Python, 3.11 to 3.14.

A stamp in .venv says what was installed; while it holds, there is nothing to do and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "minutebook-setup"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements" / "lock.txt"
TORCH = ROOT / "requirements" / "torch.txt"
TORCH_PUBLISHED = ROOT / "requirements" / "torch-published.txt"
TORCH_CPU = ROOT / "requirements" / "torch-cpu.txt"
CPU_WHEELS = "https://download.pytorch.org/whl/cpu"
OLDEST, TOO_NEW = (3, 11), (3, 15)  # torch as pinned has no build for 3.15

# Run by .venv's own Python: which torch is there, and whether it is a build that brings CUDA.
TORCH_FACTS = """
import importlib.metadata, json
try:
    torch = importlib.metadata.distribution("torch")
except importlib.metadata.PackageNotFoundError:
    print("[null, false]")
else:
    needs = " ".join(torch.requires or []).lower()
    print(json.dumps([torch.version, "+cu" in torch.version or "nvidia" in needs or "cuda" in needs]))
"""

NO_CPU_TORCH = """\
No build of torch {version} without CUDA was found, neither where pip looks on this machine nor at
{wheels}. The ordinary Linux build brings gigabytes of CUDA libraries, so it is
not fetched unasked. Choose one:
  - let this machine reach the address above, or give pip a folder that holds the wheel
    (PIP_FIND_LINKS=/that/folder), and run this again;
  - take the CUDA build: MINUTEBOOK_ALLOW_CUDA=1 scripts/setup
What pip said last: {said}"""

NO_VENV = """\
This Python ({python}) cannot make a virtual environment: its venv part is missing.
On Debian and Ubuntu: sudo apt install {package}"""

NO_TESSERACT = """\
OCR: the tesseract program is not here, so pages that are only a picture will be listed as unread.
  Debian, Ubuntu   sudo apt install tesseract-ocr
  Fedora           sudo dnf install tesseract
  macOS            brew install tesseract
  Windows          winget install UB-Mannheim.TesseractOCR"""


class SetupFailure(Exception):
    """Setup cannot go on; `str()` of it says why and what to do."""


def main() -> int:
    """Brings .venv up to date. Gives the exit status: 0, or 1 with the reason on stderr."""
    if not OLDEST <= sys.version_info < TOO_NEW:
        say(f"Minutebook needs Python 3.11 to 3.14; this is {platform.python_version()} ({sys.executable}).")
        return 1
    try:
        stamp = wanted_stamp()
        if stamp_held() == stamp:
            return 0
        make_venv()
        install_torch()
        install_locked()
        install_project()
        find_tesseract()
    except SetupFailure as failure:
        say(str(failure))
        return 1
    STAMP.write_text(stamp, encoding="utf-8")
    say("Ready.")
    return 0


def wanted_stamp() -> str:
    """What .venv must have been made from: the locks, the project's own needs, and where it stands."""
    # A virtual environment cannot be moved, so its place is part of what it is.
    digest = hashlib.sha256(str(VENV).encode())
    for path in (LOCK, TORCH, TORCH_PUBLISHED, TORCH_CPU, ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamp_held() -> str | None:
    """The stamp in .venv, or None where there is none or .venv's Python has gone."""
    if not STAMP.is_file() or not PYTHON.exists():
        return None
    return STAMP.read_text(encoding="utf-8")


def make_venv() -> None:
    """Makes .venv, or keeps the one there if its Python and pip still run. Raises SetupFailure."""
    if PYTHON.exists() and run([PYTHON, "-m", "pip", "--version"]).returncode == 0:
        return
    say(f"Making .venv with Python {platform.python_version()} …")
    made = run([sys.executable, "-m", "venv", "--clear", VENV])
    if made.returncode == 0:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if is_debian() and run([sys.executable, "-c", "import ensurepip"]).returncode != 0:
        # Only the system's own Python can be completed by apt.
        if is_root() and sys.executable.startswith("/usr/bin/") and apt_install(package):
            made = run([sys.executable, "-m", "venv", "--clear", VENV])
            if made.returncode == 0:
                return
        raise SetupFailure(NO_VENV.format(python=sys.executable, package=package))
    raise SetupFailure(f"Making .venv failed:\n{made.stdout.strip()}")


def install_torch() -> None:
    """Installs the pinned torch without CUDA, from the first place that has it. Raises SetupFailure."""
    pinned = next(line for line in TORCH.read_text(encoding="utf-8").splitlines() if line.startswith("torch=="))
    version = pinned.removeprefix("torch==").strip()
    allow_cuda = os.environ.get("MINUTEBOOK_ALLOW_CUDA", "") == "1"
    if has_torch(version, allow_cuda):
        return
    say(f"Installing torch {version} (about 200 MB) …")
    if platform.system() != "Linux":
        # The public index's builds for macOS and Windows have no CUDA in them.
        must(install_published(), f"torch {version} could not be installed")
        return
    cpu = f"{pinned}+cpu"
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.json"
        told = ("install", "--no-deps", "--report", str(report))
        here = pip(*told, cpu)
        if here.returncode == 0:
            check_build(report)
            return
        there = pip(*told, "--timeout", "15", "--retries", "1", "--index-url", CPU_WHEELS, cpu)
        if there.returncode == 0:
            check_build(report)
            return
    if not allow_cuda:
        said = (there.stdout.strip().splitlines() or ["nothing"])[-1]
        raise SetupFailure(NO_CPU_TORCH.format(version=version, wheels=CPU_WHEELS, said=said))
    say("Taking the CUDA build, as asked: several gigabytes …")
    must(install_published(), f"torch {version} could not be installed")
    must(pip("install", pinned), f"what torch {version} needs could not be installed")


def install_published() -> subprocess.CompletedProcess[str]:
    """Installs torch as the public index has it; pip refuses a file whose hash is not in requirements/."""
    return pip("install", "--no-deps", "--require-hashes", "-r", str(TORCH_PUBLISHED))


def check_build(report: Path) -> None:
    """Holds the CPU build just installed to its sum in requirements/. Raises SetupFailure, and takes it out again.

    A wheel runs nothing while it is installed, so there is time. A build that is not in the list is said to be so:
    which builds there are differs from machine to machine, and not all of their sums can be known beforehand.
    """
    if not report.is_file():
        return
    told = json.loads(report.read_text(encoding="utf-8"))
    for each in told.get("install", []):
        found = each["download_info"]
        name = unquote(found["url"].rsplit("/", 1)[-1])
        digest = found.get("archive_info", {}).get("hashes", {}).get("sha256", "unknown")
        rows = (line.split() for line in TORCH_CPU.read_text(encoding="utf-8").splitlines())
        known = {row[1]: row[0] for row in rows if len(row) == 2 and row[0] != "#"}
        if name not in known:
            say(f"{name} is not in requirements/{TORCH_CPU.name}, so it is taken on trust; its SHA-256 is {digest}")
        elif known[name] != digest:
            run([PYTHON, "-m", "pip", "uninstall", "--yes", "torch"])
            raise SetupFailure(
                f"{name}, from {found['url']}, is not the file that requirements/{TORCH_CPU.name} knows: its SHA-256 "
                f"is {digest}. It was taken out again; see where it comes from before anything else."
            )


def has_torch(version: str, allow_cuda: bool) -> bool:
    """Whether .venv holds this version of torch, in a build that may stay."""
    facts = run([PYTHON, "-c", TORCH_FACTS])
    if facts.returncode != 0:
        return False
    installed, cuda = json.loads(facts.stdout)
    return installed is not None and installed.split("+")[0] == version and (allow_cuda or not cuda)


def install_locked() -> None:
    """Installs every locked package, each file checked against its hash. Raises SetupFailure."""
    say("Installing the locked packages …")
    # The lock is whole, so nothing is left to resolve; wheels only, so nothing is built here.
    done = pip("install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    must(done, f"The packages in {LOCK.relative_to(ROOT)} could not be installed for Python {venv_version()}")


def install_project() -> None:
    """Installs this project so that its source is what runs, then asks pip whether all fits. Raises SetupFailure."""
    must(
        pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)),
        "Minutebook could not be installed",
    )
    checked = run([PYTHON, "-m", "pip", "check"])
    if checked.returncode != 0:
        say(f"Packages in .venv do not fit together:\n{checked.stdout.strip()}")


def find_tesseract() -> None:
    """Looks for the OCR program; as root on Debian installs it. Never fails: OCR is the one part that may be absent."""
    if shutil.which("tesseract"):
        return
    if is_debian() and is_root():
        say("Installing tesseract-ocr, for pages that are only a picture …")
        if apt_install("tesseract-ocr"):
            return
    say(NO_TESSERACT)


def venv_version() -> str:
    """The version of .venv's Python, as "3.11.9"."""
    return run([PYTHON, "-c", "import platform; print(platform.python_version())"]).stdout.strip()


def is_debian() -> bool:
    """Whether packages come by apt here."""
    return shutil.which("apt-get") is not None


def is_root() -> bool:
    """Whether this may install packages for the whole machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(package: str) -> bool:
    """Installs a Debian package; False where it could not."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    if run(install, quiet).returncode == 0:
        return True
    return run(["apt-get", "update", "-q"], quiet).returncode == 0 and run(install, quiet).returncode == 0


def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs .venv's pip without questions; its output comes back with the result."""
    return run([PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", *arguments])


def must(done: subprocess.CompletedProcess[str], otherwise: str) -> None:
    """Raises SetupFailure with these words and the program's own last ones, if it failed."""
    if done.returncode != 0:
        last = "\n".join(done.stdout.strip().splitlines()[-20:])
        raise SetupFailure(f"{otherwise}:\n{last}")


def run(command: Sequence[str | Path], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end, stdout and stderr together as text."""
    return subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=env,
        cwd=ROOT,
        check=False,
    )


def say(words: str) -> None:
    """One message to the person, on stderr: stdout belongs to whatever is run next."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
