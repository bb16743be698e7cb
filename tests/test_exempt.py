"""Which papers are closed: when in doubt, closed; an agenda that lists one is open."""

import pytest

from ingest.exempt import classification_of
from ingest.head import head_of
from tests.printed import page


def classified(text: str, *, furniture: tuple[str, ...] = (), name: str = "paper.pdf") -> str:
    pages = [page(text, furniture=furniture)]
    return classification_of(pages, head_of(pages[0], first=True, file_name=name))[0]


@pytest.mark.parametrize(
    "text",
    [
        "# NOT FOR PUBLICATION\n# Appendix C: Offers received",
        "# Appendix C (exempt): Offers received",
        "# Exempt Appendix B\nOffers",
        "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972\n"
        "# Minutes of the Parish Council Meeting held on 4 May 2023",
        "# Appendix C\nThis appendix is not for publication by virtue of paragraph 3 of Part 1 of Schedule 12A",
    ],
)
def test_marked_papers_are_exempt(text: str) -> None:
    assert classified(text) == "exempt"


def test_a_mark_in_the_running_header_is_enough() -> None:
    assert classified("# Offers received", furniture=("NOT FOR PUBLICATION - EXEMPT",)) == "exempt"


def test_confidential_alone_is_held_back() -> None:
    assert classified("# CONFIDENTIAL\n# Offers received") == "unsure"


def test_a_mark_outweighs_an_answer_to_another_question() -> None:
    assert classified("# NOT FOR PUBLICATION\nKey decision: No\nOffers received") == "exempt"


@pytest.mark.parametrize(
    "text",
    [
        "# Agenda\n10. Family hubs\nAppendix C to this report is exempt and is on yellow paper.",
        "# Minutes of the Parish Council Meeting held on 4 May 2023\n9. RESOLVED to exclude the press and public",
        "From: | The Director\nTo: | Cabinet\nSubject: | Lease\nClassification: | Unrestricted (exempt appendix)",
        "From: | The Director\nTo: | Cabinet\nSubject: | Lease\nAppendix C to this report is exempt",
        "# Savings made\nThis report does not contain exempt information",
    ],
)
def test_papers_that_only_speak_of_exemption_are_public(text: str) -> None:
    assert classified(text) == "public"
