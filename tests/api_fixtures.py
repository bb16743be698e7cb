"""Services with rules of their own: one that is closed without a key, and one over a home that tests may write into."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.council import Service, copied

if TYPE_CHECKING:
    from tests.embedder import FakeEmbedder


@dataclass(frozen=True)
class Closed:
    """A service with keys, here as headers: `usual`; `none`, with no scope that opens anything; `exempt`, with all;
    `metrics`; and `worn`, for tests that use it up."""

    service: Service
    keys: dict[str, dict[str, str]]

    @property
    def client(self) -> httpx.Client:
        return self.service.client

    def wear_out(self) -> None:
        """Leaves nothing of what the key `worn` may ask this minute."""
        rates = self.service.app.state.rates
        rates._left["worn", "127.0.0.1"] = (-6000.0, rates._clock())


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A copy of the home with the four PDFs in it, and with nothing that other tests asked."""
    return copied(home, tmp_path / "home")


@pytest.fixture(scope="session")
def closed(
    home: Path,
    embedder: "FakeEmbedder",
    run_service: Callable[..., Service],
    tmp_path_factory: pytest.TempPathFactory,
) -> Closed:
    from api.rules import Rules
    from index.keys import SCOPES, USUAL, Keys
    from index.library import Library

    copy = copied(home, tmp_path_factory.mktemp("closed") / "home")
    keys = Keys(copy)
    worn = set(SCOPES) - {"exempt"}
    scopes = {"usual": USUAL, "none": {"exempt"}, "exempt": SCOPES, "metrics": {"metrics"}, "worn": worn}
    secrets = {name: keys.make(name, its) for name, its in scopes.items()}
    keys.close()
    service = run_service(Library.open(copy, embedder), Rules(rate=60_000))
    return Closed(service, {name: {"authorization": f"Bearer {secret}"} for name, secret in secrets.items()})
