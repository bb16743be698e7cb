"""The suggestions of each library that is lent out, kept up with the questions that are asked."""

import threading
from weakref import WeakKeyDictionary

from answer.answer import Answer
from answer.suggest import Suggestions
from index.asked import AskedBefore
from index.filters import PUBLIC, Audience
from index.library import Library


class Prompter:
    """Makes a library's suggestions when they are first wanted. Safe to share between threads."""

    def __init__(self, asked: AskedBefore) -> None:
        self._asked = asked
        self._lock = threading.Lock()
        self._made: WeakKeyDictionary[Library, tuple[int, Suggestions]] = WeakKeyDictionary()

    def of(self, library: Library) -> Suggestions:
        with self._lock:
            version = self._asked.version
            known = self._made.get(library)
            if known is None:
                made = Suggestions(library, self._asked.all())
            elif known[0] == version:
                return known[1]
            else:
                made = known[1].renewed(self._asked.all())
            self._made[library] = version, made
            return made

    def learn(self, answer: Answer, audience: Audience, *, narrowed: bool) -> None:
        """Keeps a question for others, unless who asked may see more than they, or it makes no sense by itself."""
        if audience == PUBLIC and not narrowed and answer.outcome != "not_found":
            self._asked.keep(answer.question, _papers(answer))

    def close(self) -> None:
        self._asked.close()


def _papers(answer: Answer) -> list[str]:
    return [citation.paper for citation in answer.citations]
