"""The signs by which a passage is weighed."""

from datetime import date
from pathlib import Path

import pytest

from answer.passages import Passage, passages_of
from answer.shelf import Shelf, Shelves
from answer.signs import SIGNS, signs_of, wants_decision
from answer.weights import WEIGHTS
from index.library import Library
from tests.held import asked, library_of, passage_with, passages_on, shelves_by_path

MINUTES = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 1 Apologies
1.1 Councillor Fell sent her apologies.
1.2 The minutes of the last meeting were AGREED as a correct record and signed.
# 2 Paddling pool
2.1 The pool was repaired in June 2023 at a cost of £4,210, which was less than had been feared.
2.2 RESOLVED that the paddling pool open on 1 May. The kiosk stays closed.
2.3 The Clerk was asked to write to the contractor about the pump.
"""
REPORT = """
# Report to Parks Committee
Date of meeting: 11 June 2024
Report title: Paddling pool charges for 2025-26
# Recommendations
1.1 That the committee approves a charge of £2.50 for the paddling pool.
"""
ACCOUNTS = """
# Thornby Town Council
# Accounts for the year 2022-23
# Service | 2021 (£000) | 2022 (£000)
Paddling pool | 97.5 | 124.9
Bowling green | 40.7 | 42.6
# Upkeep of all parks
Lawns | 10.7 | 12.6
"""
AGENDA = """
# Thornby Town Council
# Parks Committee
Agenda for the meeting to be held on Tuesday 11 June 2024 at 7.00 pm
1 Apologies
2 To consider the paddling pool and its water
"""
PATHS = ("2024-03-12-minutes.pdf", "2024-06-11-report.pdf", "2024-06-11-agenda.pdf")
DAYS = (date(2024, 3, 12), date(2024, 6, 11))


@pytest.fixture(scope="module")
def parks(tmp_path_factory: pytest.TempPathFactory) -> Library:
    papers = dict(zip(PATHS, ([MINUTES], [REPORT], [AGENDA]), strict=True))
    return library_of(tmp_path_factory.mktemp("parks"), papers)


@pytest.fixture(scope="module")
def shelves(parks: Library) -> tuple[Shelf, ...]:
    by_path = shelves_by_path(parks)
    return tuple(by_path[path] for path in PATHS)


def signs(library: Library, question: str, passage: Passage) -> dict[str, float]:
    return dict(zip(SIGNS, signs_of(asked(library, question), passage, *DAYS), strict=True))


def test_every_sign_has_a_weight_and_no_weight_is_without_its_sign() -> None:
    assert set(WEIGHTS) == set(SIGNS)


def test_every_sign_is_between_0_and_1(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    questions = ("was the pool opened in March 2024?", "charge for 2025-26", "who moved it?", "£2.50", "of the")
    for question in questions:
        for shelf in shelves:
            for passage in passages_on(shelf):
                assert all(-1e-9 <= sign <= 1 + 1e-9 for sign in signs(parks, question, passage).values())


def test_how_much_of_the_question_is_said_and_where(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    repaired = passage_with(shelves[0], "repaired")
    all_there = signs(parks, "pool repaired cost feared", repaired)
    assert all_there["text"] == all_there["context"] == all_there["focus"] == all_there["rarest"] == 1
    over_it = signs(parks, "paddling repaired", repaired)  # "paddling" only in its heading
    assert over_it["text"] < over_it["context"] == 1
    assert 0 < over_it["title"] < 1
    two_sentences = signs(parks, "paddling kiosk", passage_with(shelves[0], "RESOLVED"))
    assert two_sentences["text"] == 1 > two_sentences["focus"]
    without = signs(parks, "trampolines in the hall", repaired)
    assert without["text"] == without["rarest"] == 0


def test_the_scores_it_was_found_with_are_signs(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    found = signs(parks, "pool", passages_on(shelves[0], score=0.25, likeness=0.75)[3])
    assert (found["chunk"], found["likeness"]) == (0.25, 0.75)


def test_a_resolution_a_request_and_what_was_told_are_told_apart(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    question = "was it agreed that the paddling pool open?"
    names = ("decided", "requested", "told", "procedural", "action")

    def among(shelf: int, words: str) -> set[str]:
        found = signs(parks, question, passage_with(shelves[shelf], words))
        return {name for name in names if found[name]}

    assert among(0, "RESOLVED") == {"decided"}
    assert among(0, "repaired") == {"told"}
    assert among(0, "correct record") == {"procedural"}
    assert among(0, "write to the contractor") == {"action"}
    assert among(1, "approves a charge") == {"requested"}


def test_without_a_decision_asked_for_none_is_favoured(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    found = signs(parks, "what colour is the paddling pool", passage_with(shelves[0], "RESOLVED"))
    assert not found["decided"]
    assert not signs(parks, "what colour is it", passage_with(shelves[0], "repaired"))["told"]


def test_a_resolution_inherits_what_was_said_before_it(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    question = "repaired and feared"
    assert signs(parks, question, passage_with(shelves[0], "RESOLVED"))["inherited"] == 1
    assert signs(parks, question, passage_with(shelves[0], "Councillor Fell"))["inherited"] == 0


def test_the_kind_of_answer_asked_for_is_held_or_lacking(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    cost = "how much did the repair cost"
    held, lacking = (signs(parks, cost, passage_with(shelves[0], words)) for words in ("repaired", "write to"))
    assert (held["holds"], held["lacks"]) == (1, 0)
    assert (lacking["holds"], lacking["lacks"]) == (0, 1)
    neither = signs(parks, "the paddling pool", passage_with(shelves[0], "repaired"))
    assert (neither["holds"], neither["lacks"]) == (0, 0)


@pytest.mark.parametrize(
    ("question", "sign"),
    [
        ("pool in March 2024", "in_time"),
        ("pool in June 2023", "named_time"),
        ("pool in July 2022", "out_of_time"),
        ("pool", None),
    ],
)
def test_the_time_asked_for(parks: Library, shelves: tuple[Shelf, ...], question: str, sign: str | None) -> None:
    found = signs(parks, question, passage_with(shelves[0], "repaired"))
    assert {name for name in ("in_time", "named_time", "out_of_time") if found[name]} == ({sign} if sign else set())


@pytest.mark.parametrize(
    ("question", "shelf", "words", "year", "other_year"),
    [
        ("charge 2025/26", 1, "approves", 1, 0),  # its paper's title says so
        ("charge 2024/25", 1, "approves", 0, 1),
        ("pool 2024", 0, "RESOLVED", 1, 0),  # its meeting was then
        ("pool 2022", 0, "RESOLVED", 0, 1),
        ("pool", 0, "RESOLVED", 0, 0),
    ],
)
def test_the_year_asked_about(
    parks: Library, shelves: tuple[Shelf, ...], question: str, shelf: int, words: str, year: int, other_year: int
) -> None:
    found = signs(parks, question, passage_with(shelves[shelf], words))
    assert (found["year"], found["other_year"]) == (year, other_year)


def test_the_committee_asked_about(library: Library) -> None:
    minutes = shelves_by_path(library)["leisure/2024-03-12 minutes.pdf"]
    ours = signs(library, "rents, leisure and libraries committee", passage_with(minutes, "rents be halved"))
    theirs = signs(library, "rents, planning committee", passage_with(minutes, "rents be halved"))
    neither = signs(library, "rents", passage_with(minutes, "rents be halved"))
    assert [(each["committee"], each["other_committee"]) for each in (ours, theirs, neither)] == [
        (1, 0),
        (0, 1),
        (0, 0),
    ]


def test_the_later_meeting_is_the_more_recent_unless_a_time_is_asked_for(
    parks: Library, shelves: tuple[Shelf, ...]
) -> None:
    old, new = passage_with(shelves[0], "RESOLVED"), passage_with(shelves[1], "approves a charge")
    assert signs(parks, "pool", old)["recent"] == 0
    assert signs(parks, "pool", new)["recent"] == 1
    assert signs(parks, "pool in June 2024", new)["recent"] == 0


def test_an_agenda_only_announces(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    assert signs(parks, "pool", passage_with(shelves[2], "its water"))["agenda"] == 1
    assert signs(parks, "pool", passage_with(shelves[0], "RESOLVED"))["agenda"] == 0


def test_a_tables_row_and_a_sum_asked_for(tmp_path: Path) -> None:
    table = "# Pool charges\nScheme | 2023-24 | 2024-25\nPaddling pool | 2.10 | 2.50\nBoating lake | 5.10 | 6.40"
    library = library_of(tmp_path, {"charges.pdf": [table]})
    (shelf,) = shelves_by_path(library).values()
    row = next(passage for passage in passages_on(shelf) if passage.text.startswith("Paddling"))
    assert row.head.kind == "row"
    found = signs(library, "what is the charge for the paddling pool", row)
    assert found["row"] == found["row_for_figure"] == found["short"] == 1
    assert signs(library, "paddling pool", row)["row_for_figure"] == 0


def test_a_figure_in_the_question_is_looked_for(parks: Library, shelves: tuple[Shelf, ...]) -> None:
    repaired = passage_with(shelves[0], "repaired")
    assert signs(parks, "what was the £4,210 for", repaired)["figures"] == 1
    assert signs(parks, "what was the £4,211 for", repaired)["figures"] == 0


@pytest.mark.parametrize(
    ("question", "wants"),
    [("was the pool opened", True), ("what was agreed on the pool", True), ("how much is the pool", False)],
)
def test_a_decision_may_be_asked_for(parks: Library, question: str, wants: bool) -> None:
    assert wants_decision(asked(parks, question)) is wants


def test_a_table_row_is_of_the_years_and_in_the_money_that_its_heads_name(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"accounts.pdf": [ACCOUNTS]})
    shelf = shelves_by_path(library)["accounts.pdf"]
    row = passage_with(shelf, "Paddling pool 97.5")
    assert signs(library, "what did the pool cost", row)["holds"] == 1
    found = signs(library, "paddling pool in 2022", row)
    assert (found["named_time"], found["out_of_time"]) == (1, 0)
    assert signs(library, "paddling pool in 2019", row)["out_of_time"] == 1


def test_the_name_of_a_group_of_rows_answers_nothing(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"accounts.pdf": [ACCOUNTS]})
    hits = library.hits("upkeep of all parks, lawns")
    texts = {passage.text for passage in passages_of(hits, Shelves(library), decisions_too=False)}
    assert "Lawns 10.7 12.6" in texts
    assert "Upkeep of all parks" not in texts


def test_a_decision_has_nothing_of_another_point_of_its_list(tmp_path: Path) -> None:
    minutes = """
