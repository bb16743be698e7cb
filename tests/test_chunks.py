"""Paragraphs as chunks, and sentences."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chunks import FULL, LONGEST, Chunk, chunks_of, sentences
from ingest.papers import Paper, papers_of
from ingest.structure import Paragraph, Span
from tests.printed import document, page


@pytest.fixture
def paper() -> Paper:
    (paper,) = papers_of(
        document(page("# Thornby Town Council\nMinutes of the meeting held on 12 March 2024")), "m.pdf"
    )
    return paper


def paragraph(text: str, **fields: object) -> Paragraph:
    whole = Paragraph("1", "text", text, (Span(1, 0, len(text)),), "2 Pool", ("Pool",))
    return replace(whole, **fields)  # type: ignore[arg-type]


def places(chunks: list[Chunk]) -> list[tuple[int, int]]:
    return [(chunk.first, chunk.last) for chunk in chunks]


def words(count: int) -> str:
    return " ".join(f"w{number}" for number in range(count))


def test_short_paragraphs_of_one_item_stand_together_until_they_are_enough(paper: Paper) -> None:
    chunks = chunks_of(paper, [paragraph(words(FULL // 3)) for _ in range(4)])
    assert places(chunks) == [(0, 2), (3, 3)]
    assert chunks[0].text.count("\n") == 2


@pytest.mark.parametrize("differs", [{"item": "3 Hut"}, {"headings": ("Pool", "Water")}])
def test_what_stands_under_another_heading_is_a_chunk_of_its_own(paper: Paper, differs: dict[str, object]) -> None:
    assert places(chunks_of(paper, [paragraph("The pool."), paragraph("The hut.", **differs)])) == [(0, 0), (1, 1)]
    assert places(chunks_of(paper, [paragraph("The pool."), paragraph("The hut.")])) == [(0, 1)]


@pytest.mark.parametrize("kind", ["heading", "contents"])
def test_headings_and_contents_part_chunks_and_are_none(paper: Paper, kind: str) -> None:
    chunks = chunks_of(paper, [paragraph("The pool."), paragraph("Hut", kind=kind), paragraph("The hut.")])
    assert places(chunks) == [(0, 0), (2, 2)]


def test_rows_of_one_table_stand_together_and_apart_from_words(paper: Paper) -> None:
    rows = [
        paragraph(f"Pool {n}", kind="row", label=label) for n, label in enumerate(("Table 1", "Table 1", "Table 2"))
    ]
    assert places(chunks_of(paper, [paragraph("The pool."), *rows])) == [(0, 0), (1, 2), (3, 3)]


def test_a_long_paragraph_is_cut_between_its_sentences_and_nothing_is_lost(paper: Paper) -> None:
    text = " ".join(f"Sentence {number} says {words(20)} and ends." for number in range(20))
    chunks = chunks_of(paper, [paragraph(text)])
    assert len(chunks) > 2
    assert set(places(chunks)) == {(0, 0)}
    assert all(text[chunk.start :].startswith(chunk.text) for chunk in chunks)
    assert " ".join(chunk.text for chunk in chunks) == text
    assert all(len(chunk.text.split()) < LONGEST + 30 for chunk in chunks)
    assert all(chunk.text.startswith("Sentence") and chunk.text.endswith("ends.") for chunk in chunks)


def test_what_a_reader_knows_by_then_goes_with_the_chunk(paper: Paper) -> None:
    (chunk,) = chunks_of(paper, [paragraph("The pump.", headings=("Parks", "2 Pool", "Water"), label="Table 1")])
    assert chunk.context == "2 Pool | Water | Table 1"  # the heading that the item says already is not said again
    assert chunk.embedded == "2 Pool | Water | Table 1\nThe pump."
    assert chunk.headings == "Parks > 2 Pool > Water"


def test_where_nothing_stands_above_it_the_papers_title_does(paper: Paper) -> None:
    (chunk,) = chunks_of(paper, [paragraph("The pump.", item=None, headings=())])
    assert chunk.context == paper.title != ""


def test_a_paper_without_paragraphs_has_no_chunks(paper: Paper) -> None:
    assert chunks_of(paper, []) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One ends. Two begins.", ["One ends.", "Two begins."]),
        ("Is it? Yes; No.", ["Is it?", "Yes;", "No."]),
        ("5. Mr R. Love spoke. Dr. Ash did not.", ["5. Mr R. Love spoke.", "Dr. Ash did not."]),
        ("It cost £1.50 in St. Ives.", ["It cost £1.50 in St. Ives."]),
        ("No. 4 bus. no capital follows", ["No. 4 bus. no capital follows"]),
        ("", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == parts


@given(st.text(alphabet="aB1 .;?!(\n", max_size=60))
def test_sentences_leave_out_nothing_but_the_space_between_them(text: str) -> None:
    spans = list(sentences(text))
    assert [end for _, end in spans[:-1]] <= [start for start, _ in spans[1:]]
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
