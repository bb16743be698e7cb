"""A PDF page as it is drawn: its picture, the lines ruled on it, and whether it is a scan or blank, by pdfium."""

from collections.abc import Iterable

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.lines import Word
from ingest.ocr import Picture
from ingest.text_layer import placer

SHORTEST_RULE = 20.0  # points
INKED = 0.002  # of the page's area dark: a page with less is blank
THUMB = 800  # pixels
DARK = 200  # of 255
PICTURE = 0.5  # of the page's area


def picture_of(page: pdfium.PdfPage, scale: float) -> tuple[Picture, float]:
    """A grey picture of the page as shown, and its pixels a point."""
    return page.render(scale=scale, grayscale=True).to_numpy().squeeze().copy(), scale


def has_ink(page: pdfium.PdfPage, words: Iterable[Word]) -> bool:
    """Whether anything much is drawn on the page beside `words`: a page without is blank, not a scan."""
    picture, scale = picture_of(page, min(0.5, THUMB / max(1.0, *page.get_size())))
    for word in words:
        left, top = max(0, int(scale * word.x0) - 1), max(0, int(scale * word.top) - 1)
        picture[top : int(scale * word.bottom) + 2, left : int(scale * word.x1) + 2] = 255
    return bool((picture < DARK).mean() > INKED)


def is_picture(page: pdfium.PdfPage) -> bool:
    """Whether images cover most of the page; a scan may be cut into strips."""
    width, height = page.get_size()
    covered = 0.0
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        left, bottom, right, top = image.get_bounds()
        covered += (right - left) * (top - bottom)
    return covered > PICTURE * width * height


def read_rules(page: pdfium.PdfPage) -> list[tuple[float, float, float]]:
    """The level lines drawn on the page, the edges of boxes among them, as (left, right, height) as shown."""
    place = placer(page)
    rules: list[tuple[float, float, float]] = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        x0, y0, x1, y1 = drawn.get_bounds()
        (ax, ay), (bx, by) = place(x0, y0), place(x1, y1)
        if abs(ax - bx) > SHORTEST_RULE:
            rules += [(min(ax, bx), max(ax, bx), height) for height in {ay, by}]
    return rules
