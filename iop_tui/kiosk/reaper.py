"""Reaps processes that a visit left behind, such as a hanging print command that holds a page."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from iop_tui.kiosk.boot_clock import now

GRACE = 20.0
"""Seconds that a command has to finish after its visit: as long as the visit would have waited."""


class Reaper:
    """Orphaned processes of earlier visits, adopted by this process (`platform.hardening.adopt_orphans`)."""

    def __init__(self) -> None:
        self._ends: dict[int, float] = {}

    def take(self) -> None:
        """Find new orphans. Call it while no visit runs: then every child is one."""
        for child in _children():
            self._ends.setdefault(child, now() + GRACE)

    @property
    def wait(self) -> float | None:
        """Seconds until the next deadline; None without orphans."""
        return max(0.0, min(self._ends.values()) - now()) if self._ends else None

    def tend(self) -> None:
        """Reap finished orphans, and kill those past their deadline, with their process groups."""
        for child, end in list(self._ends.items()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if now() >= end:
                    os.killpg(child, signal.SIGKILL) if os.getpgid(child) == child else os.kill(child, signal.SIGKILL)
            try:
                gone, _how = os.waitpid(child, os.WNOHANG)
            except ChildProcessError:
                gone = child
            if gone:
                del self._ends[child]


def _children() -> list[int]:
    """The children of this process; none where `/proc` (Linux) is missing."""
    try:
        return [int(child) for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []
