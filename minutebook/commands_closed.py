"""`classify` and `audit`: which papers are closed, and who was shown them. For officers: both tell of closed papers."""

import getpass
from datetime import datetime
from typing import Annotated, Any

import typer

from minutebook import options
from minutebook.options import settings_for
from minutebook.printing import err, out, plain, print_json, print_table

# The libraries under a command are imported in it: torch alone takes longer than `--help` may.


def classify(
    paper: Annotated[
        str | None,
        typer.Argument(help="A paper's id, or a file's path for all papers in it.", show_default=False),
    ] = None,
    classification: Annotated[
        options.Said | None, typer.Argument(help="For everybody, or not for publication.", show_default=False)
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", help="For exempt: a group that may see it all the same; again for more."),
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why: shown to officers only.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was said of it.")] = False,
    review: Annotated[bool, typer.Option("--review", help="List what is closed or was opened, and why.")] = False,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Say of a paper whether it is for everybody, whatever its marks or its folder say. For officers.

    Example: minutebook classify 4f0c81d2b7a9e35 exempt --group audit --reason "tender still open"
    """
    if review:
        if paper or classification or undo:
            raise typer.BadParameter("--review stands alone", param_hint="'--review'")
        _review(home, json)
        return
    if paper is None or (classification is None) != undo:
        raise typer.BadParameter("give a paper and one of public, exempt and --undo; or --review alone")
    groups = options.group_names(group)
    if groups and classification != "exempt":
        raise typer.BadParameter("is for exempt papers: a public one is for everybody", param_hint="'--group'")
    if len(reason) > 500:
        raise typer.BadParameter("at most 500 characters", param_hint="'--reason'")
    from index import build
    from index.audit import Audit
    from index.review import to_review
    from minutebook.opening import embedder_of

    settings = settings_for(home)
    held = Audit(settings.home)
    try:
        meant = build.classify(
            settings.home,
            paper,
            classification,
            groups=groups,
            reason=" ".join(reason.split()),
            by=user(),
            audit=held,
            embedder=embedder_of(settings),
        )
    finally:
        held.close()
    now_so = [each for each in to_review(settings.home)[0] if each.paper in meant]
    if json:
        print_json({"papers": list(meant), "classification": classification, "review": [e.as_json() for e in now_so]})
        return
    err().print(f"{'Taken back' if undo else classification}: {len(meant)} paper{'' if len(meant) == 1 else 's'}.")
    for each in now_so:
        if each.classification == "public":
            err().print(
                plain(f"Note: {each.path}, page {each.first_page}, is marked as closed and now open to everybody.")
            )
        elif classification == "public" or undo:
            err().print(plain(f"Still closed: {each.path}, page {each.first_page}: {each.reason}."))


def audit(
    since: Annotated[
        datetime | None, typer.Option("--from", formats=options.DAY, metavar="DATE", help="On this day or after (UTC).")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=options.DAY, metavar="DATE", help="On this day or before (UTC).")
    ] = None,
    paper: Annotated[str | None, typer.Option("--paper", help="Only this paper's id, or this file's path.")] = None,
    who: Annotated[str | None, typer.Option("--who", help="Only who has this in their name.")] = None,
    limit: options.Limit = 100,
    offset: options.Offset = 0,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """List who was shown which closed papers, and who opened or closed one, newest first. For officers.

    Example: minutebook audit --from 2024-06-01 --who intranet
    """
    from index.audit import Audit

    if since and until and since > until:
        raise typer.BadParameter("the first day is after the last", param_hint="'--from' / '--to'")
    held = Audit(settings_for(home).home)
    try:
        entries, total = held.entries(
            since=since.date() if since else None,
            until=until.date() if until else None,
            paper=paper,
            who=who,
            limit=limit,
            offset=offset,
        )
    finally:
        held.close()
    if json:
        print_json({"entries": [entry.as_json() for entry in entries], "total": total})
        return
    rows = [
        (each.at[:19], each.surface, each.who, each.what, each.page, each.path, each.paper, each.said)
        for each in entries
    ]
    print_table(out(), ("When", "Where", "Who", "What", "Page", "File", "Paper", "Said"), rows)
    err().print(f"{len(entries)} of {total}")


def user() -> str:
    """Who is at the keyboard, as the machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user, as in some containers
        return "somebody"


def _review(home: Any, json: bool) -> None:
    from index.review import to_review

    papers, idle = to_review(settings_for(home).home)
    if json:
        print_json({"papers": [e.as_json() for e in papers], "not_held": [e.as_json() for e in idle]})
        return
    print_table(
        out(),
        ("Id", "Is", "Groups", "Pages", "Title", "File", "Why"),
        [
            (each.paper, each.classification, ", ".join(each.groups), options.pages(each), each.title, each.path,
             each.reason)
            for each in papers
        ],
    )  # fmt: skip
    for each in idle:
        err().print(
            plain(
                f"Not held, but said of it: {each.path}, page {each.first_page}: {each.classification}, {each.reason}"
            )
        )
    err().print(f"{len(papers)} papers")
