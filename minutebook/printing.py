"""What commands print: one JSON value, or words and tables for people."""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.outcomes import OUTCOMES


def out() -> Console:
    """Standard output, for what was asked for. Papers are never taken for markup."""
    return Console(markup=False, highlight=False, soft_wrap=not sys.stdout.isatty())


def err() -> Console:
    """Standard error, for progress and notes."""
    return Console(stderr=True, markup=False, highlight=False)


def print_json(value: Any) -> None:
    """The value as one line of JSON on standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
    sys.stdout.flush()  # `serve` goes on for days, and whoever reads it through a pipe waits for this line


def plain(text: object) -> str:
    """The text without control characters: a paper cannot steer the terminal."""
    return "".join(char for char in str(text) if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf"))


def print_table(console: Console, columns: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> None:
    """A table, or where nobody looks at it, one line a row with tabs between the cells."""
    if not console.is_terminal:
        for row in rows:
            # Written past rich, which would turn the tabs into spaces.
            console.file.write("\t".join(" ".join(plain(_shown(cell)).split()) for cell in row) + "\n")
        return
    table = Table(*columns, title=title or None, title_justify="left")
    for row in rows:
        table.add_row(*(Text(plain(_shown(cell))) for cell in row))
    console.print(table)


def print_answer(answer: dict[str, Any]) -> None:
    """An answer for people: what became of it first, then the words, then where they stand."""
    console = out()
    console.print(Text(OUTCOMES[answer["outcome"]], style="bold"))
    console.print(Text(plain(answer["answer"])))
    for citation in answer["citations"]:
        console.print()
        print_place(console, f"[{citation['n']}] ", citation)
    for note in answer["notes"]:
        console.print()
        console.print(Text(f"Note: {plain(note)}"))
    console.print()
    console.print(Text(f"{answer['answer_id']} · {answer['took_ms']} ms", style="dim"))


def print_place(console: Console, lead: str, place: dict[str, Any]) -> None:
    """A citation, hit or decision's place on one line, and under it the words that stand there."""
    console.print(Text(lead + plain(" · ".join(_place(place)))))
    console.print(Padding(Text(f"“{plain(place['quote'])}”"), (0, 0, 0, 4), expand=False))


def _place(place: dict[str, Any]) -> list[str]:
    """Committee, date, minute or paragraph, page (and the printed page where it differs), file."""
    printed = place["printed_page"]
    page = f"page {place['page']}"
    if printed and printed != str(place["page"]):
        page += f" (printed {printed})"
    number = "minute" if place["kind"] == "minutes" else "paragraph"
    parts = [
        place["committee"] or place["body"] or place["title"],
        place["meeting_date"] or "undated",
        f"{number} {place['paragraph']}" if place["paragraph"] else "",
        "draft" if place["standing"] == "draft" else "",
        page,
        "read by OCR" if place.get("ocr") else "",
        place["path"],
    ]
    return [part for part in parts if part]


def _shown(cell: object) -> object:
    return "" if cell is None else cell
