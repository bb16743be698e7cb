"""Movers, seconders and votes as minutes write them."""

import pytest

from ingest.votes import Vote, movers_of, vote_of


@pytest.mark.parametrize(
    ("text", "mover", "seconder"),
    [
        ("Proposed by Cllr Hale, seconded by Cllr Orme.", "Cllr Hale", "Cllr Orme"),
        ("It was proposed by Ms R Hale, seconded by Mrs T Orme, and AGREED", "Ms R Hale", "Mrs T Orme"),
        ("Moved: A. Hale Seconded: B. Orme", "A. Hale", "B. Orme"),
        ("Proposed by KH, seconded by GO", "KH", "GO"),
        ("PWh proposed the change and DN seconded it", "PWh", "DN"),
        ("Mrs Hale moved, and Ms Orme-Finch seconded, as an amendment, that", "Mrs Hale", "Ms Orme-Finch"),
        (
            "Councillor Jo Hale proposed, and Councillor Ed Orme seconded, that",
            "Councillor Jo Hale",
            "Councillor Ed Orme",
        ),
        ("R2024-12 A. Hale, B. Orme:", "A. Hale", "B. Orme"),
        ("R2024-12 A.Hale, B. Orme: That we pass it", "A.Hale", "B. Orme"),
        ("The Chair PROPOSED taking item 14 next", "The Chair", None),
        ("Proposed by Cllr Hale, seconded by Cllr Orme. Four in favour", "Cllr Hale", "Cllr Orme"),
        ("There was a long discussion", None, None),
    ],
)
def test_who_moved_and_seconded(text: str, mover: str | None, seconder: str | None) -> None:
    assert movers_of(text) == (mover, seconder)


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        ("carried unanimously", Vote(True, None, None, None, "unanimous")),
        ("AGREED, with 9 votes in favour, 3 against and 1 abstention", Vote(True, 9, 3, 1, None)),
        ("AGREED with 11 votes in favour and 2 abstentions", Vote(True, 11, None, 2, None)),
        ("RESOLVED, by 8 votes to 5, that", Vote(True, 8, 5, None, None)),
        ("Two voted in favour and four against, and the proposal was lost", Vote(False, 2, 4, None, None)),
        ("On a show of hands, 11 for and 1 against", Vote(True, 11, 1, None, "show of hands")),
        (
            "A recorded vote: For (2): Ms Hale, Mr Orme Against (3): Mr Pike, Mrs Rudd, Mr Shaw Abstained (1): Dr Tull",
            Vote(False, 2, 3, 1, "recorded vote"),
        ),
    ],
)
def test_votes(text: str, vote: Vote) -> None:
    assert vote_of(text) == vote


@pytest.mark.parametrize("text", ["It was agreed to pay £25 for the lights", "RESOLVED that the tender be accepted"])
def test_no_vote_is_none(text: str) -> None:
    assert vote_of(text) is None
