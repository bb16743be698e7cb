"""The options that commands share, each said once."""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from minutebook.settings import Settings, read_settings

#: The same as `ingest.papers.Kind`, whose file imports what reads PDFs: too slow for `--help`.
Kind = Literal["agenda", "minutes", "report", "appendix", "supplement", "decision", "notice", "other"]

#: The same as `ingest.operative.Outcome`, likewise.
Outcome = Literal["decided", "recommended", "proposed", "lost", "noted", "deferred", "withdrawn", "action"]

#: The same as in `index.filters`, likewise.
GROUP_NAME = re.compile(r"[a-z0-9](?:[a-z0-9 ._-]{0,38}[a-z0-9])?")
GROUP_NAMES = "up to 40 of a-z, 0-9, space, dot, dash and underscore, beginning and ending with a letter or figure"

#: The same as `index.rulebook.Said`, likewise.
Said = Literal["public", "exempt"]

DAY = ["%Y-%m-%d"]

Home = Annotated[
    Path | None, typer.Option("--home", help="Where what is known is kept. [default: MINUTEBOOK_HOME or .minutebook]")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON value on standard output and nothing else there.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")]
Exempt = Annotated[
    bool, typer.Option("--exempt", help="Also papers not for publication. Only for those who may see them.")
]
AsGroup = Annotated[
    list[str] | None,
    typer.Option("--group", help="Also what is closed to all but this group, as one of it sees it; again for more."),
]
Body = Annotated[str | None, typer.Option("--body", help="Only this council or other body.")]
Committee = Annotated[str | None, typer.Option("--committee", help="Only this committee.")]
Since = Annotated[
    datetime | None, typer.Option("--from", formats=DAY, metavar="DATE", help="Meetings on this day or after.")
]
Until = Annotated[
    datetime | None, typer.Option("--to", formats=DAY, metavar="DATE", help="Meetings on this day or before.")
]
OfKind = Annotated[Kind | None, typer.Option("--kind", help="Only papers of this kind.")]
Under = Annotated[str | None, typer.Option("--path", help="Only this file, or the files in this folder.")]
WithOutcome = Annotated[Outcome | None, typer.Option("--outcome", help="Only what came to this.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many.")]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Leave out so many first.")]


def group_names(names: list[str] | None) -> tuple[str, ...]:
    """Names of groups as they are kept. Wrong usage for one that cannot be a group's."""
    small = []
    for name in names or ():
        small.append(" ".join(name.lower().split()))
        if not GROUP_NAME.fullmatch(small[-1]):
            raise typer.BadParameter(f"{name!r} cannot be a group's name: {GROUP_NAMES}", param_hint="'--group'")
    return tuple(sorted(set(small)))


def pages(paper: Any) -> str:
    """The pages a paper has of its PDF, in words."""
    return f"{paper.first_page}-{paper.last_page}" if paper.last_page > paper.first_page else str(paper.first_page)


def settings_for(home: Path | None) -> Settings:
    """The environment's settings, with the home given on the command line before the environment's."""
    settings = read_settings()
    return replace(settings, home=home) if home else settings
