"""Builds the sample papers: corpus/sources/*/*.md -> corpus/*/*.pdf, the same bytes every time.

python corpus/build.py           builds every paper that names an `out:` file
python corpus/build.py --scan    first makes the scanned page's image again (needs pdftoppm), then builds

The light markup is described in corpus/README.md.
"""

import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, ImageFilter
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

CORPUS = Path(__file__).resolve().parent
SOURCES = CORPUS / "sources"
FACES = {"sans": ("Helvetica", "Helvetica-Bold"), "serif": ("Times-Roman", "Times-Bold")}
MARGIN = 25 * mm
ACTION = 18 * mm  # width of the right-hand column that holds initials
NUMBERED = re.compile(r"(\d+(?:\.\d+)+|\d+\.)\s+(.+)")
CLAUSE = re.compile(r"([a-z]\)|\((?:[a-z]|[ivx]+)\))\s+(.+)")
FIGURE = re.compile(r"\**[(+\-–]?£?[\d,]+(?:\.\d+)?[%mk]?\)?\**|\**-\**")
# A PDF's deflate stream differs between builds of zlib, so the papers are written without one.
rl_config.useA85 = 0


class Mark(Flowable):
    """Takes no room; when its page is drawn, tells the document something (an anchor, a new footer, a scan)."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__()
        self.key, self.value = key, value

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        paper: Paper = self.canv._doctemplate
        if self.key == "anchor":
            paper.anchors[self.value] = str(paper.page + paper.first - 1)
        else:
            paper.furniture[self.key] = self.value


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
            self.addPageTemplates(
                PageTemplate(name, [frame], onPageEnd=self.draw_furniture, pagesize=(width, height))
            )

    def draw_furniture(self, canvas: Any, _paper: Any) -> None:
        width, height = canvas._pagesize
        if scan := self.furniture["scan"]:
            canvas.drawImage(str(SOURCES / scan), 0, 0, width, height)
            self.furniture["scan"] = ""
            return
        printed = self.page + self.first - 1
        footer = self.furniture["footer"].replace("{page}", str(printed)) if printed > 0 else ""
        canvas.setFont(self.font, 9)
        canvas.drawCentredString(width / 2, height - 12 * mm, self.furniture["header"])
        canvas.drawCentredString(width / 2, 11 * mm, footer)


def styles(face: str, size: float) -> dict[str, ParagraphStyle]:
    """The paragraph styles of a paper set in `face` at `size` points."""
    font, bold = FACES[face]
    base = ParagraphStyle("text", fontName=font, fontSize=size, leading=size * 1.25, spaceAfter=size * 0.7)
    made = {"text": base}

    def add(name: str, **changes: Any) -> None:
        made[name] = ParagraphStyle(name, parent=base, **changes)

    add("title", fontName=bold, fontSize=size + 4, leading=size * 1.6, keepWithNext=1)
    add("heading", fontName=bold, fontSize=size + 0.5, spaceBefore=size * 0.5, keepWithNext=1)
    add("centred", alignment=TA_CENTER)
    add("right", alignment=TA_RIGHT)
    add("numbered", leftIndent=42)
    add("item", fontName=bold, leftIndent=42, spaceBefore=size * 0.5, keepWithNext=1)
    add("indented", leftIndent=42)
    add("clause", leftIndent=64, bulletIndent=42)
    add("bullet", leftIndent=58, bulletIndent=44, spaceAfter=size * 0.3)
    add("caption", fontName=bold, fontSize=size - 1, keepWithNext=1)
    add("cell", fontSize=size - 1.5, leading=(size - 1.5) * 1.18, spaceAfter=0)
    add("figure", fontSize=size - 1.5, leading=(size - 1.5) * 1.18, spaceAfter=0, alignment=TA_RIGHT)
    return made


def inline(text: str) -> str:
    """Words with **bold** and *italic* as ReportLab's own tags; `\\\\` breaks the line."""
    text = escape(text.strip())
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", text).replace("\\\\", "<br/>")


