"""The library that requests are answered from: lent out, and exchanged when a newer generation is there."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request

from answer.ask import prepare
from api.access import caller_of
from index.audit import Witness
from index.filters import Audience
from index.library import Library
from minutebook.errors import MinutebookError

log = logging.getLogger("minutebook.http")

#: Seconds until a newer generation that could not be opened is tried again.
BETWEEN_LOOKS = 0.1
#: What the audit calls this way of being shown papers.
SURFACE = "http"


class Shelf:
    """Lends the newest generation. An older one stays open until its last borrower has returned it."""

    def __init__(self, library: Library, clock: Callable[[], float] = time.monotonic) -> None:
        self._library = library
        self._clock = clock
        self._lent: dict[int, int] = {}
        self._lock = threading.Lock()
        self._looking = threading.Lock()
        self._look_again = clock()
        self._said = ""
        #: Set once a search has been made, so that the model is loaded and the index read.
        self.ready = threading.Event()

    @contextmanager
    def lend(self) -> Iterator[Library]:
        """The newest library, open for as long as the block lasts."""
        self._look()
        with self._lock:
            library = self._library
            self._lent[id(library)] = self._lent.get(id(library), 0) + 1
        try:
            yield library
        finally:
            self._give_back(library)

    def warm(self, *others: Callable[[Library], object]) -> None:
        """Search once, so that the first to ask does not wait for the model, and do what `others` do beforehand.

        Failing, it is logged and not ready.
        """
        try:
            with self.lend() as library:
                prepare(library)
                for other in others:
                    other(library)
        except MinutebookError as error:
            log.warning("not ready: %s", error)
        else:
            self.ready.set()

    def close(self) -> None:
        """Close what is on the shelf. Nothing may be lent out any more."""
        self._library.close()

    def _look(self) -> None:
        """Put a newer generation on the shelf if there is one. One borrower opens it, and the others wait for it:
        what an older generation found is no longer there to be read.
        """
        try:
            if self._library.is_newest():
                return
            with self._looking:
                if self._clock() < self._look_again:
                    return
                newer = self._library.refresh()
                with self._lock:
                    older, self._library = self._library, newer
                    self._said = ""
                    unused = older is not newer and not self._lent.get(id(older))
                if unused:
                    older.close()
        except MinutebookError as error:
            if str(error) != self._said:
                log.warning("still answering from the generation before: %s", error)
            self._said = str(error)
            self._look_again = self._clock() + BETWEEN_LOOKS

    def _give_back(self, library: Library) -> None:
        with self._lock:
            self._lent[id(library)] -= 1
            last = not self._lent[id(library)]
            if last:
                del self._lent[id(library)]
            done_with = last and library is not self._library
        if done_with:
            library.close()


def shelf_of(request: Request) -> Shelf:
    """The shelf of the service that `request` came to."""
    shelf: Shelf = request.app.state.shelf
    return shelf


def audience_of(request: Request) -> Audience:
    """What whoever is asking may see."""
    return caller_of(request).audience


def borrowed(request: Request) -> Iterator[Library]:
    """A dependency: the library, for as long as the request lasts."""
    with shelf_of(request).lend() as library:
        yield library


def witness_of(request: Request) -> Witness:
    """Who writes down what the caller is shown of closed papers."""
    caller = caller_of(request)
    who = f"key {caller.key}" if caller.key else "no key"
    asked = parse_qs(request.url.query).get("q", [None])[0] or getattr(request.state, "question", None)
    question = asked if request.app.state.rules.log_questions else None
    return Witness(request.app.state.audit, caller.audience, SURFACE, who, question)


Borrowed = Annotated[Library, Depends(borrowed)]
Asker = Annotated[Audience, Depends(audience_of)]
Noted = Annotated[Witness, Depends(witness_of)]
