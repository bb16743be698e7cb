"""Which papers are closed: when in doubt, closed; an agenda that lists one is open."""

import pytest

from ingest.exempt import Verdict, classification_of
from ingest.head import head_of
from ingest.papers import papers_of
from tests.printed import document, page


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


MINUTES = """
# Wexmoor District Council
# Resources Committee
Minutes of the meeting held on Monday 3 June 2024
Present: Councillors Ivory (Chair) and Jessop

# 4 Office cleaning

4.1 RESOLVED that it be let.
"""
WHOLE_MARK = "NOT FOR PUBLICATION by virtue of paragraph 3 of Part 1 of Schedule 12A to the Local Government Act 1972"


@pytest.mark.parametrize(
    "text",
    [
        f"# Exempt minutes\n{WHOLE_MARK}\n\n# 9 Land\n\n9.1 RESOLVED that it be bought.",
        "# Confidential minutes\n\n# 9 Land\n\n9.1 RESOLVED that it be bought.",
        "# Part II - Private\n\n# 9 Land\n\n9.1 RESOLVED that it be bought.",
        f"# 8 Bins\n\n8.1 NOTED.\n\n# 9 Land\n{WHOLE_MARK}\n\n9.1 RESOLVED that it be bought.",
        f"8.2 More was said.\n\n# Exempt item 9 Land\n{WHOLE_MARK}\n\n9.1 RESOLVED that it be bought.",
        "# Report to Resources Committee\nCONFIDENTIAL\n\n1.1 The price is low.",
        f"# Land at the mill\n\n1.1 The price is low.\n\n{WHOLE_MARK}",
    ],
)
def test_a_closed_page_within_open_minutes_is_closed_with_what_follows_it(text: str) -> None:
    pages = (page(MINUTES, 1), page(text, 2), page("9.2 And more of the same.", 3))
    papers = papers_of(document(*pages), "minutes.pdf")
    assert [(each.first_page, each.last_page, each.classification) for each in papers] == [
        (1, 1, "public"), (2, 3, "exempt"),
    ]  # fmt: skip
    assert papers[1].meeting_date == papers[0].meeting_date


@pytest.mark.parametrize(
    "text",
    [
        "5.1 RESOLVED that the public be excluded, as likely to hear\nexempt information as defined in Schedule 12A.",
        "5.1 The exempt minutes were confirmed.",
        "Confidential minutes of the last meeting were signed.",
        "6.1 This report is not for publication elsewhere, Members were told.",
    ],
)
def test_minutes_that_speak_of_what_is_closed_stay_open(text: str) -> None:
    papers = papers_of(document(page(MINUTES, 1), page(text, 2)), "minutes.pdf")
    assert [each.classification for each in papers] == ["public"]


def test_an_agenda_that_marks_its_items_stays_open() -> None:
    first = "# Wexmoor District Council\n# Cabinet\nAgenda for the meeting to be held on 3 June 2024\n\n1 Apologies"
    papers = papers_of(document(page(first, 1), page(f"9 Land\n{WHOLE_MARK}", 2)), "agenda.pdf")
    assert [each.classification for each in papers] == ["public"]


def test_an_open_paper_behind_a_closed_one_is_believed_nothing_that_only_the_closed_one_says() -> None:
    closed = f"# Otterby Parish Council\n# Exempt report to the Land Committee\n{WHOLE_MARK}\n\n1.1 The price is low."
    opened = "# Report to Members\nReport title: Bins\nDate of meeting: 3 June 2024\n\n1.1 Bins are emptied."
    first, second = papers_of(document(page(closed, 1), page(opened, 2)), "pack.pdf")
    assert (first.classification, second.classification) == ("exempt", "public")
    assert first.body == "Otterby Parish Council"
    assert "Otterby" not in str(second)
    assert "Land" not in str(second)


def test_a_closed_page_within_an_open_appendix_is_closed() -> None:
    opened = "# Appendix A: land at the mill\n\n1.1 The mill is old."
    papers = papers_of(document(page(opened, 1), page(f"# 2 The price\n{WHOLE_MARK}\n\n2.1 It is low.", 2)), "a.pdf")
    assert [(each.first_page, each.kind, each.classification) for each in papers] == [
        (1, "appendix", "public"), (2, "appendix", "exempt"),
    ]  # fmt: skip


def test_a_paper_is_believed_nothing_from_one_that_not_all_its_readers_may_see() -> None:
    first = (
        "# Otterby Parish Council\n# Land Committee\nAgenda for the meeting to be held on 3 June 2024\n\n1 Apologies"
    )
    second = "# Report to Members\nReport title: Bins\nDate of meeting: 3 June 2024\n\n1.1 Bins are emptied."
    both = document(page(first, 1), page(second, 2))
    closed, other, opened = (Verdict(kind, groups, "", "") for kind, groups in (
        ("exempt", ("audit",)), ("exempt", ("board",)), ("public", ()),
    ))  # fmt: skip
    assert papers_of(both, "pack.pdf")[1].body == "Otterby Parish Council"
    assert papers_of(both, "pack.pdf", {1: closed, 2: closed})[1].body == "Otterby Parish Council"
    for verdict in (other, opened):
        assert "Otterby" not in str(papers_of(both, "pack.pdf", {1: closed, 2: verdict})[1])
