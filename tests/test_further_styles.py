"""Minutes in further styles met blind: small parishes' prose, and motions as other countries print them."""

import pytest

from ingest.papers import papers_of
from tests.printed import decided, document, page, told


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("Councillors were happy to give £300 this year.", "decided", "£300"),
        ("Council is happy to let the green be used on the Saturday only.", "decided", "the green"),
        ("Water trough leaking. Spend up to £150 agreed.", "decided", "£150"),
        ("Members were not in favour as there is one already.", "decided", "not in favour"),
        ("Mr Hale suggested it be moved. There was no appetite for this.", "lost", "no appetite"),
        ("Hall party. Left until March when Cllr Hale is back.", "deferred", "March"),
        ("It was agreed to leave this until the October meeting.", "deferred", "October"),
        ("The price was not known. No decision could be reached.", "deferred", "No decision"),
        ("£300 for a personal website. Not supported as outwith the criteria.", "lost", "criteria"),
        ("£250 for tents. Agreed, Mr Hale having left the room.", "decided", "£250"),
        ("Confirmed as correct and signed.", "decided", "signed"),
        ("The Governance Statement was read out and approved.", "decided", "Governance"),
        ("The internal auditor’s letter was noted.", "noted", "letter"),
        ("The following cheques were signed: Mrs Hale £412.60; Quay Hall £36.", "decided", "£412.60"),
        ("The Committee, having considered the report, agreed to close the baths.", "decided", "the baths"),
        ("The Committee, having discussed it, decided that only the toe be rebuilt.", "decided", "the toe"),
        ("There had been submitted and was approved Minute of Meeting of 4 June 2024.", "decided", "4 June"),
        ("Upon a show of hands, with 5 for and 2 against, it was so agreed.", "decided", "5 for"),
        ("That Council accept the presentation for information. CARRIED", "noted", "presentation"),
        ("Penderfynwyd / Resolved - adopt the phone box for £1.", "decided", "phone box"),
        ("MOVED by Reeve Hale that Bylaw 14-24 receive third reading. CARRIED", "decided", "Bylaw 14-24"),
        ("Motion by Hale, second by Orme, to go to closed session. All ayes.", "decided", "closed session"),
        ("In line with Standing Order 16 the motion stood referred to the Community Committee.", "deferred", "motion"),
        ("Mr Hale was not convinced. Left on the table until the May meeting.", "deferred", "May"),
        ("RESOLVED to agree to visit the site before determining the application.", "deferred", "the site"),
        ("Ms Hale moved to send the policy back to the Chief for changes. Mr Orme seconded. All in favor.", "deferred",
         "policy"),
        ("Cllr Hale moved that the Panel veto the precept. Two were for and four against. The veto therefore fell.",
         "lost", "veto"),
        ("RESOLVED: That the item be withdrawn and brought back to the June meeting.", "withdrawn", "item"),
        ("The list of conferences was noted by Members.", "noted", "conferences"),
        ("The Panel has determined to grant the variation in part.", "decided", "variation"),
        ("The request to remove the terminal hour is refused.", "decided", "terminal hour"),
        ("Examined by Mr Lamb. Accounts adopted as presented.", "decided", "Accounts"),
        ("Mrs Hale re-elected as Chair. Proposed: Mr Orme.", "decided", "Mrs Hale"),
        ("Payments of £1,876.44 approved as per schedule.", "decided", "£1,876.44"),
        ("Mr Hale wondered about a petition. Nobody was keen.", "lost", "petition"),
        ("The Board retrospectively signed off the quarter 3 return.", "decided", "quarter 3"),
        ("The Board noted the presentation and thanked Dr Hale.", "noted", "presentation"),
        ("Be it so resolved that accounts of $38,417 be paid. Motion carried.", "decided", "$38,417"),
        ("Be it so resolved that the deadline be moved. In favour: 2 Opposed: 4 Motion defeated.", "lost", "deadline"),
        ("All in favour of giving the work to Lamb & Son at £95 a cut.", "decided", "£95"),
        ("There was submitted and approved the Minute of Meeting of 12 September.", "decided", "12 September"),
        ("Recommended:- That Council be asked to approve the Business Plan.", "recommended", "Business Plan"),
        ("The Committee NOTED the action and recommendation tracker.", "noted", "tracker"),
        ("Ms Hale moved to buy the truck. Mr Orme seconded. Vote 4-1, Mr Lamb opposed.", "decided", "the truck"),
        ("Motion by Ms Hale, seconded by Mr Orme, to continue Item 4 to the meeting of 4 March. Motion carried 5-0.",
         "deferred", "Item 4"),
        ("That the road be referred to the 2026 budget deliberations. CARRIED", "deferred", "road"),
        ("Members agreed to hold this item over to March.", "deferred", "this item"),
        ("It was moved by Ms Hale and seconded by Mr Orme to table it. Motion to table carried 4-2.", "deferred",
         "table"),
    ],
)  # fmt: skip
def test_words_that_decide(text: str, outcome: str, words: str) -> None:
    (found,) = told(text)
    assert (found.outcome, words in found.text) == (outcome, True)


