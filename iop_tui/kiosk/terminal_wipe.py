"""Reset and wipe the terminal between two visits.

The escape sequences are spelled out because nothing is known about a process that was killed: it may have stopped in
the middle of a sequence, with the mouse on, the cursor hidden and the alternate screen shown.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import struct
import termios
import textwrap
import time
import tty
from collections.abc import Sequence

_CANCEL = b"\x18\x1b\\"
"""Ends a sequence (CAN) or a string (ST) that was begun."""
_MODES = (
    b"\x1b[?2026l"  # synchronized output
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1005l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # the mouse
    b"\x1b[?1004l\x1b[?2004l\x1b[?2048l"  # focus, bracketed paste, sizes in band
    b"\x1b[<9u\x1b[>4m"  # keys told in other ways
    b"\x1b[!p\x1b(B\x0f\x1b[0m"  # soft reset: margins, origin, character sets, colours
    b"\x1b[?7h\x1b[?25h"  # lines wrap, the cursor is shown
)
_ERASE = b"\x1b[H\x1b[2J\x1b[3J"
"""Home, the screen, and what was scrolled off it (ED 3; xterm, VTE, foot, kitty, tmux, Linux console since 3.0)."""
_OTHER_SCREEN, _FIRST_SCREEN = b"\x1b[?1049h", b"\x1b[?1049l"
WIPE = _CANCEL + _MODES + _OTHER_SCREEN + _ERASE + _FIRST_SCREEN + _ERASE
"""Resets a terminal and erases all text, unless the terminal keeps erased lines that were there before."""
_PATIENCE = 2.0
"""Seconds to wait for a terminal that accepts no output, as when it is stopped."""
_STEP = 0.25


class Terminal:
    """The terminal of the kiosk. All methods do nothing if it is gone."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._before = termios.tcgetattr(descriptor)

    @property
    def is_there(self) -> bool:
        """Whether the terminal still exists: its window may be closed, its line cut."""
        try:
            termios.tcgetattr(self._descriptor)
        except (termios.error, OSError):
            return False
        return True

    def hold(self) -> None:
        """Turn off echo and signal keys: keys that are typed before a page is shown do nothing."""
        with contextlib.suppress(termios.error, OSError):
            tty.setraw(self._descriptor, termios.TCSANOW)

    def wipe(self) -> None:
        """Flush both directions, reset the modes, and erase everything."""
        with contextlib.suppress(termios.error, OSError):
            termios.tcflow(self._descriptor, termios.TCOON)
            termios.tcflush(self._descriptor, termios.TCIOFLUSH)
        self.hold()
        # GNU screen 4.9.0 keeps the lines of a screen that is erased at once, and does not know ED 3: they could be
        # scrolled back to. It keeps nothing of lines that are erased one by one.
        rows = b"".join(b"\x1b[%d;1H\x1b[2K" % row for row in range(self._size()[1], 0, -1))
        self._write(_CANCEL + _MODES + rows + _OTHER_SCREEN + rows + _FIRST_SCREEN + rows + WIPE)

    def give_back(self) -> None:
        """Restore the state before the kiosk started."""
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)

    def say(self, paragraphs: Sequence[str]) -> None:
        """Show plain text in the middle of an empty screen, without a cursor."""
        columns, rows = self._size()
        width = max(10, min(60, columns - 4))
        lines = [line for text in paragraphs for line in [*textwrap.wrap(text, width, break_on_hyphens=False), ""]][:-1]
        lines = lines[:rows]
        top, left = max(0, (rows - len(lines)) // 2) + 1, max(0, (columns - width) // 2) + 1
        placed = "".join(f"\x1b[{row};{left}H{line}" for row, line in enumerate(lines, top))
        self._write(b"\x1b[?25l" + _ERASE + placed.encode())

    def forget_keys(self) -> None:
        """Discard unread input."""
        with contextlib.suppress(termios.error, OSError):
            termios.tcflush(self._descriptor, termios.TCIFLUSH)

    def _size(self) -> tuple[int, int]:
        with contextlib.suppress(OSError):
            rows, columns, _x, _y = struct.unpack("HHHH", fcntl.ioctl(self._descriptor, termios.TIOCGWINSZ, b"\0" * 8))
            if rows and columns:
                return columns, rows
        return 80, 24

    def _write(self, data: bytes) -> None:
        end = time.monotonic() + _PATIENCE
        with contextlib.suppress(OSError):
            while data and time.monotonic() < end:
                if select.select([], [self._descriptor], [], _STEP)[1]:
                    data = data[os.write(self._descriptor, data) :]
