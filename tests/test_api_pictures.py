"""Pages as pictures, the quote marked on them."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.album import Album, picture_name
from index.library import Library
from ingest.draughtsman import Draughtsman
from ingest.lines import Cell, Line
from ingest.pictures import MARK, MOST_PIXELS, WIDTH, draw_page
from minutebook.errors import UnreadablePaper
from tests.council import Service
from tests.embedder import FakeEmbedder
from tests.test_api import QUESTION, assert_problem

FIRST = "RESOLVED that the bandstand be mended."
SECOND = "AGREED that the swings be painted green and the slide be left as it is until the spring."


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Rows of pixels, red, green and blue."""
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG"
    return np.asarray(picture.convert("RGB"))


def marked(png: bytes) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of what is marked, in pixels; None where nothing is."""
    shown = pixels(png).astype(int)
    near = (np.abs(shown - np.array(MARK)) < 40).all(axis=2)
    if not near.any():
        return None
    rows, columns = np.where(near.any(axis=1))[0], np.where(near.any(axis=0))[0]
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page with one sentence at the top, and another over two lines further down."""
    file = tmp_path / "page.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, FIRST)
    canvas.drawString(72, 400, SECOND[:48])
    canvas.drawString(72, 384, SECOND[48:])
    canvas.showPage()
    canvas.save()
    return file


def test_a_quote_is_marked_where_it_stands_and_nowhere_else(page: Path) -> None:
    scale = WIDTH / A4[0]
    place = marked(draw_page(page, 1, FIRST))
    assert place is not None
    left, top, right, bottom = place
    assert left == pytest.approx(72 * scale, abs=6)
    assert top < (A4[1] - 700) * scale < bottom
    assert bottom - top < 20 * scale
    assert right < 320 * scale


def test_a_quote_over_two_lines_is_marked_on_both_whatever_the_spaces(page: Path) -> None:
    place = marked(draw_page(page, 1, SECOND.replace(" ", "\n").upper()))
    assert place is not None
    assert place[3] - place[1] > 25 * WIDTH / A4[0]


def test_a_quote_that_is_broken_up_on_the_page_is_marked_in_its_parts(page: Path) -> None:
    joined = marked(draw_page(page, 1, f"{FIRST} {SECOND}"))
    assert joined is not None
    assert joined[3] - joined[1] > 300 * WIDTH / A4[0]


def test_what_is_not_there_is_not_marked(page: Path) -> None:
    assert marked(draw_page(page, 1, "RESOLVED that the bandstand be sold.")) is None
    assert marked(draw_page(page, 1)) is None
    assert marked(draw_page(page, 1, "… — !")) is None


def test_the_print_under_the_mark_stays_as_dark(page: Path) -> None:
    assert pixels(draw_page(page, 1, FIRST)).min() == pixels(draw_page(page, 1)).min()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_marked_as_it_is_shown(tmp_path: Path, turn: int) -> None:
    file = tmp_path / "turned.pdf"
    canvas = Canvas(str(file), pagesize=landscape(A5))
    canvas.setPageRotation(turn)
    canvas.drawString(72, 200, FIRST)
    canvas.showPage()
    canvas.save()
    png = draw_page(file, 1, FIRST)
    place = marked(png)
    assert place is not None
    left, top, right, bottom = place
    inked = (pixels(png) < 100).all(axis=2)
    rows, columns = np.where(inked.any(axis=1))[0], np.where(inked.any(axis=0))[0]
    assert left <= columns[0]
    assert columns[-1] <= right
    assert top <= rows[0] + 4
    assert rows[-1] <= bottom + 4


def test_a_huge_page_is_drawn_small(tmp_path: Path) -> None:
    file = tmp_path / "plan.pdf"
    canvas = Canvas(str(file), pagesize=(10_000, 4_000))
    canvas.drawString(72, 200, FIRST)
    canvas.showPage()
    canvas.save()
    shown = pixels(draw_page(file, 1))
    assert shown.shape[0] * shown.shape[1] <= MOST_PIXELS * 1.01


def test_a_page_read_by_ocr_is_marked_by_the_lines_that_were_kept(tmp_path: Path) -> None:
    scan = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(scan).text((150, 300), FIRST, font=ImageFont.load_default(28), fill=0)
    file = tmp_path / "scan.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.drawImage(ImageReader(scan), 0, 0, *A4)
    canvas.showPage()
    canvas.save()
    words = "42 RESOLVED that the bandstand be mended. TC"
    cells = (Cell("42", 40, 52), Cell(FIRST, 72, 330), Cell("TC", 500, 512))
    lines = [Line("Something else", 72, 100, 200, 112), Line(words, 40, 144, 512, 160, cells=cells)]
    place = marked(draw_page(file, 1, FIRST, lines))
    assert place is not None
    left, top, right, bottom = place
    scale = WIDTH / A4[0]
    assert (left, right) == (pytest.approx(72 * scale, abs=6), pytest.approx(330 * scale, abs=6))
    assert (top, bottom) == (pytest.approx(144 * scale, abs=6), pytest.approx(160 * scale, abs=6))


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_said(page: Path, number: int) -> None:
    with pytest.raises(UnreadablePaper, match="no page"):
        draw_page(page, number)


