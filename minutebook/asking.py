"""From a command's options to what a search is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import typer

from index.audit import COMMAND_LINE, Audit, Witness
from index.filters import Audience, Filters
from ingest.papers import Kind
from minutebook.commands_closed import user
from minutebook.options import group_names
from minutebook.settings import Settings


def filters_from(
    body: str | None = None,
    committee: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    kind: Kind | None = None,
    path: str | None = None,
) -> Filters:
    """The filters of a search. Wrong usage when the dates are the wrong way round."""
    if since and until and since > until:
        raise typer.BadParameter("the first day is after the last", param_hint="'--from' / '--to'")
    return Filters(body, committee, since and since.date(), until and until.date(), kind, path)


@contextmanager
def witnessed(settings: Settings, audience: Audience, question: str | None = None) -> Iterator[Witness]:
    """Who writes down what is shown here of closed papers, for as long as the block lasts."""
    audit = Audit(settings.home)
    try:
        yield Witness(audit, audience, COMMAND_LINE, user(), question if settings.log_questions else None)
    finally:
        audit.close()


def audience_for(exempt: bool, group: list[str] | None = None) -> Audience:
    """Who is asking: the public, unless the person at the keyboard says otherwise."""
    return Audience(exempt, group_names(group))
