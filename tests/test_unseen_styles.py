"""Minutes in styles met blind, as bodies of many countries print them: what they decide, and what they only tell."""

import pytest

from ingest.papers import papers_of
from tests.printed import decided, document, page, told


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("On a show of hands it was agreed 3-1 to object to the pods.", "decided", "the pods"),
        ("Members were happy to support both requests in full.", "decided", "both requests"),
        ("The hearing was adjourned to 30 July 2024.", "deferred", "hearing"),
        ("Item deferred to the October meeting.", "deferred", "October"),
        ("After discussion it was put off until the January meeting.", "deferred", "January"),
        ("RESOLVED: That the report be referred back to the Finance Committee.", "deferred", "Finance Committee"),
        (
            "AGREED TO RECOMMEND, on the proposal of Cllr Hale, seconded by Cllr Orme, that dogs be banned.",
            "recommended",
            "dogs",
        ),
        ("RESOLVED: That Council be recommended to approve the Local Plan.", "recommended", "Local Plan"),
        ("It was M/S/C (Hale/Orme) to approve the consent calendar.", "decided", "consent calendar"),
        ("By-law 24-11 was read a first, second and third time and finally passed.", "decided", "By-law 24-11"),
        ("Members opted for the three-year agreement with Quay Mutual.", "decided", "three-year"),
        ("The Board was content with the plan subject to a new section 4.", "decided", "section 4"),
        ("The Council raised no objection to the extension.", "decided", "extension"),
        ("It was concluded that a further business case should be brought in May.", "decided", "business case"),
        ("Mr Hale was nominated by Mr Orme and duly appointed as Chair of the Panel.", "decided", "Mr Hale"),
        ("VOTED: To approve the minutes of 3 May as written.", "decided", "3 May"),
        ("Decision 2024/19: Delegate the lease to the Treasurer.", "decided", "the lease"),
        ("The Mayor, having heard the Board, approved the fares scheme.", "decided", "fares scheme"),
        ("The Convener ruled that the item be continued to a future meeting.", "deferred", "the item"),
        ("Moved by Hale, seconded by Orme, to continue the matter to May. Passed 4-0.", "deferred", "the matter"),
        ("Cr Hale's rescission motion lapsed due to the absence of a seconder.", "lost", "rescission"),
        ("Cllr Hale’s proposal for a camera did not gain support.", "lost", "camera"),
        ("A motion by Mr. Hale to ban the rentals failed, 2-3.", "lost", "ban the rentals"),
        ("Mr Hale asked for a transfer. The transfer was therefore not approved.", "lost", "transfer"),
        ("The application had been withdrawn by the applicant.", "withdrawn", "application"),
        ("The Board received the presentation for information.", "noted", "presentation"),
        ("Mr Hale suggested tabling the goals. The Board agreed by consensus.", "decided", "the goals"),
        ("Ms. Hale moved to adjourn, seconded by Mr. Orme. Approved 3-0 at 8:05 p.m.", "decided", "adjourn"),
        ("Ms. Hale made a motion to buy a van. Mr. Orme seconded. All ayes; motion carried.", "decided", "a van"),
        ("Hale moved to buy a van. Orme seconded the motion, which carried unanimously.", "decided", "a van"),
    ],
)
def test_words_that_decide(text: str, outcome: str, words: str) -> None:
    (found,) = told(text)
    assert (found.outcome, words in found.text) == (outcome, True)


@pytest.mark.parametrize(
    "text",
    [
        "WHEREAS the Council adopted By-law 22-09 in June;",
        "The planner stated that the Commission voted 4-1 to refuse it.",
        "The Panel voted: 3 for, 9 against.",
        "It is the officers’ view, and they recommend that Council supports the motion.",
    ],
)
def test_words_that_only_tell(text: str) -> None:
    assert not [each for each in told(text) if each.outcome == "decided"]


def test_what_a_recital_says_was_resolved_is_not_what_was_moved() -> None:
    (found,) = told(
        """
Resolution No. 24-101
Moved by: C. Hale
Seconded by: E. Orme
WHEREAS Council adopted By-law 22-09 on June 7, 2022;
NOW THEREFORE BE IT RESOLVED THAT By-law 22-09 be repealed;
AND FURTHER THAT notice be given to ratepayers.
CARRIED
"""
    )
    assert (found.outcome, found.mover, found.seconder) == ("decided", "C. Hale", "E. Orme")
    assert "adopted" not in found.text
    assert "notice be given" in found.text


def test_a_motion_whose_disposition_is_said_under_a_label() -> None:
    carried, lost = told(
        """
Moved by: Councillor Hale
Seconded by: Councillor Orme

THAT the tender be awarded to Quay Ltd.

Disposition: Carried

Moved by: Councillor Pike
Seconded by: Councillor Hale

THAT the plan be referred back to staff.

Disposition: Defeated
"""
    )
    assert (carried.outcome, carried.mover) == ("decided", "Councillor Hale")
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Pike")


