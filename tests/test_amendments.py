"""A motion, the amendments to it, and which verdict is whose."""

import pytest

from tests.printed import told

IN_ONE = """
7 Hut

Cllr Hale proposed that the hut be let for ten years. Seconded by Cllr Orme. An amendment by Cllr Pike, seconded by
Cllr Shaw, to make it two years was LOST by 3 votes to 6. The proposal was then CARRIED by 7 votes to 2.
"""


def test_a_motion_carried_after_its_amendment_was_lost() -> None:
    lost, carried = told(IN_ONE)
    assert (lost.outcome, lost.vote and (lost.vote.for_, lost.vote.against)) == ("lost", (3, 6))
    assert "two years" in lost.text
    assert "ten years" not in lost.text
    assert (carried.outcome, carried.mover) == ("decided", "Cllr Hale")
    assert carried.text.startswith("Cllr Hale proposed that the hut be let for ten years.")
    assert carried.vote is not None
    assert (carried.vote.carried, carried.vote.for_, carried.vote.against) == (True, 7, 2)


def test_a_motion_lost_after_its_amendment_was_carried_decides_nothing() -> None:
    text = IN_ONE.replace("was LOST by 3 votes to 6", "was CARRIED by 6 votes to 3")
    carried, lost = told(text.replace("then CARRIED by 7 votes to 2", "then LOST by 2 votes to 7"))
    assert "ten years" not in carried.text
    assert lost.outcome == "lost"
    assert "ten years" in lost.text


OVER_SEVERAL = """
7 Lane

MOVED by Cr Hale, seconded by Cr Orme:

(a) set a limit of 30km/h in Mill Lane.

Amendment MOVED by Cr Pike, seconded by Cr Shaw: that the limit be 50km/h. LOST (2/7). The motion was put. CARRIED
"""


def test_a_motion_set_out_before_the_paragraph_of_its_amendment() -> None:
    lost, carried = told(OVER_SEVERAL)
    assert (lost.outcome, lost.mover, "30km/h" in lost.text) == ("lost", "Cr Pike", False)
    assert (carried.outcome, carried.mover, carried.seconder) == ("decided", "Cr Hale", "Cr Orme")
    assert "set a limit of 30km/h" in carried.text
    assert "50km/h" not in carried.text


def test_a_roll_call_on_an_amendment_and_one_on_the_main_motion() -> None:
    lost, carried = told(
        """
MOTION by Hale, second by Orme, to adopt Ordinance No. 12. MOTION TO AMEND by Pike, second by Shaw, to set the fee at
$9. Roll call vote. AYES: Pike, Shaw. NAYS: Hale, Orme, Lee. MOTION TO AMEND FAILED 2-3.

Main motion. Roll call vote. AYES: Hale, Orme, Lee. NAYS: Pike, Shaw. MOTION CARRIED 3-2.
"""
    )
    assert (lost.outcome, lost.mover, lost.seconder) == ("lost", "Pike", "Shaw")
    assert (carried.outcome, carried.mover, carried.seconder) == ("decided", "Hale", "Orme")
    assert "adopt Ordinance No. 12" in carried.text


def test_one_breath_may_lose_the_amendment_and_carry_the_motion() -> None:
    (carried,) = told(
        """
Councillor Hale proposed that meetings begin at 7 p.m. This was seconded by Councillor Orme.

Councillor Pike proposed an amendment that meetings begin at 5 p.m. This was seconded by Councillor Shaw.

The Mayor declared the amendment defeated and, therefore, the original motion carried.
"""
    )
    assert (carried.outcome, carried.mover) == ("decided", "Councillor Hale")
    assert "7 p.m." in carried.text
    assert "5 p.m." not in carried.text


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("MOTION by Hale, second by Orme, to table the lease until May. MOTION CARRIED 5-0.", "deferred", "the lease"),
        ("MOTION by Hale, second by Orme, to buy a van. Pike asked for time. MOTION TO POSTPONE CARRIED 4-1.",
         "deferred", "POSTPONE"),
        ("MOTION by Hale, second by Orme, to approve the agenda. Approved 5-0.", "decided", "agenda"),
        ("D. Hale moved to award the plough contract to Orme. B. Orme 2nd. Vote 3-0 in favor.", "decided", "plough"),
        ("D. Hale moved to raise the fee. There was no second. Motion dies.", "lost", "raise the fee"),
        ("D. Hale moved that the Board recommend Article 9 to Town Meeting. Second by Orme. Passed 2-1 (Lee opposed).",
         "recommended", "Article 9"),
        ("Motion by D. Hale to deny the request; seconded by B. Orme; roll call: Hale yes, Orme yes. So voted.",
         "decided", "deny"),
        ("A proposal by Cllr Hale, seconded Cllr Orme, to give £9,000 to the Trust was not carried (3 for, 4 against).",
         "lost", "£9,000"),
        ("CARRIED Cr Hale asked that his vote against be recorded.", "decided", "CARRIED"),
    ],
)  # fmt: skip
def test_a_motion_and_its_verdict_in_one_paragraph(text: str, outcome: str, words: str) -> None:
    (found,) = told(text)
    assert found.outcome == outcome
    assert words in found.text


@pytest.mark.parametrize(
    "text",
    [
        "Members voted for and against as they saw fit.",
        "There was no seconded report on the hut.",
        "MOTION by Hale, second by Orme, to adopt Ordinance No. 12. The debate was adjourned till the morning after.",
        "Cllr Hale asked whether it was determined that the bridge had been weak.",
    ],
)
def test_no_verdict_no_decision(text: str) -> None:
    assert not [each for each in told(text) if each.outcome == "decided"]


def test_motions_numbered_with_their_movers_name() -> None:
    found = told(
        """
24-031 Hale: That the rink be flooded. CARRIED
24-032 Orme: That the Bylaw be read again at this meeting. NOT CARRIED UNANIMOUSLY - third reading put off to May.
24-033 Pike: That the depot close in April. DEFEATED (In favour: Pike. Opposed: Hale, Orme, Shaw, Lee, Teal, Vane)
24-034 Shaw: That the letter be received for information. CARRIED
"""
    )
    assert [(each.outcome, each.mover) for each in found] == [
        ("decided", "Hale"),
        ("lost", "Orme"),
        ("lost", "Pike"),
        ("noted", "Shaw"),
    ]
    assert found[2].text.startswith("That the depot close in April.")


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        (
            "The verge is a jungle. Proposal that we pay £45 a cut. DH proposed, BO seconded, all in favour.",
            "decided",
            "£45",
        ),
        ("The Clerk has bought new pads (£61). Agreed retrospectively.", "decided", "pads"),
        (
            "DH proposed a bench at £480. Seconded BO. Carried 2-1 (CP against because of the mowing).",
            "decided",
            "£480",
        ),
        ("After a long chat it was decided we won't join the watch.", "decided", "join"),
        ("We resolved to ask for £6,250, the same as last year.", "decided", "£6,250"),
        ("Mr Hale thought that it should be let again. This was not supported.", "lost", "let again"),
    ],
)
def test_a_parish_that_writes_as_it_speaks(text: str, outcome: str, words: str) -> None:
    (found,) = told(text)
    assert (found.outcome, words in found.text) == (outcome, True)


def test_a_notice_of_motion_in_quotation_marks_goes_with_its_verdict() -> None:
    text = '5. Notice of Motion\n\n"That this Council builds a shelter."\n\nThe motion was adopted unanimously.'
    (found,) = told(text)
    assert (found.outcome, "builds a shelter" in found.text) == ("decided", True)
