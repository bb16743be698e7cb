"""Whose meeting it is."""

from pathlib import PurePosixPath

import pytest

from ingest.bodies import body_of, committee_of, names_in, votes_for_bodies
from ingest.head import head_of
from tests.printed import page


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Minutes of Thornwick Parish Council", ["Thornwick Parish Council"]),
        ("ASHCOMBE-CUM-HALE PARISH COUNCIL", ["Ashcombe-cum-Hale Parish Council"]),
        ("the Vale of Ashcombe District Council", ["Vale of Ashcombe District Council"]),
        ("Corporation of the Township of Thornwick", ["Township of Thornwick"]),
        ("Township of Thornwick Fire Department", ["Township of Thornwick"]),
        ("Thornwick Thornwick Community Council", ["Thornwick Community Council"]),
        ("Each Parish Council must", []),
        ("LONDON BOROUGH OF ASHCOMBE", ["London Borough of Ashcombe"]),
        ("The Corporation of the Town of Thornwick", ["Town of Thornwick"]),
        ("SHIRE OF THORNWICK CREEK", ["Shire of Thornwick Creek"]),
        ("MINUTES OF ORDINARY MEETING OF ASHCOMBE COUNTY COUNCIL", ["Ashcombe County Council"]),
        ("Joint Planning Committee and Full Parish Council Meeting", []),
        ("ASHCOMBE AND HALE FIRE AUTHORITY", ["Ashcombe and Hale Fire Authority"]),
        (
            "MEETING OF METROPOLITAN DISTRICT OF\nASHCOMBE HELD IN THE COUNCIL CHAMBER",
            ["Metropolitan District of Ashcombe"],
        ),
        ("London Borough of Ashcombe Page 1", ["London Borough of Ashcombe"]),
        ("Township of Thornwick Decision Summary", ["Township of Thornwick"]),
        ("THORNWICK HARBOUR COMMISSIONERS", ["Thornwick Harbour Commissioners"]),
        ("Ōtamarua District Council", ["Ōtamarua District Council"]),
        ("ŴERN COMMUNITY COUNCIL", ["Ŵern Community Council"]),
        ("Thornshire Police and Crime Panel", ["Thornshire Police and Crime Panel"]),
        ("THORNWICK COMMUNITY UNIT SCHOOL DISTRICT NO. 214", ["Thornwick Community Unit School District"]),
    ],
)
def test_councils_named(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_the_head_names_the_body_before_the_text_does() -> None:
    head = "# Thornwick Parish Council\n# Minutes of the meeting held on 4 May 2023\n"
    text = head + "It rained.\n" * 14 + "Ashcombe District Council\n" * 20
    assert body_of([page(text)]) == ("Thornwick Parish Council", "named at its head")


@pytest.mark.parametrize(
    ("text", "path", "committee"),
    [
        ("# Thornwick County Council\n# Schools Committee\n# Minutes of 4 May 2023", "a.pdf", "Schools Committee"),
        ("# CABINET\n# MINUTES of a meeting of the Cabinet held on 4 May 2023", "a.pdf", "Cabinet"),
        ("# Minutes of the Parish Council Meeting held on 4 May 2023", "a.pdf", "Parish Council"),
        ("From: | The Leader\nTo: | Cabinet - 4 May 2023\nSubject: | Roads", "a.pdf", "Cabinet"),
        ("# MINUTES OF A MEETING OF THE PLANNING COMMITTEE\n# Town Hall", "a.pdf", "Planning Committee"),
        (
            "# MINUTES OF PROCEEDINGS OF THE MEETING OF THE OPERATIONS\n# COMMITTEE HELD AT THE OLD MILL ON 5 MAY 2023",
            "a.pdf",
            "Operations Committee",
        ),
        ("# LICENSING SUB-COMMITTEE\n# Minutes of 4 May 2023", "a.pdf", "Licensing Sub-Committee"),
        ("# MINUTES\n# Works Committee, Tuesday 4 June 2024, 6.00pm", "a.pdf", "Works Committee"),
        ("# Works and Lanes Committee held on Monday 4 March 2024 at 6.15pm", "a.pdf", "Works and Lanes Committee"),
        ("# COUNCIL MEETING TUESDAY 4 MAY 2023\n# Minutes\n5. Minutes of the Works Committee", "a.pdf", "Council"),
        ("# Savings made", "schools-and-families-committee-2023-05-04.pdf", "Schools and Families Committee"),
    ],
)  # fmt: skip
def test_committees(text: str, path: str, committee: str) -> None:
    head = head_of(page(text), first=True, file_name=path)
    assert committee_of(head, PurePosixPath(path))[0] == committee


def test_a_committee_is_named_without_its_body() -> None:
    text = (
        "To: | Thornwick County Council Highways Committee\nFrom: | The Director\nSubject: | Roads\nDate: | 4 May 2023"
    )
    head = head_of(page(text), first=True, file_name="a.pdf")
    assert committee_of(head, PurePosixPath("a.pdf"), "Thornwick County Council")[0] == "Highways Committee"


def test_a_name_at_the_head_speaks_louder_than_one_in_the_text() -> None:
    votes = votes_for_bodies([("f", "A", "named at its head"), ("f", "B", "named 9 times in it"), ("f", "B", "in it")])
    assert votes["f"].most_common(1)[0][0] == "A"
