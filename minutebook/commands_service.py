"""`evaluate`, `serve` and `doctor`: how good, how reached, how well."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from minutebook import options
from minutebook.installed import installed
from minutebook.options import settings_for
from minutebook.printing import err, out, plain, print_json, print_table
from minutebook.progress import Bars

# The libraries under a command are imported in it: torch alone takes longer than `--help` may.


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD.jsonl...", exists=True, dir_okay=False, show_default=False)
    ],
    corpus: Annotated[
        Path | None,
        typer.Option(
            "--corpus", exists=True, file_okay=False, help="Check quotes against the PDFs in this folder, read anew."
        ),
    ] = None,
    exempt: options.Exempt = False,
    show: Annotated[bool, typer.Option("--show", help="Show the answers that were not right.")] = False,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Measure the answers against gold questions.

    Example: minutebook evaluate gold.jsonl --corpus papers/
    """
    from index.audit import places_in
    from minutebook import evaluation
    from minutebook.asking import audience_for, witnessed
    from minutebook.opening import opened_library, writer_for

    golds = [each for file in gold for each in evaluation.read_gold(file)]
    if not golds:
        raise typer.BadParameter("no questions in it", param_hint="'GOLD.jsonl'")
    settings = settings_for(home)
    with (
        opened_library(settings) as library,
        witnessed(settings, audience_for(exempt)) as witness,
        Bars(err()) as bars,
    ):
        bars.stage("Asking", len(golds))
        page_text = evaluation.pages_in(corpus) if corpus else evaluation.stored_pages(library)
        marks = evaluation.evaluate(
            library,
            golds,
            page_text,
            audience=witness.audience,
            writer=writer_for(settings),
            advance=bars.advance,
            saw=lambda answer: witness.saw(library.store, "answer", places_in(answer.as_json())),
        )
    figures = evaluation.figures(marks)
    if json:
        print_json(figures.as_json())
        return
    console = out()
    for name in ("questions", "right", "cited1", "cited", "trusted", "wrongly_abstained", "abstained", "status_ok"):
        console.print(f"{name:18} {getattr(figures, name)}")
    for name in ("false_yes", "ocr_trusted", "quotes"):
        console.print(f"{name:18} {getattr(figures, name)}")
    console.print(f"{'ms_p50':18} {figures.ms_p50:.0f}\n{'ms_p95':18} {figures.ms_p95:.0f}")
    kinds = "  ".join(f"{kind} {part.part:.2f}/{part.of}" for kind, part in figures.by_kind.items() if part.of)
    console.print(f"{'trusted by kind':18} {kinds}")
    if show:
        for each in marks:
            if each.false_yes or not (each.trusted if each.answerable else each.abstained):
                console.print(f"\n{each.id} [{each.kind}] {each.question}\n  {each.outcome}: {plain(each.answer)}")
                console.print(f"  cited {'; '.join(f'{path} page {page}' for path, page in each.pages) or 'nothing'}")


def serve(
    host: Annotated[
        str | None, typer.Option("--host", help="Where to listen. [default: MINUTEBOOK_HOST or 127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="0 for any that is free. [default: MINUTEBOOK_PORT or 8765]"),
    ] = None,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Answer over HTTP: a page to ask from, and an API (see /openapi.json). Without keys, to this machine only.

    Example: minutebook serve --port 8080
    """
    import uvicorn

    from api.app import create_app
    from minutebook.opening import opened_library, writer_for
    from minutebook.serving import address_of, listen, log_as_json, may_be_written, rules_from
    from minutebook.slack_bot import http_bot

    settings = settings_for(home)
    writer = writer_for(settings)
    may_be_written(settings.home)
    address = address_of(host or settings.host, settings)
    listening = listen(address, settings.port if port is None else port)
    with (
        listening,
        opened_library(settings) as library,
        http_bot(settings, lambda: service.state.shelf.lend(), writer=writer) as slack_events,
    ):
        rules = rules_from(settings, address)
        service = create_app(library, rules=rules, slack_events=slack_events, writer=writer)
        log_as_json(settings.log_level)
        server = uvicorn.Server(
            uvicorn.Config(
                service,
                log_level=settings.log,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=10,
            )
        )
        shown = f"[{address}]" if ":" in address else address
        url = f"http://{shown}:{listening.getsockname()[1]}"
        if json:
            print_json({"url": url})
        err().print(f"Listening on {url}; Ctrl+C ends it.")
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listening])


def doctor(home: options.Home = None, json: options.Json = False) -> None:
    """Say whether all that is needed is there, and what to do where it is not.

    Example: minutebook doctor
    """
    settings = settings_for(home)
    checks = list(installed())
    if all(check.state == "fine" for check in checks):
        from minutebook.doctor import examine

        checks += examine(settings)
    fine = all(check.state != "do" for check in checks)
    if json:
        listed = [{"name": check.name, "state": check.state, "words": check.words} for check in checks]
        print_json({"fine": fine, "checks": listed})
    else:
        signs = {"fine": "ok", "note": "note", "do": "TO DO"}
        print_table(out(), ("", "What", "How it is"), [(signs[each.state], each.name, each.words) for each in checks])
    if not fine:
        raise typer.Exit(1)
