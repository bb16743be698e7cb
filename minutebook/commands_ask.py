"""`ask`, `search` and `decisions`: what the papers say."""

import sys
from typing import Annotated, Any

import typer

from minutebook import options
from minutebook.options import settings_for
from minutebook.printing import err, out, plain, print_answer, print_json, print_place

# The libraries under a command are imported in it: torch alone takes longer than `--help` may.


def ask(
    question: Annotated[str, typer.Argument(help="In your own words.", show_default=False)],
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
    """Answer a question from the papers, quoting.

    Example: minutebook ask "Was the depot sold?" --committee Cabinet --from 2024-01-01
    """
    from answer.ask import ask as answer_question
    from index.audit import places_in
    from minutebook.asking import audience_for, filters_from, witnessed
    from minutebook.opening import opened_library, writer_for

    filters = filters_from(body, committee, since, until, kind, path)
    settings = settings_for(home)
    audience, writer = audience_for(exempt, group), writer_for(settings)
    with opened_library(settings) as library, witnessed(settings, audience, question) as witness:
        answer = answer_question(library, question, filters=filters, audience=audience, writer=writer).as_json()
        witness.saw(library.store, "answer", places_in(answer))
    if json:
        print_json(answer)
    else:
        print_answer(answer)


def search(
    words: Annotated[str, typer.Argument(help="Words or a question.", show_default=False)],
    body: options.Body = None,
    committee: options.Committee = None,
    since: options.Since = None,
    until: options.Until = None,
    kind: options.OfKind = None,
    path: options.Under = None,
    limit: options.Limit = 10,
    offset: options.Offset = 0,
    exempt: options.Exempt = False,
    group: options.AsGroup = None,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """List the passages nearest to the words.

    Example: minutebook search "opening hours" --kind minutes --limit 5
    """
    from answer.find import find
    from index.audit import places_of
    from minutebook.asking import audience_for, filters_from, witnessed
    from minutebook.opening import opened_library

    filters = filters_from(body, committee, since, until, kind, path)
    settings = settings_for(home)
    audience = audience_for(exempt, group)
    with opened_library(settings) as library, witnessed(settings, audience, words) as witness:
        found = find(library, words, filters=filters, audience=audience, limit=limit, offset=offset)
        hits = [hit.as_json() for hit in found.hits]
        witness.saw(library.store, "hit", places_of(hits))
    if json:
        print_json({"hits": hits, "total": found.total})
        return
    for hit in hits:
        print_place(out(), f"{hit['score']:.2f}  ", hit)
    err().print(f"{len(hits)} of {found.total}")


def decisions(
    words: Annotated[str, typer.Argument(help="Words; none for every decision.", show_default=False)] = "",
    outcome: options.WithOutcome = None,
    mover: Annotated[str | None, typer.Option("--mover", help="Only what this person proposed.")] = None,
    body: options.Body = None,
    committee: options.Committee = None,
    since: options.Since = None,
    until: options.Until = None,
    limit: options.Limit = 50,
    offset: options.Offset = 0,
    csv: Annotated[bool, typer.Option("--csv", help="Every match as CSV, for a spreadsheet.")] = False,
    exempt: options.Exempt = False,
    group: options.AsGroup = None,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """List the decisions on record.

    Example: minutebook decisions "grant" --outcome decided --from 2024-04-01 --csv > grants.csv
    """
    from api.decisions_csv import decisions_csv, every_decision
    from index.audit import places_of
    from index.records import find_decisions
    from index.store import Store
    from minutebook.asking import audience_for, filters_from, witnessed

    if csv and json:
        raise typer.BadParameter("choose one of --csv and --json")
    settings = settings_for(home)
    audience = audience_for(exempt, group)
    store = Store(settings.home)
    asked: dict[str, Any] = {
        "filters": filters_from(body, committee, since, until),
        "audience": audience,
        "outcome": outcome,
        "mover": mover,
    }
    with witnessed(settings, audience, words) as witness:
        if csv:
            found = list(every_decision(store, words, **asked))
        else:
            records, total = find_decisions(store, words, limit=limit, offset=offset, **asked)
            found = [record.as_json() for record in records]
        witness.saw(store, "decision", places_of(found))
    if csv:
        sys.stdout.write(decisions_csv(found))
        return
    if json:
        print_json({"decisions": found, "total": total})
        return
    for decision in found:
        # The words of the whole decision: the quote is only what stands on its first page.
        print_place(out(), f"{decision['outcome'].capitalize()}  ", {**decision, "quote": decision["text"]})
        by = [
            f"{name} {decision[key]}"
            for name, key in (("moved by", "mover"), ("seconded by", "seconder"))
            if decision[key]
        ]
        if by:
            out().print(plain(f"    {', '.join(by)}"))
        for name in ("replaced_by", "replaces", "decided_by", "decides"):
            for link in decision[name]:
                said = link["relation"] if name in ("replaces", "decides") else _DONE[link["relation"]]
                out().print(plain(f"    {said} {_place_of(link)}"))
    err().print(f"{len(found)} of {total}")


_DONE = {
    "rescinds": "rescinded by", "replaces": "replaced by", "amends": "amended by", "sets anew": "set anew by",
    "corrects": "corrected by", "decides": "decided by",
}  # fmt: skip


def _place_of(link: dict[str, Any]) -> str:
    """Where a linked decision stands, in one line."""
    place = (link["meeting_date"], link["committee"] or link["body"], link["paragraph"] or link["item"])
    return ", ".join(str(part) for part in (*place, f"page {link['page']} of {link['path']}") if part)
