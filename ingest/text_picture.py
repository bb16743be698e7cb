"""A PDF page as it is drawn: its picture, the lines ruled on it, and whether it is a scan or blank, by pdfium."""

import pypdfium2 as pdfium
import pypdfium2.raw as raw

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


def has_ink(page: pdfium.PdfPage) -> bool:
    """Whether anything much is drawn on the page: a page without is blank, not a scan."""
    picture, _ = picture_of(page, min(0.5, THUMB / max(1.0, *page.get_size())))
    return bool((picture < DARK).mean() > INKED)


def is_picture(page: pdfium.PdfPage) -> bool:
    """Whether one image covers most of the page."""
    width, height = page.get_size()
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > PICTURE * width * height:
            return True
    return False


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
