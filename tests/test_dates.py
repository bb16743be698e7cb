"""Dates as papers and file names write them."""

from datetime import date

import pytest

from ingest.dates import dates_in, days_without_year, last_before


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, 22nd of May, 2018",
        "Tuesday May 22nd, 2018",
        "2018-05-22",
        "22/05/2018",
        "22.05.18",
        "22 May 2018",
        "this 22nd day of May, 2018",
        "22nd-May-2018",
    ],
)
def test_one_day_in_many_hands(text: str) -> None:
    assert [found.date for found in dates_in(text)] == [date(2018, 5, 22)]


def test_the_weekday_beside_a_date_may_contradict_it() -> None:
    right, wrong, silent = dates_in("Tuesday 22 May 2018; Monday 22 May 2018; 22 May 2018")
    assert (right.agrees, wrong.agrees, silent.agrees) == (True, False, None)


def test_what_is_no_day_is_no_date() -> None:
    assert dates_in("31 February 2020, version 1.2.3.4, 99/99/2020") == []


def test_days_without_a_year() -> None:
    assert days_without_year("the minutes of 6th December and of November 2nd, not of 3 March 2020") == [
        (12, 6),
        (11, 2),
    ]


def test_the_last_such_day_before_a_meeting() -> None:
    assert last_before(12, 6, date(2012, 2, 7)) == date(2011, 12, 6)
    assert last_before(2, 7, date(2012, 2, 7)) == date(2011, 2, 7)
    assert last_before(2, 29, date(2023, 3, 1)) == date(2023, 2, 28)
