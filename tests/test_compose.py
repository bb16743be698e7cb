"""Evidence in words: what it amounts to, whose it is, and where it stands."""

import re
from datetime import date
from pathlib import Path

import pytest

from answer.answer import LONGEST_ANSWER, MOST_CITATIONS
from answer.compose import PERHAPS, THERE_TOO, Composed, compose
from answer.evidence import Evidence
from answer.lead import day_in_words, who
from answer.outcome import outcome_of
from answer.passages import Passage
from answer.signs import SIGNS
from answer.verify import Pages
from index.library import Library
from tests.held import asked, library_of, passage_with, passages_on, shelves_by_path

HEAD = "# Thornby Town Council\n# Parks Committee\n"
MINUTES = f"""
{HEAD}Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 2 Paddling pool
2.1 The pool was repaired in June at a cost of £4,210.
2.2 RESOLVED: proposed by Cllr Fell, seconded by Cllr Moss, and carried by 5 votes to 2:
a) that the pool open on 1 May;
b) that the kiosk be let.
# 3 Bandstand
3.1 The committee AGREED to RECOMMEND to Full Council that the bandstand be roofed with slate.
# 4 Roller
4.1 The committee NOTED the report on the roller.
# 5 Hut
5.1 Cllr Ash moved that the hut be sold. The motion was LOST by 3 votes to 4.
# 6 Gate
6.1 RESOLVED that the matter of the gate be DEFERRED to the next meeting.
# 7 Swans
7.1 Cllr Ash withdrew the motion about the swans. The motion was WITHDRAWN.
# 8 Lamps
8.1 The Clerk was asked to write to the electricity company about the lamps.
"""
REPORT = """
# Report to Parks Committee
Date of meeting: 12 March 2024
Report title: Charges at the paddling pool
# Recommendations
1.1 That the committee approves a charge of £2.50 for the paddling pool.
# Background
2.1 There has never been a charge for the paddling pool before.
"""
AGENDA = f"""
{HEAD}Agenda for the meeting to be held on Tuesday 11 June 2024 at 7.00 pm
1 Apologies
2 To consider the water of the boating lake
"""


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    papers = {
        "2024-03-12-minutes.pdf": [MINUTES],
        "copy/2024-03-12-minutes.pdf": [MINUTES],
        "2024-03-12-report.pdf": [REPORT],
        "2024-06-11-agenda.pdf": [AGENDA],
    }
    return library_of(tmp_path_factory.mktemp("parks"), papers)


@pytest.fixture
def minutes(parks: Library) -> list[Passage]:
    return passages_on(shelves_by_path(parks)["2024-03-12-minutes.pdf"])


def passage(parks: Library, path: str, words: str) -> Passage:
    return passage_with(shelves_by_path(parks)[path], words)


def composed(parks: Library, question: str, *passages: Passage, apart: float = 1.0) -> Composed:
    """What is made of the passages as evidence in this order, each weighing `apart` less than the one before."""
    evidence = [Evidence(each, 9.0 - at * apart, (0.0,) * len(SIGNS)) for at, each in enumerate(passages)]
    made = compose(asked(parks, question), evidence, Pages(parks.store), parks.words)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("words", "outcome", "lead"),
    [
        ("that the pool open", "decided", "Agreed by the Parks Committee on 12 March 2024"),
        ("bandstand be roofed", "recommended", "Recommended by the Parks Committee"),
        ("report on the roller", "noted", "Noted by the Parks Committee"),
        ("hut be sold", "lost", "Not agreed: lost at the Parks Committee"),
        ("matter of the gate", "proposed", "Deferred, not decided, by the Parks Committee"),
        ("WITHDRAWN", "lost", "Not agreed: withdrawn at the Parks Committee"),
        ("repaired in June", "reported", "Minutes of the Parks Committee, 12 March 2024"),
        ("about the lamps", "reported", "Minutes of the Parks Committee, 12 March 2024"),
    ],
)
def test_minutes_say_what_became_of_a_thing(parks: Library, words: str, outcome: str, lead: str) -> None:
    found = composed(parks, "was it agreed?", passage(parks, "2024-03-12-minutes.pdf", words))
    assert found.outcome == outcome
    assert found.text.startswith(lead)


def test_a_report_only_asks(parks: Library) -> None:
    request = passage(parks, "2024-03-12-report.pdf", "approves a charge")
    found = composed(parks, "was a charge agreed?", request)
    assert found.outcome == "recommended"
    assert found.text.startswith("No decision on this is recorded in the papers held.")
    assert outcome_of(request, asks_decision=False) == "recommended"
    assert composed(parks, "how much is the charge?", request).outcome == "recommended"


def test_a_decision_that_may_be_another_is_not_told_as_decided(parks: Library) -> None:
    decided = passage(parks, "2024-03-12-minutes.pdf", "pool open on 1 May")
    asked_for = asked(parks, "was the pool agreed?")
    evidence = [Evidence(decided, 1.0, (0.0,) * len(SIGNS))]
    unsure = compose(asked_for, evidence, Pages(parks.store), parks.words, surely=False)
    assert unsure is not None
    assert unsure.outcome == "reported"
    assert unsure.text.startswith(PERHAPS)
    sure = compose(asked_for, evidence, Pages(parks.store), parks.words)
    assert sure is not None
    assert sure.outcome == "decided"
    assert PERHAPS + sure.text == unsure.text


def test_an_agenda_only_proposes(parks: Library) -> None:
    found = composed(parks, "was the water decided?", passage(parks, "2024-06-11-agenda.pdf", "boating lake"))
    assert found.outcome == "proposed"
    assert found.text.startswith("No decision on this is recorded in the papers held. On the agenda of")


