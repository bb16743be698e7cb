"""What tests share: a small council's papers as real PDFs, the library made from them, and the service over it."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from tests.council import CABINET_PACK, LEISURE_MINUTES, MIXED_PACK, PLANNING_MINUTES, Service, make_pdf

if TYPE_CHECKING:
    from answer.llm import Writer
    from index.library import Library
    from tests.embedder import FakeEmbedder

pytest_plugins = ["tests.api_fixtures", "tests.browser_fixtures", "tests.slack_fixtures"]

# The rooms are imported in the fixtures, so that the tests of one run while another is being rebuilt.


@pytest.fixture(scope="session")
def papers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four PDFs: two committees' minutes, a cabinet pack, and one file with an exempt appendix."""
    folder = tmp_path_factory.mktemp("papers")
    make_pdf(folder / "leisure" / "2024-03-12 minutes.pdf", LEISURE_MINUTES)
    make_pdf(folder / "cabinet" / "2024-04-17-pack.pdf", CABINET_PACK)
    make_pdf(folder / "planning-2024-05-09.pdf", PLANNING_MINUTES)
    make_pdf(folder / "resources-2024-06-03.pdf", MIXED_PACK)
    return folder


@pytest.fixture(scope="session")
def embedder() -> "FakeEmbedder":
    from tests.embedder import FakeEmbedder

    return FakeEmbedder()


@pytest.fixture(scope="session")
def home(papers_folder: Path, embedder: "FakeEmbedder", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with those papers in it. Read only: a test that ingests makes its own."""
    from index.build import Silent, ingest

    folder = tmp_path_factory.mktemp("home")
    ingest(
        folder,
        [papers_folder],
        embedder=embedder,
        ocr=False,
        jobs=1,
        confirm_forget=lambda gone: False,
        progress=Silent(),
    )
    return folder


@pytest.fixture(scope="session")
def library(home: Path, embedder: "FakeEmbedder") -> "Iterator[Library]":
    from index.library import Library

    library = Library.open(home, embedder)
    yield library
    library.close()


@pytest.fixture(scope="session")
def run_service(running_services: dict[str, "Callable[[], None]"]) -> "Iterator[Callable[..., Service]]":
    """Starts services on free ports, and ends them with the session."""
    from api.app import create_app
    from api.rules import Rules
    from minutebook.serving import listen

    def start(library: "Library", rules: Rules = Rules(), writer: "Writer | None" = None) -> Service:
        listening = listen("127.0.0.1", 0)
        app = create_app(library, rules=rules, writer=writer)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        client = httpx.Client(base_url=url, timeout=20)

        def end() -> None:
            client.close()
            server.should_exit = True
            thread.join(20)
            listening.close()

        running_services[url] = end
        assert client.get("/healthz").status_code == 200  # waits in the socket's queue until the server is up
        assert app.state.shelf.ready.wait(20)
        return Service(url, app, client)

    yield start
    for end in running_services.values():
        end()


@pytest.fixture(scope="session")
def running_services() -> dict[str, "Callable[[], None]"]:
    """How to end each service that was started, by its address."""
    return {}


@pytest.fixture
def stop_service(running_services: dict[str, "Callable[[], None]"]) -> "Callable[[Service], None]":
    """Tells a service to stop, and waits until it has."""
    return lambda service: running_services.pop(service.url)()


@pytest.fixture(scope="session")
def service(home: Path, embedder: "FakeEmbedder", library: "Library", run_service: "Callable[..., Service]") -> Service:
    """The service over those papers, really listening."""
    from index.library import Library

    return run_service(Library.open(home, embedder))
