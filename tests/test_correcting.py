"""Minutes confirmed with a correction: whoever asks for the minute is told of it first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answer.ask import ask
from minutebook.cli import app
from tests.council import Service
from tests.test_links import held, linked, minutes, one

BINS = minutes(
    "18 April 2024",
    "0424/06 It was RESOLVED to buy twelve seagull-proof bins.",
    "0424/07 It was RESOLVED to paint the quay railings.",
)


def confirmed(words: str) -> str:
    return minutes("16 May 2024", "# 3 Minutes of 18 April 2024", words)


@pytest.mark.parametrize(
    "words",
    [
        '3.1 RESOLVED to approve them, with 0424/06 corrected to read "ten bins".',
        "3.1 RESOLVED that the minutes be signed as a correct record, subject to minute 0424/06 being amended to ten.",
        "3.1 The minutes of 18 April were approved with one correction: 0424/06 should read ten.",
    ],
)
def test_the_minute_that_is_named_is_corrected(tmp_path: Path, words: str) -> None:
    library = held(tmp_path, {"april.pdf": BINS, "may.pdf": confirmed(words)})
    assert linked(library, "seagull", "april.pdf") == {"replaced_by": ["may.pdf"]}
    assert linked(library, "railings", "april.pdf") == {}
    (link,) = one(library, "seagull", path="april.pdf").links.replaced_by
    assert link.relation == "corrects"


@pytest.mark.parametrize(
    "words",
    [
        "3.1 RESOLVED that the minutes be signed as a true and correct record.",
        "3.1 RESOLVED to approve the minutes, with minute 0324/06 corrected to read ten.",
        "3.1 RESOLVED to approve the minutes. The bins of 0424/06 have come.",
        "3.1 RESOLVED to approve the minutes, with the name of Cllr Ash corrected.",
    ],
)
def test_no_other_is(tmp_path: Path, words: str) -> None:
    library = held(tmp_path, {"april.pdf": BINS, "may.pdf": confirmed(words)})
    assert linked(library, "seagull", "april.pdf") == {}


def test_the_day_of_the_minutes_tells_a_number_that_is_used_at_every_meeting(tmp_path: Path) -> None:
    said = "4.1 RESOLVED that {n} deckchairs be hired."
    papers = {
        "march.pdf": minutes("12 March 2024", said.format(n="forty")),
        "april.pdf": minutes("18 April 2024", said.format(n="sixty")),
        "may.pdf": confirmed("3.1 RESOLVED to approve them, minute 4.1 being corrected to read “fifty”."),
    }
    library = held(tmp_path, papers)
    assert linked(library, "deckchairs", "april.pdf") == {"replaced_by": ["may.pdf"]}
    assert linked(library, "deckchairs", "march.pdf") == {}


def test_the_correction_is_told_before_what_it_corrects(tmp_path: Path) -> None:
    words = '3.1 RESOLVED to approve them, with 0424/06 corrected to read "ten bins".'
    library = held(tmp_path, {"april.pdf": BINS, "may.pdf": confirmed(words)})
    answer = ask(library, "how many seagull-proof bins was it resolved to buy?")
    assert answer.outcome == "decided"
    assert answer.answer.index("ten bins") < answer.answer.index("twelve")
    assert any(note.startswith("By this was corrected what was decided before") for note in answer.notes)


def test_every_surface_shows_it(tmp_path: Path, run_service: Callable[..., Service]) -> None:
    words = '3.1 RESOLVED to approve them, with 0424/06 corrected to read "ten bins".'
    library = held(tmp_path, {"april.pdf": BINS, "may.pdf": confirmed(words)})
    client = run_service(library).client
    (found,) = client.get("/decisions", params={"q": "seagull-proof bins"}).json()["decisions"]
    assert [link["relation"] for link in found["replaced_by"]] == ["corrects"]
    assert "Corrected on 16 May 2024" in client.get("/register", params={"q": "seagull-proof bins"}).text
    assert "Corrects the minute of 18 April 2024" in client.get("/register", params={"q": "ten bins"}).text
    printed = CliRunner().invoke(app, ["decisions", "seagull-proof", "--home", str(library.store.home)])
    assert "corrected by" in printed.output