@pytest.mark.parametrize(
    "text",
    [
        "Cllr Hale advised that the Council had decided to defer the review and that funding for the road was agreed.",
        "Background. At its meeting of May 2021 Council approved a like shed on Lot 16.",
        "The speaker noted the Council agreed to a handrail at the park last year.",
        "Quay House - we had recommended refusal but Fells Council has approved it.",
        "At the March meeting it was agreed to switch the lamp off at midnight.",
        "In May 2022 Council resolved to refuse a larger feedlot.",
        "The county cabinet has approved the new park and ride.",
        "A backlog was to be cleared under proposals agreed by the Secretary of State.",
        "The Finance Committee voted 6-1 on March 12 to recommend Article 9.",
        "Further to Minute 112 of the last Council year, when it was resolved that it be looked at, it was heard.",
        "It was moved by Councillor Hale that the Panel support the precept without qualification.",
        "Council refused a similar application in 2019.",
        "Members heard of an earlier scheme. The highway authority had no objection.",
        "Cllr Hale said that the District had set its budget. It has also been decided that bins be emptied weekly.",
        "A letter came from the Agency, advising that it has decided to lower the limit on the bypass.",
        "Police had supported, at some length and with some force, an order that was approved at Netherby in 2022.",
        "The notice said that the State Highways Board approved the bridge.",
    ],
)
def test_words_that_only_tell(text: str) -> None:
    assert not told(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("201/24 RESOLVED (Hale/Orme) That the fee be waived.", ("Hale", "Orme")),
        ("Moved (Cr Hale/Cr Orme) That the fee be waived. CARRIED", ("Cr Hale", "Cr Orme")),
        ("He proposed that the sites close. RESOLVED: That the sites close.", (None, None)),
        ("VOTED: To appoint Mr Lamb to the board. Hale/Orme, 5-0-0.", ("Hale", "Orme")),
        ("Ms Hale moved to sell the van; second by Mr Orme. VOTED 5-0.", ("Ms Hale", "Mr Orme")),
        (
            "On the proposal of Cllr. Ní Bhroin, and seconded by Cllr. Ó Sé, it was resolved that the road be mended.",
            ("Cllr. Ní Bhroin", "Cllr. Ó Sé"),
        ),
        ("On a proposition by Councillor Hale, seconded by Councillor Orme, it was RESOLVED: that the tender of Lamb "
         "& Co be accepted.", ("Councillor Hale", "Councillor Orme")),
        ("Cllr Hale then proposed, and Cllr Orme seconded, it. RESOLVED: That it go on.", ("Cllr Hale", "Cllr Orme")),
        ("Cllr Hale proposed that rents be frozen; seconded Cllr Orme. RESOLVED.", ("Cllr Hale", "Cllr Orme")),
        ("Motion by Hale, support by Orme, to adopt the budget. Motion carried.", ("Hale", "Orme")),
        ("Cllr Hale proposed, Cllr Orme seconding, and RESOLVED to request £18,250.", ("Cllr Hale", "Cllr Orme")),
        ("Cllr Hale proposed that a letter be sent. This was seconded by Cllr Orme. The proposal was carried.",
         ("Cllr Hale", "Cllr Orme")),
    ],
)  # fmt: skip
def test_who_moved(text: str, names: tuple[str | None, str | None]) -> None:
    (found,) = told(text)
    assert (found.mover, found.seconder) == names


