"""Telling language from glyph numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language import ENOUGH, TOO_FEW, garbled_share, is_language, lying_fonts

PROSE = (
    "The Committee considered the report of the Head of Highways on the closure of the footbridge, and heard that"
    " repairs would cost £48,500 and take until May. It was resolved that the tender be accepted."
)
SOUND = [
    PROSE,
    PROSE.upper(),
    "PRESENT: Cllrs J Okafor, K Brzeziński, P Nic Dhùghaill, S Ó Súilleabháin, T Llewelyn-Pryce and the Clerk",
    "Budget 2024-25 £1,204.50 3.5% (12.0) Actual 2023-24 £998.13 2.1% (9.0) Variance £206.37",
    "12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31",
    "Mae'r Cyngor wedi cytuno i dderbyn y cofnodion fel rhai cywir, a phenderfynwyd cymeradwyo'r gyllideb.",
    "KC IK IL JS PW RB MC GD JF HP TS",
    "Adults £m Children £m Growth £m Total £m Net +0.4 -1.2 +3.9 +3.1 Gross +1.4 -0.2 +4.9 +6.1",
    "",
]


def shifted(text: str, by: int) -> str:
    return "".join(chr(max(0, ord(char) + by)) for char in text)


@pytest.mark.parametrize("text", SOUND)
def test_papers_are_language(text: str) -> None:
    assert is_language(text)


@given(st.integers(-60, 60).filter(lambda by: abs(by) not in (0, 32)))
def test_codes_shifted_by_a_constant_are_not(by: int) -> None:
    # By 32 lower case becomes upper and the reverse, which no font does.
    assert not is_language(shifted(PROSE, by))


def test_codes_shifted_as_cut_down_fonts_leave_them_are_not() -> None:
    assert not is_language(shifted("Clerk’s Report", -29), TOO_FEW)
    assert not is_language(shifted("The minutes were confirmed as a true record.", -29), TOO_FEW)


@given(st.permutations("abcdefghijklmnopqrstuvwxyz"))
def test_letters_put_for_one_another_are_mostly_not(letters: list[str]) -> None:
    table = str.maketrans("abcdefghijklmnopqrstuvwxyz", "".join(letters))
    kept = sum(letters[ord(letter) - 97] == letter for letter in "etaoinshr")
    # A table that happens to give common letters for common letters cannot be told by their numbers.
    common = sum(letters[ord(letter) - 97] in "etaoinshrdl" for letter in "etaoinshrdl")
    if kept == 0 and common <= 3:
        assert not is_language((PROSE * 2).lower().translate(table))


def test_too_few_letters_are_let_be() -> None:
    assert is_language("QZXJ VKW")
    assert is_language("x" * (ENOUGH - 1))


def test_a_stray_glyph_without_a_letter_is_let_be() -> None:
    assert is_language("Chairman \x01\x02 Date")
    assert not is_language("\x01\x02")


def test_the_share_of_a_page_that_is_garbled() -> None:
    sound = [PROSE[:90]] * 10
    broken = [shifted(PROSE[:90], -29)] * 10
    assert garbled_share(sound) == 0
    assert garbled_share(broken) == 1
    assert 0.3 < garbled_share([*sound, *broken]) < 0.7
    assert garbled_share([]) == 0


def test_fonts_are_convicted_by_what_is_written_in_them() -> None:
    written = {
        "Sound": PROSE,
        "Sound?": "• • •",
        "Cut": '$ # " ! % &',
        "Cut?": shifted(PROSE, -29),
        "Both": PROSE,
        "Both?": shifted("Clerk’s Report", -29),
        "Figures": "12 13.5 £400",
    }
    assert lying_fonts(written) == {"Cut", "Cut?", "Both?"}
