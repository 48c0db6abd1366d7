"""The kiosk in a pseudo-terminal of its own, in an empty directory: its visits, and what they leave behind."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import struct
import sys
import termios
import time
from pathlib import Path

from iop_tui.kiosk.terminal_wipe import WIPE
from tests.harness.driven_terminal import COLUMNS, LINES, QUIET, ROOT, NotMeasuredError, Terminal
from tests.harness.processes import children

INVITES, WELCOMES = "Press any key", "Start the questions"
_TAKES, _STEP = 2.0, 0.02
_LIMIT = 90.0
"""Seconds: the kiosk waits up to a minute where one visit after the other is killed as it begins."""
_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b.")
# The leader of a session gets the terminal that it opens first as its own: from it come changes of size.
_LAUNCH = """
import os, sys
room, log, root = sys.argv[1:4]
os.close(os.open(os.ttyname(0), os.O_RDWR))
os.chdir(room)
os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
os.environ.update(HOME=room, TMPDIR=room, PYTHONPATH=root, PYTHONDONTWRITEBYTECODE="1")
os.execv(sys.argv[4], sys.argv[4:])
"""


class Lobby(Terminal):
    """A kiosk. `room` is where it runs, has its home and its passing files; `log` is its standard error."""

    def __init__(self, room: Path, log: Path, *times: float) -> None:
        program = [sys.executable, "-m", "benchmarks.open_kiosk", *map(str, times)]
        self.wipes = 0
        """How often the screen was erased so far."""
        super().__init__([sys.executable, "-I", "-S", "-c", _LAUNCH, str(room), str(log), str(ROOT), *program])
        os.set_blocking(self._fd, False)

    # ---- what it shows ----

    @property
    def words(self) -> set[str]:
        """What was written since the screen was last erased."""
        return set(_SEQUENCE.sub(b" ", bytes(self._seen)).decode(errors="replace").split())

    def forget(self) -> None:
        """What is asked about from now on is what comes from now on."""
        self._seen.clear()

    def until_invites(self, after: int) -> float:
        """Wait for the inviting page of a visit that began after so many wipes; when its last byte came."""
        end = time.perf_counter() + _LIMIT
        while time.perf_counter() < end:
            if not self._read(QUIET) and self.wipes > after and self.shows(INVITES):
                return self.last
        raise NotMeasuredError(f"no visit began; the end of what was written: {bytes(self._seen)[-300:]!r}")

    def _read(self, seconds: float) -> bool:
        came = super()._read(seconds)
        if came:
            # A wipe may come in two pieces, so what is before its end stays until it is whole.
            past = self._seen.rfind(WIPE)
            if past >= 0:
                self.wipes += self._seen.count(WIPE)
                del self._seen[: past + len(WIPE)]
        return came

    # ---- what a visitor does ----

    def type(self, data: bytes) -> None:
        """Bytes, as the terminal sends them. What the kiosk does not take is dropped, as a terminal drops it."""
        end = time.perf_counter() + _TAKES
        while data and time.perf_counter() < end:
            self._read(0)
            if select.select([], [self._fd], [], _STEP)[1]:
                with contextlib.suppress(BlockingIOError):
                    data = data[os.write(self._fd, data[:512]) :]

    def resize(self, columns: int = COLUMNS, lines: int = LINES) -> None:
        """Another size of the window."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))

    def kill(self, number: int) -> bool:
        """A signal to the visit's process; False where there is none just now."""
        for child in children(self.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, number)
                return True
        return False
