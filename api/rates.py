"""How often somebody may ask."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

#: Askers remembered; who is forgotten begins anew.
MOST = 20_000


class Rates:
    """A bucket for each asker, which holds half a minute's requests and fills steadily. For one thread."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_second = a_minute / 60
        self._full = max(1.0, a_minute / 2)
        self._clock = clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, who: Hashable, cost: float = 1.0) -> int:
        """0 where `who` may go on, and otherwise the whole seconds until they may."""
        if not self._a_second:
            return 0
        now = self._clock()
        left, at = self._left.pop(who, (self._full, now))
        left = min(self._full, left + (now - at) * self._a_second)
        wait = 0 if left >= cost else math.ceil((cost - left) / self._a_second)
        self._left[who] = (left if wait else left - cost, now)
        if len(self._left) > MOST:
            self._left.popitem(last=False)
        return wait
