"""scripts/audit against a stand-in for the database of vulnerabilities: what it finds, and what it says without one."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def audit(url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "vulnerabilities.py"), "-s", "osv", "--osv-url", url]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


class Database(BaseHTTPRequestHandler):
    """Knows of one fault in whatever package it is told to (https://google.github.io/osv.dev/post-v1-query/)."""

    faulty: str = ""
    asked: list[str]

    def do_POST(self) -> None:
        query = json.loads(self.rfile.read(int(self.headers["content-length"])))
        name = query["package"]["name"]
        self.asked.append(name)
        body = {}
        if name == self.faulty:
            events = [{"introduced": "0"}, {"fixed": "999.1"}]
            affected = {
                "package": {"name": name, "ecosystem": "PyPI"},
                "ranges": [{"type": "ECOSYSTEM", "events": events}],
            }
            body = {"vulns": [{"id": "PYSEC-2099-1", "summary": "Opens to all.", "affected": [affected]}]}
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def database() -> Iterator[tuple[str, type[Database]]]:
    handler = type("Known", (Database,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", handler
    server.shutdown()
    server.server_close()


def test_every_locked_package_and_torch_is_looked_up(database: tuple[str, type[Database]]) -> None:
    url, known = database
    done = audit(url)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {"torch", "pypdf", "pypdfium2", "fastapi", "jinja2"} <= set(known.asked)
    assert f"{len(set(known.asked))} packages looked up, 0 known vulnerabilities" in done.stdout


def test_a_known_vulnerability_fails_the_check_and_is_named(database: tuple[str, type[Database]]) -> None:
    url, known = database
    known.faulty = "pypdf"
    done = audit(url)
    assert done.returncode == 1
    assert "pypdf" in done.stdout
    assert "PYSEC-2099-1, mended in 999.1" in done.stdout


def test_without_the_database_it_says_so_and_does_not_fail() -> None:
    done = audit("http://127.0.0.1:9/")
    assert done.returncode == 0
    assert "were NOT looked up" in done.stdout
    assert "0 known" not in done.stdout
