"""Decisions as CSV (RFC 4180), one a row."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from index.filters import Audience, Filters
from index.records import find_decisions
from index.store import Store
from ingest.operative import Outcome

COLUMNS = (
    "meeting_date", "body", "committee", "item", "paragraph", "outcome", "verb", "text", "mover", "seconder",
    "votes_for", "votes_against", "votes_abstained", "vote", "title", "kind", "standing", "path", "page",
    "printed_page", "quote", "replaced_by", "replaces", "decided_by", "decides",
)  # fmt: skip

#: The columns that name other decisions, each by its meeting and where it stands.
LINKED = COLUMNS[-4:]

#: Decisions read from the store at a time.
AT_A_TIME = 500


def every_decision(
    store: Store, words: str, *, filters: Filters, audience: Audience, outcome: Outcome | None, mover: str | None
) -> Iterator[dict[str, Any]]:
    """Every decision that matches, as JSON, however many there are."""
    offset = 0
    while True:
        records, total = find_decisions(
            store,
            words,
            filters=filters,
            audience=audience,
            outcome=outcome,
            mover=mover,
            limit=AT_A_TIME,
            offset=offset,
        )
        yield from (record.as_json() for record in records)
        offset += AT_A_TIME
        if not records or offset >= total:
            return


def decisions_csv(decisions: Iterable[dict[str, Any]]) -> str:
    """The decisions under a row of headings; its text holds its clauses."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for decision in decisions:
        vote = decision.get("vote") or {}
        row = {
            **decision,
            "votes_for": vote.get("for"),
            "votes_against": vote.get("against"),
            "votes_abstained": vote.get("abstained"),
            "vote": vote.get("how"),
            **{name: "; ".join(map(_linked, decision.get(name) or ())) for name in LINKED},
        }
        writer.writerow([_cell(row.get(column)) for column in COLUMNS])
    return out.getvalue()


def _linked(link: dict[str, Any]) -> str:
    """Another decision in a cell's words: "amends: 2024-11-05, Cabinet, 7, page 3 of cabinet/2024-11-05.pdf"."""
    place = [link["meeting_date"], link["committee"] or link["body"], link["paragraph"] or link["item"]]
    where = f"page {link['page']} of {link['path']}"
    return f"{link['relation']}: " + ", ".join(str(part) for part in (*place, where) if part)


def _cell(value: object) -> object:
    """The value, with words that a spreadsheet would run as a formula made words again by a quote mark before them."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
