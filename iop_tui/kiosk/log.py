"""The log for staff: to standard error if that is not the screen, else to syslog. It never contains an answer."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys

_NAME = "iop-tui-kiosk"
_SYSTEM_LOG = "/dev/log"
_USER_WARNING = 8 * 1 + 4
"""Facility and severity in one number: RFC 3164, section 4.1.1."""


class Log:
    """The target of log lines. `descriptor` is a standard error that is no terminal."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    def say(self, line: str) -> None:
        """Write one line, or drop it if it cannot be written."""
        # A hanging reader must not hang the kiosk: lines that cannot be written at once are lost.
        with contextlib.suppress(OSError):
            if self._descriptor is None:
                _to_system(line)
            elif select.select([], [self._descriptor], [], 0)[1]:
                os.write(self._descriptor, f"{_NAME}: {line}\n".encode()[: select.PIPE_BUF])


def _to_system(line: str) -> None:
    """Like syslog(3), but non-blocking. Raises OSError if nobody listens, or the socket is full."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as log:
        log.setblocking(False)
        log.connect(_SYSTEM_LOG)
        log.send(f"<{_USER_WARNING}>{_NAME}[{os.getpid()}]: {line}".encode())


def log_beside(screen: int, error: int = 2) -> Log:
    """The log of a program that draws on `screen`. Textual draws on standard error, which is redirected to the screen;
    if it led elsewhere, the log goes there.
    """
    kept = None
    if not _is_same(screen, error):
        with contextlib.suppress(OSError):
            # It may be closed: then the system's log is used.
            kept = os.dup(error)
        os.dup2(screen, error)
    # A stream opened for a file would seek in it.
    sys.stderr = sys.__stderr__ = os.fdopen(error, "w", encoding="utf-8", errors="replace", closefd=False)  # type: ignore[misc]  # where Textual draws
    return Log(kept)


def _is_same(one: int, other: int) -> bool:
    """Whether two descriptors lead to the same terminal."""
    try:
        return os.ttyname(one) == os.ttyname(other)
    except OSError:
        return False
