"""The register of decisions: what was resolved, lost, deferred, noted or only asked for."""

from pathlib import Path

import pytest

from ingest.decisions import Decision, decisions_of
from ingest.head import Kind
from ingest.pages import read_document
from ingest.papers import papers_of
from ingest.structure import paragraphs_of
from tests.printed import decided, page, paragraphs

COUNTY = Path(__file__).parents[1] / "corpus" / "county"


def only(text: str, kind: Kind = "minutes") -> Decision:
    (decision,) = decided(text, kind)
    return decision


@pytest.mark.parametrize(
    ("text", "outcome", "procedural"),
    [
        ("3.1 The minutes of the meeting held on 4 May 2023 were confirmed as a correct record.", "decided", True),
        ("RESOLVED: That the precept be set at £21,400.", "decided", False),
        ("4.2 The Committee NOTED the report.", "noted", False),
        ("RESOLVED: That the Clerk's report be received and noted.", "noted", False),
        ("RESOLVED: That the report be noted; that the Clerk be asked to clear the drains.", "decided", False),
        ("4.2 The Committee NOTED the report and asked that a further one be brought in June.", "noted", False),
        ("4.2 The Committee AGREED to RECOMMEND to Full Council that the plan be adopted.", "recommended", False),
        ("4.2 The Committee RESOLVED that the scheme be DEFERRED until June.", "deferred", False),
        ("After discussion it was decided to buy the second lamp.", "decided", False),
        ("It was agreed that a letter be sent to the county.", "decided", False),
        ("With the consent of the meeting Ms Hale WITHDREW the motion.", "withdrawn", False),
        ("13.1 RESOLVED that the press and public be excluded from the meeting.", "decided", True),
        ("The Clerk undertook to write to the landowner.", "action", False),
        ("The Director agreed to provide the figures.", "action", False),
    ],
)
def test_outcomes(text: str, outcome: str, procedural: bool) -> None:
    decision = only(text)
    assert (decision.outcome, decision.procedural) == (outcome, procedural)


@pytest.mark.parametrize(
    "text",
    [
        "4.1 It was noted that Cabinet had agreed the plan in March.",
        "4.1 A member agreed that the lane was narrow.",
        "4.1 The committee noted that Full Council had appointed Mr Hale as Chairman.",
        "The application has been refused by the planning authority.",
        "The District Council refused permission on 17 December 2024.",
        "• Members noted the challenges of a small budget.",
        "At that meeting, members agreed to refer the matter to full council.",
        '"This Council resolves that a speed limit of 20mph be brought in."',
    ],
)
def test_what_only_tells_is_no_decision(text: str) -> None:
    assert [decision for decision in decided(text) if decision.outcome != "action"] == []


def test_two_operative_sentences_are_two_decisions() -> None:
    first, second = decided("It was agreed to buy a lamp for the hall. It was also agreed that the old one be sold.")
    assert first.text == "It was agreed to buy a lamp for the hall."
    assert second.text == "It was also agreed that the old one be sold."
    assert first.first == second.first


def test_an_agreed_proposal_keeps_its_words() -> None:
    decision = only("15.5 Mr Hale PROPOSED having a member on the Growth Board. The Committee AGREED this proposal.")
    assert decision.text.startswith("15.5 Mr Hale PROPOSED having a member")
    assert (decision.outcome, decision.mover) == ("decided", "Mr Hale")


def test_clauses_run_over_pages() -> None:
    one = page("11.5 The Committee AGREED to:\n\n   a) RECOMMEND to Full Council that the scheme be adopted; and", 1)
    two = page("   b) COMMISSION officers to work with the districts.", 2)
    (decision,) = decisions_of(paragraphs(one, two), "minutes")
    assert decision.clauses == (
        "a) RECOMMEND to Full Council that the scheme be adopted; and",
        "b) COMMISSION officers to work with the districts.",
    )
    assert decision.outcome == "decided"
    assert decision.text.endswith("with the districts.")


def test_clauses_within_a_paragraph() -> None:
    decision = only("RESOLVED: (i) That the accounts be approved, and (ii) That the budget be adopted.")
    assert decision.clauses == ("(i) That the accounts be approved, and", "(ii) That the budget be adopted.")