BLOCKS = """
Moved: Cr Hale                 Seconded: Cr Orme
That the grader be sold.
CARRIED 5/2  Res 083/24

It was moved and seconded        51/24

THAT Zoning Amendment Bylaw No. 722 be given first reading;

AND THAT a public hearing be held.

CARRIED

Resolution Number TW/2023/61 That the minutes be confirmed. Craig Hale/Aroha Orme       Carried

On a motion of Mr Hale, seconded by Mr Orme, the following resolution was DEFEATED   Ayes 2  Nays 3

RESOLVED that the loader be bought for $71,000.
"""


def test_motions_keep_their_words_their_movers_and_how_they_went() -> None:
    grader, bylaw, minutes, loader = told(BLOCKS)
    assert "grader be sold" in grader.text
    assert (grader.mover, grader.seconder, grader.outcome) == ("Cr Hale", "Cr Orme", "decided")
    assert "first reading" in bylaw.text
    assert "public hearing" in bylaw.text
    assert (minutes.mover, minutes.seconder) == ("Craig Hale", "Aroha Orme")
    assert "loader" in loader.text
    assert (loader.outcome, loader.mover, loader.seconder) == ("lost", "Mr Hale", "Mr Orme")
    assert loader.vote is not None
    assert (loader.vote.for_, loader.vote.against) == (2, 3)


def test_a_vote_without_a_majority_is_not_that_on_what_was_carried() -> None:
    (found,) = told(
        "Mr Hale proposed a rise and 2 were for, 4 against. RESOLVED that the rent stay, seconded by Mr Orme."
    )
    assert found.outcome == "decided"
    assert found.vote is None or found.vote.for_ is None


def test_what_was_carried_may_have_been_to_put_it_off() -> None:
    (found,) = told("MOVED by Reeve Hale to postpone the grant to April.\n\nCARRIED")
    assert found.outcome == "deferred"


def test_a_resolution_has_the_movers_and_the_vote_of_the_motion_not_of_its_amendment() -> None:
    text = """
It was moved by Councillor Hale, seconded by Councillor Orme and

"That the sum of £4.2m in paragraph 9 be approved."

An amendment was moved by Councillor Lamb and seconded by Councillor Fell:

"That the words 'for rural footways' be added."

The amendment was put and lost, 19 members voting for the amendment and 33 against.

The motion was then put and carried, 38 members voting for the motion, 12 against and 2 abstaining.

RESOLVED:

That the sum of £4.2m in paragraph 9 be approved.
"""
    lost, found = told(text)
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Lamb")
    assert (found.outcome, found.mover, found.seconder) == ("decided", "Councillor Hale", "Councillor Orme")
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against, found.vote.carried) == (38, 12, True)


def test_a_vote_that_lost_is_not_that_on_the_next_motion() -> None:
    text = """
Cllr Hale proposed and Cllr Orme seconded that the application be refused. The motion was lost by 2 votes to 3.

Cllr Lamb proposed and Cllr Fell seconded the officer recommendation.

Resolved (by 4 votes to 2)

That permission be GRANTED subject to conditions.
"""
    lost, found = told(text)
    assert lost.outcome == "lost"
    assert (found.outcome, found.mover, found.seconder) == ("decided", "Cllr Lamb", "Cllr Fell")
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against) == (4, 2)


