"""Links of a decision to others: what replaced it or it replaced, which minute decided it or what it decided."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from index.filters import PUBLIC, Audience, Filters
from index.linking import pairs_among
from index.places import place_json
from index.rows import decision_from, paper_from, paragraph_from
from index.stated import Relation, Stated
from index.store import Store, conditions
from ingest.decisions import Decision
from ingest.papers import Paper
from ingest.structure import Paragraph
from ingest.tables import squeezed

#: Two minutes so nearly as sure leave it open which of them decided a request, unless they stand under one item.
DOUBT = 0.05
#: Decisions looked up at a time: SQLite takes so many values in one statement, whatever its version.
AT_A_TIME = 400


@dataclass(frozen=True, slots=True)
class Link:
    """Another decision, where it stands, and how the later of the two bears on the earlier."""

    relation: Relation
    paper: Paper
    decision: Decision
    paragraph: Paragraph
    printed_page: str | None

    @property
    def page(self) -> int:
        return self.paragraph.spans[0].page

    def as_json(self) -> dict[str, Any]:
        """The link as a decision's own fields show it."""
        return {
            "relation": self.relation,
            "outcome": self.decision.outcome,
            "text": self.decision.text,
            **place_json(self.paper, self.paragraph, self.page, self.printed_page),
        }


@dataclass(frozen=True, slots=True)
class Links:
    """The decisions that one is linked to, oldest meeting first; those that replaced it the latest first."""

    replaced_by: Sequence[Link] = field(default=())
    replaces: Sequence[Link] = field(default=())
    decided_by: Sequence[Link] = field(default=())
    decides: Sequence[Link] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """By its name each list of links, empty ones too."""
        return {
            name: [link.as_json() for link in getattr(self, name)]
            for name in ("replaced_by", "replaces", "decided_by", "decides")
        }


@dataclass(frozen=True, slots=True)
class _Row:
    """One end of a pair as kept: the other end's id, and the link to this one."""

    id: int
    other: int
    weight: float
    link: Link


def links_of(store: Store, decisions: Collection[int], audience: Audience = PUBLIC) -> dict[int, Links]:
    """The links of the decisions with these ids, by id: only to papers that this audience may see."""
    connection = store.connection
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'links'").fetchone() is None:
        return {each: Links() for each in decisions}  # a home last written before there were links
    earlier, later = _ends(connection, decisions, "later", audience), _ends(connection, decisions, "earlier", audience)
    asked = {row.id for rows in earlier.values() for row in rows if row.link.relation == "decides"}
    answers = _ends(connection, asked, "earlier", audience)
    chosen = {request: {row.id for row in surest(rows)} for request, rows in answers.items()}
    return {
        each: Links(
            replaced_by=_once(row for row in later[each] if row.link.relation != "decides")[::-1],
            replaces=_once(row for row in earlier[each] if row.link.relation != "decides"),
            decided_by=_once(surest(later[each])),
            decides=_once(
                row for row in earlier[each] if row.link.relation == "decides" and each in chosen.get(row.id, ())
            ),
        )
        for each in decisions
    }


def links_at(store: Store, paper: str, number: int, audience: Audience = PUBLIC) -> Links:
    """The links of the decision that is `number` of those of a paper, from 0 as `Store.decisions_of` has them."""
    row = store.connection.execute(
        "SELECT id FROM decisions WHERE paper = ? ORDER BY first, id LIMIT 1 OFFSET ?", (paper, number)
    ).fetchone()
    return links_of(store, [row["id"]], audience)[row["id"]] if row else Links()


def _ends(
    connection: sqlite3.Connection, decisions: Collection[int], end: str, audience: Audience
) -> defaultdict[int, list[_Row]]:
    """By each decision that is the `end` of a pair, the other ends that this audience may see."""
    other = "earlier" if end == "later" else "later"
    where, values = conditions(Filters(), audience)
    found: defaultdict[int, list[_Row]] = defaultdict(list)
    wanted = sorted(decisions)
    for start in range(0, len(wanted), AT_A_TIME):
        some = wanted[start : start + AT_A_TIME]
        rows = connection.execute(
            f"SELECT links.{end} AS this, links.{other} AS that, relation, weight "
            f"FROM links JOIN decisions ON decisions.id = links.{other} JOIN papers ON papers.id = decisions.paper "
            f"WHERE links.{end} IN ({','.join('?' * len(some))}) AND {where} ORDER BY papers.path, that",
            [*some, *values],
        ).fetchall()
        for row in rows:
            link = _link(connection, row["that"], row["relation"])
            found[row["this"]].append(_Row(row["that"], row["this"], row["weight"], link))
    return found


