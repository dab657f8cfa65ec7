"""How fast one browser may send events: a burst of honest typing passes, a flood does not."""

import time
from collections import OrderedDict

BURST = 120  # events at once
RATE = 40.0  # events per second, sustained
REMEMBERED = 50_000  # browsers; the one unseen for longest is forgotten first

_buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()


def too_fast(key: str, now: float | None = None) -> bool:
    """Take one event from the bucket of `key`; True when it is empty. `now` in seconds, monotonic."""
    now = time.monotonic() if now is None else now
    seen, left = _buckets.pop(key, (now, float(BURST)))
    left = min(float(BURST), left + (now - seen) * RATE)
    allowed = left >= 1
    _buckets[key] = (now, left - 1 if allowed else left)
    if len(_buckets) > REMEMBERED:
        _buckets.popitem(last=False)
    return not allowed
