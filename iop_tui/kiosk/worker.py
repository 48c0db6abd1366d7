"""The worker: the process of one visitor, from the attract screen to its end."""

from __future__ import annotations

import functools
import gc
import os
import select
import signal
import threading
from typing import NoReturn

from iop_tui import CRASHED
from iop_tui.cli_support import crash
from iop_tui.kiosk.app import KioskWizard
from iop_tui.kiosk.heartbeat import HeartbeatPipe
from iop_tui.kiosk.log import Log
from iop_tui.kiosk.pin_lock import Lock, PinAttempts
from iop_tui.kiosk.terminal_wipe import Terminal
from iop_tui.platform.motion import may_move
from iop_tui.screening.model.definition import Screening
from iop_tui.site.settings import Site

_DRAWN_ON = 2
"""Standard error: Textual draws on it."""
_LATE = 0.5
"""Seconds after a hang-up in which the supervisor's end may still become known."""


def visit(
    screening: Screening,
    site: Site,
    terminal: Terminal,
    log: Log,
    channel: HeartbeatPipe,
    lifeline: int,
    *,
    tries: PinAttempts,
    sorry: bool,
) -> NoReturn:
    """Serve one visitor in this process, and end it. To be called in a child that was just forked.

    `lifeline` is the reading end of a pipe whose other end the parent alone holds: it closes when the parent is gone.
    """
    status, leave = CRASHED, os._exit
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        # Nobody at a kiosk could resume a suspended process.
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTSTP, signal.SIGCONT))
        keeper = threading.Thread(target=_end_with_parent, args=(lifeline, terminal), daemon=True)
        keeper.start()
        leave = functools.partial(_leave, lifeline, keeper)
        gc.enable()
        lock = Lock(site.staff.pin, tries, channel) if site.staff.pin else None
        # Exit without cleanup: the supervisor has the terminal, and nothing else is to be kept.
        app = KioskWizard(screening, site, channel, lock, leave, sorry=sorry)
        app.moves = may_move(os.environ)
        app.run()
        status = app.exit_status()
        if app.fault:
            log.say(f"a visit ended by an internal error: {app.fault}")
    except Exception as fault:
        if terminal.is_there:
            log.say(f"a visit could not begin: {crash.named(fault)}")
    finally:
        leave(status)


def _leave(lifeline: int, keeper: threading.Thread, status: int) -> NoReturn:
    """End the process, unless the parent is gone: then the keeper does it, once it has wiped the terminal.

    A parent that dies hangs up before its end of the lifeline is closed (Linux), so that the signal may come first.
    """
    if select.select([lifeline], [], [], _LATE if status == 128 + signal.SIGHUP else 0)[0]:
        keeper.join()
    os._exit(status)


def _end_with_parent(lifeline: int, terminal: Terminal) -> None:
    """Wait, and wipe the terminal if no other process is left to do it. This ends even a hanging visit."""
    os.read(lifeline, 1)
    # Discard what is still to be drawn.
    os.dup2(os.open(os.devnull, os.O_WRONLY), _DRAWN_ON)
    terminal.wipe()
    terminal.give_back()
    os._exit(128 + signal.SIGTERM)
