"""How clauses, votes and numbers lead one paragraph of minutes into the next."""

import pytest

from tests.printed import decided, page, paragraphs, told


def test_numbered_clauses_under_the_words_that_move_them() -> None:
    (found,) = told(
        """
5 Hut

RESOLVED:

That the Cabinet:

1. Agrees to sell the hut.

2. Agrees that the garden be kept.

3. Notes that it leaks.
"""
    )
    assert (found.outcome, len(found.clauses)) == ("decided", 4)


def test_a_cabinet_that_recommends_to_council_decides_nothing() -> None:
    (found,) = told(
        "5 Budget\n\nRESOLVED:\n\nThat the Cabinet recommends to Council that it:\n\n1. Approves the budget."
    )
    assert found.outcome == "recommended"


def test_what_was_unanimously_resolved_is_not_the_vote_on_what_was_lost() -> None:
    lost, found = told(
        """
5 Buses

Councillor Pike proposed an amendment to wait a year; the amendment was not seconded and fell.

Resolved unanimously:

(1) That the scheme be made.

(2) That it begin in May.
"""
    )
    assert (lost.outcome, lost.vote and lost.vote.how) == ("lost", None)
    assert (found.outcome, len(found.clauses), found.vote and found.vote.how) == ("decided", 2, "unanimous")


def test_movers_before_and_agreed_are_of_what_follows() -> None:
    first, second = told(
        """
2 Standing Orders

It was agreed that each Member could ask three Questions.

Proposed by Councillor Hale;

Seconded by Councillor Orme;

And Agreed:

"That the draft Standing Orders be made, together with the following amendments:

• Meetings to begin at 7.15 p.m.;

• Questions to be in writing;
"""
    )
    assert first.text == "It was agreed that each Member could ask three Questions."
    assert "7.15" in second.text
    assert second.outcome == "decided"


def test_clauses_may_each_begin_with_what_was_done() -> None:
    (found,) = told(
        "5 Caravans\n\nThe Committee:-\n\n(a) noted the history; and\n\n(b) authorised service of a notice."
    )
    assert (found.outcome, len(found.clauses)) == ("decided", 2)


def test_a_body_of_clauses_in_the_present_is_what_somebody_said() -> None:
    assert told("5 Caravans\n\nThe Committee:\n\n(a) members of the public; and\n\n(b) officers.") == []


@pytest.mark.parametrize("clause", ["(a) impose a limit of 7 tonnes", "(a) revoke the order"])
def test_a_first_clause_that_acts_makes_more_than_a_note(clause: str) -> None:
    (found,) = told(f"MOVED by Cr Hale, seconded by Cr Orme:\n\n{clause}\n\n(b) note the survey.\n\nCARRIED")
    assert (found.outcome, found.mover) == ("decided", "Cr Hale")


def test_a_bold_that_heads_nothing() -> None:
    text = """
8 Plan

MOVED by Cr Hale, seconded by Cr Orme:
# That the Council:
(a) adopt the plan
(b) set the fee at $9.
# CARRIED

It was late by then, and the lamps had been lit along the whole of the quay before they went home.
"""
    (found,) = told(text)
    assert "set the fee at $9" in found.text
    assert (found.outcome, found.mover, found.seconder) == ("decided", "Cr Hale", "Cr Orme")


def test_a_division_between_a_motion_and_its_verdict() -> None:
    (found,) = told(
        """
8 Plan

MOVED by Cr Hale, seconded by Cr Orme:

(a) adopt the plan. A division was called for, voting on which was as follows:

For: Cr Hale, Cr Orme

Against: Cr Pike

The motion was declared CARRIED by 2 votes to 1.
"""
    )
    assert "adopt the plan" in found.text
    assert found.vote is not None
    assert (found.vote.for_, found.vote.against) == (2, 1)


def test_the_words_moved_and_their_verdict_under_the_movers() -> None:
    (found,) = told(
        "Moved by Trustee Hale Seconded by Trustee Orme\n\n"
        "THAT the vote of 3 May be rescinded. Carried by the required two-thirds."
    )
    assert (found.outcome, found.mover, found.seconder) == ("decided", "Trustee Hale", "Trustee Orme")
    assert found.text.startswith("THAT the vote of 3 May")


def test_lost_is_not_read_on_into_the_next_motion() -> None:
    lost, carried = told(
        """
9 Convent

COUNCIL RESOLUTION 12/085
Moved: Cr Hale Seconded: Cr Orme
That the convent be let.
LOST 2/5
COUNCIL RESOLUTION 12/086
Moved: Cr Pike Seconded: Cr Shaw
That the convent be sold.
CARRIED BY ABSOLUTE MAJORITY 6/1
"""
    )
    assert (lost.outcome, lost.mover) == ("lost", "Cr Hale")
    assert (carried.outcome, carried.mover) == ("decided", "Cr Pike")
    assert "sold" in carried.text


def test_this_is_agreed_takes_in_what_was_proposed() -> None:
    (found,) = told(
        "Councillors considered a proposal to raise the fee to £9 an hour.\n\nRESOLVED: That this is agreed, from May."
    )
    assert "£9 an hour" in found.text


NUMBERED = """
Fin/7/23-24 | Minutes RESOLVED that the minutes of 4 May be signed.
Fin/8/23-24 | Hut Rent The Clerk said that the rent was low, and
            | that nobody had paid it. RESOLVED that it be raised
            | to £90.
Fin/9/23-24 | Lamp Cllr Hale proposed that a lamp be bought and the
            | motion was not carried.
"""


