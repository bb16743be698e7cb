"""The register of decisions: what officers look past resolutions up in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from index.filters import PUBLIC, Audience, Filters
from index.links import Links, links_of
from index.places import place_json
from index.rows import decision_from, paper_from, paragraph_from
from index.store import Store, conditions
from index.words import stemmed
from ingest.decisions import Decision
from ingest.operative import Outcome
from ingest.papers import Paper
from ingest.structure import Paragraph
from ingest.tables import squeezed

Order = Literal["weight", "newest", "oldest", "committee"]

#: What comes before what: resolutions before routine ones and what minutes record before what is only asked for
#: ("weight"), or by the meeting. Within one paper always as printed.
_ORDERS: dict[Order, str] = {
    "weight": "decisions.procedural, papers.kind NOT IN ('minutes', 'decision'), "
    "papers.meeting_date IS NULL, papers.meeting_date DESC",
    "newest": "papers.meeting_date IS NULL, papers.meeting_date DESC",
    "oldest": "papers.meeting_date IS NULL, papers.meeting_date",
    "committee": "papers.committee IS NULL, papers.committee, papers.meeting_date IS NULL, papers.meeting_date DESC",
}


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision with where it stands: its paper, its first paragraph, and a quote of that paragraph's page."""

    id: int
    paper: Paper
    decision: Decision
    paragraph: Paragraph
    page: int
    printed_page: str | None
    quote: str
    ocr: bool
    links: Links

    def as_json(self) -> dict[str, Any]:
        """The decision as in the public contract."""
        decision = self.decision
        vote = decision.vote
        fields: dict[str, Any] = {
            "outcome": decision.outcome,
            "verb": decision.verb,
            "text": decision.text,
            "clauses": list(decision.clauses),
            "mover": decision.mover,
            "seconder": decision.seconder,
            "vote": None
            if vote is None
            else {"for": vote.for_, "against": vote.against, "abstained": vote.abstained, "how": vote.how},
            **place_json(self.paper, self.paragraph, self.page, self.printed_page),
            "quote": self.quote,
            **self.links.as_json(),
        }
        return {**fields, "ocr": True} if self.ocr else fields


def find_decisions(
    store: Store,
    words: str = "",
    *,
    filters: Filters = Filters(),
    audience: Audience = PUBLIC,
    outcome: Outcome | None = None,
    mover: str | None = None,
    order: Order = "weight",
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[DecisionRecord], int]:
    """The decisions that hold every word (in any of its forms), resolutions before routine ones unless `order` differs.

    Gives those from `offset` on, at most `limit`, and how many there are in all.
    """
    where, values = _where(words, filters, audience, outcome, mover)
    query = f"FROM decisions JOIN papers ON papers.id = decisions.paper WHERE {where}"
    total = store.connection.execute(f"SELECT count(*) {query}", values).fetchone()[0]
    rows = store.connection.execute(
        f"SELECT decisions.id AS decision_id, papers.id AS paper_id {query} ORDER BY {_ORDERS[order]}, "
        "papers.path, decisions.first, decisions.id LIMIT ? OFFSET ?",
        [*values, limit, offset],
    ).fetchall()
    links = links_of(store, [row["decision_id"] for row in rows], audience)
    return [_record(store, row["decision_id"], row["paper_id"], links[row["decision_id"]]) for row in rows], total


def _where(
    words: str, filters: Filters, audience: Audience, outcome: Outcome | None, mover: str | None
) -> tuple[str, Sequence[str]]:
    where, values = conditions(filters, audience)
    parts, values = [where], list(values)
    for stem in stemmed(words):
        parts.append("instr(decisions.stems, ?)")
        values.append(f" {stem} ")
    if outcome is not None:
        parts.append("decisions.outcome = ?")
        values.append(outcome)
    if mover is not None:
        parts.append("instr(lower(coalesce(decisions.mover, '')), lower(?))")
        values.append(mover)
    return " AND ".join(parts), values


def _record(store: Store, decision_id: int, paper_id: str, links: Links) -> DecisionRecord:
    row = store.connection.execute("SELECT * FROM decisions WHERE id = ?", (decision_id,)).fetchone()
    decision = decision_from(row)
    paper = paper_from(store.connection.execute("SELECT * FROM papers WHERE id = ?", (paper_id,)).fetchone())
    paragraph = paragraph_from(
        store.connection.execute(
            "SELECT * FROM paragraphs WHERE paper = ? AND position = ?", (paper_id, decision.first)
        ).fetchone()
    )
    span = paragraph.spans[0]
    page = store.page(paper.path, span.page)
    start = max(0, paragraph.text.find(decision.text[:60]))
    quote = paragraph.text[start if start < span.end else span.start : span.end].strip()
    if squeezed(quote) not in squeezed(page.text):
        quote = ""
    return DecisionRecord(
        decision_id, paper, decision, paragraph, span.page, page.printed_number, quote, page.source == "ocr", links
    )


def decision_stems(decision: Decision, paragraph: Paragraph, paper: Paper) -> str:
    """The words by which a decision is looked up: its own, its item's and its paper's title, each between spaces."""
    said = " ".join([decision.text, paragraph.item or "", *paragraph.headings, paper.title])
    return f" {' '.join(stemmed(said))} "
