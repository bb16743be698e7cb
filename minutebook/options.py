"""The options that commands share, each said once."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from minutebook.settings import Settings, read_settings

#: The same as `ingest.papers.Kind`, whose file imports what reads PDFs: too slow for `--help`.
Kind = Literal["agenda", "minutes", "report", "appendix", "supplement", "decision", "notice", "other"]

#: The same as `ingest.operative.Outcome`, likewise.
Outcome = Literal["decided", "recommended", "proposed", "lost", "noted", "deferred", "withdrawn", "action"]

DAY = ["%Y-%m-%d"]

Home = Annotated[
    Path | None, typer.Option("--home", help="Where what is known is kept. [default: MINUTEBOOK_HOME or .minutebook]")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON value on standard output and nothing else there.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")]
Exempt = Annotated[
    bool, typer.Option("--exempt", help="Also papers not for publication. Only for those who may see them.")
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


def settings_for(home: Path | None) -> Settings:
    """The environment's settings, with the home given on the command line before the environment's."""
    settings = read_settings()
    return replace(settings, home=home) if home else settings
