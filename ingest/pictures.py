"""A page as a picture for people to look at, with a quote's words marked on it. Run by ingest/draughtsman.py."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from ingest.grid import squeezed
from ingest.lines import Line
from ingest.text_layer import TooMuchText, read_text_layer
from minutebook.errors import UnreadablePaper

#: Pixels across an upright page: A4 at 150 to the inch. And the most of a page of any shape.
WIDTH = 1240
MOST_PIXELS = 4_000_000
MARK = (255, 236, 120)
#: A part of a quote shorter than this, in letters, is not looked for by itself: it may stand anywhere.
SHORTEST_PART = 16
#: Points that a scan's lines may reach over the page's edge.
SPILL = 10.0
#: Colours of a picture that is mostly text: an eighth of the bytes, and nobody sees a difference.
COLOURS = 64


@dataclass(frozen=True, slots=True)
class Box:
    """Some text and where it stands, in points from the page's top left corner as shown."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def draw_page(path: Path, number: int, quote: str = "", lines: Sequence[Line] | None = None) -> bytes:
    """Page `number`, from 1, as a PNG, with the quote marked where it stands.

    `lines` are those kept of a page read by OCR, whose text layer would not do. A quote that is not on the page is
    not marked. Raises UnreadablePaper.
    """
    try:
        pdf = pdfium.PdfDocument(path, password="")
    except (pdfium.PdfiumError, OSError) as error:
        raise UnreadablePaper(str(path), "cannot be opened") from error
    try:
        if not 1 <= number <= len(pdf):
            raise UnreadablePaper(str(path), f"has no page {number}")
        page = pdf[number - 1]
        try:
            width, height = page.get_size()
            scale = min(WIDTH / max(1.0, min(width, height)), (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            picture = page.render(scale=scale).to_pil().convert("RGB")
            if quote:
                boxes = _words(page) if lines is None else _cells(lines, width)
                picture = _marked(picture, _bands(_found(boxes, quote)), scale)
        finally:
            page.close()
    except (pdfium.PdfiumError, TooMuchText) as error:
        raise UnreadablePaper(str(path), f"page {number} cannot be drawn") from error
    finally:
        pdf.close()
    out = io.BytesIO()
    picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", compress_level=6)
    return out.getvalue()


def _words(page: pdfium.PdfPage) -> list[Box]:
    return [Box(word.text, word.x0, word.top, word.x1, word.bottom) for word in read_text_layer(page).words]


def _cells(lines: Sequence[Line], width: float) -> list[Box]:
    """Each word of the lines, its place reckoned from how far along its cell it stands.

    None where the scan lies on its side: its lines were read on the page as turned, and their places are not here.
    """
    if any(line.x1 > width + SPILL for line in lines):
        return []
    boxes = []
    for line in lines:
        parts = [(cell.text, cell.x0, cell.x1) for cell in line.cells] or [(line.text, line.x0, line.x1)]
        for text, x0, x1 in parts:
            each = (x1 - x0) / max(1, len(text))
            at = 0
            for word in text.split():
                at = text.index(word, at)
                boxes.append(Box(word, x0 + each * at, line.top, x0 + each * (at + len(word)), line.bottom))
                at += len(word)
    return boxes


def _found(boxes: Sequence[Box], quote: str) -> list[Box]:
    """The boxes whose text the quote is made of, by letters and figures alone; where it is broken up, by its parts."""
    text, owners = "", []
    for number, box in enumerate(boxes):
        plain = squeezed(box.text)
        text += plain
        owners += [number] * len(plain)
    chosen = {owners[at] for start, end in _places(text, squeezed(quote)) for at in range(start, end)}
    # A sign between two words of the quote, which has no letters of its own, is marked with them.
    between = {n for n in range(1, len(boxes) - 1) if not squeezed(boxes[n].text) and {n - 1, n + 1} <= chosen}
    return [boxes[number] for number in sorted(chosen | between)]


def _places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    at = text.find(wanted) if wanted else -1
    if at >= 0:
        yield at, at + len(wanted)
    elif len(wanted) >= 2 * SHORTEST_PART:
        yield from _places(text, wanted[: len(wanted) // 2])
        yield from _places(text, wanted[len(wanted) // 2 :])


def _bands(boxes: Sequence[Box]) -> list[Box]:
    """Words that follow each other on a line are marked as one, with the space between them."""
    bands: list[Box] = []
    for box in boxes:
        last = bands[-1] if bands else None
        height = box.bottom - box.top
        if last and abs(last.bottom - box.bottom) < height / 2 and -height < box.x0 - last.x1 < 1.5 * height:
            bands[-1] = Box("", last.x0, min(last.top, box.top), max(last.x1, box.x1), max(last.bottom, box.bottom))
        else:
            bands.append(box)
    return bands


def _marked(picture: Image.Image, bands: Sequence[Box], scale: float) -> Image.Image:
    """The picture as if gone over with a marker pen: paper takes the colour and print stays as dark as it was."""
    pen = Image.new("RGB", picture.size, (255, 255, 255))
    draw = ImageDraw.Draw(pen)
    for band in bands:
        place = [scale * band.x0 - 3, scale * band.top - 2, scale * band.x1 + 3, scale * band.bottom + 2]
        draw.rounded_rectangle(place, radius=4, fill=MARK)
    return ImageChops.multiply(picture, pen)
