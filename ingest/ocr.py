"""Pages that are only pictures, read by Tesseract into the same lines as a text layer's."""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path
from shutil import which
from statistics import median
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from ingest.lines import Word

DPI = 200  # 225 and 300 read no more words of the scanned papers this was tried on, and take longer
LONGEST = 4500  # pixels; an A1 plan is read at a lower resolution rather than filling memory
SECONDS = 90.0  # for one page
SLACK = 0.05  # how much less sure a turned page's words may be and still be taken
SURE = 0.75  # below this the page may be lying on its side, and its orientation is looked for
GUESSWORK = 0.35  # a line less sure than this is a picture's texture read as letters
BULLETS = frozenset("*¢©®«»°¤e")  # what Tesseract makes of a bullet that begins a line
RULE = re.compile(r"[|¦(){}\[\]]{0,3}[|¦][|¦(){}\[\]]{0,3}")
STEEPEST = 0.1  # a baseline that rises more is a mistake over too few letters
LINE_CLASSES = frozenset(("ocr_line", "ocr_textfloat", "ocr_header", "ocr_caption"))

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read from the picture of one page; `confidence` is 0..1, weighted by letters.

    `turned` is by how many degrees clockwise the page had to be turned to read it; the words' places are
    then those of the page so turned.
    """

    words: tuple[Word, ...]
    confidence: float
    turned: int = 0


@cache
def ocr_available() -> str | None:
    """Tesseract's version, or None where it is not installed."""
    if which("tesseract") is None:
        return None
    said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False, timeout=20)
    found = re.search(r"tesseract\s+v?(\S+)", said.stdout + said.stderr)
    return found[1] if found else None


def read_scans(
    numbers: Iterable[int], draw: Callable[[int, int], tuple[Picture, float]], kept: Path | None = None, jobs: int = 2
) -> Iterator[tuple[int, Scan]]:
    """Reads the pages `numbers`, `jobs` at a time; in `kept`, if given, what was read is kept by the page's picture.

    Each page takes one thread: Tesseract's own cost more than they give. `draw(number, dpi)` gives a grey picture of
    the page and its pixels a point. Needs Tesseract (see ocr_available).
    """
    waiting = iter(numbers)
    with ThreadPoolExecutor(jobs) as pool:
        # pdfium may be used by one thread only, so pages are drawn in this one and Tesseract runs alongside.
        while batch := list(islice(waiting, jobs)):
            drawn = [draw(number, DPI) for number in batch]
            scans = pool.map(lambda page: _read_or_recall(page[0], page[1], kept), drawn)
            yield from zip(batch, scans, strict=True)


def _read_or_recall(picture: Picture, scale: float, kept: Path | None) -> Scan:
    if kept is None:
        return _read(picture, scale)
    facts = f"{ocr_available()} {DPI} {picture.shape}".encode()
    file = kept / f"{hashlib.sha256(facts + picture.tobytes()).hexdigest()}.json"
    try:
        held = json.loads(file.read_text("utf-8"))
        return Scan(tuple(Word(**word) for word in held["words"]), held["confidence"], held["turned"])
    except (OSError, ValueError, LookupError, TypeError):
        pass  # not read before, or what was kept is damaged
    scan = _read(picture, scale)
    try:
        kept.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        with part.open("w", encoding="utf-8") as opened:
            json.dump(asdict(scan), opened)
            opened.flush()
            os.fsync(opened.fileno())  # a name must not outlast a power cut that its bytes do not
        part.replace(file)
    except OSError:
        pass  # a full disk: the page is read all the same
    return scan