def test_an_amendment_lost_is_lost_with_its_words_mover_and_vote() -> None:
    decision = only(
        "8.4 Mrs Hale moved, and Ms Orme seconded, as an amendment, that the saving be removed. "
        "On being put to the vote, with 5 votes in favour and 8 against, the amendment was LOST."
    )
    assert decision.outcome == "lost"
    assert "the saving be removed" in decision.text
    assert (decision.mover, decision.seconder) == ("Mrs Hale", "Ms Orme")
    assert decision.vote is not None
    assert (decision.vote.carried, decision.vote.for_, decision.vote.against) == (False, 5, 8)


def test_a_motion_lost_after_its_debate_lends_its_words_and_the_recorded_vote() -> None:
    decision = only(
        """
# 32. Notice of motion

32.1 Ms Hale moved, and Mr Orme seconded, the following motion:

"This Committee resolves that a limit of 20mph be brought in."

32.2 Mr Pike would have liked a trial first.

32.3 Mr Shaw spoke of the cost to the county over the years.

32.5 A recorded vote was taken as follows:

For (2): Ms Hale, Mr Orme

Against (3): Mr Pike, Mrs Rudd, Mr Shaw

32.6 The motion was declared LOST.
"""
    )
    assert decision.outcome == "lost"
    assert "20mph" in decision.text
    assert (decision.mover, decision.seconder) == ("Ms Hale", "Mr Orme")
    assert decision.vote is not None
    assert (decision.vote.for_, decision.vote.against, decision.vote.how) == (2, 3, "recorded vote")


def test_the_next_resolution_has_not_the_mover_of_the_lost_amendment() -> None:
    lost, agreed = decided(
        """
# 8. Budget

8.4 Mrs Hale moved, and Ms Orme seconded, as an amendment, that the grant be kept. The amendment was LOST.

8.5 The Committee AGREED that the budget be approved as it stands.
"""
    )
    assert lost.mover == "Mrs Hale"
    assert agreed.mover is None


def test_movers_and_vote_in_the_paragraph_after() -> None:
    decision = only(
        "RESOLVED: That a grant of £200 be made.\n\nProposed by Cllr Hale, seconded by Cllr Orme. All in favour."
    )
    assert (decision.mover, decision.seconder) == ("Cllr Hale", "Cllr Orme")
    assert decision.vote is not None
    assert decision.vote.how == "unanimous"
    assert decision.last == decision.first + 1


@pytest.mark.parametrize(
    ("verdict", "outcome"), [("Carried.", "decided"), ("Lost.", "lost"), ("Deferred.", "deferred")]
)
def test_a_numbered_resolution_is_what_its_vote_says(verdict: str, outcome: str) -> None:
    decision = only(
        f"""
R2024-12 A. Hale, B. Orme:

WHEREAS the road is worn;

THEREFORE BE IT RESOLVED THAT we mend it. {verdict}
"""
    )
    assert (decision.outcome, decision.number) == (outcome, "R2024-12")
    assert decision.text.startswith("THEREFORE BE IT RESOLVED")
    assert (decision.mover, decision.seconder) == ("A. Hale", "B. Orme")


ASKING: list[tuple[Kind, str]] = [
    ("report", "The Committee is recommended to approve the building of a school."),
    ("report", "RESOLVED: That the Committee AGREED to build a school."),
    ("agenda", "7. To consider quotations for the path, and to resolve to accept one"),
    ("agenda", "7. This Council resolves to build a school."),
    ("appendix", "It was agreed that a school be built."),
    ("other", "At the meeting it was resolved to build a school."),
    ("notice", "RESOLVED: That a school be built."),
    ("supplement", "The Committee is asked to agree a school."),
]


@pytest.mark.parametrize(("kind", "text"), ASKING)
def test_what_any_paper_but_minutes_says_is_never_decided(kind: Kind, text: str) -> None:
    assert {decision.outcome for decision in decided(text, kind)} <= {"proposed", "recommended"}


def test_a_by_law_passed_on_a_day_is_decided_whether_or_not_it_is_said_to_be_carried() -> None:
    by_law = "R2024-12 A. Hale, B. Orme:\n\nThat we pass By-Law 7.\n\nPassed this 4th day of May, 2023."
    assert only(by_law).outcome == "decided"
    assert only(f"{by_law}\n\nCarried.").text.endswith("Carried.")