# Thornby Town Council
Minutes of the meeting held on Tuesday 12 March 2024 at 7.00 pm
# 3 Matters arising
• Flagpole – the inspector had advised against an outer wall.
• Dovecote – it was agreed that the dovecote be painted.
# 4 Sundial
4.1 The sundial had been broken by frost.
4.2 RESOLVED that it be mended by a mason.
"""
    shelf = shelves_by_path(library_of(tmp_path, {"minutes.pdf": [minutes]}))["minutes.pdf"]
    assert "flagpol" not in passage_with(shelf, "dovecote be painted").context()
    assert "frost" in passage_with(shelf, "mended by a mason").context()


def test_a_resolution_is_of_the_time_that_its_item_names(tmp_path: Path) -> None:
    text = """
# Thornby Town Council
# Parks Committee
Minutes of the meeting held on 3 June 2025 at 7.00 pm
# 8. Road closures for the rally on 29 March 2026
RESOLVED: Not to object to the closures.
"""
    library = library_of(tmp_path, {"minutes.pdf": [text]})
    passage = passage_with(shelves_by_path(library)["minutes.pdf"], "closures.")
    found = signs(library, "rally closures in March 2026", passage)
    assert (found["named_time"], found["out_of_time"]) == (1, 0)
    assert signs(library, "rally closures in April 2026", passage)["out_of_time"] == 1
