"""What a council says on planning applications put to it."""

import pytest

from tests.printed import decided

ITEM = "# 6 Planning\n\n{}"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("a) DC/24/00871 Orchard End, Church Road. Single storey extension. No objection.", "decided"),
        ("24/0131  Barn at Town End, conversion to holiday let - Object: no parking and bats.", "decided"),
        ("23/01902/LBC Replacement windows, Old Manse. No comment.", "decided"),
        ("C/24/118 - Ty Isaf, agricultural building. Dim gwrthwynebiad / No objection.", "decided"),
        ("PA24/00311 Holiday pods. Defer to the next meeting.", "deferred"),
        ("b) DC/24/00902 Land at the Yard. Three dwellings.\n\nOBJECT on grounds of access.", "decided"),
    ],
)
def test_a_view_at_the_end_of_its_line(line: str, outcome: str) -> None:
    (found,) = decided(ITEM.format(line))
    reference = line.split()[0 if line[0] not in "ab" else 1]
    assert (found.outcome, reference in found.text) == (outcome, True)


@pytest.mark.parametrize(
    "text",
    [
        "23/0977  The Forge - the National Park has granted permission.",
        "24/0987/FUL The Mill. Granted by the District.",
        "24/0118 Low Fold. Mrs Hale supported the scheme but asked for a hedge, and spoke of it at length.",
    ],
)
def test_what_others_decide_or_say_is_none_of_its_views(text: str) -> None:
    assert not [each for each in decided(ITEM.format(text)) if each.outcome == "decided"]


def test_each_of_several_applications_in_a_paragraph_has_its_own() -> None:
    text = "25/0311/HSE Rose Cottage. No objection. 25/0340/FUL The Barn. Object, no access. 24/1190/HSE The Row."
    found = decided(ITEM.format(text))
    assert [each.text for each in found] == [
        "25/0311/HSE Rose Cottage. No objection.",
        "25/0340/FUL The Barn. Object, no access.",
    ]


TABLE = """
# P.64 Applications for comment

# Ref | Address | Proposal | Comment
24/02187 | 3 Sandy Lane | Extension | No objections.
24/02201 | Pier Kiosk | Change of use | Object. No bin store.
24/02233 | Co-op | Fascia | Defer for plans.

# P.65 Decisions received from Fells District Council

# Ref | Address | Proposal | Comment
24/01544 | Rose Cottage | Garage | Support
"""


def test_views_in_a_table_under_comment() -> None:
    found = decided(TABLE)
    assert [(each.outcome, each.text.split()[0]) for each in found] == [
        ("decided", "24/02187"),
        ("decided", "24/02201"),
        ("deferred", "24/02233"),
    ]