def test_a_recorded_vote_by_name_stands_before_what_was_resolved() -> None:
    text = """
# 4. BUDGET

Councillor Hale moved, and Councillor Orme seconded, the recommendations. Councillor Hale said that it was time.

Councillor Lamb moved, and Councillor Fell seconded, the following amendment:

"That the charge be deleted."

For: Councillors Lamb and Fell (2)

Against: Councillors Hale, Orme and Moss (3)

The amendment was declared lost.

The substantive motion was then put to a recorded vote.

For: Councillors Hale, Orme, Moss and Ash (4)

Against: Councillors Lamb and Fell (2)

RESOLVED

1. To agree a budget of £311m.
"""
    lost, found = told(text)
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Lamb")
    assert (found.mover, found.seconder) == ("Councillor Hale", "Councillor Orme")
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against) == (4, 2)


def test_a_division_on_a_motion_and_its_amendment() -> None:
    text = """
Councillor Hale, seconded by Councillor Orme, moved that charges be introduced as recommended in the report.

As an amendment, Councillor Lamb, seconded by Councillor Fell, moved that none be introduced.

For the motion - Councillors Hale, Orme, Moss and Ash - 4 For the amendment - Councillors Lamb, Fell and Reed - 3

The motion was accordingly carried.
"""
    lost, found = told(text)
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Lamb")
    assert (found.outcome, found.mover) == ("decided", "Councillor Hale")
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against) == (4, 3)


def test_what_a_motion_would_defer_is_not_yet_deferred() -> None:
    text = """
Cllr Hale proposed and Cllr Orme seconded that consideration be DEFERRED for a site visit.

RESOLVED (8 for, 1 against)

That the application be DEFERRED for a site visit.
"""
    (found,) = told(text)
    assert (found.outcome, found.mover, found.seconder) == ("deferred", "Cllr Hale", "Cllr Orme")


def test_motions_with_their_subject_in_the_margin() -> None:
    first, second = told(
        "Agenda | 118/24 HALE: That the agenda be approved. | CARRIED\n"
        "Culvert | 121/24 ORME: That we install a culvert. | LOST"
    )
    assert (first.mover, first.outcome) == ("HALE", "decided")
    assert (second.mover, second.outcome) == ("ORME", "lost")


@pytest.mark.parametrize(
    ("label", "outcome"), [("DECISION", "decided"), ("Resolved (unanimously)", "decided"),
                           ("RECOMMENDED TO CABINET", "recommended"), ("RESOLVED (unanimous)", "decided"),
                           ("RESOLVED TO RECOMMEND TO COUNCIL:", "recommended")]
)  # fmt: skip
def test_a_label_in_ordinary_type_leads_to_the_words_under_it(label: str, outcome: str) -> None:
    (found,) = told(f"The Sub-Committee retired at 11.05 a.m.\n\n{label}\n\nThat the licence be revoked.")
    assert (found.outcome, "licence be revoked" in found.text) == (outcome, True)


def test_what_a_committee_did_may_be_printed_in_bold() -> None:
    text = """
# 4 Audit

The report was presented.

# The Committee NOTED the progress made.

# 5 Assessment

# The Board:

agreed that the Assessment be published;

agreed that a statement would follow.
"""
    noted, agreed = told(text)
    assert (noted.outcome, "progress" in noted.text) == ("noted", True)
    assert (agreed.outcome, "published" in agreed.text, "statement" in agreed.text) == ("decided", True, True)


def test_a_council_resolution_headed_by_its_movers() -> None:
    text = """
# COUNCIL RESOLUTION 2408.03 MOVED: Cr Hale SECONDED: Cr Orme

That Council:

1. Opens the pool from 26 October 2024; and

2. Sets the fee at $3.00.

CARRIED BY ABSOLUTE MAJORITY 6/1
"""
    (found,) = told(text)
    assert (found.mover, found.seconder) == ("Cr Hale", "Cr Orme")
    assert "Sets the fee" in found.text


def test_the_last_clause_of_a_motion_under_its_movers() -> None:
    text = """
# 25. TREASURY

It was MOVED by Councillor Hale and SECONDED by Councillor Orme:

"1. That the outturn position be approved; and

2. That the revised limits be adopted."

The motion was then put to the vote and CARRIED.
"""
    (found,) = told(text)
    assert "revised limits" in found.text