def test_a_file_that_is_no_pdf_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"nothing")
    for name in ("x.pdf", "y.pdf"):
        with pytest.raises(UnreadablePaper):
            draw_page(tmp_path / name, 1)


def test_a_draughtsman_that_takes_too_long_or_dies_is_replaced(page: Path) -> None:
    draughtsman = Draughtsman(patience=0.0)
    with pytest.raises(UnreadablePaper, match="too long"):
        draughtsman.draw(page, 1)
    draughtsman._patience = 20.0
    first = draughtsman.draw(page, 1)
    assert draughtsman._pool is not None
    for process in list(draughtsman._pool._processes.values()):
        process.kill()
        process.join()
    with pytest.raises(UnreadablePaper):
        draughtsman.draw(page, 1)
    assert draughtsman.draw(page, 1) == first
    draughtsman.close()


def test_the_album_keeps_pictures_up_to_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.album.BETWEEN_LOOKS", 1)
    album = Album(tmp_path, most=25)
    drawn = []

    def draw(name: str) -> bytes:
        def drawing() -> bytes:
            drawn.append(name)
            return b"x" * 10

        return album.picture(name, drawing)

    for at, name in enumerate("ab"):
        draw(name)
        os.utime(album.folder / f"{name}.png", (at, at))
    draw("a")  # looked at again, so b is now the one longest unseen
    draw("c")
    assert {file.stem for file in album.folder.iterdir()} == {"a", "c"}
    assert drawn == ["a", "b", "c"]


def test_another_file_page_or_quote_is_another_picture() -> None:
    names = {picture_name(*asked) for asked in (("a", 1, ""), ("b", 1, ""), ("a", 2, ""), ("a", 1, "x"), ("a1", 1, ""))}
    assert len(names) == 5


def test_a_citation_is_followed_to_the_marked_page(
    own_home: Path, embedder: FakeEmbedder, run_service: Callable[..., Service]
) -> None:
    client: httpx.Client = run_service(Library.open(own_home, embedder)).client
    citation = client.post("/ask", json={"question": QUESTION}).json()["citations"][0]
    address = f"/papers/{citation['paper']}/pages/{citation['page']}.png"
    reply = client.get(address, params={"quote": citation["quote"]}).raise_for_status()
    assert reply.headers["content-type"] == "image/png"
    assert marked(reply.content) is not None
    assert marked(client.get(address).content) is None
    kept = list((own_home / "pictures").iterdir())
    assert len(kept) == 2
    kept[0].write_bytes(b"as kept")
    kept[1].write_bytes(b"as kept")
    assert client.get(address).content == b"as kept"
    same = {"if-none-match": reply.headers["etag"]}
    assert client.get(address, params={"quote": citation["quote"]}, headers=same).status_code == 304
    assert client.get(address, headers=same).status_code == 200


def test_a_page_of_another_paper_is_not_shown(service: Service, library: Library) -> None:
    mixed = [paper for paper in library.store.papers() if paper.path.startswith("resources")]
    assert mixed, "its file also holds an exempt appendix"
    for paper in mixed:
        shown = service.client.get(f"/papers/{paper.id}/pages/{paper.last_page}.png")
        assert shown.status_code == 200, "the public pages of a file whose PDF is not given"
        assert_problem(service.client.get(f"/papers/{paper.id}/pages/{paper.last_page + 1}.png"), 404)


def test_a_sign_between_two_words_is_marked_with_them(tmp_path: Path) -> None:
    file = tmp_path / "signs.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.drawString(72, 700, "The Parks & Gardens Committee")
    canvas.showPage()
    canvas.save()
    png = draw_page(file, 1, "Parks & Gardens")
    place = marked(png)
    assert place is not None
    left, top, right, bottom = place
    middle = pixels(png)[(top + bottom) // 2, left + 6 : right - 6].astype(int)
    assert not ((middle > 250).all(axis=1)).any(), "no gap in the mark"


def test_a_scan_on_its_side_is_not_marked_in_the_wrong_place(page: Path) -> None:
    assert marked(draw_page(page, 1, FIRST, [Line(FIRST, 400, 100, 800, 112)])) is None
