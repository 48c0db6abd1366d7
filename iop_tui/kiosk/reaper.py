"""What a visit started and left behind: a print command that hangs, with a page in its hands."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from iop_tui.kiosk.boot_clock import now

GRACE = 20.0
"""Seconds that a command has to finish after its visit: as long as a visit would have waited for it."""


class Reaper:
    """Processes that came to this one when the visit that started them ended (`guard.adopt_orphans`)."""

    def __init__(self) -> None:
        self._ends: dict[int, float] = {}

    def take(self) -> None:
        """Look who came. To be called when no visit runs: every child is an orphan then."""
        for child in _children():
            self._ends.setdefault(child, now() + GRACE)

    @property
    def wait(self) -> float | None:
        """Seconds until somebody's time is up; None where there is nobody."""
        return max(0.0, min(self._ends.values()) - now()) if self._ends else None

    def tend(self) -> None:
        """Forget who has finished, and end, with all that they started, those whose time is up."""
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
    """The children of this process; none where the system does not say (`/proc`, Linux)."""
    try:
        return [int(child) for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]
    except OSError:
        return []
