"""Pages that are only pictures, read by Tesseract into the same lines as a text layer's."""

import hashlib
import json
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import which
from typing import Any

from ingest.lines import Cell, Line, Word, lines_of

DPI = 225
AT_ONCE = 2  # pages read side by side, one thread each: Tesseract's own threads cost more than they give
SECONDS = 90.0  # for one page


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read from the picture of one page; `confidence` is 0..1, weighted by letters."""

    lines: tuple[Line, ...]
    confidence: float


@cache
def ocr_available() -> str | None:
    """Tesseract's version, or None where it is not installed."""
    if which("tesseract") is None:
        return None
    said = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False, timeout=20)
    found = re.search(r"tesseract\s+v?(\S+)", said.stdout + said.stderr)
    return found[1] if found else None


def read_scans(pdf: Any, numbers: list[int], store: Path | None = None) -> dict[int, Scan]:
    """Reads pages `numbers` (from 1) of a pdfium document, two at a time. Needs Tesseract."""
    scans: dict[int, Scan] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        # pdfium is not thread-safe, so pages are drawn here and only Tesseract runs alongside.
        for start in range(0, len(numbers), AT_ONCE):
            batch = numbers[start : start + AT_ONCE]
            pictures = [_picture(pdf, number) for number in batch]
            scans.update(zip(batch, pool.map(lambda picture: _read_kept(picture, store), pictures), strict=True))
    return scans


def _picture(pdf: Any, number: int) -> bytes:
    page = pdf[number - 1]
    try:
        scale = min(DPI / 72, 5000 / max(page.get_size()))
        image = page.render(scale=scale, grayscale=True).to_pil()
        out = BytesIO()
        image.save(out, "PNG", dpi=(scale * 72, scale * 72), compress_level=1)
        return out.getvalue()
    finally:
        page.close()


def _read_kept(picture: bytes, store: Path | None) -> Scan:
    if store is None:
        return _read(picture)
    kept = store / f"{hashlib.sha256(picture).hexdigest()}.json"
    if kept.exists():
        return _scan_from(json.loads(kept.read_text("utf-8")))
    scan = _read(picture)
    store.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps(asdict(scan)), "utf-8")
    part.replace(kept)
    return scan


def _scan_from(kept: dict[str, Any]) -> Scan:
    lines = tuple(Line(**{**line, "cells": tuple(Cell(**cell) for cell in line["cells"])}) for line in kept["lines"])
    return Scan(lines, kept["confidence"])


def _read(picture: bytes) -> Scan:
    scale = _scale(picture)
    done = subprocess.run(
        ["tesseract", "-", "-", "--psm", "3", "-l", "eng", "tsv"],
        input=picture, capture_output=True, check=False, timeout=SECONDS, env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    words: list[Word] = []
    letters = sure = 0.0
    for row in done.stdout.decode("utf-8", "replace").splitlines()[1:]:
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, wide, high = (int(field) / scale for field in fields[6:10])
        words.append(Word(fields[11].strip(), left, top, left + wide, top + high, top + high, 11.0))
        letters += len(fields[11])
        sure += len(fields[11]) * float(fields[10]) / 100
    return Scan(tuple(lines_of(words)), round(sure / letters, 3) if letters else 0.0)


def _scale(picture: bytes) -> float:
    from PIL import Image  # only where a page has to be read from its picture

    with Image.open(BytesIO(picture)) as image:
        return float(image.info["dpi"][0]) / 72
