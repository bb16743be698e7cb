"""Parsed files as rows of the store. Called inside the one transaction that makes a generation."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple

from index.links import write_links
from index.parsing import Parsed, ParsedPaper
from index.records import decision_stems
from index.rows import decision_from, paper_from
from index.rulebook import rule_as_kept
from index.vectors_kept import embedded_sha256
from index.verdicts import groups_as_kept
from ingest.exempt import Verdict
from ingest.papers import Paper
from ingest.settling import settled


def write_file(connection: sqlite3.Connection, parsed: Parsed, version: str) -> None:
    """Replaces all that is held of a file; `version` says which code read and parsed it."""
    connection.execute("DELETE FROM files WHERE path = ?", (parsed.path,))
    connection.execute(
        "INSERT INTO files (path, root, sha256, text_sha256, pages, parser, rule) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            parsed.path, str(parsed.root), parsed.sha256, parsed.text_sha256, len(parsed.pages), version,
            rule_as_kept(parsed.rule),
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO pages (path, number, printed_number, text, source, confidence) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (parsed.path, page.number, page.printed_number, page.text, page.source, page.confidence)
            for page in parsed.pages
        ],
    )
    for paper in parsed.papers:
        _write_paper(connection, paper)


def _write_paper(connection: sqlite3.Connection, parsed: ParsedPaper) -> None:
    paper = parsed.paper
    day = paper.meeting_date.isoformat() if paper.meeting_date else None
    connection.execute(
        "INSERT INTO papers (id, path, first_page, last_page, body, committee, meeting_date, kind, title, item, "
        "standing, classification, sha256, beliefs, read_as, groups, reason, marked, marked_why) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            paper.id, paper.path, paper.first_page, paper.last_page, paper.body, paper.committee, day, paper.kind,
            paper.title, paper.item, paper.standing, paper.classification, paper.sha256, _beliefs(paper),
            json.dumps([paper.body, paper.committee, paper.title, paper.standing, _beliefs(paper)]),
            groups_as_kept(paper.groups), parsed.verdict.reason, parsed.marked.classification, parsed.marked.why,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO paragraphs (paper, position, number, kind, text, spans, item, headings, label, cells) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                paper.id, position, each.number, each.kind, each.text,
                json.dumps([astuple(span) for span in each.spans]), each.item, json.dumps(each.headings), each.label,
                json.dumps(each.cells),
            )
            for position, each in enumerate(parsed.paragraphs)
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO decisions (paper, outcome, verb, text, clauses, mover, seconder, vote, number, first, last, "
        "procedural, stems) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                paper.id, each.outcome, each.verb, each.text, json.dumps(each.clauses), each.mover, each.seconder,
                json.dumps(astuple(each.vote)) if each.vote else None, each.number, each.first, each.last,
                each.procedural, decision_stems(each, parsed.paragraphs[each.first], paper),
            )
            for each in parsed.decisions
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO chunks (paper, first, last, start, text, item, headings, label, context, embedded_sha256) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                paper.id, each.first, each.last, each.start, each.text, each.item, each.headings, each.label,
                each.context, embedded_sha256(each),
            )
            for each in parsed.chunks
        ],
    )  # fmt: skip


def settle(connection: sqlite3.Connection) -> None:
    """Fills in what only shows when all papers are seen together, from each as it was read by itself."""
    papers = [_as_read(row) for row in connection.execute("SELECT * FROM papers ORDER BY path, first_page")]
    decisions: dict[str, list] = {}  # type: ignore[type-arg]
    for row in connection.execute("SELECT * FROM decisions WHERE procedural ORDER BY paper, first"):
        decisions.setdefault(row["paper"], []).append(decision_from(row))
    by_readers: dict[tuple[str, tuple[str, ...]], Verdict] = {}
    for paper in papers:
        by_readers.setdefault(_readers(paper), paper.verdict)
    for readers, verdict in by_readers.items():
        # What a paper is believed to be, and why, rests on papers that all of its readers may see.
        seen = [paper for paper in papers if verdict.reaches(paper.verdict)]
        connection.executemany(
            "UPDATE papers SET body = ?, committee = ?, title = ?, standing = ?, beliefs = ? WHERE id = ?",
            _settled_rows(paper for paper in settled(seen, decisions) if _readers(paper) == readers),
        )
    write_links(connection)


def _readers(paper: Paper) -> tuple[str, tuple[str, ...]]:
    """Who may see it: the same for papers that the same people may see."""
    return ("public", ()) if paper.classification == "public" else ("closed", paper.groups)


def _settled_rows(papers: Iterable[Paper]) -> Iterable[tuple[str | None, ...]]:
    for paper in papers:
        yield paper.body, paper.committee, paper.title, paper.standing, _beliefs(paper), paper.id


def _as_read(row: sqlite3.Row) -> Paper:
    body, committee, title, standing, beliefs = json.loads(row["read_as"])
    return paper_from({**dict(row), "body": body, "committee": committee, "title": title, "standing": standing,
                       "beliefs": beliefs})  # fmt: skip


def _beliefs(paper: Paper) -> str:
    return json.dumps([astuple(belief) for belief in paper.beliefs])
