"""Pages as items and numbered paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.tables import squeezed
from tests.printed import page, paragraphs

MINUTES = """
# 4. Footpaths

4.1 The Clerk reported that the stile by the mill had been mended at last and
that the landowner was content.

4.2 The Committee AGREED to:

   a) write to the landowner to thank him for the trouble that he had taken; and

   b) pay the bill.

# 5. Finance

5.1 The Treasurer said that there was enough.
"""


def test_items_numbers_and_clauses() -> None:
    found = paragraphs(page(MINUTES))
    told = [(each.kind, each.number, each.item) for each in found]
    assert told == [
        ("heading", "4", "4. Footpaths"),
        ("text", "4.1", "4. Footpaths"),
        ("text", "4.2", "4. Footpaths"),
        ("bullet", "4.2 (a)", "4. Footpaths"),
        ("bullet", "4.2 (b)", "4. Footpaths"),
        ("heading", "5", "5. Finance"),
        ("text", "5.1", "5. Finance"),
    ]
    assert found[1].text.endswith("at last and that the landowner was content.")


def test_a_paragraph_runs_over_the_page_with_a_span_on_each() -> None:
    first = page("4.2 The Committee AGREED that the whole of the bill be paid by the end of the", 1)
    second = page("month, and that nothing more be said.", 2)
    (found,) = paragraphs(first, second)
    assert [span.page for span in found.spans] == [1, 2]
    assert found.text[found.spans[1].start : found.spans[1].end] == "month, and that nothing more be said."
    assert found.spans[0].end == found.spans[1].start


def test_a_word_broken_at_the_line_end_is_mended_only_if_it_is_a_word_of_the_paper() -> None:
    text = """
The council discussed the matter of the well-
known footpath at the far end of the com-
mon, and the common is closed.
"""
    (found,) = paragraphs(page(text))
    assert "well-known footpath" in found.text
    assert "the common, and" in found.text


def test_agenda_items_in_plain_type_are_items_and_lists_within_them_are_not() -> None:
    text = """
1. To receive apologies
2. To consider the quotations for mowing, of which there are three, and to decide:
   1. which to accept
   2. when to begin
3. To set the date of the next meeting
"""
    items = {
        each.number: each.item for each in paragraphs(page(text)) if not each.text.startswith(("1. which", "2. when"))
    }
    assert items["3"] == "3. To set the date of the next meeting"
    listed = next(each for each in paragraphs(page(text)) if each.text.startswith("2. when"))
    assert listed.item is not None
    assert listed.item.startswith("2. To consider")


def test_an_action_column_is_no_part_of_the_sentence() -> None:
    text = """
Items | | | Action
The lamp by the shop had been dark since the storm and he | | | AB
agreed to ring the county about it before the week was out.
The hedge had been cut back by the farmer at his own cost | | | CD
"""
    joined = " ".join(each.text for each in paragraphs(page(text)))
    assert "storm and he agreed to ring" in joined
    assert "AB" not in joined
    assert "CD" not in joined


def test_lines_of_contents_are_told_apart() -> None:
    (found,) = paragraphs(page("Report of the Treasurer ............................ 14"))
    assert found.kind == "contents"


def test_two_columns_read_as_one_come_apart_as_the_page_has_them() -> None:
    text = """
The hall was painted in the | A second lamp was bought
"""
    words = "A second lamp was bought\nlast week\nThe hall was painted in the"
    found = paragraphs(page(text, words=words))
    assert sorted(each.text for each in found) == ["A second lamp was bought", "The hall was painted in the"]


@given(st.lists(st.text(alphabet="abc DEF.,:;1)-", min_size=1, max_size=60).filter(str.strip), min_size=1, max_size=12))
def test_spans_tile_the_text_and_stand_on_their_pages(texts: list[str]) -> None:
    half = len(texts) // 2
    pages = [page("\n".join(part) or "x", n) for n, part in enumerate((texts[:half], texts[half:]), start=1)]
    for found in paragraphs(*pages):
        assert found.spans[0].start == 0
        assert found.spans[-1].end == len(found.text)
        for span in found.spans:
            assert squeezed(found.text[span.start : span.end]) in squeezed(pages[span.page - 1].text)
