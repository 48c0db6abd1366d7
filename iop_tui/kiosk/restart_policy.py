"""How long the parent waits: for a visit that fell silent, and after visits that could not begin."""

from __future__ import annotations

from iop_tui.kiosk.heartbeat import Word
from iop_tui.site.settings import Times

YOUNG = 5.0
"""Seconds. A visit that ends by a fault before it is that old counts as one that could not begin."""
_START = 60.0
_GRACE = 30.0
_LONGEST = 60.0


def silence(last: Word | None, times: Times) -> float:
    """Seconds after which a visit that said no more is not in order: it should have warned and ended by itself."""
    if last is None:
        return _START
    longest = max(times.idle, times.reading)
    return (max(longest, times.crisis) if last is Word.CRISIS else longest) + times.warning + _GRACE


def pause(failures: int) -> float:
    """Seconds before another try, after so many visits in a row that could not begin: 0, 1, 2, 4 … up to a minute."""
    return 0.0 if failures < 2 else min(_LONGEST, 2.0 ** (failures - 2))
