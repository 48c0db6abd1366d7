"""The supervisor's timeouts: for a worker without heartbeat, and before restarts after failed starts."""

from __future__ import annotations

from iop_tui.kiosk.heartbeat import HeartbeatMessage
from iop_tui.site.settings import Times

YOUNG = 5.0
"""Seconds. A worker that crashes earlier counts as a failed start."""
_START = 60.0
_GRACE = 30.0
_LONGEST = 60.0


def silence(last: HeartbeatMessage | None, times: Times) -> float:
    """Seconds without heartbeat after which a worker is at fault: it should have warned and ended by itself."""
    if last is None:
        return _START
    longest = max(times.idle, times.reading)
    return (max(longest, times.crisis) if last is HeartbeatMessage.CRISIS else longest) + times.warning + _GRACE


def pause(failures: int) -> float:
    """The backoff in seconds after this many failed starts in a row: 0, 1, 2, 4 … up to a minute."""
    return 0.0 if failures < 2 else min(_LONGEST, 2.0 ** (failures - 2))
