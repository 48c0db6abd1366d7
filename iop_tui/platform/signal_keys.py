"""Disable the keys that send signals."""

from __future__ import annotations

import signal


def ignore_signal_keys() -> None:
    """Ignore Ctrl+C, Ctrl+\\ and Ctrl+Z from now on, in this process and in those it starts later."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
