"""Time that a test moves on, in a program that runs: nothing is waited for, and a busy machine is not late.

The program reads from a file how far time was moved, and looks at it when it gets a signal.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

_WAKES = """
import asyncio, signal
from iop_tui.tui.compat import ClosedApp

take_signals = ClosedApp.take_signals

def take_one_more(self):
    take_signals(self)
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, woken, self)

ClosedApp.take_signals = take_one_more

def moved():
    with open({file!r}) as file:
        return float(file.read())
"""
_KIOSK = """
import time
from types import SimpleNamespace
from iop_tui.kiosk import boot_clock

boot_clock.time = SimpleNamespace(clock_gettime=lambda which: time.clock_gettime(which) + moved())

def woken(app):
    app.call_later(app.presence.check_idle)
"""
_SWITCH = """
from iop_tui.tui.app import Wizard

class Wait:
    def __init__(self, at, of, do):
        self.at, self.of, self.do = at, of, do

    def stop(self):
        if self in waiting:
            waiting.remove(self)

class Time:
    def now(self):
        return moved()

    def after(self, of, seconds, do):
        waiting.append(Wait(moved() + seconds, of, do))
        return waiting[-1]

waiting = []
Wizard.time = Time()

def woken(app):
    for wait in [wait for wait in waiting if wait.at <= moved()]:
        wait.stop()
        wait.of.call_later(wait.do)
"""


class Stepped:
    """The time of a program. `kiosk` and `switch` are the lines that have a program follow it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "moved"
        self._moved = 0.0
        self._write()
        wakes = _WAKES.format(file=str(self._file))
        self.kiosk, self.switch = wakes + _KIOSK, wakes + _SWITCH

    def move(self, seconds: float) -> None:
        """So many seconds pass at once. Nobody is told yet."""
        self._moved += seconds
        self._write()

    def wake(self, pid: int) -> None:
        """Have a program do what is due by now."""
        os.kill(pid, signal.SIGUSR1)

    def _write(self) -> None:
        # Put there whole: it may be read at any moment.
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(self._moved), encoding="utf-8")
        fresh.replace(self._file)
