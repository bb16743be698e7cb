"""Pictures of pages, read by Tesseract where it is installed."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from ingest import pages
from ingest.lines import Word
from ingest.mend import mend
from ingest.ocr import Picture, Scan, ocr_available, read_scans
from ingest.pages import read_document
from tests.test_pages import at, drawn, font_file, squeezed, texts

needs_tesseract = pytest.mark.skipif(ocr_available() is None, reason="Tesseract is not installed")

MINUTES = [
    "The Committee considered the repair of the footbridge at the mill.",
    "RESOLVED: That the tender of 48,500 pounds be accepted.",
    "Proposed by Councillor Hill and seconded by Councillor Marsh.",
]


def write(canvas: Canvas) -> None:
    for n, text in enumerate(MINUTES):
        at(canvas, 72, 150 + 20 * n, text, 12)
    at(canvas, 500, 170, "JH", 12)


def scanned(folder: Path, turn: int = 0, stamp: str = "") -> Path:
    """A PDF whose only page is a picture of the minutes, `turn` degrees clockwise, with `stamp` as text at its foot."""
    source = pdfium.PdfDocument(drawn(folder / "source.pdf", write))
    image = source[0].render(scale=2.5).to_pil().rotate(-turn, expand=True)
    source.close()

    def draw(canvas: Canvas) -> None:
        size = (A4[1], A4[0]) if turn % 180 else A4
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(image), 0, 0, *size)
        canvas.drawString(290, 30, stamp)

    return drawn(folder / f"scan-{turn}.pdf", draw)


@needs_tesseract
def test_a_scan_is_read_into_lines_with_cells_where_they_stand(tmp_path: Path) -> None:
    page = read_document(scanned(tmp_path)).pages[0]
    assert page.source == "ocr"
    assert page.confidence is not None
    assert 0.8 < page.confidence <= 1
    assert texts(page) == [MINUTES[0], f"{MINUTES[1]} JH", MINUTES[2]]
    assert [cell.text for cell in page.lines[1].cells] == [MINUTES[1], "JH"]
    assert page.lines[0].x0 == pytest.approx(72, abs=2)
    assert page.lines[0].bottom == pytest.approx(152, abs=4)
    assert page.lines[0].size == pytest.approx(12, abs=1.5)
    assert all(squeezed(line.text) in squeezed(page.text) for line in page.lines)


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_scan_lying_on_its_side_is_turned(tmp_path: Path, turn: int) -> None:
    page = read_document(scanned(tmp_path, turn)).pages[0]
    assert page.source == "ocr"
    assert squeezed(MINUTES[0]) in squeezed(page.text)
    assert page.height > page.width


@needs_tesseract
def test_a_page_number_stamped_on_a_scan_is_kept_as_it_is(tmp_path: Path) -> None:
    page = read_document(scanned(tmp_path, stamp="64")).pages[0]
    assert page.source == "ocr"
    assert page.printed_number == "64"
    assert texts(page)[0] == MINUTES[0]


@needs_tesseract
def test_what_was_read_is_kept_by_the_picture(tmp_path: Path) -> None:
    path, kept = scanned(tmp_path), tmp_path / "kept"
    first = read_document(path, ocr_cache=kept)
    files = list(kept.iterdir())
    assert [file.suffix for file in files] == [".json"]
    files[0].write_text(files[0].read_text("utf-8").replace("Councillor", "Alderman"), "utf-8")
    again = read_document(path, ocr_cache=kept)
    assert "Alderman Hill" in again.pages[0].text
    assert first.pages[0].text.replace("Councillor", "Alderman") == again.pages[0].text


def test_a_scan_is_unread_without_ocr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scanned(tmp_path, stamp="64")
    monkeypatch.setattr(pages, "ocr_available", lambda: None)
    for document in (read_document(path), read_document(path, ocr=False)):
        page = document.pages[0]
        assert (page.source, page.text, page.lines, page.printed_number) == ("unread", "", (), "64")


@needs_tesseract
def test_a_picture_without_words_is_unread(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    noise = (rng.random((60, 60, 3)) * 255).astype(np.uint8)
    image = ImageReader(Image.fromarray(noise).resize((600, 600)))
    path = drawn(tmp_path / "a.pdf", lambda canvas: canvas.drawImage(image, 0, 100, A4[0], A4[0]))
    page = read_document(path).pages[0]
    assert (page.source, page.text, page.lines) == ("unread", "", ())


def glyph_coded(folder: Path, sound: list[str], broken: list[str]) -> Path:
    """A PDF whose lines `broken` hold the numbers of glyphs, in a font that does not say which letters they are."""
    writer = PdfWriter(
        clone_from=drawn(
            folder / "sound.pdf",
            lambda canvas: (
                [at(canvas, 72, 150 + 20 * n, text, 12) for n, text in enumerate(sound)] or canvas.showPage()
            ),
        )
    )
    page = writer.pages[0]
    face = TTFont("Vera", font_file()).face
    file = DecodedStreamObject()
    file.set_data(Path(font_file()).read_bytes())
    used = sorted({ord(char) for text in broken for char in text})
    font = pdf_object(
        {
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": "/ABCDEF+Vera", "Encoding": "/Identity-H",
            "DescendantFonts": [{
                "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": "/ABCDEF+Vera", "CIDToGIDMap": "/Identity",
                "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
                "FontDescriptor": {
                    "Type": "/FontDescriptor", "FontName": "/ABCDEF+Vera", "Flags": 4, "ItalicAngle": 0, "StemV": 80,
                    "Ascent": 760, "Descent": -236, "CapHeight": 700, "FontBBox": [-183, -236, 1288, 928],
                    "FontFile2": writer._add_object(file),
                },
                "W": [part for code in used for part in (face.charToGlyph[code], [round(face.charWidths[code])])],
            }],
        }
    )  # fmt: skip
    lines = []
    for n, text in enumerate(broken):
        numbers = "".join(f"{face.charToGlyph[ord(char)]:04x}" for char in text)
        lines.append(f"BT /G1 12 Tf 72 {A4[1] - 150 - 20 * (len(sound) + n)} Td <{numbers}> Tj ET")
    content = DecodedStreamObject()
    content.set_data("\n".join(lines).encode())
    page[NameObject("/Contents")] = ArrayObject([page.raw_get("/Contents"), writer._add_object(content)])
    resources = page["/Resources"]
    assert isinstance(resources, DictionaryObject)
    fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
    fonts[NameObject("/G1")] = writer._add_object(font)
    writer.write(folder / "broken.pdf")
    return folder / "broken.pdf"


def pdf_object(value: Any) -> PdfObject:
    """Python's dictionaries, lists, numbers and strings ("/Name") as PDF's."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, dict):
        return DictionaryObject({NameObject(f"/{key}"): pdf_object(each) for key, each in value.items()})
    if isinstance(value, list):
        return ArrayObject([pdf_object(each) for each in value])
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    return NumberObject(value)


