"""Whether words hold an answer of the kind asked for."""

import pytest

from answer.asks import asks_in
from answer.fits import NOTHING_ASKED, Fit


@pytest.mark.parametrize(
    ("question", "fits", "lacks"),
    [
        (
            "how many households signed up for the pilot?",
            "Some 214 households had signed up.",
            "The pilot began on 3 May 2023; households may sign up.",
        ),
        (
            "how many pupils at Elm primary?",
            "There were ninety-one pupils, and twelve pupils more in May.",
            "Pupils go to Elm Primary School from 14 August, as was decided for the school by the board in 2023.",
        ),
        ("how many miles were mown?", "Over forty miles were mown.", "Miles of verge were mown for 12 months."),
        ("how many grants were paid?", "Nine grants were paid.", "The grants paid came to £4,210."),
        (
            "what is the level of staff for those of 18-25 in 2025?",
            "It has 31 staff.",
            "In 2025-26 the team, for 18-25, met on 3 May.",
        ),
        ("what was the interest rate?", "It is lent at 4.1%.", "It lent £4,210."),
        (
            "which firm won the mowing contract?",
            "The contract was awarded to Brace Mowing.",
            "Hilda Brace proposed that Tree Lane be mown.",
        ),
        ("how many ducks?", "There were nine ducks.", "For twelve months, ducks were fed."),
        ("what was it sold for?", "It made 12.50 at auction.", "The meeting closed at 7.05 p.m."),
        ("what % of bins were missed?", "A rate of 3.4% was missed.", "There were 340 missed bins in 2023."),
        ("how much were the mugs?", "The mugs cost £4.50 each.", "The 25 mugs came on 3 May 2023."),
        (
            "who won the Elm Road contract?",
            "The tender of Marl Surfacing Ltd was accepted.",
            "The contract for Elm Road will be put out to tender in the Spring.",
        ),
        (
            "who has the textiles recycling contract?",
            "A contract was made with MRLT Recycling.",
            "The contract for Textiles Recycling ends in May.",
        ),
        ("questionnaires - how many came back?", "Just over 30 were returned.", "Questionnaires came in May."),
        (
            "who is the tree warden?",
            "The tree warden is Hilda Brace.",
            "A tree warden is wanted by the Parish Council.",
        ),
        ("when does the ferry start?", "It will start on 3 May.", "It will start when the boat is mended."),
    ],
)
def test_an_answer_of_the_kind_asked_for_is_told_from_words_on_the_subject(
    question: str, fits: str, lacks: str
) -> None:
    fit = Fit.of(question, asks_in(question))
    assert fit.share(fits) == 1
    assert fit.share(lacks) < 1


def test_a_name_that_the_question_itself_has_is_no_answer() -> None:
    fit = Fit.of("who runs the Hilda Brace trust?", asks_in("who runs the Hilda Brace trust?"))
    assert fit.share("The Hilda Brace trust gave the bench.") == 0


def test_in_a_row_of_a_table_the_unit_of_a_figure_stands_elsewhere() -> None:
    fit = Fit.of("what did the mugs cost?", asks_in("what did the mugs cost?"))
    assert fit.share("Mugs 360", row=True) == 1
    assert fit.share("Mugs 360") == 0


@pytest.mark.parametrize(
    ("question", "chiefly"),
    [
        ("how many ducks were there?", "count"),
        ("how much were the mugs?", "money"),
        ("what share of bins was missed?", "amount"),
        ("which firm won the contract?", "firm"),
        ("who is the tree warden?", "who"),
        ("when does the ferry start?", "when"),
        ("was the ferry agreed?", None),
        ("was the ferry's charge put up?", None),
        ("did we get the grant for the ferry?", "money"),
    ],
)
def test_what_is_asked_for_above_all(question: str, chiefly: str | None) -> None:
    assert Fit.of(question, asks_in(question)).chiefly == chiefly


def test_where_nothing_is_asked_that_can_be_looked_for_nothing_fits() -> None:
    assert NOTHING_ASKED.share("Hilda Brace paid £4 on 3 May.") == 0
