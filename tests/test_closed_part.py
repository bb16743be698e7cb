"""An answer says that an item has an exempt part where the public agenda says so, and only then."""

from pathlib import Path

import pytest

from answer.ask import ask
from index.filters import EVERYTHING, PUBLIC, Audience
from index.rulebook import Rule
from tests.held import library_of

AGENDA = """# Wexmoor District Council
# Resources Committee
Agenda for the meeting to be held on Monday 3 June 2024

# 1 Apologies for absence

# 4 Office cleaning
Report of the Director, with an appendix{exempt}.

# 5 Stationery
Report of the Director.
"""
MINUTES = """# Wexmoor District Council
# Resources Committee
Minutes of the meeting held on Monday 3 June 2024
Present: Councillors Ivory (Chair) and Jessop

# 4 Office cleaning

4.1 RESOLVED that the office cleaning contract be let for three years.

# 5 Stationery

5.1 RESOLVED that stationery be bought each spring.
"""
SAYS = " that is not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A"


def notes(folder: Path, question: str, *, exempt: str = SAYS, audience: Audience = PUBLIC, closed: str = "") -> str:
    files = {"agenda.pdf": [AGENDA.format(exempt=exempt)], "minutes.pdf": [MINUTES]}
    rules = {closed: Rule(closed, "exempt", ("board",), "", "")} if closed else {}
    answer = ask(library_of(folder, files, rules=rules), question, audience=audience)
    assert answer.citations
    return " ".join(answer.notes)


CLEANING, STATIONERY = "What was resolved about office cleaning?", "What was resolved about stationery?"


def test_it_is_said_with_the_agendas_page(tmp_path: Path) -> None:
    assert "The agenda says that part of this item is exempt" in notes(tmp_path, CLEANING)


def test_who_may_see_a_closed_paper_is_told_that_others_may_not(tmp_path: Path) -> None:
    board = Audience(groups=("board",))
    assert "2024: not for publication." in notes(tmp_path, CLEANING, closed="minutes.pdf", audience=board)
    assert "not for publication" not in notes(tmp_path / "other", CLEANING, closed="agenda.pdf", audience=board)


@pytest.mark.parametrize(
    ("question", "options"),
    [
        (STATIONERY, {}),
        (CLEANING, {"exempt": ""}),
        (CLEANING, {"closed": "agenda.pdf"}),
        (CLEANING, {"closed": "agenda.pdf", "audience": EVERYTHING}),
        (CLEANING, {"closed": "minutes.pdf", "audience": Audience(groups=("board",))}),
    ],
)
def test_it_is_not_said_elsewhere(tmp_path: Path, question: str, options: dict[str, object]) -> None:
    assert "exempt" not in notes(tmp_path, question, **options)  # type: ignore[arg-type]