def test_the_reasons_in_a_record_of_decisions_decide_nothing() -> None:
    text = """
# RECORD OF DECISIONS TAKEN BY THE CABINET MEMBER FOR HIGHWAYS

Decision date: 12 March 2024

# Details of decision

That the order be made as advertised.

# Reasons for decision

The order would reduce speeds. It was agreed by the Police that speeds are high.
"""
    (found,) = decided(text, "decision")
    assert "order be made" in found.text


def test_a_label_in_a_column_of_its_own_in_a_record_of_decisions() -> None:
    text = """
# RECORD OF DECISIONS taken on Monday 20 May 2024

Decision | (a) That the Trust be appointed to run the centres.
Reason | The contract ends.
Decision | That the scheme not be renewed for 2024/25.
Options considered | A further year at £90,000.
Decision | Deferred to 17 June 2024 for a ward member briefing.
"""
    found = decided(text, "decision")
    assert [each.outcome for each in found] == ["decided", "decided", "deferred"]


def test_what_was_agreed_by_all_is_said_in_the_resolution_under_it() -> None:
    (found,) = told(
        "Proposed by Cllr Hale, seconded by Cllr Orme and agreed by all members present:\n\n"
        "RESOLVED that planning permission be GRANTED."
    )
    assert (found.mover, found.seconder, "GRANTED" in found.text) == ("Cllr Hale", "Cllr Orme", True)


def test_what_a_committee_resolved_to_do_under_a_number() -> None:
    text = """
# 3 Investment

# 3.1 The Committee resolved to:

1. Agree a reduction in equities to 12%.

2. Agree a new allocation to debt.
"""
    (found,) = told(text)
    assert "equities" in found.text
    assert "debt" in found.text


def test_a_resolution_in_bold_in_two_tongues_is_no_heading() -> None:
    text = "# 24/33 Cofnodion / Minutes\n\n# PENDERFYNWYD / RESOLVED to approve the minutes of 9 April 2024."
    (found,) = told(text)
    assert "9 April" in found.text


def test_a_motion_beside_headings_in_the_margin() -> None:
    (found,) = told("AGENDA | C-301-24 | MOVED by Councillor Hale that the agenda be accepted. | CARRIED")
    assert (found.mover, found.outcome) == ("Councillor Hale", "decided")


@pytest.mark.parametrize(
    ("text", "outcome", "words"),
    [
        ("Resolution 2024-071 Moved by: Hale Seconded by: Orme That Elm Lane be sealed.\n\nCARRIED", "decided", "Elm"),
        ("Resolution CL25/3.4 That the fee be £48.\n\nMoved: Cr Hale  Seconded: Cr Orme CARRIED", "decided", "£48"),
        ("Resolution CL25/3.4 That the fee be £48.\n\nMoved: Cr Hale Seconded: Cr Orme\n\nCARRIED 6/3", "decided",
         "fee"),
        ("Motion That the matter lie on the table.\n\nMoved: Cr Hale  Seconded: Cr Orme CARRIED", "deferred", "matter"),
        ("Roof Motion That Council mends it.\n\nMoved: Cr Hale. The motion LAPSED for want of a seconder.", "lost",
         "mends"),
        ("Resolved WCB/24/31 (Hale/Orme):\n\nThat the apology of Cr Tait be sustained.", "decided", "apology"),
        ("Resolved WCB/24/35 (Hale/Orme): That the update be noted.", "noted", "update"),
        ("Proposed by Cllr Hale\nSeconded by Cllr Orme\n\n- to recommend that Council names the lane.\n\n"
         "6 Members voted For, 3 voted Against. The Chair declared the motion carried.", "recommended", "the lane"),
    ],
)  # fmt: skip
def test_movers_above_or_under_the_words_they_moved(text: str, outcome: str, words: str) -> None:
    (found,) = told(text)
    assert found.outcome == outcome
    assert words in found.text
    assert "Hale" in (found.mover or "")


