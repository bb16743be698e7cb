"""Rows of the tables as what they were written from."""

import json
import sqlite3
from datetime import date
from typing import Any

from index.verdicts import groups_from
from ingest.decisions import Decision, Vote
from ingest.papers import Belief, Paper
from ingest.structure import Paragraph, Span


def paper_from(row: sqlite3.Row | dict[str, Any]) -> Paper:
    """The paper in a row of the table of papers."""
    fields = {key: row[key] for key in Paper.__slots__}
    fields["meeting_date"] = date.fromisoformat(row["meeting_date"]) if row["meeting_date"] else None
    fields["groups"] = groups_from(row["groups"])
    fields["beliefs"] = tuple(Belief(*belief) for belief in json.loads(row["beliefs"]))
    return Paper(**fields)


def paragraph_from(row: sqlite3.Row) -> Paragraph:
    """The paragraph in a row of the table of paragraphs."""
    return Paragraph(
        number=row["number"],
        kind=row["kind"],
        text=row["text"],
        spans=tuple(Span(*span) for span in json.loads(row["spans"])),
        item=row["item"],
        headings=tuple(json.loads(row["headings"])),
        label=row["label"],
        cells=tuple((head, cell) for head, cell in json.loads(row["cells"])),
    )


def decision_from(row: sqlite3.Row) -> Decision:
    """The decision in a row of the table of decisions."""
    return Decision(
        outcome=row["outcome"],
        verb=row["verb"],
        text=row["text"],
        clauses=tuple(json.loads(row["clauses"])),
        mover=row["mover"],
        seconder=row["seconder"],
        vote=Vote(*json.loads(row["vote"])) if row["vote"] else None,
        number=row["number"],
        first=row["first"],
        last=row["last"],
        procedural=bool(row["procedural"]),
    )
