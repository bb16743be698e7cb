"""The bot, put together: memory, pools, clerk and Bolt app over one home."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from slack_bolt import App

from bot.app import Hands, build_app
from bot.clerk import LONGEST, PATIENCE, Clerk
from bot.counter import Counter
from bot.desk import Asking, Desk
from bot.http import Events
from bot.memory import Memory
from bot.place import Place, audience_of
from bot.pool import Pool
from bot.web import SLACK_API, TIMEOUT, Slack, Wait
from index.audit import Audit
from index.feedback import Feedback
from index.filters import Audience
from index.library import Library

#: Threads that speak with Slack and wait for answers, and how many questions may wait for one of them.
WORKING = 32
WAITING = 500
#: Threads for what Slack allows three seconds for.
QUICK = 4


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that is running. `events` takes requests over HTTP; it refuses them all without a signing secret."""

    app: App
    events: Events | None
    clerk: Clerk
    memory: Memory
    hands: Hands

    def idle(self, timeout: float) -> bool:
        """Waits until all that was taken on is done, for `timeout` seconds at most; whether it is."""
        return self.hands.work.idle(timeout) and self.hands.quick.idle(timeout)


@contextmanager
def running_bot(
    home: Path,
    lend: Callable[[], AbstractContextManager[Library]],
    asking: Asking,
    *,
    token: str,
    signing_secret: str | None = None,
    public_url: str | None = None,
    log_questions: bool = False,
    audience: Callable[[Place], Audience] = audience_of,
    api: str = SLACK_API,
    wait: Wait = time.sleep,
    timeout: int = TIMEOUT,
    patience: float = PATIENCE,
    longest: float = LONGEST,
    waiting: int = WAITING,
) -> Iterator[Bot]:
    """A bot for as long as the block lasts; then what it has taken on is finished, within reason.

    `lend` gives the library to answer from, `asking` answers. Raises HomeError when `home` cannot be written to.
    """
    memory, feedback = Memory(home), Feedback(home)
    slack = Slack(token, api=api, wait=wait, timeout=timeout)
    audit = Audit(home)
    desk = Desk(lend, asking, audit, audience, log_questions)
    clerk = Clerk(slack, desk, memory, public_url=public_url, patience=patience, longest=longest)
    hands = Hands(Pool("slack-work", WORKING, waiting), Pool("slack-quick", QUICK, waiting))
    app = build_app(clerk, Counter(clerk, feedback), memory, hands, token=token, signing_secret=signing_secret or "")
    events = Events(app, signing_secret, hands.close) if signing_secret else None
    try:
        yield Bot(app, events, clerk, memory, hands)
    finally:
        if events:
            events.close()
        hands.close()
        clerk.close()
        memory.close()
        feedback.close()
        audit.close()
