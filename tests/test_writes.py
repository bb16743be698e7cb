"""Nothing is written outside the home: ingest, ask and serve run where everything else can only be read."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.council import LEISURE_MINUTES, make_pdf

ROOT = Path(__file__).resolve().parent.parent

#: Everything may only be read but the folder named, and what the kernel keeps in memory (/dev, /proc).
SHUT = """
mount --make-rprivate / && mount --bind "$1" "$1" && mount -o remount,bind,ro / || exit 77
for place in /tmp /var/tmp "$HOME"; do
  if touch "$place/minutebook-was-here" 2>/dev/null; then
    rm "$place/minutebook-was-here"; mount -o remount,bind,ro "$place" || exit 77
  fi
done
shift; exec "$@"
"""

DRIVER = """
import json, subprocess, sys
import httpx

place = sys.argv[1]
home = ["--home", f"{place}/home"]
minutebook = [sys.executable, "-m", "minutebook"]
try:
    open("/tmp/minutebook-was-here", "w")
except OSError:
    pass
else:
    sys.exit("the rest can be written")

def run(*command):
    done = subprocess.run([*minutebook, *command, *home], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout

run("ingest", f"{place}/papers", "--no-ocr", "--json")
answer = json.loads(run("ask", "when does the Market Street library open late?", "--json"))
assert answer["citations"], answer
run("papers", "--json")
run("doctor")
run("backup", f"{place}/backup", "--json")
serve = [*minutebook, "serve", "--port", "0", "--json", *home]
with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as served:
    try:
        client = httpx.Client(base_url=json.loads(served.stdout.readline())["url"], timeout=60)
        again = client.post("/ask", json={"question": answer["question"]}).json()
        assert again["answer_id"] == answer["answer_id"], again
        picture = client.get(f"/papers/{answer['citations'][0]['paper']}/pages/1.png")
        assert picture.status_code == 200, picture.text
        assert client.post("/feedback", json={"answer_id": answer["answer_id"], "helpful": True}).status_code == 204
    finally:
        served.terminate()
print("done")
"""


@pytest.mark.model
@pytest.mark.skipif(sys.platform != "linux" or shutil.which("unshare") is None, reason="shuts the disk as Linux can")
def test_nothing_is_written_outside_the_home(tmp_path: Path) -> None:
    make_pdf(tmp_path / "papers" / "a.pdf", LEISURE_MINUTES)
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/root", "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "MINUTEBOOK_OCR": "no", "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    command = ["unshare", "-m", "bash", "-c", SHUT, "bash", str(tmp_path), sys.executable, "-c", DRIVER, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=240)
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("needs the right to mount")
    assert done.stdout.endswith("done\n"), done.stdout + done.stderr
    assert sorted(each.name for each in tmp_path.iterdir()) == ["backup", "home", "papers"]