def test_who_moved_it_and_the_vote_are_told(parks: Library) -> None:
    found = composed(parks, "was it agreed?", passage(parks, "2024-03-12-minutes.pdf", "that the pool open"))
    assert "(5 for, 2 against): RESOLVED: proposed by Cllr Fell, seconded by Cllr Moss" in found.text


def test_every_clause_is_told(parks: Library) -> None:
    found = composed(parks, "what was agreed?", passage(parks, "2024-03-12-minutes.pdf", "that the pool open"))
    assert "a) that the pool open on 1 May" in found.text
    assert "b) that the kiosk be let" in found.text


def test_the_same_words_held_twice_are_told_once(parks: Library) -> None:
    twice = [passage(parks, f"{folder}2024-03-12-minutes.pdf", "hut be sold") for folder in ("", "copy/")]
    assert len(composed(parks, "was the hut sold?", *twice).citations) == 1


def test_a_paper_is_named_once_where_more_of_it_is_told(parks: Library) -> None:
    two = [passage(parks, "2024-03-12-minutes.pdf", words) for words in ("was repaired", "about the lamps")]
    found = composed(parks, "what was said?", *two, apart=0.5)
    assert len(found.parts) == 2
    assert found.parts[1].lead == THERE_TOO
    assert found.text.count("12 March 2024") == 1


def test_whose_it_is_is_said_where_it_could_be_anothers(tmp_path: Path) -> None:
    other = MINUTES.replace("Thornby Town Council", "Marl Parish Council")
    library = library_of(tmp_path, {"thornby.pdf": [MINUTES], "marl.pdf": [other], "report.pdf": [REPORT]})
    two = [passage(library, f"{body}.pdf", "that the pool open") for body in ("thornby", "marl")]
    either = composed(library, "was it agreed to open the pool?", *two)
    assert either.text.startswith("Agreed by the Parks Committee of Thornby Town Council on 12 March 2024")
    named = composed(library, "did Thornby agree to open the pool?", *two)
    assert named.text.startswith("Agreed by the Parks Committee on 12 March 2024")


def test_what_weighs_far_less_is_left_out(parks: Library) -> None:
    two = [passage(parks, "2024-03-12-minutes.pdf", words) for words in ("hut be sold", "report on the roller")]
    assert len(composed(parks, "was the hut sold?", *two, apart=1).citations) == 2
    assert len(composed(parks, "was the hut sold?", *two, apart=4).citations) == 1


def test_an_answer_keeps_to_its_length_and_its_citations(parks: Library, minutes: list[Passage]) -> None:
    telling = [each for each in minutes if len(each.text) > 30]
    for start in range(len(telling)):
        found = composed(parks, "was it agreed?", *telling[start:], *telling[:start], apart=0.1)
        assert len(found.text) <= LONGEST_ANSWER
        assert 1 <= len(found.citations) <= MOST_CITATIONS
        assert [citation.n for citation in found.citations] == list(range(1, len(found.citations) + 1))
        assert [int(n) for n in re.findall(r"\[(\d)\]", found.text)] == [each.n for each in found.citations]


def test_a_citation_says_where_its_words_stand(parks: Library) -> None:
    (citation,) = composed(
        parks, "was the hut sold?", passage(parks, "2024-03-12-minutes.pdf", "hut be sold")
    ).citations
    assert (citation.path, citation.page, citation.printed_page) == ("2024-03-12-minutes.pdf", 1, "1")
    assert (citation.kind, citation.committee, citation.meeting_date) == (
        "minutes",
        "Parks Committee",
        date(2024, 3, 12),
    )
    assert (citation.item, citation.paragraph, citation.ocr) == ("5 Hut", "5.1", False)
    assert Pages(parks.store).holds(citation.path, citation.page, citation.quote)


def test_an_answer_over_two_pages_has_a_citation_for_each(tmp_path: Path) -> None:
    first = (
        f"{HEAD}Minutes of the meeting held on Tuesday 12 March 2024\n# 2 Pool\n2.1 RESOLVED:\na) that the pool open;"
    )
    library = library_of(tmp_path, {"minutes.pdf": [first, "b) that the kiosk beside the pool be let for the season."]})
    (resolved,) = [each for each in passages_on(shelves_by_path(library)["minutes.pdf"]) if each.decision]
    found = composed(library, "what was agreed about the pool?", resolved)
    assert [citation.page for citation in found.citations] == [1, 2]
    assert found.text.endswith("[1] [2]")


def test_what_cannot_be_quoted_makes_no_answer(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"minutes.pdf": [MINUTES]})
    evidence = [
        Evidence(each, 1.0, (0.0,) * len(SIGNS)) for each in passages_on(shelves_by_path(library)["minutes.pdf"])
    ]
    with library.store.connection as connection:
        connection.execute("UPDATE pages SET text = ''")
    assert compose(asked(library, "pool"), evidence, Pages(library.store), library.words) is None


def test_a_meeting_is_named_by_its_committee_or_its_body(parks: Library, tmp_path: Path) -> None:
    assert who(parks.store.papers()[0]) == "the Parks Committee"
    whole = library_of(
        tmp_path, {"m.pdf": ["# Thornby Town Council\nMinutes of the meeting held on 12 March 2024\n1 Hut"]}
    )
    assert who(whole.store.papers()[0]) == "Thornby Town Council"
    assert day_in_words(date(2024, 3, 2)) == "2 March 2024"