def test_an_agenda_item_that_asks_for_a_decision_is_proposed() -> None:
    confirm, insure, lease = decided(
        """
1. To approve the minutes of 4 May 2023

2. To agree the new three-year insurance agreement

3. Resolution: Authorize the Mayor to sign the lease

4. Correspondence
""",
        "agenda",
    )
    assert [each.verb for each in (confirm, insure, lease)] == ["agenda"] * 3
    assert [each.procedural for each in (confirm, insure, lease)] == [True, False, False]


def test_a_notice_of_motion_names_who_gives_it() -> None:
    motion = only("6. Motion in the name of Cllr Hale: This Council resolves to keep the library open.", "agenda")
    assert (motion.outcome, motion.verb, motion.mover) == ("proposed", "motion", "Cllr Hale")


def test_a_reports_recommendations_are_one_with_their_clauses() -> None:
    decision = only(
        """
The Committee is recommended to:

   a) approve the building of a school; and

   b) note the cost.
""",
        "report",
    )
    assert (decision.outcome, len(decision.clauses)) == ("recommended", 2)


def _of(name: str) -> list[tuple[str, Decision]]:
    path = COUNTY / name
    found = []
    document = read_document(path, ocr=False)
    for paper in papers_of(document, name):
        pages = document.pages[paper.first_page - 1 : paper.last_page]
        parts = paragraphs_of(pages, minutes=paper.kind in ("minutes", "agenda", "notice"))
        found += [(paper.kind, decision) for decision in decisions_of(parts, paper.kind)]
    return found


def test_the_sample_minutes_give_their_register() -> None:
    register = [
        (decision.number, decision.outcome)
        for _, decision in _of("children-and-families-committee-2025-01-14-minutes.pdf")
        if decision.outcome != "action"
    ]
    assert register == [
        ("2.1", "decided"), ("7.5", "decided"), ("7.6", "noted"), ("8.4", "lost"), ("8.5", "recommended"),
        ("9.6", "decided"), ("10.5", "decided"), ("11.3", "recommended"), ("12.3", "deferred"), ("13.1", "decided"),
    ]  # fmt: skip


def test_the_sample_pack_decides_only_in_its_minutes() -> None:
    pack = _of("children-and-families-committee-2025-03-11-agenda-pack.pdf")
    assert {kind for kind, decision in pack if decision.outcome == "decided"} == {"minutes"}
    assert any(kind == "report" and len(decision.clauses) == 4 for kind, decision in pack)


def test_a_recorded_vote_in_the_sample_minutes() -> None:
    lost = next(d for _, d in _of("highways-and-environment-committee-2024-09-19-minutes.pdf") if d.outcome == "lost")
    assert lost.vote is not None
    assert (lost.vote.for_, lost.vote.against, lost.vote.abstained) == (5, 7, 1)
    assert "114 villages" in lost.text


def test_a_number_and_an_operative_word_alone_on_a_line_lead_to_the_clauses() -> None:
    text = "1 Apologies\n2 Paddling pool\n2.1 RESOLVED:\na) that the pool open on 1 May;\nb) that the kiosk be let."
    (decision,) = decided(text)
    assert decision.outcome == "decided"
    assert decision.clauses == ("a) that the pool open on 1 May;", "b) that the kiosk be let.")


def test_a_short_numbered_resolution_in_bold_is_no_heading() -> None:
    (decision,) = decided(
        "# 2 Hut\n2.1 The hut was talked about by those who had seen it.\n#2.2 RESOLVED that it be sold."
    )
    assert (decision.outcome, decision.number) == ("decided", "2.2")


def test_a_recommendation_printed_in_bold_is_no_heading() -> None:
    text = """
# Report to Parks Committee
# Executive summary
The pool leaks.
Recommendations:
# To note the timetable for the pool
# 1. Background
1.1 The pool was dug in 1931.
"""
    (asked,) = decided(text, "report")
    assert asked.outcome == "recommended"
    assert asked.text == "To note the timetable for the pool"
