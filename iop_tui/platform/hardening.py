"""What the process asks of the system, so that no answer is written to disk or read by a neighbour."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource

_PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 4, 36
"""Of prctl(2), Linux."""
_PYTHON = ("PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONBREAKPOINT", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG")
"""Switches that could give a prompt, load code, or print what a program holds."""
_SIZES = ("COLUMNS", "LINES")
"""Would be believed instead of the window's true size."""


def forget_switches() -> None:
    """Drop switches of Python's and of the shell's from the environment."""
    for name in (*_PYTHON, *_SIZES):
        os.environ.pop(name, None)


def keep_to_ourselves() -> None:
    """No core dumps, and no other process of the same user may look into this one's memory: prctl(2), core(5).

    Holds for every process that is forked from now on.
    """
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Have what a child started come to this process when the child is gone: prctl(2), PR_SET_CHILD_SUBREAPER."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(what: int, value: int) -> None:
    # Elsewhere than on Linux there is no such call; `iop-tui kiosk --check` says so.
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)
