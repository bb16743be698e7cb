"""The times a question names."""

from datetime import date

import pytest

from answer.times import When, full_years, names_period, periods_in, times_in


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("what was agreed on 12 March 2024?", {When(2024, 3, 12)}),
        ("what was agreed on 12/03/2024?", {When(2024, 3, 12)}),
        ("what was agreed in March 2024?", {When(2024, 3, None)}),
        ("what was agreed in 2024", {When(2024, None, None)}),
        ("what was agreed on 5 May?", {When(None, 5, 5)}),
        ("what was agreed on March 12th", {When(None, 3, 12)}),
        ("the balance at March 24", {When(None, 3, 24), When(2024, 3, None)}),
        ("the meeting of March 4", {When(None, 3, 4)}),
        ("what was agreed last May", {When(None, 5, None)}),
        ("what may we build?", set()),
        ("the budget for 2024-25", set()),
        ("a price of £2,024", set()),
        ("March 2024 or June 2023?", {When(2024, 3, None), When(2023, 6, None)}),
    ],
)
def test_the_times_it_names(question: str, times: set[When]) -> None:
    assert set(times_in(question)) == times


@pytest.mark.parametrize(
    ("question", "periods"),
    [
        ("precept for 2025/26", ("2025/26",)),
        ("precept for 25/26", ("2025-26",)),
        ("precept for 25-26", ("2025-26",)),
        ("places for 18-19 year olds", ()),
        ("places for those of 18-25", ()),
        ("precept for 99/00", ("2099-00",)),
        ("house number 24/27", ()),
        ("Q3 figures for 2024", ("2024", "quarter 3")),
        ("the third quarter's figures", ("quarter 3",)),
        ("a price of £2024", ()),
    ],
)
def test_the_years_and_quarters_it_is_about(question: str, periods: tuple[str, ...]) -> None:
    assert periods_in(full_years(question)) == periods


@pytest.mark.parametrize(
    ("text", "period", "named"),
    [
        ("the precept for 2025-26", "2025/26", True),
        ("the precept for 2026-27", "2025/26", False),
        ("monitoring, Quarter 3", "quarter 3", True),
        ("monitoring, Q3", "quarter 3", True),
        ("monitoring, Quarter 2", "quarter 3", False),
    ],
)
def test_a_text_names_a_period_however_it_is_written(text: str, period: str, named: bool) -> None:
    assert names_period(text, period) is named


def test_a_meeting_is_within_the_time_asked_for() -> None:
    day = date(2024, 3, 12)
    for fitting in (When(2024, 3, 12), When(2024, 3, None), When(2024, None, None), When(None, 3, 12)):
        assert fitting.fits(day)
    for other in (When(2024, 3, 13), When(2024, 4, None), When(2023, None, None), When(None, 4, 12)):
        assert not other.fits(day)
    assert not When(2024, None, None).fits(None)


def test_a_text_names_the_time_asked_for() -> None:
    assert When(2024, None, None).named_in("since 2024")
    assert When(2024, 3, None).named_in("opened in March 2024")
    assert When(2024, 3, None).named_in("opened on 12 March 2024")
    for head in ("Mar-24", "March-2024"):
        assert When(2024, 3, None).named_in(f"Visits {head}")
    assert not When(2024, 3, None).named_in("opened in April 2024")
    assert not When(2024, 3, 12).named_in("opened on 12 March 2024")  # a day asked for is a meeting's