def test_movers_and_verdict_under_the_words_they_moved() -> None:
    (found,) = told("8 Doors\n\nThat the meeting hear the petition.\n\nMOVED Cr Hale SECONDED Cr Orme CARRIED 4/0")
    assert found.text.startswith("That the meeting hear the petition.")
    assert (found.mover, found.seconder) == ("Cr Hale", "Cr Orme")


def test_a_roll_call_stands_between_a_motion_and_its_verdict() -> None:
    (found,) = told(
        "A motion was made by Hale, seconded by Orme, to deny the rezoning. Upon roll call the vote was:\n\n"
        "Pike: No\nHale: Yes\nOrme: Yes\nMotion carried, 2 to 1."
    )
    assert "deny the rezoning" in found.text
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against) == (2, 1)


def test_a_motion_carried_is_not_read_into_the_amendment_lost_before_it() -> None:
    lost, carried = told(
        """
7 Trees

Motion
Moved: Councillor Hale
Seconded: Councillor Orme

That the target be 35%.

Amendment
Moved: Councillor Pike
Seconded: Councillor Shaw
That the target be 30%.

The amendment was put and lost.

The motion was put and carried.
"""
    )
    assert (lost.outcome, "30%" in lost.text, "35%" in lost.text) == ("lost", True, False)
    assert (carried.outcome, "35%" in carried.text, "30%" in carried.text) == ("decided", True, False)


def test_an_amendment_that_becomes_the_finding_is_told_without_the_motion() -> None:
    found, lost = told(
        "Councillor Hale, seconded by Councillor Orme, moved that charges be made. As an amendment, Councillor Pike, "
        "seconded by Councillor Shaw, moved that none be made. On a vote, 2 voted for the motion and 3 for the "
        "amendment. The amendment accordingly became the finding of the Committee."
    )
    assert (found.outcome, found.mover) == ("decided", "Councillor Pike")
    assert "charges be made" not in found.text
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Hale")


def test_an_amendment_carried_does_not_take_the_words_of_the_motion() -> None:
    found = told(
        '5 Dogs\n\nCouncillor Hale proposed the motion:\n\n"That this Council doubles the patrols."\n\n'
        "The Chair put the amendment to the meeting. 8 Members voted For; 4 Members voted Against. "
        "The Chair declared the amendment carried."
    )
    assert not [each for each in found if "doubles the patrols" in each.text]


def test_who_proposed_is_no_reason_to_take_in_the_sentence_before() -> None:
    (found,) = told(
        "The officer recommended that fees be raised. "
        "It was agreed, on the proposal of Cllr Hale, seconded by Cllr Orme, to hold fees."
    )
    assert (found.mover, "be raised" in found.text) == ("Cllr Hale", False)


TABLE = """
No | Item | Papers
1 | Minutes. The minutes of 3 May were agreed and signed. | None given.
2 | Hut. It was resolved to sell the hut. Proposed by BO. | None given.
3 | Fees. The officer recommended that the fee be raised. | None given.
"""


@pytest.fixture
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns that hold a sentence."""
    monkeypatch.setattr("tests.printed.COLUMN", 330.0)


@pytest.mark.usefixtures("wide")
def test_minutes_kept_as_a_table() -> None:
    found = told(TABLE)
    assert [each.outcome for each in found] == ["decided", "decided"]
    assert "sell the hut" in found[1].text


@pytest.mark.usefixtures("wide")
def test_a_table_of_what_others_recommend_is_none() -> None:
    assert told(TABLE.replace("Item", "Recommendation")) == []


AUTHORITYS = """
7 Planning

a) Applications considered

24/0123/FUL Rose Cottage – APPROVED

b) Decisions of the District Council

23/2211/FUL The Forge – APPROVED

