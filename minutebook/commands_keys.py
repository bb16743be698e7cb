"""`keys make`, `keys list` and `keys revoke`: who may use the HTTP service."""

from typing import Annotated

import typer

from minutebook import options
from minutebook.options import settings_for
from minutebook.printing import err, out, plain, print_json, print_table

# The libraries under a command are imported in it, as everywhere here.

keys = typer.Typer(
    name="keys",
    help="Keys for the HTTP service. While there are none, it answers this machine only.\n\n"
    "Example: minutebook keys make intranet",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@keys.command()
def make(
    name: Annotated[str, typer.Argument(help="Whose it is: one for each system.", show_default=False)],
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope",
            help="What it may do: ask, search, papers, feedback, metrics or exempt; again for more. "
            "[default: the first four]",
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option("--group", help="A group whose closed papers it also shows; again for more."),
    ] = None,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Make a key. It is shown once and only its digest is kept. The scope exempt shows every paper not for publication,
    a group those that are closed to all but it.

    Example: minutebook keys make audit-intranet --group audit
    """
    from index.keys import SCOPES, USUAL, Keys

    for each in scope or ():
        if each not in SCOPES:
            raise typer.BadParameter(f"{each!r} is not one of {', '.join(SCOPES)}", param_hint="'--scope'")
    scopes = tuple(each for each in SCOPES if each in (scope or USUAL))
    groups = options.group_names(group)
    held = Keys(settings_for(home).home)
    try:
        secret = held.make(name, scopes, groups)
    finally:
        held.close()
    if json:
        print_json({"name": name, "scopes": list(scopes), "groups": list(groups), "key": secret})
        return
    out().print(plain(secret), soft_wrap=True)
    err().print("Keep it now: it is not shown again. It goes in the header `Authorization: Bearer …`.")


@keys.command(name="list")
def list_keys(home: options.Home = None, json: options.Json = False) -> None:
    """List the keys there are, and those revoked.

    Example: minutebook keys list
    """
    from index.keys import Keys

    held = Keys(settings_for(home).home)
    try:
        listed = held.all()
    finally:
        held.close()
    if json:
        print_json({"keys": [each.as_json() for each in listed]})
        return
    rows = [
        (
            each.name,
            " ".join(each.scopes),
            ", ".join(each.groups),
            each.made[:10],
            each.used or "never",
            (each.revoked or "")[:10],
        )
        for each in listed
    ]
    print_table(out(), ("Name", "Scopes", "Groups", "Made", "Used", "Revoked"), rows)


@keys.command()
def revoke(
    name: Annotated[str, typer.Argument(help="As it was given to make.", show_default=False)],
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """Revoke a key, at once, also in a service that is running.

    Example: minutebook keys revoke intranet
    """
    from index.keys import Keys

    held = Keys(settings_for(home).home)
    try:
        held.revoke(name)
    finally:
        held.close()
    if json:
        print_json({"revoked": name})
    else:
        err().print(plain(f"Revoked {name}."))
