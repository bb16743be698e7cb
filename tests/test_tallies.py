"""Votes told by their sides alone, and the motions whose fate nothing else tells."""

import pytest

from ingest.tallies import tally_in
from ingest.votes import Vote, vote_of
from tests.printed import told


@pytest.mark.parametrize(
    ("text", "for_", "against"),
    [
        ("to pay the bills. Ayes: Hale, Orme and Tait. Nays: None.", 3, 0),
        ("Roll call vote: Yeas - Hale, Orme, Tait (3). Nays - Lamb, Reed, Bell, Cole (4).", 3, 4),
        ("within one weekend. Yes 5 No 0 Abstain 1 (Hale)", 5, 0),
        ("AYES: Hale, Orme\nNOES: Tait\nABSENT: Lamb", 2, 1),
        ("AYES: Hale, Orme, Bell NOES: Tait Motion carried 3-1.", 3, 1),
        ("Hale: Yes Orme: No Tait: Yes", 2, 1),
        ("Hale Yea Orme Nay Van Tait Yea CARRIED", 2, 1),
    ],
)
def test_the_sides_are_counted(text: str, for_: int, against: int) -> None:
    tally = tally_in(text)
    assert tally is not None
    assert (tally.for_, tally.against) == (for_, against)


def test_all_of_them_are_for_it() -> None:
    tally = tally_in("to adjourn at 11:12 a.m. Ayes: All. Nays: None.")
    assert tally is not None
    assert tally.carried is True
    assert vote_of("to adjourn. Ayes: All.") == Vote(True, None, None, None, "unanimous")


def test_all_of_them_are_against_it() -> None:
    (found,) = told("Moved by Hale, supported by Orme, to pay the bill. Ayes: None. Nays: All.")
    assert found.outcome == "lost"
    assert found.vote is not None
    assert found.vote.carried is False


def test_a_tie_is_not_said_to_be_carried() -> None:
    tally = tally_in("Ayes: Hale. Nays: Orme.")
    assert tally is not None
    assert tally.carried is None


@pytest.mark.parametrize(
    "text",
    [
        "He was for the plan and she against it.",
        "For details see page 5.",
        "The answer was yes; the Clerk said no.",
        "Present: Hale, Orme. Absent: Tait.",
        "Those for: the school and the shop.",
    ],
)
def test_prose_is_no_tally(text: str) -> None:
    assert tally_in(text) is None


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Moved by Hale, supported by Orme, to buy three cars. Ayes: All. Nays: None.", "decided"),
        ("Mrs Bell asked for four. Moved by Hale, supported by Orme, to buy three cars. Yeas - 2. Nays - 5.", "lost"),
        ("Moved by Hale, supported by Orme, to postpone to May. Ayes: All.", "deferred"),
        ("Hale moved, Orme seconded, to accept the bid of Lamb Roofing. Yes 6   No 0   Motion passes.", "decided"),
        ("Hale moved, Orme seconded, to approve the sale. Yes 5   No 0   Abstain 1 (Tait)", "decided"),
    ],
)
def test_a_motion_whose_tally_alone_tells_its_fate(text: str, outcome: str) -> None:
    *_, found = told(text)
    assert (found.outcome, found.mover) == (outcome, "Hale")


def test_a_tally_under_the_words_of_the_motion() -> None:
    text = "Motion by Ms Hale, seconded by Mr Orme, to grant the appeal.\n\nAYES: Hale, Orme NOES: Tait"
    (found,) = told(text)
    assert (found.outcome, found.vote) == ("decided", Vote(True, 2, 1, None, None))
    assert "grant the appeal" in found.text


def test_the_words_that_say_how_it_went_are_not_forestalled() -> None:
    text = (
        "Motion by Ms Hale, seconded by Mr Orme, to deny the appeal.\n\n"
        "AYES: Hale, Orme NOES: Tait, Bell, Lamb Motion failed 2-3."
    )
    (found,) = told(text)
    assert (found.outcome, found.mover) == ("lost", "Ms Hale")
    assert "deny the appeal" in found.text


def test_no_motion_no_decision() -> None:
    assert told("The members were polled on the tea.\n\nAyes: 5. Nays: 2.") == []


@pytest.mark.parametrize(
    "words", ["HALE ORME TAIT ", "No ", "Yes No ", "Hale: Yes Orme ", "Ayes: Hale and ", "4 (3) ", "Ayes Nays "]
)
def test_a_list_without_end_is_read_at_once(words: str) -> None:
    """Each may be read in one way only: a pattern that tried them all would not come back."""
    assert tally_in(f"Ayes: {words * 60}which was all.") is None
    assert told(f"Motion by Hale, seconded by Orme, to wait. Roll call: {words * 60}which was all.") == []
