"""Divisions between a motion and an amendment: who won, by how many, and what was lost."""

from pathlib import Path

import pytest

from answer.ask import ask
from ingest.votes import Vote
from tests.held import library_of
from tests.printed import told

PUT = (
    "The report was read. Councillor Hale, seconded by Councillor Orme, moved that the lamps be dimmed.\n\n"
    "As an amendment, Councillor Tait, seconded by Councillor Bell, moved that no change be made.\n\n"
)


@pytest.mark.parametrize(
    ("division", "for_", "against"),
    [
        ("On a vote being taken, 7 Members voted for the motion and 4 for the amendment.", 7, 4),
        ("On a division, there voted:-\n\nFor the motion (4) - Councillors Hale, Orme, Lamb and Reed.\n\n"
         "For the amendment (3) - Councillors Tait, Bell and Cole.", 4, 3),
        ("For the motion – Councillors Hale, Orme and Lamb – 3\nFor the amendment – Councillors Tait and Bell – 2",
         3, 2),
        ("On a vote, the MOTION received 8 votes and the AMENDMENT received 5 votes, with 1 abstention.", 8, 5),
    ],
)  # fmt: skip
def test_the_amendment_is_lost(division: str, for_: int, against: int) -> None:
    lost, won = told(f"{PUT}{division}\n\nThe motion was accordingly carried.")
    assert (lost.outcome, lost.mover, lost.vote) == ("lost", "Councillor Tait", Vote(False, against, for_, None, None))
    assert "no change" in lost.text
    assert (won.outcome, won.mover) == ("decided", "Councillor Hale")
    assert won.vote is not None
    assert (won.vote.for_, won.vote.against) == (for_, against)
    assert "dimmed" in won.text


def test_the_motion_is_lost_where_the_amendment_becomes_the_finding() -> None:
    lost, won = told(
        f"{PUT}There voted:- For the motion: Councillors Hale and Orme (2) For the amendment: Councillors Tait, Bell "
        "and Lamb (3) The amendment was accordingly declared carried and became the finding of the Committee."
    )
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Hale")
    assert lost.text.startswith("Councillor Hale")
    assert (won.outcome, won.mover) == ("decided", "Councillor Tait")
    assert "no change" in won.text


def test_all_of_it_may_stand_in_one_paragraph() -> None:
    division = "On a vote being taken, 7 Members voted for the motion and 4 for the amendment. "
    found = told(f"{PUT}{division}The motion was accordingly carried.".replace("\n\n", " "))
    won, lost = sorted(found, key=lambda each: each.outcome)
    assert (won.outcome, won.mover) == ("decided", "Councillor Hale")
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Tait")
    assert "dimmed" not in lost.text


def test_both_may_stand_in_one_paragraph_before_the_division() -> None:
    put = PUT.replace("\n\nAs an", " As an")
    lost, won = told(f"{put}The motion received 3 votes and the amendment received 6. The amendment was CARRIED.")
    assert (lost.outcome, lost.mover, won.mover) == ("lost", "Councillor Hale", "Councillor Tait")
    assert "no change" not in lost.text


def test_a_tie_loses_nothing_by_itself() -> None:
    division = "3 Members voted for the motion and 3 for the amendment."
    assert not any(each.outcome == "lost" for each in told(PUT + division))


def test_of_several_amendments_none_is_said_to_be_the_one() -> None:
    another = "Councillor Cole, seconded by Councillor Reed, moved as an amendment that it be put off.\n\n"
    division = "7 Members voted for the motion and 4 for the amendment.\n\nThe motion was accordingly carried."
    assert not any(each.outcome == "lost" for each in told(PUT + another + division))


MINUTES = """
# Thornby Council
# Roads Committee
Minutes of the meeting held on 12 March 2024 at 7.00 pm
# 2 Street lighting
Councillor Hale, seconded by Councillor Orme, moved that the street lamps be dimmed at night.

As an amendment, Councillor Tait, seconded by Councillor Bell, moved that no change be made to the street lamps.

On a vote being taken, 7 Members voted for the motion and 4 for the amendment. The motion was accordingly carried.
"""


def test_who_asks_for_the_amendment_is_told_of_it_first(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"a.pdf": [MINUTES]})
    amendment = ask(library, "who put the amendment on the street lamps, and how many voted for it?")
    assert amendment.outcome == "lost"
    assert "Councillor Tait" in amendment.answer
    change = ask(library, "is no change to be made to the street lamps?")
    assert change.outcome == "decided"
    motion = ask(library, "was it agreed to dim the street lamps at night?")
    assert motion.outcome == "decided"
    assert "7 for, 4 against" in motion.answer
