"""Minutes as different bodies print them: what each decides, who moved it, and how the vote went.

The wording is of the kinds that are out there (English districts, Scottish, Welsh, Irish and Ulster councils, parishes,
boards, North America, Australia, New Zealand); every name is made up.
"""

import pytest

from ingest.decisions import Decision
from ingest.head import Kind
from tests.printed import decided


def only(text: str, kind: Kind = "minutes") -> Decision:
    (decision,) = [each for each in decided(text, kind) if each.outcome != "action"]
    return decision


def cases(text: str) -> list[tuple[str, ...]]:
    """The minutes of each case, parted by lines of dashes, with what is expected after the arrow; "-" for nothing."""
    found = []
    for case in text.strip().split("\n---\n"):
        said, _, expected = case.partition("\n=> ")
        found.append((said, *expected.split(" | ")))
    return found


def known(value: str) -> str | None:
    return None if value == "-" else value


BARE = cases("""
4 Hut

RESOLVED:

That approval be given to the new hut.
=> decided | new hut
---
4 Hut

RESOLVED -

That the hut be sold.

That the money be kept.
=> decided | money be kept
---
# 4 Hut

# Decision:

(1) That the hut be sold; and

(2) That it be noted.
=> decided | hut be sold
---
# 4 Hut

The Clerk had looked into the state of the hut.

# Decision

That the matter be deferred until May.
=> deferred | until May
---
It was moved by Cllr A Hale, seconded by Cllr B Orme and

RESOLVED THAT:

The hut be sold.
=> decided | sold
---
Proposed by Cllr Hale
Seconded by Cllr Orme

AND AGREED

“To take in charge Oak Park.”
=> decided | Oak Park
---
UNANIMOUSLY RESOLVED TO RECOMMEND TO COUNCIL that a board be set up.
=> recommended | board be set up
---
The Board RECEIVED the chairs’ reports.
=> noted | chairs’ reports
---
Planning ref 24/1: Resolved: No objection.
=> decided | No objection
---
8.2 Resolved – to defer the map board.
=> deferred | map board
---
The Sub-Committee decided to grant the licence in part.
=> decided | licence in part
---
Councillor J. Hale was elected Chairman for the hearing.
=> decided | elected Chairman
---
Members agreed that the hedge be cut.

Agreed nem con.
=> decided | nem con
---
Thanks were recorded to Mr Pole for cutting the grass.
=> decided | Mr Pole
---
The Council recorded its thanks to Mr Pole.
=> decided | Mr Pole
---
A proposal to buy a speed gun was not seconded and therefore fell.
=> lost | speed gun
---
The proposed change was put to the vote.

The change was not agreed.
=> lost | not agreed
""")


@pytest.mark.parametrize(("text", "outcome", "words"), BARE)
def test_words_and_outcome(text: str, outcome: str, words: str) -> None:
    decision = only(text)
    assert decision.outcome == outcome
    assert words in decision.text


MOVED = cases("""
Moved by: A. Hale
Seconded by: B. Orme

THAT the road be mended.

CARRIED
=> decided | A. Hale | B. Orme
---
Motion #2024-72
Moved by: A. Hale
Seconded by: B. Orme

THAT we sell the grader.

DEFEATED
=> lost | A. Hale | B. Orme
---
# RESOLUTION 451/2019

Moved: Cr Lee Bow
Seconded: Cr Dave Grant

That Council build a park.

LOST 2/3
=> lost | Cr Lee Bow | Cr Dave Grant
---
MOVED by Mayor Hale, seconded Cr Orme:

That the Council:

a) mends the hall.

CARRIED
=> decided | Mayor Hale | Cr Orme
---
Council’s Resolution
Proposed by Mayor Hale, seconded by Cr Orme:

THAT the hall be mended.

CARRIED
=> decided | Mayor Hale | Cr Orme
---
HALE – That the grader be bought.

LOST.
=> lost | HALE | -
---
Commissioner Hale made a motion to pay the bills. Commissioner Orme seconded the motion. All voted
“aye”. The motion has passed.
=> decided | Commissioner Hale | Commissioner Orme
---
Councilmember Hale moved and Councilmember Orme seconded to approve the plan. Motion passed
unanimously.
=> decided | Councilmember Hale | Councilmember Orme
---
Motion by Hale, second by Orme, to table Ordinance No. 7. Ayes: Hale, Orme. Nays: Pike. Motion
carried 2-1.
=> deferred | Hale | Orme
---
RESOLVED on the motion of Clr Hale, seconded Clr Orme that a policy on trading be adopted.
=> decided | Clr Hale | Clr Orme
---
Proposed by Alderman Hale
Seconded by Councillor Orme and agreed that
the scheme be run again.
=> decided | Alderman Hale | Councillor Orme
---
It was proposed by Cllr. A. Hale, seconded by Cllr. B. Orme and resolved: “That the land be sold.”
=> decided | Cllr. A. Hale | Cllr. B. Orme
---
Cllr Hale MOVED, Cllr Orme SECONDED and it was RESOLVED to:

1. Note the plan.

2. Agree the aims.
=> decided | Cllr Hale | Cllr Orme
---
RESOLVED that the precept be £18,400 (Prop. Cllr. Hale, Sec. Cllr. Orme).
=> decided | Cllr. Hale | Cllr. Orme
---
Cllr Hale proposed and Cllr Orme seconded that the contract be renewed. All in favour.
=> decided | Cllr Hale | Cllr Orme
---
That three bins be bought. Proposed Cllr Hale, seconded Cllr Orme.

Motion lost.
=> lost | Cllr Hale | Cllr Orme
---
It was moved by Cllr Hale, seconded by Cllr Orme:

“This Council calls for buses.”

Upon being put to the vote, the motion was declared lost.
=> lost | Cllr Hale | Cllr Orme
""")


