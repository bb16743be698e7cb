"""The front door: `minutebook` and its commands."""

import logging
import sys

import typer

from minutebook import (
    commands_ask,
    commands_backup,
    commands_closed,
    commands_keys,
    commands_papers,
    commands_service,
    commands_slack,
)
from minutebook.errors import MinutebookError
from minutebook.printing import err, plain

app = typer.Typer(
    name="minutebook",
    help="Answers from committee papers, each with the page it rests on.\n\n"
    "Example: minutebook ingest papers/ && minutebook ask 'What was agreed on opening hours?'",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    commands_papers.ingest,
    commands_ask.ask,
    commands_ask.search,
    commands_ask.decisions,
    commands_papers.papers,
    commands_papers.forget,
    commands_closed.classify,
    commands_closed.audit,
    commands_service.evaluate,
    commands_service.serve,
    commands_slack.slack,
    commands_slack.feedback,
    commands_backup.backup,
    commands_backup.restore,
    commands_service.doctor,
):
    app.command()(command)
app.add_typer(commands_keys.keys)


def main(arguments: list[str] | None = None) -> None:
    """Runs a command. Exits with 0; 1 for a failure, said in words on standard error; 2 for wrong usage."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        app(arguments)
    except MinutebookError as error:
        err().print(plain(error), style="red")
        raise SystemExit(1) from None