def test_glyph_numbers_are_not_taken_for_text(tmp_path: Path) -> None:
    page = read_document(glyph_coded(tmp_path, [], MINUTES), ocr=False).pages[0]
    assert (page.source, page.text) == ("unread", "")


@needs_tesseract
def test_glyph_numbers_are_read_from_the_picture(tmp_path: Path) -> None:
    page = read_document(glyph_coded(tmp_path, [], MINUTES)).pages[0]
    assert page.source == "ocr"
    assert squeezed(MINUTES[0]) in squeezed(page.text)


@needs_tesseract
def test_a_broken_line_on_a_sound_page_is_mended(tmp_path: Path) -> None:
    sound = [f"{n}. {text}" for n, text in enumerate(MINUTES * 5)]
    page = read_document(glyph_coded(tmp_path, sound, ["The minutes were confirmed."])).pages[0]
    assert page.source == "ocr"
    assert texts(page) == [*sound, "The minutes were confirmed."]


def word(text: str, x0: float, x1: float, font: str = "", top: float = 100) -> Word:
    return Word(text, x0, top, x1, top + 12, top + 10, 11, font=font)


def test_a_word_broken_in_part_is_replaced_whole() -> None:
    words = [word("the", 50, 70), word("Cou", 75, 100), word("QFLO", 100, 130, "bad?"), word("met", 135, 155)]
    mended = mend(words, {"bad?"}, [word("the", 50, 70), word("Council", 75, 130)], everywhere=False)
    assert sorted((found.text for found in mended), key=str.lower) == ["Council", "met", "the"]


def test_words_only_in_the_picture_are_added_only_if_asked_for() -> None:
    words, seen = [word("64", 50, 70)], [word("64", 50, 70), word("Plan", 80, 120, top=300)]
    assert [found.text for found in mend(words, set(), seen, everywhere=False)] == ["64"]
    assert [found.text for found in mend(words, set(), seen, everywhere=True)] == ["64", "Plan"]


@needs_tesseract
def test_pages_come_back_with_their_numbers(tmp_path: Path) -> None:
    def draw(number: int, dpi: int) -> tuple[Picture, float]:
        source = pdfium.PdfDocument(
            drawn(tmp_path / f"{number}.pdf", lambda canvas: at(canvas, 72, 90, f"Item {number} of business"))
        )
        picture = source[0].render(scale=dpi / 72, grayscale=True).to_numpy().squeeze().copy()
        source.close()
        return picture[: picture.shape[0] // 5], dpi / 72

    scans = dict(read_scans([7, 3, 5], draw, jobs=2))
    assert list(scans) == [7, 3, 5]
    assert all(isinstance(scan, Scan) for scan in scans.values())
    assert " ".join(found.text for found in scans[3].words) == "Item 3 of business"


def test_the_version_is_a_version_or_nothing() -> None:
    version = ocr_available()
    assert version is None or re.match(r"\d+\.\d+", version)


def test_a_picture_as_wrong_as_the_text_layer_adds_nothing() -> None:
    words = [word("Background", 50, 120), word("", 130, 160, "bad?"), word("", 165, 190, "bad?")]
    seen = [word("$#", 130, 160), word('"!', 165, 190)]
    assert [found.text for found in mend(words, {"bad?"}, seen, everywhere=True)] == ["Background"]
