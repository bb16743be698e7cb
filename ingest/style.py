"""A paper's own style: what is usual in it, so that what stands out can be told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.lines import Line
from ingest.markers import Marker, marker_of
from ingest.pages import Page

OPERATIVE = re.compile(
    r"(?:PENDERFYNWYD ?/ ?)?(?:IT WAS |AND |UNANIMOUSLY |MOTION |Motion )?(?:RESOLVED|VOTED|AGREED|DECISION|DECIDED"
    r"|RECOMMENDED|NOTED|APPROVED|CARRIED|LOST"
    r"|DEFEATED|FAILED|PASSED|ADOPTED (?:UNANIMOUSLY|BY)|DEFERRED|WITHDRAWN|Resolved|Carried|Defeated|Lost)\b"
    r"|(?:NOW,? )?THEREFORE\b|BE IT\b|(?:AND )?WHEREAS\b"
    r"|(?:For|Against|AYES|Ayes|YEAS|Yeas|Abstained|Abstentions?|Not voting)\s*[:(–-]\s*\(?\d"
    r"|AND (?:FURTHER )?THAT\b|THAT\b|Recommendations?\s*:"
)


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in the paper: size of type, distance between lines, right edge, and whether bold says anything."""

    size: float
    pitch: float
    right: float
    bold_tells: bool
    headings_stand_out: bool

    @staticmethod
    def of(pages: Sequence[Page]) -> "Style":
        lines = [line for page in pages for line in page.lines]
        prose = [line for line in lines if len(line.text) > 40] or lines
        if not prose:
            return Style(11, 14, 500, False, False)
        gaps = [
            below.top - above.top
            for page in pages
            for above, below in pairwise(page.lines)
            if 0.8 * above.size < below.top - above.top < 2.5 * max(above.size, 1)
        ]
        style = Style(
            size=median(line.size for line in prose),
            pitch=median(gaps) if gaps else 14,
            right=sorted(line.x1 for line in prose)[int(0.9 * (len(prose) - 1))],
            bold_tells=0 < sum(line.bold for line in prose) < 0.5 * len(prose) or not any(line.bold for line in prose),
            headings_stand_out=False,
        )
        numbered = [line for line in lines if _is_numbered_heading(line) and style.stands_out(line)]
        return replace(style, headings_stand_out=len(numbered) >= 2)

    def stands_out(self, line: Line) -> bool:
        letters = [char for char in line.text if char.isalpha()]
        capitals = len(letters) > 3 and sum(char.isupper() for char in letters) > 0.85 * len(letters)
        return (line.bold and self.bold_tells) or line.size > 1.12 * self.size or capitals


def _is_numbered_heading(line: Line) -> bool:
    marker = marker_of(line.text)
    return marker is not None and marker.kind == "number" and marker.depth == 1 and len(line.text) < 110


def is_plain_heading(marker: Marker, line: Line, style: Style) -> bool:
    """Whether a line in ordinary type reads as a numbered heading: "5. Matters Arising", alone on its line."""
    body = line.text[marker.length :]
    return not style.headings_stand_out and (
        marker.kind == "number"
        and marker.depth == 1
        and body[:1].isupper()
        and len(body) <= 100
        and not body.rstrip().endswith((".", ";", ",", ":"))
        and not begins_sentence(body)
        and line.x1 < style.right - 0.12 * (style.right - line.x0)
    )


# "Pavilion Lease Cllr Hale proposed that the" begins a minute whose title runs on into its first sentence.
_VERB = re.compile(
    r"\b(?:proposed|seconded|moved|reported|was|were|had|been|it)\b|\b(?:RESOLVED|AGREED|NOTED) \w|"
    r"\b(?:RESOLVED|AGREED)$|\b(?:and|the|a|to|that|by|be)$"
)


def begins_sentence(body: str) -> bool:
    """Whether a line that might be a heading holds a sentence's verb, or breaks off in the middle of one."""
    return _VERB.search(body.rstrip()) is not None


_JOINS = re.compile(r"(?:,|\b(?:and|of|the|for|to|in|on|a|an|with|by|at|or))$", re.IGNORECASE)


def is_heading_alone(marker: Marker, line: Line, style: Style) -> bool:
    """Whether a numbered line in standing-out type ends so short that what follows is another paragraph."""
    short = line.x1 < style.right - 0.35 * (style.right - line.x0)
    return marker.kind == "number" and short and style.stands_out(line) and not _JOINS.search(line.text)


def ends_short(line: Line, style: Style) -> bool:
    return line.x1 < style.right - 0.2 * (style.right - line.x0)
