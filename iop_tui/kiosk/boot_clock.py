"""A clock that runs during suspend: answers must time out while a lid is closed, too."""

from __future__ import annotations

import time

_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def now() -> float:
    """Seconds since some moment in the past."""
    return time.clock_gettime(_CLOCK)
