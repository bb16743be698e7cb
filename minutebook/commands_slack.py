"""`slack` and `feedback`: the Slack assistant, and what people thought of its answers."""

import signal
import threading
from typing import TYPE_CHECKING, Annotated, Any

import typer

from minutebook import options
from minutebook.options import settings_for
from minutebook.printing import err, out, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from index.feedback import Opinion
    from index.filters import Audience

# The libraries under a command are imported in it: torch alone takes longer than `--help` may.


def slack(home: options.Home = None, json: options.Json = False) -> None:
    """Answer in Slack over Socket Mode, so that nothing here is open to the internet. Needs two tokens.

    Example: SLACK_BOT_TOKEN=xoxb-… SLACK_APP_TOKEN=xapp-… minutebook slack
    """
    import logging

    from api.shelf import Shelf
    from minutebook.opening import opened_library
    from minutebook.slack_bot import run_socket_bot

    settings = settings_for(home)
    logging.getLogger("minutebook").setLevel(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with opened_library(settings) as library:
        shelf = Shelf(library)
        threading.Thread(target=shelf.warm, name="warm", daemon=True).start()
        run_socket_bot(settings, shelf.lend, stop, lambda: _connected(json))


def _connected(json: bool) -> None:
    if json:
        print_json({"connected": True})
    err().print("Connected to Slack; Ctrl+C ends it.")


def feedback(
    answer: Annotated[str | None, typer.Option("--answer", help="Only on the answer with this id.")] = None,
    helpful: Annotated[
        bool | None, typer.Option("--helpful/--not-helpful", help="Only what was found so.", show_default=False)
    ] = None,
    limit: options.Limit = 100,
    offset: options.Offset = 0,
    exempt: options.Exempt = False,
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """List what people thought of answers, newest first. Not who: only that it is one word a person.

    Example: minutebook feedback --not-helpful
    """
    from index.feedback import Feedback
    from minutebook.asking import audience_for

    folder = settings_for(home).home
    held = Feedback(folder)
    try:
        given, hidden = _given(folder, held.answer_ids(), audience_for(exempt))
        opinions, total = held.opinions(answer_id=answer, helpful=helpful, but=hidden, limit=limit, offset=offset)
    finally:
        held.close()
    listed = [_listed(each, given, exempt) for each in opinions]
    if json:
        print_json({"feedback": listed, "total": total})
        return
    rows = [
        (each["at"][:16], "helpful" if each["helpful"] else "not helpful", each["question"], each["reason"],
         each["answer_id"])
        for each in listed
    ]  # fmt: skip
    print_table(out(), ("When", "Found", "Question", "Reason", "Answer"), rows)
    err().print(f"{len(listed)} of {total}")


def _listed(opinion: "Opinion", given: "Mapping[str, dict[str, Any]]", exempt: bool) -> dict[str, Any]:
    """An opinion with the question and outcome it is about. A reason may speak of what the answer said: where nobody
    can tell any more who might see that, it is only for those who may see everything."""
    about = given.get(opinion.answer_id)
    if about is None:
        told = {**opinion.as_json(), "question": None, "outcome": None}
        return told if exempt else {**told, "reason": None}
    return {**opinion.as_json(), "question": about["question"], "outcome": about["outcome"]}


def _given(
    folder: "Path", answer_ids: "Collection[str]", audience: "Audience"
) -> tuple[dict[str, dict[str, Any]], set[str]]:
    """The answers that are still held and for this audience, by id; and the ids of those that are not for it."""
    from index.filters import EVERYTHING
    from index.store import Store
    from minutebook.errors import HomeError, NotHeld

    given: dict[str, dict[str, Any]] = {}
    hidden: set[str] = set()
    try:
        store = Store(folder)
    except HomeError:
        return given, set(answer_ids)
    for answer_id in answer_ids:
        try:
            store.answer(answer_id, EVERYTHING)
        except NotHeld:
            continue
        try:
            given[answer_id] = store.answer(answer_id, audience)
        except NotHeld:
            hidden.add(answer_id)
    return given, hidden