@pytest.mark.parametrize(("text", "outcome", "mover", "seconder"), MOVED)
def test_motions_with_their_movers(text: str, outcome: str, mover: str, seconder: str) -> None:
    decision = only(text)
    assert (decision.outcome, decision.mover, decision.seconder) == (outcome, mover, known(seconder))
    assert len(decision.text) > len("CARRIED unanimously")


VOTED = cases("""
RESOLVED: That the clock be mended.

Carried unanimously.
=> - | - | - | unanimous
---
RESOLVED that a flag be flown.

Vote: For 5 Against 2 Abstain 1
=> 5 | 2 | 1 | -
---
RESOLVED that a flag be flown.

Voting Record – 5 For, 0 Against, 1 Abstention.
=> 5 | 0 | 1 | -
---
RESOLVED that permission be GRANTED.

The vote was carried by 6 votes to 1 with 1 abstention.
=> 6 | 1 | 1 | -
---
3.2 It was resolved to:

A. Approve the budget.

3.3 The vote was: 6 in favour, 1 against and 0 abstentions.
=> 6 | 1 | 0 | -
---
Moved by: A. Hale
Seconded by: B. Orme

THAT a by-law be passed.

Yeas (3): A, B, C Nays (1): D

CARRIED (3 to 1)
=> 3 | 1 | - | -
---
Hale moved to approve a stop sign, seconded by Orme. The motion was adopted by a vote of (5-0).
=> 5 | 0 | - | -
---
Proposed by Cllr Hale,
Seconded by Cllr Orme,
That it be sold. On a vote, sixteen Members voted for the motion and two against and it was declared
carried.
=> 16 | 2 | - | -
---
RESOLVED: That it be sold.

The motion was carried, 14 for, 3 against.
=> 14 | 3 | - | -
""")


@pytest.mark.parametrize(("text", "for_", "against", "abstained", "how"), VOTED)
def test_a_vote_after_the_words_is_theirs(text: str, for_: str, against: str, abstained: str, how: str) -> None:
    vote = only(text).vote
    assert vote is not None
    counts = [None if count is None else str(count) for count in (vote.for_, vote.against, vote.abstained)]
    assert [*counts, vote.how] == [known(each) for each in (for_, against, abstained, how)]


def test_a_tie_decided_against_is_lost() -> None:
    decision = only(
        "Cllr Hale moved that 1,000 trees be planted, seconded by Cllr Orme.\n\n"
        "There were 18 votes in favour and 18 against. "
        "The Mayor used his casting vote to vote against the motion and it fell."
    )
    assert decision.outcome == "lost"
    assert "1,000 trees" in decision.text


def test_the_words_of_a_decision_are_told_once_where_the_motion_is_said_to_be_carried_before_them() -> None:
    lost, decision = decided(
        "Cllr Hale, seconded by Cllr Orme, moved that the play areas be kept. "
        "Cllr Pike moved as an amendment that two be closed. "
        "On a vote the MOTION received 9 votes and the AMENDMENT 6 and the MOTION was therefore CARRIED.\n\n"
        "# Decision\n\nThe Committee AGREED that the play areas be kept."
    )
    assert decision.text == "The Committee AGREED that the play areas be kept."
    assert (lost.outcome, lost.text) == ("lost", "Cllr Pike moved as an amendment that two be closed.")


def test_an_officers_recommendation_in_minutes_decides_nothing() -> None:
    decision = only(
        "# 8.1 Showground\n\n# OFFICER'S RECOMMENDATION\n\nThat Council lease it for ten years.\n\n"
        "# RESOLUTION 450/2019\n\n"
        "Moved: Cr Hale\nSeconded: Cr Orme\n\nThat Council lease it for five years.\n\nCARRIED"
    )
    assert "five years" in decision.text
    assert "ten years" not in decision.text


RECORD = """
# Record of executive decisions

# 6. Grants

# Decision

That a grant of £10,000 be made to the Mill Theatre.

# Reasons for decision

To support the arts.
"""


def test_a_record_of_decisions_says_what_under_a_heading() -> None:
    decision = only(RECORD, "decision")
    assert (decision.outcome, decision.text) == ("decided", "That a grant of £10,000 be made to the Mill Theatre.")


def test_a_decision_in_a_forms_field_ends_where_the_next_field_begins() -> None:
    text = "Decision: To grant a lease of Unit 4 to Tansy Crafts. Reasons for the decision: The unit is empty."
    assert only(text, "decision").text == "To grant a lease of Unit 4 to Tansy Crafts."
    assert decided("Decision: To grant a lease of Unit 4. Reasons for the decision: It is empty.", "report") == []


