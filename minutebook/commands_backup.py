"""`backup` and `restore`: a home kept elsewhere, and made again from it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from minutebook import options
from minutebook.options import settings_for
from minutebook.printing import err, out, plain, print_json
from minutebook.progress import Bars

if TYPE_CHECKING:
    from index.manifest import Manifest

# The libraries under a command are imported in it: torch alone takes longer than `--help` may.


def backup(
    to: Annotated[Path, typer.Argument(metavar="TO", help="A folder that is not there yet.", show_default=False)],
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Keep a checked copy of all that is known, while it is in use. The PDFs are not in it: back up their folder too.

    Example: minutebook backup /srv/backups/minutebook-2026-11-24
    """
    from index.backup import back_up

    with Bars(err()) as bars:
        made = back_up(settings_for(home).home, to, bars)
    if json:
        print_json({"backup": str(to), **_told(made)})
    else:
        out().print(plain(f"{to}: {_in_words(made)}, written and read again"))


def restore(
    folder: Annotated[Path, typer.Argument(metavar="FROM", help="A folder that `backup` made.", show_default=False)],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of what the home holds, which is then gone.")
    ] = False,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Make the home what it was when a backup was made, after checking every file of the backup.

    Example: minutebook restore /srv/backups/minutebook-2026-11-24 --home minutes
    """
    from index import restore as restoring

    settings = settings_for(home)
    with Bars(err()) as bars:
        made = restoring.restore(folder, settings.home, replace=replace, progress=bars)
    gone = restoring.folders_gone(settings.home)
    if json:
        print_json({"home": str(settings.home), **_told(made), "folders_gone": gone})
        return
    out().print(plain(f"{settings.home}: {_in_words(made)}, as it was on {made.made_at}"))
    for each in gone:
        err().print(
            plain(f"The PDFs in {each} are not there, so pages cannot be shown; ingest them from where they are now")
        )


def _told(made: "Manifest") -> dict[str, object]:
    return {
        "made_at": made.made_at,
        "generation": made.generation,
        "papers": made.rows["minutebook.sqlite"]["papers"],
        "files": len(made.files),
        "bytes": sum(entry.bytes for entry in made.files.values()),
    }


def _in_words(made: "Manifest") -> str:
    size = sum(entry.bytes for entry in made.files.values()) / 1e6
    papers = made.rows["minutebook.sqlite"]["papers"]
    return f"generation {made.generation}, {papers} papers, {len(made.files)} files, {size:.1f} MB"
