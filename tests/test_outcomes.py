"""Sentences of minutes that decide, lose, put off or only speak of something: none may be told as more than it is."""

import pytest

from tests.printed import decided

#: What a sentence comes to; "-" for one that decides nothing.
SAID = [
    ("The officer recommended that the application be approved.", "-"),
    ("It was suggested that the matter be agreed at the next meeting.", "-"),
    ("Members were asked to agree the recommendations.", "-"),
    ("The recommendation was not supported.", "lost"),
    ("It was agreed to defer the item to July.", "deferred"),
    ("The item was deferred.", "deferred"),
    ("Item 7 was withdrawn from the agenda.", "withdrawn"),
    ("Councillor Hale withdrew her motion.", "withdrawn"),
    ("With the agreement of the seconder, the motion was withdrawn.", "withdrawn"),
    ("The motion fell for want of a seconder.", "lost"),
    ("There being no seconder the motion was not put.", "lost"),
    ("The amendment was put to the vote and LOST by 4 votes to 9.", "lost"),
    ("The Chair said that Cabinet had agreed the budget in January.", "-"),
    ("Councillor Orme hoped that it would be agreed.", "-"),
    ("Councillor Orme asked whether it was agreed that the road would be closed.", "-"),
    ("RESOLVED not to approve the application.", "decided"),
    ("RESOLVED that the application be REFUSED.", "decided"),
    ("RESOLVED that consideration of the report be deferred.", "deferred"),
    ("RESOLVED that the report be deferred and that officers bring a plan to the July meeting.", "deferred"),
    ("It was RESOLVED to RECOMMEND to Full Council that the budget be approved.", "recommended"),
    ("RECOMMENDED: That Council adopt the plan.", "recommended"),
    ("The Committee recommended to Cabinet that the plan be adopted.", "recommended"),
    ("The application was refused by the District Council in March.", "-"),
    ("The Council had resolved in 2019 to keep the hut.", "-"),
    ("If approved, the scheme would begin in May.", "-"),
    ("The scheme, which was approved in 2019, had cost more.", "-"),
    ("Once agreed, the plan would be published.", "-"),
    ("The motion, having been put to the vote, was declared not carried.", "lost"),
    ("On being put to the vote the motion was defeated by 12 votes to 20.", "lost"),
    ("The motion was put and there voted FOR 7, AGAINST 12, ABSTAINED 1. The motion was lost.", "lost"),
    ("The proposal failed to find a seconder.", "lost"),
    ("The resolution was not adopted.", "lost"),
    ("The Council agreed not to renew the lease.", "decided"),
    (
        "RESOLVED: That the minutes be approved, subject to the amendment of minute 7 to say that the motion was lost.",
        "decided",
    ),
    ("No decision was made.", "-"),
    ("The report was laid on the table until May.", "deferred"),
    ("The Committee resolved to grant planning permission subject to a section 106 agreement.", "decided"),
    ("That the application be APPROVED was moved by Cllr Hale but not seconded.", "lost"),
    ("Cllr Hale moved that the application be approved. This was not seconded.", "lost"),
    ("A vote was taken and the recommendation to approve was lost by 3 votes to 6.", "lost"),
    ("The recommendation to refuse was overturned and the application was APPROVED by 6 votes to 3.", "decided"),
    ("Agreed in principle, subject to a further report.", "decided"),
    ("Not agreed.", "lost"),
    ("DECISION: Refuse", "decided"),
    ("RESOLVED: Refuse permission.", "decided"),
]


@pytest.mark.parametrize(("text", "outcome"), SAID)
def test_a_sentence_comes_to_no_more_than_it_says(text: str, outcome: str) -> None:
    minutes = f"# 7 Item\n\nThere was some talk of the matter before the members at length.\n\n{text}"
    found = [decision.outcome for decision in decided(minutes) if decision.outcome != "action"]
    assert found == ([] if outcome == "-" else [outcome])
