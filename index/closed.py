"""Which of the papers held are closed, whoever asks: for what is written down of them, never for what is shown."""

import json
from collections.abc import Collection

from index.store import Store
from index.verdicts import groups_from


def closed_paths(store: Store, papers: Collection[str]) -> dict[str, str]:
    """The paths of those of the papers that are not public, by id."""
    rows = store.connection.execute(
        "SELECT id, path FROM papers WHERE classification != 'public' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(papers)),),
    )
    return {row["id"]: row["path"] for row in rows}


def papers_on(store: Store, path: str, number: int) -> list[str]:
    """The ids of the papers that have a part of a page."""
    rows = store.connection.execute(
        "SELECT id FROM papers WHERE path = ? AND ? BETWEEN first_page AND last_page ORDER BY first_page",
        (path, number),
    )
    return [row["id"] for row in rows]


def closed_in(store: Store, path: str) -> list[str]:
    """The ids of the papers in a file that are not public."""
    rows = store.connection.execute(
        "SELECT id FROM papers WHERE path = ? AND classification != 'public' ORDER BY first_page", (path,)
    )
    return [row["id"] for row in rows]


def groups_held(store: Store) -> frozenset[str]:
    """The groups to which some paper is closed."""
    rows = store.connection.execute("SELECT DISTINCT groups FROM papers WHERE classification != 'public'")
    return frozenset(group for row in rows for group in groups_from(row["groups"]))
