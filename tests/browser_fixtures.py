"""The system's Chromium, driven by Playwright; and another site's page with the search box in it."""

import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.api_fixtures import copied
from tests.council import Service

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.embedder import FakeEmbedder

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
#: Milliseconds. Nothing here takes long; a machine with other work to do may.
PATIENCE = 15_000


@dataclass
class Seen:
    """What a page asked for and complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def of(self, path: str) -> list[str]:
        """The addresses asked for under that path."""
        return [each for each in self.requests if urlsplit(each).path == path]


def watch(page: "Page") -> Seen:
    """Notes from now on what the page does."""
    seen = Seen()
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type in ("error", "warning") else None)
    return seen


def violations(page: "Page") -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and good practice, with the place of each."""
    from axe_playwright_python.sync_playwright import Axe

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": rules}).response
    assert found["passes"], "axe looked at nothing"
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """Chromium, for one file's tests: while it is open no other test on this thread could run an event loop."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed here; scripts/test installs it as root on Debian")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: "Browser") -> "Iterator[Callable[..., Page]]":
    """Opens pages in a window of their own, with Playwright's settings for one: `color_scheme="dark"`."""
    contexts = []

    def open_one(**settings: Any) -> "Page":
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **settings})
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def site(
    home: Path,
    embedder: "FakeEmbedder",
    run_service: "Callable[..., Service]",
    tmp_path_factory: pytest.TempPathFactory,
) -> Service:
    """The service over a home of its own, in which the pages' tests may ask and say what they like."""
    from index.library import Library

    return run_service(Library.open(copied(home, tmp_path_factory.mktemp("site") / "home"), embedder))


@dataclass(frozen=True)
class OtherSite:
    """Another site's page, with the search box of a service that knows this site in it."""

    url: str
    service: Service
    head: Path

    def write(self, box: str, more: str = "") -> None:
        """What the page holds from now on."""
        self.head.write_text(
            f'<!doctype html><html lang="en"><head><title>Intranet</title>{more}'
            f'<script src="{self.service.url}/widget.js" defer></script></head>'
            f"<body><main><h1>Staff intranet</h1>{box}</main></body></html>",
            encoding="utf-8",
        )


@pytest.fixture(scope="module")
def other_site(
    home: Path,
    embedder: "FakeEmbedder",
    run_service: "Callable[..., Service]",
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[OtherSite]:
    """That site, really listening, with a strict Content-Security-Policy."""
    from api.rules import Rules
    from index.library import Library

    folder = tmp_path_factory.mktemp("other")
    file = folder / "index.html"
    policy: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-security-policy", policy[0])
            self.end_headers()
            self.wfile.write(file.read_bytes() if self.path == "/" else b"")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}"
    service = run_service(Library.open(copied(home, folder / "home"), embedder), Rules(origins=(url,)))
    policy.append(f"default-src 'none'; script-src {service.url}; style-src {service.url}; connect-src {service.url}")
    yield OtherSite(url, service, file)
    server.shutdown()
    thread.join(20)
    server.server_close()
