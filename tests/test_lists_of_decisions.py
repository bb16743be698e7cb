"""Papers that record decisions without being minutes: notices, summaries and records of what was decided."""

import pytest

from ingest.decisions import decisions_of
from ingest.papers import Paper, papers_of
from tests.printed import decided, document, page, paragraphs


def paper(text: str, path: str = "exec/paper.pdf") -> Paper:
    (found,) = papers_of(document(page(text)), path)
    return found


@pytest.mark.parametrize(
    "head",
    [
        "# EXECUTIVE DECISION NOTICE\nPublished: Friday 5 May 2023\nDecisions come into force on 12 May 2023.",
        "# NOTICE OF DECISIONS\nTaken by the Executive on 4 May 2023. Unless called in they will be implemented.",
        "# Assembly – Decision Summary\nThursday 4 May 2023",
        "# Summary of decisions\nMeeting of the Board, 4 May 2023",
        "# Thornwick Borough Council\n# Record of decisions taken by the Executive on 4 May 2023",
        "# Decisions taken by the Cabinet\n4 May 2023",
        "# Schedule of Executive decisions\nCabinet, 4 May 2023",
    ],
)
def test_a_list_of_what_was_decided_is_a_record(head: str) -> None:
    assert paper(f"{head}\nThat the hut be sold.").kind == "decision"


@pytest.mark.parametrize(
    "head",
    [
        "# NOTICE OF KEY DECISIONS\nTo be taken by the Executive between 1 June 2023 and 30 September 2023",
        "# Schedule of decisions\nForward plan from 1 June 2023",
        "# NOTICE OF MOTION\nFor the Council on 4 May 2023: that the hut be sold",
        "# PUBLIC NOTICE\nThe Council intends to close the lane on 4 May 2023.",
        "# Proposed Record of Decision\nBy the Leader, 4 May 2023",
        "# Decision list\nNo day is given.",
    ],
)
def test_what_is_still_to_come_is_none(head: str) -> None:
    text = f"{head}\nThat the hut be sold."
    found = paper(text)
    assert found.kind != "decision"
    assert not [
        each for each in decisions_of(paragraphs(page(text)), found.kind) if each.outcome not in ("proposed", "action")
    ]


def test_its_meeting_is_not_the_day_on_which_it_takes_effect() -> None:
    text = "# EXECUTIVE DECISION NOTICE\nPublished: 5 May 2023\nUnless called in, these take effect on 12 May 2023."
    assert str(paper(text, "exec/2023-05-04-decisions.pdf").meeting_date) == "2023-05-04"


TABLE = """
Item | Decision | Reasons
1 | That the hut be sold. | It leaks.
2 | That this be noted. | None.
3 | Deferred to June. | None.
4 | Recommend to Council. | It is due.
"""


def test_what_stands_under_decision_in_a_table() -> None:
    found = decided(TABLE, "decision")
    assert [each.outcome for each in found] == ["decided", "noted", "deferred", "recommended"]
    assert found[0].text == "1 That the hut be sold."


def test_a_column_of_decisions_in_minutes_may_be_anothers() -> None:
    assert decided(TABLE.replace("That the hut be sold", "Granted by Orme")) == []


RECORD = """
# Thornwick Borough Council
# Record of decisions taken by the Executive on 4 May 2023

# 1. Hut

To sell the hut by auction.

# 2. Fees

That the fee be £4.
Options considered: that it be £5.

# 3. Plan

The Executive recommends to Council that the plan be adopted.

# 4. Outturn

The overspend of £2,000 was noted.

# Reasons

That the hut leaks was known to all.
"""


def test_a_record_needs_no_operative_word() -> None:
    told = [(each.outcome, each.text) for each in decided(RECORD, "decision")]
    assert told == [
        ("decided", "To sell the hut by auction."),
        ("decided", "That the fee be £4."),
        ("recommended", "The Executive recommends to Council that the plan be adopted."),
        ("noted", "The overspend of £2,000 was noted."),
    ]


def test_what_is_stated_bare_decides_nothing_elsewhere() -> None:
    assert not [each for each in decided(RECORD) if each.outcome == "decided"]
    assert not [each for each in decided(RECORD, "report") if each.outcome == "decided"]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("not approved. The Clerk to ask again.", "lost"),
        ("not agreed", "lost"),
        ("to change the caterer from June", "decided"),
    ],
)
def test_decision_as_a_label_may_say_that_it_was_not(words: str, outcome: str) -> None:
    (found,) = decided(f"2. Meals\n\nDecision: {words}")
    assert found.outcome == outcome


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (
            "Ordinary Meeting of the Council held at the Hall on Thursday 4th May 2023\nPresent: Cllrs Hale, Orme",
            "minutes",
        ),
        ("Works Committee held on Thursday 4 May 2023\nWC/1/23 Present Cllr Hale (Chair), Cllr Orme", "minutes"),
        ("Proceedings of the Board held at the Quay on 4 May 2023\nTrustees present: Mrs Hale", "minutes"),
        ("Meeting of the Council to be held at the Hall on Thursday 4th May 2023\nPresent: none yet", "other"),
        ("The fête was held on 4 May 2023\nPresent: all the village", "other"),
        ("Report to the meeting of the Council held on 4 May 2023\nPresent position: good", "report"),
    ],
)
def test_a_meeting_told_as_held_has_minutes(head: str, kind: str) -> None:
    assert paper(f"# Thornwick Town Council\n{head}\n1. Apologies\nNone.").kind == kind


def test_a_report_after_minutes_in_a_pack_is_no_part_of_them() -> None:
    pages = (
        "# Thornwick Town Council\n# Works Committee\n# Agenda\nThursday 4 May 2023\n1. Minutes\n2. Hut",
        "# Thornwick Town Council\n# Works Committee\n# Minutes of the meeting held on 2 March 2023\nPresent: Hale\n"
        "RESOLVED that the lamp be mended.\nNobody said more.",
        "# The Hut\n# Recommendation\nThat the hut be sold.\nIt leaks, and has leaked since the storm.",
        "More was written of the hut.",
    )
    found = papers_of(document(*(page(text, n) for n, text in enumerate(pages, start=1))), "works/pack.pdf")
    assert [(each.kind, each.first_page, each.last_page) for each in found] == [
        ("agenda", 1, 1),
        ("minutes", 2, 2),
        ("report", 3, 4),
    ]


def test_minutes_that_print_the_recommendation_go_on() -> None:
    pages = (
        "# Thornwick Town Council\n# Works Committee\n# Agenda\nThursday 4 May 2023\n1. Minutes\n2. Hut",
        "# Thornwick Town Council\n# Works Committee\n# Minutes of the meeting held on 2 March 2023\nPresent: Hale",
        "# The Hut\n# Recommendation\nThat the hut be sold.\nMoved by Cllr Hale. Carried.",
    )
    found = papers_of(document(*(page(text, n) for n, text in enumerate(pages, start=1))), "works/pack.pdf")
    assert [each.kind for each in found] == ["agenda", "minutes"]


def test_a_recommendation_ends_where_the_report_goes_on() -> None:
    text = "# 2 Recommendation\n\n2.1 That the hut be sold.\n\n3.1 The hut leaks, and has leaked since the storm."
    (found,) = decided(text, "report")
    assert (found.outcome, found.text) == ("recommended", "2.1 That the hut be sold.")
