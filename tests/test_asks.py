"""What kind of answer a question wants, and what holds one."""

import pytest

from answer.asks import HOLDS, Asks, asks_in, held_kinds


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("what was agreed about the depot?", {"decision"}),
        ("did we sell the depot", {"decision", "yes_no"}),
        ("who seconded the motion?", {"vote", "who"}),
        ("how did the vote on the depot go", {"decision", "vote"}),
        ("who is the chair?", {"who"}),
        ("when does the library open", {"when"}),
        ("how many visits had the library?", {"amount"}),
        ("how much is the depot worth?", {"amount", "money"}),
        ("why is the lake closed?", {"why"}),
        ("what is the council's view of the riding school?", {"position"}),
        ("is there a boating lake?", {"yes_no"}),
        ("the boating lake, is it open?", {"yes_no"}),
        ("lake target for Q3", {"amount"}),
        ("variance on the lake", {"amount"}),
        ("what came of Birdwood's motion on the lake?", {"decision"}),
        ("what happened to the depot plan", {"decision"}),
        ("skips twice a year - did Thornby go for it?", {"decision", "yes_no"}),
        ("what was the £750 for?", set()),
        ("which roads were taken in charge?", set()),
        ("boating lake", set()),
    ],
)
def test_what_is_asked_for(question: str, asks: set[str]) -> None:
    assert asks_in(question) == asks


@pytest.mark.parametrize(
    ("kind", "holds", "lacks"),
    [
        ("amount", "It had 41,250 visits.", "It had many visits."),
        ("money", "It costs £18,300 a year.", "It has 85 places."),
        ("money", "Entry is free.", "Entry is by the north gate."),
        ("when", "It opens on 6 May.", "It opens soon."),
        ("when", "It opens at 7.30 pm.", "It opens early."),
        ("who", "Cllr Birdwood spoke.", "Somebody spoke."),
        ("vote", "It was carried by 3 to 1.", "It was talked about."),
    ],
)
def test_what_an_answer_of_a_kind_must_hold(kind: Asks, holds: str, lacks: str) -> None:
    assert HOLDS[kind](holds)
    assert not HOLDS[kind](lacks)


def test_of_money_and_amount_money_is_looked_for() -> None:
    assert held_kinds(frozenset({"amount", "money", "position"})) == ["money"]
    assert held_kinds(frozenset({"amount", "who"})) == ["amount", "who"]
