"""Where in Slack something was asked, and so who sees the answer."""

from dataclasses import dataclass

from index.filters import PUBLIC, Audience


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, and the person who asked in it. `private`: only that person sees what is answered."""

    team: str
    channel: str
    user: str
    private: bool


def audience_of(place: Place) -> Audience:
    """Who will see what is shown there. In a channel, everyone in it; otherwise the person who asks.

    Here both are the public; `bot/members.py` knows what some people may see besides.
    """
    del place
    return PUBLIC
