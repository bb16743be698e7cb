"""Kills ingests, backups and restores at hundreds of random moments and looks whether what they leave is whole.

python benchmarks/kill_ingest.py 300

Says how many of the ingests were cut off; an assertion fails at the first home that is mixed or cannot go on.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.killing import backups_killed, killed_again_and_again


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("points", type=int, nargs="?", default=300)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        cut = killed_again_and_again(Path(place), asked.points, asked.seed)
    print(f"{asked.points} ingests, {cut} cut off, none lost or mixed, in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        backups, restores = backups_killed(Path(place), asked.points, asked.seed)
    print(
        f"{asked.points} backups, {backups} cut off, and {asked.points} restores, {restores} cut off: none half there, "
        f"all ended when run again, in {time.monotonic() - began:.0f} s"
    )


if __name__ == "__main__":
    main()
