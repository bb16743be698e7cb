"""Words struck out: by a line through them or by an annotation, they are not the paper's words any more."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import MarkupAnnotation
from pypdf.generic import ArrayObject, FloatObject, NameObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from index.build import Silent, ingest
from index.filters import PUBLIC
from index.library import Library
from index.records import find_decisions
from ingest.pages import Page, read_document
from ingest.structure import paragraphs_of
from ingest.tables import squeezed
from tests.embedder import FakeEmbedder

LEFT, SIZE = 72.0, 11.0
LINES = (
    "Minutes of the meeting of Thornby Town Council held on 14 May 2024",
    "Present: Cllrs Ash and Fell",
    "1 Hall",
    "1.1 RESOLVED that the fee for the hall be ten twelve pounds an hour from September.",
    "1.2 RESOLVED that the lamp be sold to Brightmop.",
    "1.3 RESOLVED that the door be painted green.",
)


def where(words: str) -> tuple[float, float, float]:
    """The left, right and baseline of these words on the page that `drawn` draws."""
    number, line = next((n, line) for n, line in enumerate(LINES) if words in line)
    before = line[: line.index(words)]
    left = LEFT + stringWidth(before, "Helvetica", SIZE)
    return left, left + stringWidth(words, "Helvetica", SIZE), A4[1] - 100 - 24 * number


def drawn(path: Path, over: Callable[[Canvas], None] = lambda canvas: None) -> Path:
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setFont("Helvetica", SIZE)
    for number, line in enumerate(LINES):
        canvas.drawString(LEFT, A4[1] - 100 - 24 * number, line)
    over(canvas)
    canvas.save()
    return path


def line_through(words: str, *, up: float = 0.28, beyond: float = 0.0) -> Callable[[Canvas], None]:
    """A line over these words, `up` times their size above the baseline."""

    def draw(canvas: Canvas) -> None:
        left, right, base = where(words)
        canvas.setLineWidth(0.6)
        canvas.line(left - beyond, base + up * SIZE, right + beyond, base + up * SIZE)

    return draw


def bar_through(words: str) -> Callable[[Canvas], None]:
    """The same as Word draws it: a thin rectangle, filled."""

    def draw(canvas: Canvas) -> None:
        left, right, base = where(words)
        canvas.rect(left, base + 0.26 * SIZE, right - left, 0.7, stroke=0, fill=1)

    return draw


def read(path: Path) -> Page:
    return read_document(path, ocr=False).pages[0]


@pytest.mark.parametrize("stroke", [line_through, bar_through])
def test_a_line_through_words_takes_them_out_of_the_lines(tmp_path: Path, stroke: Callable[..., object]) -> None:
    page = read(drawn(tmp_path / "a.pdf", stroke("ten")))  # type: ignore[arg-type]
    line = next(line.text for line in page.lines if "fee" in line.text)
    assert line == "1.1 RESOLVED that the fee for the hall be twelve pounds an hour from September."
    assert page.struck
    assert "ten twelve" in page.text  # what is printed stays what a quote is held against


@pytest.mark.parametrize(
    "stroke",
    [
        line_through("ten", up=-0.12),  # underlined
        line_through("ten", up=0.9),  # a border above
        line_through("ten", up=0.28, beyond=300.0),  # a rule across the page
    ],
)
def test_other_lines_strike_nothing_out(tmp_path: Path, stroke: Callable[[Canvas], None]) -> None:
    page = read(drawn(tmp_path / "a.pdf", stroke))
    assert not page.struck
    assert any("ten twelve" in line.text for line in page.lines)


def test_a_strike_out_annotation_does_the_same(tmp_path: Path) -> None:
    left, right, base = where("ten")
    writer = PdfWriter(clone_from=PdfReader(drawn(tmp_path / "plain.pdf")))
    top, bottom = base + 0.8 * SIZE, base - 0.2 * SIZE
    note = MarkupAnnotation()
    note[NameObject("/Subtype")] = NameObject("/StrikeOut")
    note[NameObject("/Rect")] = ArrayObject(map(FloatObject, (left, bottom, right, top)))
    note[NameObject("/QuadPoints")] = ArrayObject(
        map(FloatObject, (left, top, right, top, left, bottom, right, bottom))
    )
    writer.add_annotation(0, note)
    writer.write(tmp_path / "a.pdf")
    page = read(tmp_path / "a.pdf")
    assert page.struck
    assert not any("ten twelve" in line.text for line in page.lines)


def test_every_span_stands_on_the_page_as_printed(tmp_path: Path) -> None:
    page = read(drawn(tmp_path / "a.pdf", line_through("ten")))
    (paragraph,) = [each for each in paragraphs_of([page], minutes=True) if each.number == "1.1"]
    parts = [paragraph.text[span.start : span.end] for span in paragraph.spans]
    assert parts == ["1.1 RESOLVED that the fee for the hall be ", "twelve pounds an hour from September."]
    assert all(squeezed(part) in squeezed(page.text) for part in parts)


def test_a_resolution_struck_out_whole_is_in_no_register_and_the_others_are(
    tmp_path: Path, embedder: FakeEmbedder
) -> None:
    drawn(tmp_path / "papers.pdf", line_through("1.2 RESOLVED that the lamp be sold to Brightmop."))
    home = tmp_path / "home"
    ingest(
        home, [tmp_path / "papers.pdf"], embedder=embedder, ocr=False, jobs=1, confirm_forget=lambda _: False,
        progress=Silent(),
    )  # fmt: skip
    library = Library.open(home, embedder)
    records, _ = find_decisions(library.store)
    assert [record.decision.number for record in records] == ["1.1", "1.3"]
    assert all(record.quote for record in records)
    assert library.words_for(PUBLIC).document_frequency("brightmop") == 0