def test_a_resolution_ends_where_it_is_declared_adopted() -> None:
    first, second = told(
        "RESOLUTION 2024-61\n\nWHEREAS, bids were received;\n\nNOW, THEREFORE, BE IT RESOLVED that Lamb have the work."
        "\n\nAyes: Hale. Nays: Orme. Whereupon the Chairman declared the resolution adopted."
        "\n\nMoved by Hale, seconded by Orme, to rezone Elm Farm. Motion failed."
    )
    assert (first.outcome, second.outcome) == ("decided", "lost")
    assert "Elm Farm" not in first.text


def test_a_motion_that_is_lettered_has_its_verdict() -> None:
    (found,) = told("B. Buses. It was moved by Ms Hale and seconded by Mr Orme to buy two.\n\nMotion carried 6-0.")
    assert found.mover == "Ms Hale"
    assert "to buy two" in found.text


def test_a_list_that_a_motion_leads_into_has_its_words() -> None:
    (found,) = told(
        "It was moved by Ms Hale and seconded by Mr Orme to approve the following appointments:\n\n"
        "Jo Tait, Teacher, Step 3 Al Bell, Coach Roll Call: Hale – yes; Orme – yes; Lamb – yes. Motion carried."
    )
    assert (found.mover, found.outcome) == ("Ms Hale", "decided")
    assert "Jo Tait" in found.text
    assert "appointments" in found.text


def test_a_new_motion_is_not_the_vote_on_the_last() -> None:
    lost, carried = told(
        "Moved by Hale to waive bidding. Motion died for lack of support.\n\n"
        "Moved by Orme, supported by Tait, to seek sealed bids. Motion carried."
    )
    assert (lost.outcome, carried.outcome) == ("lost", "decided")
    assert "sealed bids" not in lost.text


HEADS = [
    "TOWN OF QUAY\nAMENITIES COMMITTEE - Wednesday 15th January 2025\nCouncillors: Mrs Hale (in the Chair); R. Orme\n"
    "1 MINUTES\nThe Minutes of the last Meeting were confirmed and signed.\n2 RENT\nRESOLVED: that it be £40.",
    "BOARD OF EDUCATION - REGULAR MEETING\nMay 20, 2024\nThe meeting was called to order by Mr Hale at 7:00 p.m.\n"
    "Roll call: Present - Hale, Orme.\nMotion by Hale, second by Orme, to pay the bills. Motion carried.",
    "MUNICIPAL DISTRICT OF QUAY\nREGULAR COUNCIL MEETING\nSeptember 25, 2024\nPRESENT: Reeve Hale\nAGENDA\n"
    "1 MOVED by Reeve Hale that the agenda be accepted. CARRIED\nThe meeting adjourned at 11:48.",
    "SHIRE OF QUAY\nORDINARY COUNCIL MEETING MINUTES - 27 AUGUST 2024\n1 OPENING\nThe President declared it open.\n",
    "Quay Borough Council\nScrutiny Commission\nTuesday 21 January 2025\nPresent\nCouncillors Hale (Chairman), Orme\n"
    "1 Minutes\nThe Commission agreed the minutes of 19 November 2024.",
]


@pytest.mark.parametrize("head", HEADS)
def test_minutes_are_known_by_what_they_tell(head: str) -> None:
    (paper,) = papers_of(document(page(head, 1)), "p1.pdf")
    assert paper.kind == "minutes"


@pytest.mark.parametrize(
    "head",
    [
        "QUAY COUNCIL\nA meeting of the Council will be held on Monday 20 January 2025\nAGENDA\n1 Apologies\n2 Minutes",
        "Quay Council\nReport of the Clerk\n20 January 2025\nThe Committee considered this and RESOLVED to wait.\n"
        "Motion carried. Mr Hale in the chair.",
        "QUAY COUNCIL\nDraft Local Plan, May 2024\nThe Council approved a first draft. Present: meadow and wood.",
    ],
)
def test_what_calls_a_meeting_or_reports_to_it_is_no_minutes(head: str) -> None:
    (paper,) = papers_of(document(page(head, 1)), "p1.pdf")
    assert paper.kind != "minutes"