class Setter:
    """Sets a source's lines as flowables, remembering what the directives before them asked for."""

    def __init__(self, head: dict[str, str], anchors: dict[str, str]) -> None:
        self.style = styles(head.get("face", "sans"), float(head.get("size", "11.5")))
        self.anchors = anchors
        self.story: list[Flowable] = []
        self.width = A4[0] - 2 * MARGIN
        self.widths: list[float] | None = None
        self.plain = self.boxed = self.action = False

    def directive(self, key: str, value: str) -> None:
        if key in ("portrait", "landscape"):
            self.width = (A4[0] if key == "portrait" else A4[1]) - 2 * MARGIN
            self.story += [NextPageTemplate(key), PageBreak()]
        elif key in ("anchor", "header", "footer", "scan"):
            self.story.append(Mark(key, value))
        elif key == "caption":
            self.story.append(Paragraph(inline(value), self.style["caption"]))
        elif key == "widths":
            self.widths = [float(part) for part in value.split()]
        elif key == "plain":
            self.plain = True
        elif key == "action":
            self.action = value != "off"
        elif key == "space":
            self.story.append(Spacer(1, float(value)))
        else:
            raise ValueError(f"unknown directive {key!r}")

    def line(self, line: str) -> None:
        words, initials = (part.strip() for part in (line + "@@").split("@@")[:2])
        for mark, name in (("# ", "title"), ("## ", "heading"), ("^ ", "centred"), ("> ", "indented"), ("< ", "right")):
            if words.startswith(mark):
                return self.add(Paragraph(inline(words.removeprefix(mark)), self.style[name]), initials)
        if words.startswith("- "):
            return self.add(Paragraph(inline(words[2:]), self.style["bullet"], bulletText="•"), initials)
        if found := CLAUSE.fullmatch(words):
            return self.add(Paragraph(inline(found[2]), self.style["clause"], bulletText=found[1]), initials)
        if found := NUMBERED.fullmatch(words):
            name = "item" if re.fullmatch(r"\*\*[^*]+\*\*", found[2]) else "numbered"
            text = found[2].strip("*") if name == "item" else found[2]
            return self.add(Paragraph(inline(text), self.style[name], bulletText=found[1]), initials)
        return self.add(Paragraph(inline(words), self.style["text"]), initials)

    def add(self, paragraph: Paragraph, initials: str) -> None:
        if not self.action:
            self.story.append(paragraph)
            return
        cells = [[paragraph, Paragraph(inline(initials), self.style["text"])]]
        padding = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBEFORE", (1, 0), (1, -1), 0.4, colors.black)])
        for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING"):
            padding.add(side, (0, 0), (-1, -1), 4 if side == "LEFTPADDING" else 1)
        self.story.append(Table(cells, [self.width - ACTION, ACTION], style=padding))

    def table(self, lines: list[str]) -> None:
        ruled = [line for line in lines if not re.fullmatch(r"[|\-]+", line)]
        headed = len(ruled) < len(lines)
        rows = []
        for number, line in enumerate(ruled):
            cells = []
            for cell in (part.strip() for part in line.strip("|").split("|")):
                name = "figure" if FIGURE.fullmatch(cell) else "cell"
                text = f"**{cell}**" if headed and number == 0 and cell else cell
                cells.append(Paragraph(inline(text), self.style[name]))
            rows.append(cells)
        shares = self.widths or [1.0] * len(rows[0])
        style = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
        if not self.plain:
            style.add("GRID", (0, 0), (-1, -1), 0.5, colors.black)
        if headed:
            style.add("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.88, 0.88, 0.88))
        widths = [self.width * share / sum(shares) for share in shares]
        self.story += [Table(rows, widths, style=style, repeatRows=int(headed)), Spacer(1, 8)]
        self.widths, self.plain = None, False

    def set(self, text: str) -> list[Flowable]:
        """The flowables of a source's body."""
        text = re.sub(r"\{ref: (\w+)\}", lambda found: self.anchors.get(found[1], "0"), text)
        rows: list[str] = []
        for line in [*(line.strip() for line in text.splitlines()), ""]:
            if rows and not line.startswith("|"):
                self.table(rows)
                rows = []
            if line.startswith("|"):
                rows.append(line)
            elif line == "===":
                self.story.append(PageBreak())
            elif found := re.fullmatch(r"\{(\w+)(?:: (.*))?\}", line):
                self.directive(found[1], found[2] or "")
            elif line:
                self.line(line)
        return self.story


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
    if "--scan" in sys.argv[1:]:
        for source in sorted(SOURCES.glob("*/*.md")):
            if image := read_source(source)[0].get("scan-to"):
                make_scan(source, SOURCES / image)
    for source, out in papers().items():
        build(source, CORPUS / out)
        print(out)


if __name__ == "__main__":
    main()
