"""One line for staff when something is wrong: on standard error where it leads away from the screen, else to the
system's log. No answer ever stands in it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import syslog
import traceback
from pathlib import Path

_NAME = "iop-tui-kiosk"


class Log:
    """Where lines go. `descriptor` is that of a standard error which is no terminal."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def say(self, line: str) -> None:
        """One line. Where nobody takes it, nothing happens."""
        if self._descriptor is None:
            syslog.openlog(_NAME, syslog.LOG_PID, syslog.LOG_USER)
            syslog.syslog(syslog.LOG_WARNING, line)
            return
        with contextlib.suppress(OSError):
            os.write(self._descriptor, f"{_NAME}: {line}\n".encode())


def place_of(fault: BaseException) -> str:
    """The kind of a fault, and the file and line where it came up: no value."""
    frames = traceback.extract_tb(fault.__traceback__)
    kind = type(fault).__name__
    return f"{kind}, {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else kind


def log_beside(screen: int, error: int = 2) -> Log:
    """The log of a program that draws on `screen`. Textual draws on standard error, so that is the screen from now on;
    where it led elsewhere, the log goes there.
    """
    kept = None
    if not os.isatty(error):
        kept = os.dup(error)
        os.dup2(screen, error)
    # A stream that was opened for a file would look for its place in it.
    sys.stderr = sys.__stderr__ = os.fdopen(error, "w", encoding="utf-8", errors="replace", closefd=False)  # type: ignore[misc]  # where Textual draws
    return Log(kept)