def _read(picture: Picture, scale: float) -> Scan:
    scan = _scan(picture, scale)
    # Tesseract reads lines that run up the page, one word a line to us; upside down it reads rubbish, unsurely.
    level = sum(len(word.text) for word in scan.words if word.upright)
    if scan.confidence >= SURE and 2 * level >= sum(len(word.text) for word in scan.words):
        return scan
    said = re.search(r"Rotate: (90|180|270)\b", _tesseract(picture, scale, "--psm", "0"))
    if said is None:
        return scan
    turned = _scan(np.rot90(picture, -int(said[1]) // 90), scale)
    return replace(turned, turned=int(said[1])) if turned.confidence > scan.confidence - SLACK else scan


def _scan(picture: Picture, scale: float) -> Scan:
    """The page as it stands."""
    words: list[Word] = []
    letters = sure = 0.0
    for found in _hocr_lines(_tesseract(picture, scale, "--psm", "3", "hocr"), scale):
        weight = sum(len(word.text) for word, _ in found)
        certainty = sum(len(word.text) * confidence for word, confidence in found)
        if certainty >= GUESSWORK * weight:
            words += [replace(word, order=len(words) + n) for n, (word, _) in enumerate(found)]
            letters += weight
            sure += certainty
    return Scan(tuple(words), round(sure / letters, 3) if letters else 0.0)


def _tesseract(picture: Picture, scale: float, *options: str) -> str:
    """What Tesseract prints for a picture; "" where it fails or takes too long, which leaves the page unread."""
    high, wide = picture.shape
    image = b"P5 %d %d 255\n" % (wide, high) + np.ascontiguousarray(picture).tobytes()  # Netpbm's plain grey map
    command = ["tesseract", "-", "-", "--dpi", str(round(scale * 72)), "-c", "tessedit_do_invert=0", *options]
    alone = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=image, capture_output=True, check=False, timeout=SECONDS, env=alone)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _hocr_lines(hocr: str, scale: float) -> Iterator[list[tuple[Word, float]]]:
    """The words and confidences of each line of an hOCR page (http://kba.github.io/hocr-spec/1.2/)."""
    if not hocr.strip():
        return
    page = ElementTree.fromstring(hocr)
    rows = [(row, _facts(row)) for row in page.iter() if row.get("class") in LINE_CLASSES]
    slope = median([tilt for _, facts in rows if abs(tilt := facts.get("baseline", [9.0])[0]) < STEEPEST] or [0.0])
    for row, facts in rows:
        left, top, right, bottom = facts["bbox"]
        tilt, rise = facts.get("baseline", (0.0, 0.0))
        if abs(tilt) > STEEPEST:
            tilt = rise = 0.0
        size = facts.get("x_size", [bottom - top])[0] / scale
        level = right - left > (bottom - top) / 2 or len(row) == 1
        found = []
        for each in row.iter():
            text = "".join(each.itertext()).strip()
            if each.get("class") != "ocrx_word" or not text:
                continue
            word = _facts(each)
            x0, y0, x1, y1 = (value / scale for value in word["bbox"])
            middle = (word["bbox"][0] + word["bbox"][2]) / 2
            # The page's own slope is taken out, so that words far apart on one printed line share a baseline.
            base = (bottom + rise + tilt * (middle - left) - slope * middle) / scale
            found.append((Word(text, x0, y0, x1, y1, base, size, upright=level), word["x_wconf"][0] / 100))
        if found := _tidied(found):
            yield found


def _tidied(found: list[tuple[Word, float]]) -> list[tuple[Word, float]]:
    """A line with its bullet as "•", and without the rules beside it that are read as "|" (where they are not "I")."""
    tidy = []
    for n, (word, confidence) in enumerate(found):
        text = word.text
        following = found[n + 1][0] if n + 1 < len(found) else None
        if n == 0 and following and text in BULLETS:
            text = "•"
        if RULE.fullmatch(text):
            if text != "|" or not following or not following.text.islower() or following.x0 - word.x1 > word.size:
                continue
            text = "I"
        tidy.append((replace(word, text=text), confidence))
    return tidy


def _facts(element: ElementTree.Element) -> dict[str, list[float]]:
    """hOCR's properties, kept in the title attribute: "bbox 1 2 3 4; x_wconf 96"."""
    facts: dict[str, list[float]] = {}
    for fact in (element.get("title") or "").split(";"):
        name, *values = fact.split()
        if name in ("bbox", "baseline", "x_size", "x_wconf"):
            facts[name] = [float(value) for value in values]
    return facts
