"""How often one account may have something done for it: a burst, then a steady pace."""

import time
from collections import OrderedDict

REMEMBERED = 20_000  # accounts; the one unseen for longest is forgotten first


class Allowance:
    """`burst` at once, and `per_second` after that, for each account."""

    def __init__(self, burst: int, per_second: float) -> None:
        self.burst, self.per_second = float(burst), per_second
        self._left: OrderedDict[int | None, tuple[float, float]] = OrderedDict()

    def allows(self, account: int | None, now: float | None = None) -> bool:
        """Take one from what the account has left; False when nothing is. `now` in seconds, monotonic."""
        now = time.monotonic() if now is None else now
        seen, left = self._left.pop(account, (now, self.burst))
        left = min(self.burst, left + (now - seen) * self.per_second)
        allowed = left >= 1
        self._left[account] = now, left - 1 if allowed else left
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return allowed

    def forget(self) -> None:
        """Give everyone their burst again, for tests."""
        self._left.clear()
