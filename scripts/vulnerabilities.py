"""Known vulnerabilities of the locked packages and of torch, by pip-audit. Run by scripts/audit in .venv.

pip-audit calls a package that its database does not answer for "not found", and ends well. Here that is told apart:
nothing looked up is not nothing found.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LISTS = ("lock.txt", "torch-published.txt")
#: Seconds for one answer of the database, and for all of them.
ONE, ALL = 8, 180


def main(arguments: list[str]) -> int:
    """Gives the exit status: 1 where something known is wrong with what is locked, otherwise 0."""
    with tempfile.TemporaryDirectory() as place:
        found, said = looked_up(Path(place), arguments)
    skipped = [each for each in found if "skip_reason" in each]
    looked = [each for each in found if "skip_reason" not in each]
    wrong = [each for each in looked if each["vulns"]]
    for each in wrong:
        for one in each["vulns"]:
            mended = ", ".join(one["fix_versions"]) or "nothing yet"
            names = " ".join(dict.fromkeys((one["id"], *one.get("aliases", ()))))
            print(f"{each['name']} {each['version']}: {names}, mended in {mended}")
    if not looked:
        reason = skipped[0]["skip_reason"] if skipped else said
        print(
            "Known vulnerabilities were NOT looked up: the database did not answer. This says nothing of the packages; "
            f"run scripts/audit where it can be reached. pip-audit said: {reason}"
        )
        return 0
    if skipped:
        print(f"Not looked up: {', '.join(each['name'] for each in skipped)}")
    count = sum(len(each["vulns"]) for each in wrong)
    print(f"{len(looked)} packages looked up, {count} known vulnerabilities")
    return 1 if wrong else 0


def looked_up(place: Path, arguments: list[str]) -> tuple[list[dict[str, Any]], str]:
    """What pip-audit says of each package, and its last words where it said nothing."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner", "off"]
    command += ["--format", "json", "--timeout", str(ONE), "--cache-dir", str(place)]
    for name in LISTS:
        command += ["-r", str(ROOT / "requirements" / name)]
    try:
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, timeout=ALL)
    except subprocess.TimeoutExpired:
        return [], f"nothing within {ALL} seconds"
    last = (done.stderr.strip().splitlines() or ["nothing"])[-1]
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError):
        return [], last
    return found, last


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