def _link(connection: sqlite3.Connection, decision_id: int, relation: Relation) -> Link:
    row = connection.execute("SELECT * FROM decisions WHERE id = ?", (decision_id,)).fetchone()
    decision = decision_from(row)
    paper = paper_from(connection.execute("SELECT * FROM papers WHERE id = ?", (row["paper"],)).fetchone())
    paragraph = paragraph_from(
        connection.execute(
            "SELECT * FROM paragraphs WHERE paper = ? AND position = ?", (row["paper"], decision.first)
        ).fetchone()
    )
    page = connection.execute(
        "SELECT printed_number FROM pages WHERE path = ? AND number = ?", (paper.path, paragraph.spans[0].page)
    ).fetchone()
    return Link(relation, paper, decision, paragraph, page["printed_number"] if page else None)


def surest(found: Sequence[_Row]) -> list[_Row]:
    """Of the minutes that could have decided a request the surest, with its copies and what is under the same item.

    None where two under different items are about as sure.
    """
    ordered = sorted((row for row in found if row.link.relation == "decides"), key=lambda row: -row.weight)
    near = [row for row in ordered if row.weight >= ordered[0].weight - DOUBT]
    if any(not _same(row.link, near[0].link) for row in near):
        return []
    return near


def _same(one: Link, other: Link) -> bool:
    """Whether two links are copies of one decision, or both under one item of one meeting."""
    if _what(one) == _what(other):
        return True
    item = one.paragraph.item
    return item is not None and (item, one.paper.meeting_date) == (other.paragraph.item, other.paper.meeting_date)


def _what(link: Link) -> tuple[date | None, str]:
    """What tells a decision from others: its meeting and number, or its words, however a scan has them."""
    number = link.decision.number
    told = number if number and re.search(r"\d[-/]\d", number) else squeezed(link.decision.text)[:200]
    return link.paper.meeting_date, told


def _once(rows: Sequence[_Row] | Iterator[_Row]) -> list[Link]:
    """The links by their meetings, a paper that stands in two files once."""
    # A meeting's own file before a pack that encloses it.
    ordered = sorted((row.link for row in rows), key=lambda link: (link.paper.first_page > 1, link.paper.path))
    links = {_what(link): link for link in reversed(ordered)}
    return sorted(links.values(), key=lambda link: (link.paper.meeting_date or date.min, link.decision.first))


def write_links(connection: sqlite3.Connection) -> None:
    """Works out anew every link among the decisions held. Called inside the transaction that makes a generation."""
    connection.execute("DELETE FROM links")
    connection.executemany(
        "INSERT INTO links (later, earlier, relation, weight) VALUES (?, ?, ?, ?)",
        ((pair.later, pair.earlier, pair.relation, pair.weight) for pair in pairs_among(_stated(connection))),
    )


def _stated(connection: sqlite3.Connection) -> Iterator[Stated]:
    rows = connection.execute(
        "SELECT decisions.id, body, committee, meeting_date, papers.kind, outcome, decisions.number, "
        "coalesce(paragraphs.item, papers.item) AS item, title, decisions.text, procedural FROM decisions "
        "JOIN papers ON papers.id = decisions.paper "
        "JOIN paragraphs ON paragraphs.paper = papers.id AND position = decisions.first ORDER BY decisions.id"
    )
    for row in rows:
        day = date.fromisoformat(row["meeting_date"]) if row["meeting_date"] else None
        yield Stated(
            id=row["id"],
            body=row["body"],
            committee=row["committee"],
            day=day,
            kind=row["kind"],
            outcome=row["outcome"],
            number=row["number"],
            item=row["item"],
            title=row["title"],
            text=row["text"],
            procedural=bool(row["procedural"]),
        )
