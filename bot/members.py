"""Which groups a Slack user belongs to, as the home's `minutebook.toml` says at that moment."""

import logging
import threading
from pathlib import Path

from bot.place import Place, audience_of
from index.filters import PUBLIC, Audience
from index.rulebook import Rulebook, read_rulebook
from minutebook.errors import RuleProblem

log = logging.getLogger("minutebook.slack")


class Members:
    """Looks again whenever the file changes, so that who is taken out of a group is out of it at once."""

    def __init__(self, file: Path) -> None:
        """Raises RuleProblem when the file cannot be used."""
        self._file = file
        self._lock = threading.Lock()
        self._stamp = self._stamped()
        self._book: Rulebook | None = read_rulebook(file, groups=True)

    def audience_of(self, place: Place) -> Audience:
        """Who sees what is shown there. In a channel, everyone in it, and so the public; else the person who asks."""
        if not place.private:
            return audience_of(place)
        with self._lock:
            stamp = self._stamped()
            if stamp != self._stamp:
                self._stamp, self._book = stamp, self._read()
            return Audience(groups=self._book.groups_of(place.user)) if self._book else PUBLIC

    def _stamped(self) -> tuple[int, ...]:
        try:
            stat = self._file.stat()
        except OSError:
            return ()
        return (stat.st_mtime_ns, stat.st_size, stat.st_ino)

    def _read(self) -> Rulebook | None:
        """None where the file cannot be used: then nobody is in any group."""
        try:
            return read_rulebook(self._file, groups=True)
        except RuleProblem as error:
            log.warning("%s. Until it is put right, everyone in Slack is shown public papers only", error)
            return None
