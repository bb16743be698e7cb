"""What a service allows: where it is reached, by whom, and how much at once."""

from dataclasses import dataclass

from index.keys import Scope

#: The names under which a service on the loopback address is reached.
LOOPBACK = frozenset(("localhost", "127.0.0.1", "[::1]"))
#: What is open to whoever can reach a service that has no keys: all but papers not for publication.
EVERYBODY: frozenset[Scope] = frozenset(("ask", "search", "papers", "feedback", "metrics"))


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule of a service, as a service on the loopback address has it.

    `hosts` are the host names it answers for, and with `any_address` every IP address. `origins` are the web pages
    elsewhere that may call it. `without_key` is what needs no key: None for everything while there are no keys, and
    nothing once there are. `rate` is requests a minute by one key or address (nobody on this machine is counted); 0
    for any. `slots` questions are answered at once and `queue` more wait, at most `patience` seconds; what takes
    longer than `deadline` seconds is given up.
    """

    hosts: frozenset[str] = LOOPBACK
    any_address: bool = False
    origins: tuple[str, ...] = ()
    without_key: frozenset[Scope] | None = None
    rate: int = 240
    slots: int = 2
    queue: int = 64
    patience: float = 5.0
    deadline: float = 30.0
    log_questions: bool = False
