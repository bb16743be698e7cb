"""What is asked for and what papers are called never becomes a path, a header, a query or markup of ours."""

import re
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from answer.ask import ask
from answer.find import find
from index.build import Silent, ingest
from index.filters import Filters
from index.library import Library
from index.records import find_decisions
from tests.council import LEISURE_MINUTES, PLANNING_MINUTES, Service, make_pdf
from tests.embedder import FakeEmbedder

OUT = ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd", "%00", "..\\..\\x")
ADDRESSES = (
    "/papers/{}", "/papers/{}/pdf", "/papers/{}/pages/1.png", "/answers/{}", "/static/{}", "/{}", "/paper/{}",
    "/papers/x/pages/{}.png", "/search?q=a&path={}", "/decisions.csv?path={}", "/papers?path={}", "/widget.js/{}",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_leads_out_of_what_is_served(service: Service, address: str) -> None:
    for out in OUT:
        reply = service.client.get(address.format(out))
        assert reply.status_code < 500
        assert "root:" not in reply.text
        assert reply.status_code in (200, 400, 404, 405, 422)
        if reply.status_code == 200 and "json" in reply.headers["content-type"] and "path=" in address:
            assert reply.json()["total"] == 0


NAME = 'a "b\r\nX-Evil: yes\r\n\r\n<script>.pdf'


@pytest.fixture
def badly_named(
    tmp_path: Path, run_service: Callable[..., Service], stop_service: Callable[[Service], None]
) -> "Callable[[], Service]":
    folder = tmp_path / "papers"
    make_pdf(folder / "whole.pdf", LEISURE_MINUTES)
    try:
        (folder / "whole.pdf").rename(folder / NAME)
    except OSError:
        pytest.skip("this disk takes no such name")
    ingest(
        tmp_path / "home", [folder], embedder=FakeEmbedder(), ocr=False, jobs=1, confirm_forget=lambda _: False,
        progress=Silent(),
    )  # fmt: skip
    return lambda: run_service(Library.open(tmp_path / "home", FakeEmbedder()))


def test_a_files_name_is_no_header_and_no_markup(
    badly_named: Callable[[], Service], stop_service: Callable[[Service], None]
) -> None:
    service = badly_named()
    (paper,) = service.client.get("/papers").json()["papers"]
    assert paper["path"] == NAME
    for address in (f"/papers/{paper['id']}/pdf", f"/papers/{paper['id']}", "/papers", "/decisions.csv"):
        reply = service.client.get(address)
        assert reply.status_code == 200
        assert "x-evil" not in reply.headers
        assert all("\r" not in value and "\n" not in value for value in reply.headers.values())
    pages = service.client.get("/", params={"q": "market street library"}, headers={"accept": "text/html"}).text
    assert "<script>.pdf" not in pages
    assert not re.search(r"(?m)^X-Evil", pages.replace("\r", "\n")) or "&lt;script&gt;" in pages
    stop_service(service)


@pytest.mark.parametrize("name", ["x-request-id", "origin", "if-none-match", "accept", "x-forwarded-for", "host"])
def test_what_is_sent_in_a_header_comes_back_in_none_as_another(service: Service, name: str) -> None:
    for value in ("a%0d%0aX-Evil: yes", "a\tX-Evil: yes", "é\x85X-Evil: yes", "'\"<script>"):
        reply = service.client.get("/papers", headers={name: value.encode("utf-8")})
        assert reply.status_code < 500
        assert "x-evil" not in reply.headers


SYNTAX = [
    "'; DROP TABLE papers; --", "x' OR '1'='1", '" OR 1=1 --', "1); DELETE FROM meta; --", "%' UNION SELECT 1 --",
    "paper:* OR text:*", "*:*", "NOT library", "library AND NOT street", "+library -street", "/lib.*/", "library^99",
    "[a TO z]", "NEAR(library street)", '"library street"~5', "classification:exempt", "\\", "x IN (1,2)",
]  # fmt: skip


@pytest.mark.parametrize("words", SYNTAX)
def test_query_syntax_is_words_and_nothing_else(library: Library, words: str) -> None:
    before = library.store.counts()
    answer = ask(library, f"what of the Market Street library? {words}")
    assert "Brightmop" not in str(answer.as_json())
    assert "Brightmop" not in str(find(library, words, limit=1000).hits)
    found, total = find_decisions(library.store, words)
    assert len(found) <= total
    for filters in (Filters(body=words), Filters(committee=words), Filters(path=words)):
        assert find(library, "library", filters=filters).total == 0
        assert find_decisions(library.store, "", filters=filters)[1] == 0
    assert library.store.counts() == before


def test_words_of_query_languages_are_looked_for_as_words(tmp_path: Path) -> None:
    """A question with AND, NOT or a star in it finds what the same words find without them."""
    make_pdf(tmp_path / "papers" / "a.pdf", LEISURE_MINUTES)
    make_pdf(tmp_path / "papers" / "b.pdf", PLANNING_MINUTES)
    ingest(
        tmp_path / "home", [tmp_path / "papers"], embedder=FakeEmbedder(), ocr=False, jobs=1,
        confirm_forget=lambda _: False, progress=Silent(),
    )  # fmt: skip
    with closing(Library.open(tmp_path / "home", FakeEmbedder())) as library:
        plain = library.words.search("riding school", 10)
        assert plain
        for words in (
            "riding AND school",
            "+riding +school",
            "riding* school^3",
            '"riding" (school)',
            "-riding school",
        ):
            assert library.words.search(words, 10)[0][0] == plain[0][0]
