"""The Action column at the right edge."""

from ingest.actions import action_column, without_actions
from tests.printed import line, page

SENTENCE = "The lamp by the shop had been dark since the storm, and somebody would ring"


def test_entries_go_and_sentences_stay() -> None:
    lines = page(
        f"{SENTENCE[:60]} | | | AB\nand so on\n{SENTENCE[:58]} | | | Clerk\nAt length\n{SENTENCE[:50]} | | | CD"
    ).lines
    column = action_column([lines])
    assert column is not None
    assert [each.text for each in without_actions(lines, column)] == [
        SENTENCE[:60].strip(), "and so on", SENTENCE[:58].strip(), "At length", SENTENCE[:50].strip(),
    ]  # fmt: skip


def test_initials_printed_against_the_sentence_go_too() -> None:
    head = page("Items | | | Action").lines
    glued = line("x" * 85 + " MC", 100.0)
    column = action_column([(*head, glued)])
    assert column is not None
    assert without_actions([glued], column)[0].text == "x" * 85


def test_a_page_without_the_column_comes_back_as_it_was() -> None:
    lines = page("Proposed by AB and seconded by CD\nThe end").lines
    assert action_column([lines]) is None
    assert without_actions(lines, None) == list(lines)


def test_one_entry_beyond_the_sentences_makes_a_column() -> None:
    rows = [("Fin/1/23-24 The lamp by the shop had been dark", "AB"), ("Fin/2/23-24 The Clerk would ring", "")]
    numbered = [
        line(f"{text.partition(' ')[0]} | {text.partition(' ')[2]}", 100.0 + 14 * n) for n, (text, _) in enumerate(rows)
    ]
    entry = line("Fin/3/23-24 | The hedge would be cut | | | AB", 128.0)
    column = action_column([(*numbered, entry)])
    assert column is not None
    assert without_actions([entry], column)[0].text == "Fin/3/23-24 The hedge would be cut"


def test_a_tables_last_cell_is_no_entry() -> None:
    rows = [line("1 | Is the hut dry | | | NO", 100.0), line("2 | Is it let | | | YES", 114.0)]
    assert action_column([rows]) is None
