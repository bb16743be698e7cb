"""The pages as they are sent: languages, filters in addresses, what may not be shown, errors in words."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.council import Service, make_pdf
from tests.embedder import FakeEmbedder

QUESTION = "What was resolved about the opening hours of the Market Street library?"


@pytest.fixture(scope="module")
def client(site: Service) -> httpx.Client:
    return site.client


def paper_at(client: httpx.Client, path: str) -> dict[str, object]:
    papers: list[dict[str, object]] = client.get("/papers", params={"path": path}).json()["papers"]
    return papers[0]


@pytest.mark.parametrize(
    ("address", "accepts", "language"),
    [
        ("/", "", "en"),
        ("/?lang=cy", "en", "cy"),
        ("/", "cy", "cy"),
        ("/", "fr, cy;q=0.7, en;q=0.3", "cy"),
        ("/", "en-GB, cy;q=0", "en"),
        ("/?lang=xx", "nonsense;q=much", "en"),
    ],
)
def test_a_page_is_in_the_language_asked_for(client: httpx.Client, address: str, accepts: str, language: str) -> None:
    reply = client.get(address, headers={"accept-language": accepts})
    assert reply.headers["content-language"] == language
    assert f'<html lang="{language}">' in reply.text
    assert "accept-language" in reply.headers["vary"].lower()


def test_a_language_once_asked_for_is_kept_by_every_link(client: httpx.Client) -> None:
    shown = client.get("/", params={"q": QUESTION, "lang": "cy"}).text
    links = [each for each in re.findall(r'href="(/[^"]*)"', shown) if not re.search(r"\.(css|svg)$|lang=en", each)]
    assert len(links) > 5
    assert [each for each in links if "lang=cy" not in each] == []


def test_words_from_the_address_stay_words(client: httpx.Client) -> None:
    for address in ("/", "/register", "/topic"):
        shown = client.get(address, params={"q": '"><img src=x onerror=alert(1)>', "lang": "cy"}).text
        assert "<img src=x" not in shown


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"from": "yesterday"}, "year-month-day"),
        ({"to": "20240501"}, "year-month-day"),
        ({"from": "2024-05-02", "to": "2024-05-01"}, "after the second"),
        ({"outcome": "splendid"}, "has been left out"),
        ({"sort": "sideways"}, "has been left out"),
    ],
)
def test_a_filter_that_cannot_be_used_is_left_out_and_said_so(
    client: httpx.Client, query: dict[str, str], said: str
) -> None:
    reply = client.get("/register", params=query)
    assert reply.status_code == 200
    assert re.search(rf'role="alert">[^<]*{said}', reply.text)
    assert "Market Street" in reply.text


def test_numbers_beyond_reason_are_not_followed(client: httpx.Client) -> None:
    for start in ("-5", "1e9", "99999999999999999999", "x", ""):
        assert client.get("/", params={"q": "library", "start": start}).status_code == 200
        assert client.get("/register", params={"start": start}).status_code == 200


def test_results_go_on_over_the_page(client: httpx.Client) -> None:
    first = client.get("/", params={"q": "committee"}).text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = client.get(following[1].replace("&amp;", "&")).text
    assert 'rel="prev"' in second
    assert "11 to " in second
    assert 'aria-label="Answer"' not in second


def test_a_year_and_an_outcome_narrow_the_results(client: httpx.Client) -> None:
    shown = client.get("/", params={"q": "allotment rents", "outcome": "lost", "year": "2024"}).text
    assert "1 passage found" in shown
    assert "halved" in shown
    assert "Nothing in the papers matches" in client.get("/", params={"q": "allotment rents", "year": "2019"}).text


@pytest.mark.parametrize(
    "address",
    ["/papers/none/view", "/papers/none/view?lang=cy", "/answers/none/view", "/papers/{id}/view?page=77", "/nothing"],
)
def test_what_is_not_held_is_said_in_a_page(client: httpx.Client, address: str) -> None:
    address = address.format(id=paper_at(client, "leisure")["id"])
    reply = client.get(address, headers={"accept": "text/html,*/*;q=0.8"})
    assert reply.status_code == 404
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["content-type"].startswith("text/html")
    assert "<h1>" in reply.text
    program = client.get(address)
    assert (program.status_code, program.headers["content-type"]) == (404, "application/problem+json")


def test_who_is_too_many_is_told_in_a_page_when_to_come_back(
    own_home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> None:
    from api.rules import Rules
    from index.library import Library

    busy = run_service(Library.open(own_home, embedder), Rules(slots=0, patience=0.01)).client
    reply = busy.get("/", params={"q": QUESTION, "lang": "cy"}, headers={"accept": "text/html"})
    assert reply.status_code == 503
    assert int(reply.headers["retry-after"]) > 0
    assert "Rhoi cynnig arall arni" in reply.text


def test_what_is_not_for_publication_has_no_page_and_no_words(client: httpx.Client) -> None:
    paper = paper_at(client, "resources-2024-06-03.pdf")
    assert "for three years" in client.get(f"/papers/{paper['id']}/view").text
    assert client.get(f"/papers/{paper['id']}/view", params={"page": 2}).status_code == 404
    for address in ("/?q=Brightmop+tender", "/register?q=tender", "/topic?q=tender", f"/papers/{paper['id']}/view"):
        shown = client.get(address).text
        assert "71,234" not in shown
        assert "Open the PDF" not in shown


def test_a_quote_is_marked_across_line_ends_and_hyphens() -> None:
    from api.page_paper import parted

    text = "The opening hours were ex-\ntended   by\ntwo hours. Noted."
    assert parted(text, "extended by two hours.") == (text[:23], text[23:49], text[49:])
    assert parted(text, "shortened") == ("", "", text)
    assert parted(text, "") == ("", "", text)
    assert parted(text, "…") == ("", "", text)


def test_a_quote_that_is_not_on_its_page_is_said_not_to_be(client: httpx.Client) -> None:
    paper = paper_at(client, "leisure")
    shown = client.get(f"/papers/{paper['id']}/view", params={"quote": "that the library be closed"}).text
    assert "were not found on this page" in shown
    assert "quote=" not in re.findall(r'<img[^>]*src="([^"]+)"', shown)[0]


EARLIER = [
    [
        "# Wexmoor District Council",
        "# Parks Committee",
        "Minutes of the meeting held on Tuesday 9 January 2024",
        "Present: Councillors Amberley (Chair) and Birdwood",
        "# 4 Winter opening of the walled garden",
        "4.1 The head gardener reported that few people came in the frost.",
        "4.2 RESOLVED that the walled garden be closed in winter on Mondays and Tuesdays.",
    ]
]
LATER = [
    [
        "# Wexmoor District Council",
        "# Parks Committee",
        "Minutes of the meeting held on Tuesday 5 March 2024",
        "Present: Councillors Amberley (Chair) and Birdwood",
        "# 3 Winter opening of the walled garden",
        "3.2 RESOLVED that minute 4.2 of 9 January 2024 be rescinded and the walled garden",
        "be closed in winter on Mondays only.",
    ]
]


def test_a_topics_history_tells_what_was_replaced(
    tmp_path: Path, embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> None:
    from index.build import Silent, ingest
    from index.library import Library

    make_pdf(tmp_path / "papers" / "2024-01-09.pdf", EARLIER)
    make_pdf(tmp_path / "papers" / "2024-03-05.pdf", LATER)
    ingest(
        tmp_path / "home",
        [tmp_path / "papers"],
        embedder=embedder,
        ocr=False,
        jobs=1,
        confirm_forget=lambda gone: False,
        progress=Silent(),
    )
    client = run_service(Library.open(tmp_path / "home", embedder)).client
    shown = client.get("/topic", params={"q": "walled garden"}).text
    days = re.findall(r'<time datetime="([^"]+)"', shown)
    assert days == ["2024-01-09", "2024-03-05"]
    first, second = shown.split('class="entry')[1:]
    assert "Replaced on 5 March 2024" in first
    assert "Replaces the decision of 9 January 2024" in second
    # More words than any decision holds: the commonest are let go, and that is said.
    fewer = client.get("/topic", params={"q": "zeppelin walled garden"}).text
    assert re.findall(r'<time datetime="([^"]+)"', fewer) == days
    assert "have “walled garden”" in fewer
