"""Builds the sample papers: corpus/sources/*/*.md -> corpus/*/*.pdf, the same bytes every time.

python corpus/build.py             builds every paper whose source names an `out:` file
python corpus/build.py --to DIR    the same, elsewhere: to compare with what is committed
python corpus/build.py --scan      first makes the scanned page's picture again (needs pdftoppm)
"""

import argparse
import random
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from markup import FACES, MARGIN, Setter
from PIL import Image, ImageFilter
from reportlab import rl_config
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

CORPUS = Path(__file__).resolve().parent
SOURCES = CORPUS / "sources"
# A PDF's deflate stream differs between builds of zlib, so the papers are written without one.
rl_config.useA85 = 0


class Paper(BaseDocTemplate):
    """One PDF: its pages' headers and footers, and the printed page each anchor fell on."""

    def __init__(self, path: Path, head: dict[str, str]) -> None:
        super().__init__(str(path), pagesize=A4, invariant=1, pageCompression=0, title=head.get("title"))
        self.author, self.creator, self.producer = head.get("author", ""), "Minutebook sample papers", "ReportLab"
        self.first = int(head.get("first-number", "1"))
        self.furniture = {"header": head.get("header", ""), "footer": head.get("footer", "{page}"), "scan": ""}
        self.font = FACES[head.get("face", "sans")][0]
        self.anchors: dict[str, str] = {}
        for name, (width, height) in (("portrait", A4), ("landscape", landscape(A4))):
            frame = Frame(MARGIN, 20 * mm, width - 2 * MARGIN, height - 40 * mm, 0, 0, 0, 0)
            self.addPageTemplates(PageTemplate(name, [frame], onPageEnd=self.draw_furniture, pagesize=(width, height)))

    def marked(self, key: str, value: str) -> None:
        """Told by a Mark on the page being drawn: an anchor is here, or this page's furniture changes."""
        if key == "anchor":
            self.anchors[value] = str(self.page + self.first - 1)
        else:
            self.furniture[key] = value

    def draw_furniture(self, canvas: Any, _paper: Any) -> None:
        width, height = canvas._pagesize
        if scan := self.furniture["scan"]:
            # Opened here, as ReportLab names a picture given by path after that path, which is not the same everywhere.
            canvas.drawImage(ImageReader(SOURCES / scan), 0, 0, width, height)
            self.furniture["scan"] = ""
            return
        printed = self.page + self.first - 1
        footer = self.furniture["footer"].replace("{page}", str(printed)) if printed > 0 else ""
        canvas.setFont(self.font, 9)
        canvas.drawCentredString(width / 2, height - 12 * mm, self.furniture["header"])
        canvas.drawCentredString(width / 2, 11 * mm, footer)


def read_source(path: Path) -> tuple[dict[str, str], str]:
    """A source's front matter and its body, with `{include: other.md}` put in its place."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    head = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
    return head, re.sub(r"\{include: (.+?)\}", lambda found: read_source(path.parent / found[1])[1], body)


def build(source: Path, out: Path) -> None:
    """Sets `source` as the PDF at `out`; twice, as the contents list names pages that follow it."""
    head, body = read_source(source)
    out.parent.mkdir(parents=True, exist_ok=True)
    anchors: dict[str, str] = {}
    for _ in range(2):
        paper = Paper(out, head)
        paper.build(Setter(head, anchors).set(body))
        anchors = paper.anchors


def make_scan(source: Path, image: Path, seed: int = 7) -> None:
    """A page as an office scanner would send it: grey, half a degree out of true, a little noisy."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page"
        build(source, page.with_suffix(".pdf"))
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-singlefile", page.with_suffix(".pdf"), page], check=True)
        clean = Image.open(page.with_suffix(".pgm"))
        clean.load()
    turned = clean.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.5))
    grain = Image.frombytes("L", turned.size, random.Random(seed).randbytes(turned.width * turned.height))
    Image.blend(turned, grain.filter(ImageFilter.GaussianBlur(1)), 0.08).save(image, "JPEG", quality=38)


def papers() -> dict[Path, Path]:
    """Every source that is a whole paper, and the PDF it makes (relative to this folder)."""
    return {
        source: Path(head["out"])
        for source in sorted(SOURCES.glob("*/*.md"))
        if "out" in (head := read_source(source)[0])
    }


def main() -> None:
    wanted = argparse.ArgumentParser(description="Builds the sample papers.")
    wanted.add_argument("--to", type=Path, default=CORPUS, help="the folder to build in (default: beside the sources)")
    wanted.add_argument("--scan", action="store_true", help="make the scanned page's picture again first")
    asked = wanted.parse_args()
    if asked.scan:
        for source in sorted(SOURCES.glob("*/*.md")):
            if image := read_source(source)[0].get("scan-to"):
                make_scan(source, SOURCES / image)
    for source, out in papers().items():
        build(source, asked.to / out)
        print(out)


if __name__ == "__main__":
    main()
