"""Real PDFs, made here, read back."""

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest.lines import clean_glyphs
from ingest.pages import Document, Line, Page, read_document
from minutebook.errors import UnreadablePaper

PROSE = (
    "The Committee considered a report on the repair of the footbridge at the mill, which had been closed since"
    " the flood in March, and heard that the lowest tender was within the sum set aside for it in the budget"
).split()


def drawn(path: Path, draw: Callable[[Canvas], None]) -> Path:
    """A PDF at `path`, A4, its pages drawn by `draw`."""
    canvas = Canvas(str(path), pagesize=A4)
    draw(canvas)
    canvas.save()
    return path


def at(canvas: Canvas, x: float, top: float, text: str, size: float = 11, font: str = "Helvetica") -> None:
    """Writes `text` with its baseline `top` points below the page's top."""
    canvas.setFont(font, size)
    canvas.drawString(x, A4[1] - top, text)


def texts(page: Page) -> list[str]:
    return [line.text for line in page.lines]


def squeezed(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text.lower()))


def read(path: Path) -> Document:
    return read_document(path, ocr=False)


def test_a_line_has_its_words_place_size_and_weight(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        at(canvas, 72, 100, "7. Footbridge at the mill", 14, "Helvetica-Bold")
        at(canvas, 72, 120, "The Clerk reported that it would reopen in May.")

    page = read(drawn(tmp_path / "a.pdf", draw)).pages[0]
    heading, body = page.lines
    assert (heading.text, heading.bold, heading.size) == ("7. Footbridge at the mill", True, 14.0)
    assert (body.text, body.bold, body.size) == ("The Clerk reported that it would reopen in May.", False, 11.0)
    assert heading.x0 == pytest.approx(72, abs=1)
    assert heading.top < 100 < heading.bottom
    assert (page.number, page.source, page.width, page.height) == (
        1,
        "text",
        pytest.approx(A4[0]),
        pytest.approx(A4[1]),
    )
    assert page.text == "7. Footbridge at the mill\nThe Clerk reported that it would reopen in May."


def test_words_set_apart_without_a_space_are_parted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        x = 72.0
        for word in ("RESOLVED", "That", "the", "report", "be", "noted"):
            at(canvas, x, 100, word)
            x += pdfmetrics.stringWidth(word, "Helvetica", 11) + 3.1

    assert texts(read(drawn(tmp_path / "a.pdf", draw)).pages[0]) == ["RESOLVED That the report be noted"]


def test_initials_in_an_action_column_are_the_last_cell(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        at(canvas, 72, 100, "The Clerk will write to the owner of the hedge and")
        at(canvas, 500, 100, "JS")  # drawn, as word processors do, between two lines of one sentence
        at(canvas, 72, 114, "report to the next meeting.")

    first, second = read(drawn(tmp_path / "a.pdf", draw)).pages[0].lines
    assert [cell.text for cell in first.cells] == ["The Clerk will write to the owner of the hedge and", "JS"]
    assert second.text == "report to the next meeting."


def test_initials_near_the_end_of_a_full_line_are_still_a_cell(tmp_path: Path) -> None:
    line = "The Clerk will write to the owner of the hedge and"

    def draw(canvas: Canvas) -> None:
        at(canvas, 72, 100, line)
        at(canvas, 72, 114, "report to the next meeting.")
        at(canvas, 72 + pdfmetrics.stringWidth(line, "Helvetica", 11) + 6, 100, "JS")

    first = read(drawn(tmp_path / "a.pdf", draw)).pages[0].lines[0]
    assert [cell.text for cell in first.cells] == [line, "JS"]


def test_paragraph_numbers_in_a_margin_are_cells(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for n, words in enumerate(("The Chair opened the meeting.", "Apologies were noted.", "There were none.")):
            at(canvas, 72, 100 + 14 * n, f"1.{n + 1}")
            at(canvas, 108, 100 + 14 * n, words)

    page = read(drawn(tmp_path / "a.pdf", draw)).pages[0]
    assert [[cell.text for cell in line.cells] for line in page.lines][1] == ["1.2", "Apologies were noted."]
    assert page.lines[1].text == "1.2 Apologies were noted."


def column(canvas: Canvas, x: float, words: list[str], lines: int, paragraph: int, wide: float = 220) -> list[str]:
    """Draws `words` over and over as `lines` lines, with a gap after every `paragraph` of them."""
    made: list[str] = []
    line: list[str] = []
    for n in range(10_000):
        word = words[n % len(words)]
        if pdfmetrics.stringWidth(" ".join([*line, word]), "Helvetica", 10) > wide:
            at(canvas, x, 150 + 12 * len(made) + 12 * (len(made) // paragraph), " ".join(line), 10)
            made.append(" ".join(line))
            line = []
        if len(made) == lines:
            break
        line.append(word)
    return made


def test_two_columns_of_prose_are_read_one_after_the_other(tmp_path: Path) -> None:
    wanted: list[str] = []

    def draw(canvas: Canvas) -> None:
        at(canvas, 150, 80, "News from the parish for the whole of this autumn and winter", 12)
        left = column(canvas, 60, PROSE, 30, paragraph=5)
        right = column(canvas, 320, PROSE[::-1], 30, paragraph=7)
        wanted.extend(["News from the parish for the whole of this autumn and winter", *left, *right])

    assert texts(read(drawn(tmp_path / "a.pdf", draw)).pages[0]) == wanted


def test_a_table_is_read_across(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for n in range(20):
            at(canvas, 60, 150 + 20 * n, f"Repairs to building {n}")
            at(canvas, 330, 150 + 20 * n, f"{n},500.00")

    page = read(drawn(tmp_path / "a.pdf", draw)).pages[0]
    assert texts(page)[3] == "Repairs to building 3 3,500.00"
    assert len(page.lines) == 20


def test_a_ruled_table_of_prose_is_read_across(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 60, PROSE, 20, paragraph=20)
        column(canvas, 320, PROSE[::-1], 20, paragraph=20)
        for height in (200, 300, 400):
            canvas.line(55, A4[1] - height, 560, A4[1] - height)

    page = read(drawn(tmp_path / "a.pdf", draw)).pages[0]
    assert all(len(line.cells) == 2 for line in page.lines[:3])


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(tmp_path: Path, turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        at(canvas, 72, 100, "The Committee AGREED the plan.")
        at(canvas, 72, 120, "It was seconded by the Chair.")

    upright = drawn(tmp_path / "a.pdf", draw)
    # Turned in its content one way and by /Rotate the other, as scanners and plotters leave it.
    writer = pypdf.PdfWriter(clone_from=upright)
    page = writer.pages[0]
    page.rotate(turn)
    page.transfer_rotation_to_content()
    page.rotate(360 - turn)
    writer.write(tmp_path / "b.pdf")
    before, after = read(upright).pages[0], read(tmp_path / "b.pdf").pages[0]
    assert texts(after) == texts(before) == ["The Committee AGREED the plan.", "It was seconded by the Chair."]
    assert (after.width, after.height) == (pytest.approx(before.width), pytest.approx(before.height))
    assert after.lines[0].x0 == pytest.approx(before.lines[0].x0, abs=2)
    assert after.lines[0].bottom == pytest.approx(before.lines[0].bottom, abs=4)


def test_a_cropped_page_is_measured_from_what_is_shown(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        at(canvas, 172, 200, "Seen")
        at(canvas, 20, 20, "Cut off")

    writer = pypdf.PdfWriter(clone_from=drawn(tmp_path / "a.pdf", draw))
    writer.pages[0].cropbox = RectangleObject((100, 100, 500, A4[1] - 100))
    writer.write(tmp_path / "b.pdf")
    page = read(tmp_path / "b.pdf").pages[0]
    assert texts(page) == ["Seen"]
    assert page.lines[0].x0 == pytest.approx(72, abs=2)
    assert page.lines[0].bottom == pytest.approx(100, abs=5)


def font_file() -> str:
    """A TrueType font with ligatures, from reportlab's own."""
    import reportlab

    return str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")


def test_ligatures_are_spelt_out_and_other_signs_kept(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Vera", font_file()))

    def draw(canvas: Canvas) -> None:
        at(canvas, 72, 100, "the ﬁrst oﬃce of 2½ m² at £5 – ‘agreed’", font="Vera")

    page = read(drawn(tmp_path / "a.pdf", draw)).pages[0]
    # Vera has no glyph for the ffi ligature, which is left out; one missing glyph does not condemn a page.
    assert page.lines[0].text.startswith("the first o")
    assert page.lines[0].text.endswith("ce of 2½ m² at £5 – ‘agreed’")
    assert squeezed(page.lines[0].text) in squeezed(page.text)


@pytest.mark.parametrize(
    ("glyphs", "text"),
    [
        ("of\ufb01ce a\ufb00airs", "office affairs"),
        ("\uf0b7 Bins", "• Bins"),
        ("\uf0a7 Bins", "• Bins"),
        ("\uf041\uf047\uf052\uf045\uf045\uf044", "AGREED"),
        ("commit\x02tee", "commit-tee"),
        ("commit\ufffetee", "commit-tee"),
        ("½ m² £5 ‘so’ café", "½ m² £5 ‘so’ café"),
        ("a\x00b\x07c\u200bd", "abcd"),
    ],
)
def test_glyphs_become_text(glyphs: str, text: str) -> None:
    assert clean_glyphs(glyphs) == text


def test_soft_hyphens_show_only_at_the_end_of_a_line(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("Vera", font_file()))

    def draw(canvas: Canvas) -> None:
        at(canvas, 72, 100, "It was put to the com\xadmit\xad", font="Vera")
        at(canvas, 72, 114, "tee, which ag\xadreed.", font="Vera")

    lines = read(drawn(tmp_path / "a.pdf", draw)).pages[0].lines
    assert [line.text for line in lines] == ["It was put to the commit-", "tee, which agreed."]


def test_a_hyphen_at_the_end_of_a_line_ends_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        at(canvas, 72, 100, "It was put to the commit-")
        at(canvas, 72, 114, "tee, which agreed.")

    page = read(drawn(tmp_path / "a.pdf", draw)).pages[0]
    assert texts(page) == ["It was put to the commit-", "tee, which agreed."]
    assert page.text == "It was put to the commit-\ntee, which agreed."


def test_running_lines_and_printed_numbers(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for n in range(5):
            at(canvas, 72, 40, "Marsh Committee – 3 June 2024")
            at(canvas, 290, 810, str(41 + n))
            for k in range(20):
                at(canvas, 72, 100 + 15 * k, " ".join(PROSE[(n + k) % 9 : (n + k) % 9 + 8]))
            canvas.showPage()

    pages = read(drawn(tmp_path / "a.pdf", draw)).pages
    assert [page.printed_number for page in pages] == ["41", "42", "43", "44", "45"]
    assert texts(pages[0])[0] == "Marsh Committee – 3 June 2024"  # where it begins it is the title
    assert all(len(page.lines) == 20 for page in pages[1:])
    assert [line.text for line in pages[2].furniture] == ["Marsh Committee – 3 June 2024", "43"]
    assert "Marsh Committee" in pages[2].text


def test_page_labels_are_the_printed_numbers_where_none_is_printed(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for words in ("First of all", "Then the rest"):
            at(canvas, 72, 300, words)
            canvas.showPage()

    writer = pypdf.PdfWriter(clone_from=drawn(tmp_path / "a.pdf", draw))
    writer.set_page_label(0, 1, "/r")
    writer.write(tmp_path / "b.pdf")
    assert [page.printed_number for page in read(tmp_path / "b.pdf").pages] == ["i", "ii"]


def test_title_date_and_outline(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Minutes of 3 June")
        for n, name in enumerate(("Agenda", "Minutes", "Reports")):
            canvas.bookmarkPage(name)
            canvas.addOutlineEntry(name, name, level=min(n, 1))
            at(canvas, 72, 100, name)
            canvas.showPage()

    document = read(drawn(tmp_path / "a.pdf", draw))
    assert document.title == "Minutes of 3 June"
    assert document.outline == (("Agenda", 1), ("Minutes", 2), ("Reports", 3))
    assert document.created is not None
    assert re.match(r"20\d\d-\d\d-\d\dT", document.created)
    assert re.fullmatch("[0-9a-f]{64}", document.sha256)


def encrypted(tmp_path: Path, password: str) -> Path:
    writer = pypdf.PdfWriter(clone_from=drawn(tmp_path / "a.pdf", lambda canvas: at(canvas, 72, 100, "Not for long")))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    writer.write(tmp_path / "b.pdf")
    return tmp_path / "b.pdf"


def test_an_empty_password_opens_a_file(tmp_path: Path) -> None:
    assert texts(read(encrypted(tmp_path, "")).pages[0]) == ["Not for long"]


def refusal(path: Path) -> str:
    with pytest.raises(UnreadablePaper) as refused:
        read(path)
    assert refused.value.path == str(path)
    return refused.value.reason


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    assert refusal(encrypted(tmp_path, "secret")) == "needs a password"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "is not a PDF: it begins with an HTML page"),
        (b"\xef\xbb\xbf<html>", "is not a PDF: it begins with an HTML page"),
        (b"PK\x03\x04 docx", "is not a PDF: it begins with 'PK\\x03\\x04 doc'"),
        (b"%PDF-1.7\nnothing more", "is damaged: it cannot be opened as a PDF"),
    ],
)
def test_what_is_no_pdf_is_refused_by_name(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    assert refusal(path) == reason


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.pdf") == "cannot be opened: No such file or directory"


def test_a_truncated_file_is_mended_or_refused(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for _ in range(3):
            at(canvas, 72, 100, "The Committee AGREED the plan.")
            canvas.showPage()

    whole = drawn(tmp_path / "a.pdf", draw).read_bytes()
    short = tmp_path / "short.pdf"
    short.write_bytes(whole[: whole.rindex(b"xref")])  # without its table of objects
    assert texts(read(short).pages[2]) == ["The Committee AGREED the plan."]
    short.write_bytes(whole[:200])
    assert refusal(short).startswith("is damaged")


@given(cut=st.integers(0, 2000), flip=st.integers(0, 255))
@settings(max_examples=40, deadline=None)
def test_a_damaged_file_is_read_or_refused_but_never_stops_us(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flip: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    data = bytearray(drawn(folder / "a.pdf", lambda canvas: at(canvas, 72, 100, "AGREED")).read_bytes())
    data[cut % len(data)] = flip
    (folder / "b.pdf").write_bytes(data)
    with suppress(UnreadablePaper):  # any other error fails the test
        pages = read(folder / "b.pdf").pages
        assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(6):
        writer.add_blank_page(200, 200)
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(UnreadablePaper, match="has 6 pages, and at most 5 are read"):
        read_document(tmp_path / "a.pdf", ocr=False, max_pages=5)


def test_a_blank_page_is_read_and_says_nothing(tmp_path: Path) -> None:
    page = read(drawn(tmp_path / "a.pdf", lambda canvas: canvas.showPage())).pages[0]
    assert (page.source, page.text, page.lines, page.confidence) == ("text", "", (), None)


def test_a_page_tree_that_loops_comes_to_an_end(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=drawn(tmp_path / "a.pdf", lambda canvas: at(canvas, 72, 100, "Round")))
    tree = writer.root_object["/Pages"]
    assert isinstance(tree, DictionaryObject)
    kids = tree["/Kids"]
    assert isinstance(kids, ArrayObject)
    kids.append(writer.root_object.raw_get("/Pages"))
    tree[NameObject("/Count")] = NumberObject(2)
    writer.write(tmp_path / "b.pdf")
    assert texts(read(tmp_path / "b.pdf").pages[0]) == ["Round"]


def bomb(path: Path, megabytes: int) -> Path:
    """A page whose content is `megabytes` of spaces, packed a thousand times smaller."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(200, 200)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 2**20) for _ in range(megabytes)) + packer.flush()
    stream = StreamObject()
    stream._data = packed
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(path)
    return path


def test_a_packed_stream_does_not_stop_us(tmp_path: Path) -> None:
    page = read(bomb(tmp_path / "a.pdf", 100)).pages[0]
    assert page.text == ""


words = st.one_of(st.sampled_from(PROSE), st.from_regex(r"[£(]?[0-9]{1,3}([.,][0-9]{1,2})?\)?", fullmatch=True))


@given(lines=st.lists(st.lists(words, min_size=1, max_size=8), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_every_line_stands_in_the_page_word_for_word(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[str]]
) -> None:
    def draw(canvas: Canvas) -> None:
        for n, line in enumerate(lines):
            at(canvas, 72, 150 + 16 * n, " ".join(line))

    page = read(drawn(tmp_path_factory.mktemp("lines") / "a.pdf", draw)).pages[0]
    whole = squeezed(page.text)
    found: list[Line] = [*page.lines, *page.furniture]
    assert squeezed(" ".join(line.text for line in found)) == squeezed(" ".join(" ".join(line) for line in lines))
    assert all(squeezed(line.text) in whole for line in found)