def test_members_who_voted_and_a_list_of_how_is_no_decision() -> None:
    assert decided("On a show of hands Members voted as follows: Motion – 6 votes, Amendment – 2 votes.") == []


def test_an_amendment_that_failed_is_not_the_recommendation_that_was_agreed() -> None:
    lost, *_, agreed = decided(
        """
# 162 Gardens

162.2 Councillor Hale moved a motion to amend the recommendations as shown below:

162.3 Councillor Orme formally seconded the motion.

162.4 The Chair put the motion to the vote that failed.

162.6 RESOLVED-

1) That the Committee agrees the design.

2) That the work be begun.
"""
    )
    assert (lost.outcome, lost.mover) == ("lost", "Councillor Hale")
    assert (agreed.outcome, len(agreed.clauses)) == ("decided", 2)


def test_movers_and_vote_said_of_the_recommendations_are_the_resolutions() -> None:
    decision = only(
        "The recommendations were moved by Councillor Hale and seconded by Councillor Orme, "
        "and CARRIED unanimously.\n\n"
        "RESOLVED that the tariffs be approved."
    )
    assert decision.text == "RESOLVED that the tariffs be approved."
    assert (decision.mover, decision.seconder) == ("Councillor Hale", "Councillor Orme")
    assert decision.vote is not None
    assert decision.vote.how == "unanimous"


def test_a_resolutions_number_alone_on_its_line_begins_the_next_one() -> None:
    first, second = decided(
        """
Resolution No. 2024-156
Moved by: D. Hale
Seconded by: B. Orme
NOW THEREFORE BE IT RESOLVED THAT the bridge be mended.
Carried
Resolution No. 2024-157
Moved by: C. Pike
Seconded by: D. Hale
BE IT RESOLVED THAT a stop sign be put up.
Deferred
"""
    )
    assert (first.outcome, first.mover) == ("decided", "D. Hale")
    assert (second.outcome, second.mover) == ("deferred", "C. Pike")


def test_a_main_motion_has_not_the_verdict_on_its_amendment() -> None:
    lost, agreed = decided(
        """
It was moved by Cllr Hale, seconded by Cllr Orme, that the plan be approved.

An amendment was moved by Cllr Pike, seconded by Cllr Shaw, that it be referred back.

Upon being put to the vote, the amendment was declared lost.

RESOLVED that the plan be approved.
"""
    )
    assert (lost.outcome, lost.mover) == ("lost", "Cllr Pike")
    assert "referred back" in lost.text
    assert "that the plan" not in lost.text
    assert (agreed.outcome, agreed.text) == ("decided", "RESOLVED that the plan be approved.")


LATER = cases("""
Mr. Hale made a motion, seconded by Ms. Orme, to approve the items. The motion passed unanimously.
=> decided | Mr. Hale | Ms. Orme
---
Mr. Hale made a motion to approve Resolution No. 45-2023. Ms. Orme seconded the motion. The motion carried.
=> decided | Mr. Hale | Ms. Orme
---
Mr. Hale made a motion to deny the change. The motion died for lack of a second.
=> lost | - | -
---
It is proposed by councillor Hale,
Seconded by councillor Orme,
And resolved

THAT the contract be awarded.

Carried unanimously
=> decided | councillor Hale | councillor Orme
---
The Capital Works Programme was considered in detail and approved.
=> decided | - | -
---
It was proposed by Cllr Hale and seconded by Cllr Orme that the minutes of 3 May be accepted. This was agreed.
=> decided | Cllr Hale | Cllr Orme
""")


@pytest.mark.parametrize(("text", "outcome", "mover", "seconder"), LATER)
def test_motions_in_other_wordings(text: str, outcome: str, mover: str, seconder: str) -> None:
    decision = only(text)
    assert (decision.outcome, decision.mover, decision.seconder) == (outcome, known(mover), known(seconder))


def test_those_who_voted_by_name_with_their_number_after_it() -> None:
    decision = only(
        "Cllr Hale moved, and Cllr Orme seconded, the Budget. A vote was recorded:\n"
        "For: Cllrs Hale, Orme and Shaw (3)\nAgainst: Cllr Pike (1)\nAbstained: None (0)\n\n"
        "RESOLVED that the budget be approved."
    )
    assert decision.vote is not None
    assert (decision.vote.for_, decision.vote.against, decision.vote.abstained) == (3, 1, 0)


def test_who_was_appointed_in_a_list_of_members_is_no_decision() -> None:
    assert (
        decided("Elected Members Appointed Members J Hale A Orme B Pike D Shaw were at the meeting of the Board.") == []
    )


def test_a_motions_number_then_its_movers_then_its_words() -> None:
    decision = only(
        "MOTION NUMBER 2024-29\nMoved by: A. Hale\nSeconded by: B. Orme\nThat the hall be painted.\n\nCarried"
    )
    assert (decision.mover, decision.seconder) == ("A. Hale", "B. Orme")
    assert decision.text.startswith("That the hall be painted")
