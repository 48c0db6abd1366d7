"""Process hardening: no core dumps, no reading of our memory, no environment that changes the interpreter."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource

_PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 4, 36
"""Of prctl(2), Linux."""
_PYTHON = ("PYTHONINSPECT", "PYTHONSTARTUP", "PYTHONBREAKPOINT", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG")
"""Environment variables that could open a prompt, load code, or print data of the program."""
_SIZES = ("COLUMNS", "LINES")
"""Variables that would override the true size of the window."""


def forget_switches() -> None:
    """Remove such variables of Python and of the shell from the environment."""
    for name in (*_PYTHON, *_SIZES):
        os.environ.pop(name, None)


def keep_to_ourselves() -> None:
    """Disable core dumps, and access of other processes of the same user to this one's memory: prctl(2), core(5).

    Processes that are forked later inherit both.
    """
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0)


def adopt_orphans() -> None:
    """Make this process the parent of orphaned descendants: prctl(2), PR_SET_CHILD_SUBREAPER."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def _prctl(what: int, value: int) -> None:
    # Only Linux has this call; `iop-tui kiosk --check` reports it.
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)
