"""Held files whose papers are to be classified otherwise than they are, parsed anew from what was read of them."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from index.parsing import Parsed, parse
from index.readings import kept_reading
from index.rulebook import Rule, Rulebook, rule_as_kept, rule_from
from index.verdicts import Marked, Word, groups_from, verdicts_on
from ingest.exempt import Verdict
from minutebook.errors import HomeError


def judged_anew(
    connection: sqlite3.Connection,
    book: Rulebook,
    words: Sequence[Word],
    *,
    rules: Mapping[str, Rule | None] | None = None,
    but: Collection[str] = (),
) -> list[tuple[Parsed, str]]:
    """The files, `but` those, on which the home's rulebook, officers' words and their folders' `rules` now say
    something else than is held; each with the version it was parsed by. A file that `rules` does not name keeps the
    rule that it had.

    They are parsed whole: what the other papers of a file are believed to be may have rested on one now closed.
    """
    anew = []
    for row in connection.execute("SELECT path, root, sha256, parser, rule FROM files ORDER BY path").fetchall():
        path = row["path"]
        if path in but:
            continue
        rule = rules[path] if rules is not None and path in rules else rule_from(row["rule"])
        papers = connection.execute("SELECT * FROM papers WHERE path = ? ORDER BY first_page", (path,)).fetchall()
        marked = [
            Marked(each["first_page"], each["last_page"], each["sha256"], each["marked"], each["marked_why"])
            for each in papers
        ]
        verdicts = verdicts_on(marked, path, row["sha256"], book.rule_for(path) or rule, words)
        if rule_as_kept(rule) == row["rule"] and all(_is_held(each, verdicts[each["first_page"]]) for each in papers):
            continue
        try:
            document = kept_reading(connection, row["sha256"])
        except KeyError as error:
            raise HomeError(f"{path}: what was read of it is not kept; forget it and ingest it again") from error
        parsed = parse(document, path, Path(row["root"]), rule=rule, book=book, words=words)
        anew.append((parsed, row["parser"]))
    return anew


def _is_held(paper: sqlite3.Row, verdict: Verdict) -> bool:
    held = (paper["classification"], groups_from(paper["groups"]), paper["reason"])
    return held == (verdict.classification, verdict.groups, verdict.reason)
