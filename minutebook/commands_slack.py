"""`slack` and `feedback`: the Slack assistant, and what people thought of its answers."""

import signal
import threading
from typing import Annotated, Any

import typer

from minutebook import options
from minutebook.options import settings_for
from minutebook.printing import err, out, print_json, print_table

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
    home: options.Home = None,
    json: options.Json = False,
) -> None:
    """List what people thought of answers, newest first. Not who: only that it is one word a person.

    Example: minutebook feedback --not-helpful
    """
    from index.feedback import Feedback

    folder = settings_for(home).home
    held = Feedback(folder)
    try:
        opinions, total = held.opinions(answer_id=answer, helpful=helpful, limit=limit, offset=offset)
    finally:
        held.close()
    questions = _questions(folder, {each.answer_id for each in opinions})
    listed = [{**each.as_json(), **questions.get(each.answer_id, NOT_HELD)} for each in opinions]
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


NOT_HELD: dict[str, Any] = {"question": None, "outcome": None}


def _questions(folder: Any, answer_ids: set[str]) -> dict[str, dict[str, Any]]:
    """The question and outcome of each answer that is still held."""
    from index.filters import EVERYTHING
    from index.store import Store
    from minutebook.errors import HomeError, NotHeld

    questions = {}
    try:
        store = Store(folder)
    except HomeError:
        return {}
    for answer_id in answer_ids:
        try:
            given = store.answer(answer_id, EVERYTHING)
        except NotHeld:
            continue
        questions[answer_id] = {"question": given["question"], "outcome": given["outcome"]}
    return questions