23/2290/HOU Hill View – REFUSED
"""


def test_what_the_planning_authority_decided_is_not_the_parishs() -> None:
    assert ["Rose" in each.text for each in told(AUTHORITYS)] == [True]


@pytest.mark.parametrize("head", ["Cofnodion / Minutes", "Minutes / Cofnodion"])
def test_bilingual_minutes(head: str) -> None:
    text = f"# Thornwick Town Council\n# {head}\nMeeting held on 4 May 2023\nPresent: Cllr Hale"
    (paper,) = papers_of(document(page(text)), "council/paper.pdf")
    assert paper.kind == "minutes"


@pytest.mark.parametrize(
    ("text", "mover", "seconder"),
    [
        ("That the quotation be accepted. (Moved Cllr Hale/Seconded Cllr Orme) CARRIED", "Cllr Hale", "Cllr Orme"),
        ("It was moved by Hale, supported by Orme, to accept the quotation. Motion carried.", "Hale", "Orme"),
        ("Motion (Hale/Orme) to accept the quotation. All in favor. Passed.", "Hale", "Orme"),
    ],
)
def test_movers_between_strokes_and_supporters(text: str, mover: str, seconder: str) -> None:
    (found,) = told(text)
    assert (found.outcome, found.mover, found.seconder) == ("decided", mover, seconder)


def test_what_follows_recitals_in_their_own_paragraph_is_what_was_resolved() -> None:
    (found,) = told(
        "Resolution 2024-115\nMoved by: Hale Seconded by: Orme\nWHEREAS the tender closed on 1 May; AND WHEREAS "
        "three bids were received; NOW THEREFORE BE IT RESOLVED THAT the tender be awarded to Quay Ltd.\nCarried"
    )
    assert (found.outcome, found.mover, found.number) == ("decided", "Hale", "Resolution 2024-115")
    assert "awarded to Quay Ltd" in found.text


def test_what_somebody_said_another_body_approved_is_only_told() -> None:
    assert not told("Mr Hale said the Road Commission approved the gravel for Elm Road.")
    (found,) = told("Mr Hale said the lamps were out and it was agreed to replace them.")
    assert found.outcome == "decided"


def test_the_clerk_instructed_is_to_act_and_the_clerk_given_authority_may() -> None:
    assert [each.outcome for each in decided("The Clerk was instructed to obtain two further quotations.")] == [
        "action"
    ]
    (found,) = told("The Clerk was given delegated authority to sign the lease.")
    assert found.outcome == "decided"


@pytest.mark.parametrize(
    "text",
    [
        "With reference to paragraph 7 of the Minute of 24 August 2023, when the Committee agreed the winter plan, "
        "there had been circulated a report.",
        "The number of households has doubled since the Executive agreed the Homelessness Strategy.",
        "Mr Orme was directed to Miss Hale at the school.",
    ],
)
def test_what_a_body_did_before_is_only_told(text: str) -> None:
    assert told(text) == []
    assert decided(text) == []


def test_a_verdict_put_without_words_lends_its_movers_to_the_resolution_after_it() -> None:
    (decision,) = told(
        "The recommendation was then moved by County Councillor Hale, seconded by County Councillor Orme and, on "
        "being put to the vote, was CARRIED by 6 votes to 3. It was RESOLVED that permission be GRANTED for the quarry."
    )
    assert (decision.mover, decision.seconder) == ("County Councillor Hale", "County Councillor Orme")
    assert decision.vote is not None
    assert (decision.vote.for_, decision.vote.against) == (6, 3)


def test_a_year_is_no_count_of_votes() -> None:
    (decision,) = told("RESOLVED: to set a precept of £18,750 for 2024-25. For: 4 Against: 1")
    assert decision.vote is not None
    assert (decision.vote.for_, decision.vote.against) == (4, 1)


def test_a_tally_that_counts_for_an_amendment_too_carries_the_motion() -> None:
    text = """
Councillor Hale, seconded by Councillor Orme, moved that charges be introduced from May.

Councillor Birdwood, seconded by Councillor Lamb, moved as an amendment that it be left until after a survey.

On a show of hands Members voted as follows:- Motion - 4 votes Amendment - 3 votes The motion was accordingly carried.
"""
    (decision,) = told(text)
    assert "charges be introduced" in decision.text
    assert "survey" not in decision.text


def test_an_amendment_adopted_is_its_own_movers() -> None:
    text = """
The Convener, seconded by Councillor Orme, moved:- that the application be approved. Councillor Birdwood, seconded by
Councillor Lamb, moved as an amendment:- that the application be refused.

The Committee resolved:- to adopt the amendment and therefore refuse the application.
"""
    (decision,) = told(text)
    assert (decision.mover, decision.seconder) == ("Councillor Birdwood", "Councillor Lamb")
    assert "be approved" not in decision.text


DECISIONS = """
Brack Borough Council
# RECORD OF EXECUTIVE DECISIONS
The following decisions were taken by the Executive on Thursday 14 March 2024.

Agenda Item No: 4 Topic: Leisure fees Decision:

That the fees at Appendix A be introduced from 1 April 2024. Reason for decision:

To meet the income target approved by Council in February.

Agenda Item No: 5 Topic: Corn Street Decision:

That the freehold of 12 Corn Street be acquired.

Reason for decision:

To keep Members informed.
"""


def test_the_reasons_for_a_decision_are_none() -> None:
    words = [each.text for each in decided(DECISIONS, "decision")]
    assert len(words) == 2
    assert "Appendix A" in words[0]
    assert "Corn Street" in words[1]


@pytest.mark.parametrize(
    "head",
    [
        "FELLS FIRE AND RESCUE AUTHORITY\n16 December 2024\nPresent: Cllr Hale (Chair), Cllrs Orme and Lamb",
        "LLANFAIR COMMUNITY COUNCIL\nCofnodion y cyfarfod / Minutes of the meeting held\n9 January 2024",
    ],
)
def test_minutes_are_known_by_who_was_present_or_by_their_name_in_two_tongues(head: str) -> None:
    (paper,) = papers_of(document(page(f"{head}\n1. PRECEPT\nRESOLVED that the precept be £400.", 1)), "p1.pdf")
    assert paper.kind == "minutes"
