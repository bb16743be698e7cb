"""A table's row as the page has its words: in one stretch, or not at all."""

import pytest

from ingest.printed import Printed

PAGE = """Ref Project Lead Cost Spent
7 New railings at Mill 4,210 310
the pond (north side) Lane
8 Lamps for the quay Fell 950 20
"""


def test_the_words_of_a_row_are_given_in_the_pages_order() -> None:
    row = ["7", "New railings at the pond", "Mill Lane", "4,210", "310"]
    assert Printed(PAGE).stretch(row) == "7 New railings at Mill 4,210 310 the pond (north side) Lane"


@pytest.mark.parametrize(
    "texts",
    [
        ["7", "New railings", "950"],  # another row's figures lie between
        ["9", "Benches"],  # not on the page
        ["Lamps"],  # one word says nothing
        ["railings", "railings"],  # there but once
        ["word"] * 81,  # longer than a row is
    ],
)
def test_words_that_are_not_one_stretch_give_none(texts: list[str]) -> None:
    assert Printed(PAGE).stretch(texts) is None
