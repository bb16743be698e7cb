"""What the bot looks up: the whole of a minute, and what was decided later, each only for those who may see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.desk import Desk
from bot.desk_messages import later_messages, minute_messages
from bot.place import Place
from index.audit import Audit
from index.build import Silent, ingest
from index.filters import EVERYTHING, Filters
from index.library import Library
from minutebook.errors import NotHeld
from tests.council import HEAD, LEISURE_MINUTES, MIXED_PACK, make_pdf
from tests.slack_fixtures import UNANSWERED, asked
from tests.slack_standin import StandIn, shown

if TYPE_CHECKING:
    from tests.embedder import FakeEmbedder

LATER = [
    [
        *HEAD,
        "# Leisure and Libraries Committee",
        "DRAFT Minutes of the meeting held on Tuesday 10 September 2024 at 7.00 pm in the Guildhall",
        "Present: Councillors Amberley (Chair) and Birdwood",
        "# 2 Minutes of the last meeting",
        "2.1 RESOLVED that the minutes on the opening hours of the Market Street library be confirmed and signed.",
        "# 3 Opening hours of the Market Street library",
        "3.1 RESOLVED that the Market Street library close at 6 pm on Thursdays from 1 October 2024.",
        "# 4 Bowling green",
        "4.1 RESOLVED that the bowling green be mown twice a week.",
    ],
]


PLACE = Place("T1", "C1", "U1", private=False)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, embedder: "FakeEmbedder") -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("later")
    make_pdf(folder / "papers" / "march.pdf", LEISURE_MINUTES)
    make_pdf(folder / "papers" / "september.pdf", LATER)
    make_pdf(folder / "papers" / "june.pdf", MIXED_PACK)
    ingest(folder / "home", [folder / "papers"], embedder=embedder, ocr=False, jobs=1,
           confirm_forget=lambda gone: False, progress=Silent())  # fmt: skip
    library = Library.open(folder / "home", embedder)

    @contextmanager
    def lend() -> Iterator[Library]:
        yield library

    yield Desk(lend, asked, Audit(folder / "home"))
    library.close()


def answered(desk: Desk, question: str, until: date | None = None) -> str:
    """The id of the answer to a question, from meetings up to a day."""
    with desk.lend() as library:
        return asked(library, question, filters=Filters(until=until)).answer_id


def test_later_decisions_are_those_on_the_same_matter_after_the_meeting(desk: Desk) -> None:
    answer_id = answered(desk, "What was resolved about the Market Street library?", date(2024, 3, 31))
    since, later = desk.later(answer_id, PLACE)
    assert since == date(2024, 3, 12)
    assert [each.text for each in later] == [
        "3.1 RESOLVED that the Market Street library close at 6 pm on Thursdays from 1 October 2024."
    ]
    (message,) = later_messages(since, later, None)
    StandIn().check_message(message.as_arguments())
    lines = shown(message.as_arguments()).splitlines()
    assert lines[0] == "*Later decisions that may bear on this (after 12 March 2024)*"
    assert lines[1].startswith("*✅ Decided* · Leisure and Libraries Committee · 10 September 2024")


def test_the_latest_decision_has_none_after_it(desk: Desk) -> None:
    answer_id = answered(desk, "Is the bowling green mown?")
    assert desk.later(answer_id, PLACE)[1] == []


def test_the_whole_minute_is_all_of_its_item_and_nothing_else(desk: Desk) -> None:
    minute = desk.minute(answered(desk, "Were allotment rents halved?"), PLACE)
    assert minute.item == "5 Allotment rents"
    assert [each.number for each in minute.paragraphs] == ["5", "5.1"]
    (message,) = minute_messages(minute, "https://minutes.example.org")
    StandIn().check_message(message.as_arguments())
    assert "Leisure and Libraries Committee · 12 March 2024 · page 2" in shown(message.as_arguments())


def test_what_one_may_not_see_is_not_held(desk: Desk) -> None:
    """An answer given to those who see everything, looked up by the public."""
    with desk.lend() as library:
        exempt = next(paper for paper in library.store.papers(audience=EVERYTHING) if paper.classification != "public")
        given = asked(library, "Were allotment rents halved?", audience=EVERYTHING)
        kept = given.as_json()
        kept["citations"] = [{**citation, "paper": exempt.id} for citation in kept["citations"]]
        library.store.save_answer(kept, "2024-06-04T09:00:00")
    assert kept["citations"]
    for look in (desk.given, desk.minute, desk.later):
        with pytest.raises(NotHeld):
            look(given.answer_id, PLACE)


def test_answers_that_cite_nothing_or_are_gone_are_not_held(desk: Desk) -> None:
    nothing = answered(desk, UNANSWERED)
    for answer_id in (nothing, "no-such-answer"):
        for look in (desk.minute, desk.later):
            with pytest.raises(NotHeld):
                look(answer_id, PLACE)


def test_a_minute_of_many_pages_is_split_and_not_cut(desk: Desk) -> None:
    minute = desk.minute(answered(desk, "Were allotment rents halved?"), PLACE)
    many = type(minute)(minute.paper, minute.item, minute.paragraphs * 400)
    messages = minute_messages(many, None)
    assert len(messages) > 1
    for message in messages:
        StandIn().check_message(message.as_arguments())
    read = "\n".join(shown(message.as_arguments()) for message in messages)
    assert read.count("The motion was LOST by 1 vote to 3.") == 400
