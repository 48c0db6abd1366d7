"""Keys that send signals, and must not."""

from __future__ import annotations

import signal


def ignore_signal_keys() -> None:
    """Ctrl+C, Ctrl+\\ and Ctrl+Z end or stop nothing from now on, nor in what is started later."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
