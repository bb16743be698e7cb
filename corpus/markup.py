"""The light markup of the sample papers' sources, set as ReportLab flowables. corpus/README.md describes it."""

import re
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Paragraph, Spacer, Table, TableStyle

FACES = {"sans": ("Helvetica", "Helvetica-Bold"), "serif": ("Times-Roman", "Times-Bold")}
MARGIN = 25 * mm
ACTION = 18 * mm  # width of the right-hand column that holds initials
NUMBERED = re.compile(r"(\d+(?:\.\d+)+|\d+\.)\s+(.+)")
CLAUSE = re.compile(r"([a-z]\)|\((?:[a-z]|[ivx]+)\))\s+(.+)")
FIGURE = re.compile(r"\**[(+\-–]?£?[\d,]+(?:\.\d+)?[%mk]?\)?\**|\**-\**")


class Mark(Flowable):
    """Takes no room; when its page is drawn, tells the document something (an anchor, a new footer, a scan)."""

    def __init__(self, key: str, value: str) -> None:
        super().__init__()
        self.key, self.value = key, value

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv._doctemplate.marked(self.key, self.value)


def styles(face: str, size: float) -> dict[str, ParagraphStyle]:
    """The paragraph styles of a paper set in `face` at `size` points."""
    font, bold = FACES[face]
    base = ParagraphStyle("text", fontName=font, fontSize=size, leading=size * 1.25, spaceAfter=size * 0.7)
    made = {"text": base}

    def add(name: str, **changes: Any) -> None:
        made[name] = ParagraphStyle(name, parent=base, **changes)
        made[name].bulletFontName, made[name].bulletFontSize = made[name].fontName, made[name].fontSize

    add("title", fontName=bold, fontSize=size + 4, leading=size * 1.6, keepWithNext=1)
    add("heading", fontName=bold, fontSize=size + 0.5, spaceBefore=size * 0.5, keepWithNext=1)
    add("centred", alignment=TA_CENTER)
    add("right", alignment=TA_RIGHT)
    add("numbered", leftIndent=42)
    add("item", fontName=bold, leftIndent=42, spaceBefore=size * 0.5, keepWithNext=1)
    add("indented", leftIndent=42)
    add("clause", leftIndent=64, bulletIndent=42)
    add("bullet", leftIndent=58, bulletIndent=44, spaceAfter=size * 0.3)
    made["bullet"].bulletFontName = "Symbol"  # as Word does
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
            padding.add(side, (0, 0), (-1, -1), 1 if side == "BOTTOMPADDING" else 3)
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
