"""From a command's options to what a search is given."""

from datetime import datetime

import typer

from index.filters import EVERYTHING, PUBLIC, Audience, Filters
from ingest.papers import Kind


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


def audience_for(exempt: bool) -> Audience:
    """Who is asking: the public, unless the person at the keyboard says otherwise."""
    return EVERYTHING if exempt else PUBLIC