def test_minutes_numbered_by_committee_and_year_in_a_column() -> None:
    lines = [each.replace("            |", "                          ") for each in NUMBERED.strip("\n").split("\n")]
    text = "\n".join(lines)
    found = told(text)
    assert [(each.outcome, each.number) for each in found] == [
        ("decided", "Fin/7/23-24"),
        ("decided", "Fin/8/23-24"),
        ("lost", "Fin/9/23-24"),
    ]
    assert "to £90" in found[1].text
    items = {each.item for each in paragraphs(page(text))}
    assert len(items) == 3


def test_a_minutes_number_like_a_resolutions_heads_it() -> None:
    text = """
# 2024/31 Pods in the glen
The officer recommended refusal. The Committee accordingly agreed to GRANT permission, subject to one condition.

# 2024/32 Path by the loch
Members decided, having regard to the views of the Forum, that no contribution be made.
It was a long day, and there was no more to be said of the path, which is steep and much too narrow for carts.
"""
    assert [each.outcome for each in told(text)] == ["decided", "decided"]
    assert [each.item for each in paragraphs(page(text)) if each.kind == "heading"] == [
        "2024/31 Pods in the glen",
        "2024/32 Path by the loch",
    ]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("3/24 Roof Deferred to the Works Committee for three quotes.", "deferred"),
        ("The idea of a sign was left over to the next meeting.", "deferred"),
        ("It was therefore determined that the renewal be not supported.", "decided"),
        ("(a) Training dates. Noted.", "noted"),
        ("Resolved that the Committee recommend that the Authority raise the levy.", "recommended"),
        ("Resolved: That the Board be recommended to publish the figures.", "recommended"),
        ("AGREED - to recommend that Council defers the matter.", "recommended"),
        ("RESOLVED: That the recommendations in the report be approved.", "decided"),
        ("Mr. Hale so moved; Ms. Orme seconded. Ayes: 4. Nays: 0. Motion passes.", "decided"),
        ("The petition was referred to the Highways Panel.", "decided"),
        ("The Board was content to consult on three options.", "decided"),
        ("Mr Hale suggested an outing. There was no support for this.", "lost"),
    ],
)
def test_what_it_comes_to(text: str, outcome: str) -> None:
    (found,) = told(text)
    assert found.outcome == outcome


@pytest.mark.parametrize(
    "text",
    [
        "Alternative options considered and rejected Members rejected a trust, and doing nothing.",
        "The surveyor said it was determined that the wall had moved.",
        "8 Members voted For; 4 Members voted Against; 1 Member Abstained.",
    ],
)
def test_what_only_tells_decides_nothing(text: str) -> None:
    assert told(text) == []


def test_a_notice_of_motion_on_an_agenda_is_proposed() -> None:
    text = '5. Notice of Motion from Councillor Hale: "I will move at the next meeting that the park be renamed".'
    (found,) = decided(text, "agenda")
    assert (found.outcome, found.mover) == ("proposed", "Councillor Hale")


MOTION = "6. Notice of Motion from Councillor Hale\n\nI will move at the next meeting that the lane be lit.\n\n"


def test_a_notice_of_motion_that_minutes_leave_open_is_proposed() -> None:
    (found,) = told(MOTION + "REPLY: There is no money for lamps.")
    assert (found.outcome, found.mover) == ("proposed", "Councillor Hale")
    assert "the lane be lit" in found.text


def test_a_notice_of_motion_that_was_lost_is_not_proposed_besides() -> None:
    assert [each.outcome for each in told(MOTION + "The motion was put and LOST.")] == ["lost"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("D. Hale moved to raise the fee. Vote 1-2 in favor.", "lost"),
        ("D. Hale moved to raise the fee. Vote 2-2 in favor.", "lost"),
        ("Proposal to raise the fee to £9. Vote: 1 in favour, 4 against.", "lost"),
        ("Proposal to raise the fee to £9. Vote: 4 in favour, 1 against.", "decided"),
        ("Cllr Hale proposed to sell the hut; this was rejected by 5 votes to 2.", "lost"),
        ("The proposal to sell the hut was put and not carried.", "lost"),
        ("The motion to sell the hut was withdrawn by leave of the meeting.", "withdrawn"),
        ("Moved by Cllr Hale, seconded by Cllr Orme, that the plan be approved. Deferred to May.", "deferred"),
        ("The Board recommended that Council approve the plan. Agreed.", "recommended"),
    ],
)
def test_what_was_not_carried_is_not_decided(text: str, outcome: str) -> None:
    (found,) = told(text)
    assert found.outcome == outcome
    assert "fee" in found.text or "hut" in found.text or "plan" in found.text


def test_a_motion_lost_as_amended() -> None:
    amendment, motion = told(
        "Cllr Hale moved that the hut be sold. Cllr Orme seconded. An amendment that it be let was carried. "
        "The motion as amended was then put and lost."
    )
    assert (amendment.outcome, motion.outcome) == ("decided", "lost")
    assert "be sold" not in amendment.text


@pytest.mark.parametrize(
    "text",
    [
        "It was decided in March to sell the hut; this has not happened.",
        "It was agreed at the last meeting that the hut be sold.",
        "The motion, if passed, would cost £4,000.",
        "It was moved by Cllr Hale, seconded by Orme, that the hut be sold. The Chair ruled the motion out of order.",
        "Carried forward from the last meeting: the hedge.",
        "Agreed with the contractor: start on Monday.",
        "Approved premises: the hut, the hall.",
    ],
)
def test_what_only_sounds_decided(text: str) -> None:
    assert told(text) == []
