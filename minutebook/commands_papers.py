"""`ingest`, `papers` and `forget`: which papers are held."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minutebook import options
from minutebook.options import settings_for
from minutebook.printing import err, out, plain, print_json, print_table
from minutebook.progress import Bars

if TYPE_CHECKING:
    from index.report import IngestReport

# The libraries under a command are imported in it: torch alone takes longer than `--help` may.


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH...", exists=True, help="PDFs, or folders of PDFs.")
    ] = None,
    yes: options.Yes = False,
    ocr: Annotated[
        bool | None, typer.Option("--ocr/--no-ocr", help="Read scanned pages. [default: MINUTEBOOK_OCR or yes]")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, max=64, help="Files read at a time. [default: MINUTEBOOK_JOBS or 2]")
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Also embed anew what is held: after a change of model.")
    ] = False,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Read papers: those that are new or changed. Asks before forgetting files that are gone from their folder.

    Example: minutebook ingest papers/ --home minutes
    """
    from index import build
    from minutebook.opening import embedder_for

    if not paths and not rebuild:
        raise typer.BadParameter("give a file or a folder", param_hint="'PATH...'")
    settings = settings_for(home)
    embedder = embedder_for(settings)
    with Bars(err()) as bars:
        if rebuild:
            build.rebuild(settings.home, embedder=embedder, progress=bars)
        if not paths:
            if json:
                print_json({"rebuilt": True})
            return
        report = build.ingest(
            settings.home,
            paths,
            embedder=embedder,
            ocr=settings.ocr if ocr is None else ocr,
            jobs=jobs or settings.jobs,
            confirm_forget=lambda gone: _may_forget(gone, yes, bars),
            progress=bars,
        )
    if json:
        print_json(_report_json(report))
    else:
        _print_report(report)
    if report.failed:
        print_table(err(), ("Not read", "Why"), [(each.path, each.reason) for each in report.failed])
        raise typer.Exit(1)


def papers(
    body: options.Body = None,
    committee: options.Committee = None,
    since: options.Since = None,
    until: options.Until = None,
    kind: options.OfKind = None,
    path: options.Under = None,
    exempt: options.Exempt = False,
    group: options.AsGroup = None,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """List the papers that are held.

    Example: minutebook papers --kind minutes --from 2024-01-01
    """
    from index.review import reasons
    from index.store import Store
    from minutebook.asking import audience_for, filters_from, witnessed

    filters = filters_from(body, committee, since, until, kind, path)
    with witnessed(settings_for(home), audience_for(exempt, group)) as witness:
        store = Store(settings_for(home).home)
        held = store.papers(filters, witness.audience)
        witness.saw(store, "listed", [(paper.id, None) for paper in held])
    if json:
        from api.shapes import paper_json

        # Which groups there are, and what an officer gave as reason, is only for those who may see everything.
        more = reasons(settings_for(home).home) if exempt else {}
        listed = []
        for paper in held:
            reason, groups = more.get(paper.id, (paper.verdict.why, ()))
            listed.append({**paper_json(paper), "reason": reason, **({"groups": list(groups)} if exempt else {})})
        print_json({"papers": listed, "total": len(listed)})
        return
    print_table(
        out(),
        ("Id", "Meeting", "Committee", "Kind", "Title", "Pages", "File"),
        [(each.id, each.meeting_date, each.committee, each.kind, each.title, options.pages(each), each.path)
         for each in held],
    )  # fmt: skip
    err().print(f"{len(held)} papers")


def forget(
    paper: Annotated[str, typer.Argument(help="A paper's id, or a file's path as `papers` gives it.")],
    yes: options.Yes = False,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Forget a file and all that was read from it. The PDF itself is left alone.

    Example: minutebook forget cabinet/2024-05-14.pdf --yes
    """
    from index import build
    from minutebook.opening import embedder_of

    if not yes:
        if not sys.stdin.isatty():
            raise typer.BadParameter("nobody can be asked here; say --yes", param_hint="'--yes'")
        typer.confirm(f"Forget {plain(paper)} and all that was read from that file?", abort=True, err=True)
    settings = settings_for(home)
    forgotten = build.forget(settings.home, paper, embedder=embedder_of(settings))
    if json:
        print_json({"forgotten": list(forgotten)})
        return
    for path in forgotten:
        out().print(f"Forgotten: {plain(path)}")


def _may_forget(gone: Sequence[str], yes: bool, bars: Bars) -> bool:
    """Whether files gone from their folder may be forgotten; with nobody to ask they are kept."""
    if yes:
        return True
    console = err()
    with bars.paused():
        console.print("Gone from the folder:")
        for path in gone:
            console.print(f"  {plain(path)}")
        if not sys.stdin.isatty():
            console.print("Kept, as nobody can be asked here; say --yes to forget them.")
            return False
        return typer.confirm("Forget them and all that was read from them?", err=True)


def runs_of(numbers: Sequence[int]) -> str:
    """Ascending numbers in words, those that follow each other as one run: "1-3, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in runs)


def _report_json(report: "IngestReport") -> dict[str, Any]:
    return {
        "added": list(report.added),
        "replaced": list(report.replaced),
        "unchanged": list(report.unchanged),
        "forgotten": list(report.forgotten),
        "failed": [{"path": each.path, "reason": each.reason} for each in report.failed],
        "unread": [{"path": path, "pages": list(pages)} for path, pages in report.unread],
        "same_text": [{"path": path, "same_as": other} for path, other in report.same_text],
        "opened": [{"path": path, "page": page} for path, page in report.opened],
        "idle_rules": list(report.idle_rules),
        "pages": report.pages,
        "chunks": report.chunks,
        "seconds": round(report.seconds, 3),
    }


def _print_report(report: "IngestReport") -> None:
    console = out()
    console.print(
        f"{len(report.added)} added, {len(report.replaced)} replaced, {len(report.unchanged)} unchanged, "
        f"{len(report.forgotten)} forgotten, {len(report.failed)} not read; "
        f"{report.pages} pages and {report.chunks} chunks in {report.seconds:.1f} s"
    )
    for path, pages in report.unread:
        console.print(f"Could not be read: {plain(path)}, page {runs_of(pages)}")
    for path, other in report.same_text:
        console.print(f"The same text twice: {plain(path)} and {plain(other)}")
    for path, page in report.opened:
        console.print(f"Closed before and open to everybody now: {plain(path)}, page {page}")
    for rule in report.idle_rules:
        console.print(f"A rule that fits no file: {plain(rule)}")
