"""A program in a pseudo-terminal: press its keys, and learn when it had drawn what was waited for."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parent.parent
COLUMNS, LINES = 80, 24
QUIET = 0.03
"""Seconds without a byte after which a picture is taken to be whole: more than one frame at 60 Hz."""
_LIMIT = 30.0
_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()].|\x1b.")
_DROPPED = ("TEXTUAL", "PYTHON", "NO_COLOR", "COLUMNS", "LINES", "LC_", "LANG")


class NotMeasuredError(Exception):
    """The program did not do what was waited for; the message says what."""


def module(name: str, *arguments: str) -> list[str]:
    """The command that runs a Python module of this checkout."""
    return [sys.executable, "-m", name, *arguments]


def environment() -> Mapping[str, str]:
    """This process's environment, with one kind of terminal and without switches that change what is drawn."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_DROPPED)}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


class Terminal:
    """A program in a pseudo-terminal of 80x24. All times are seconds of `time.perf_counter`."""

    def __init__(self, command: Sequence[str]) -> None:
        self._fd, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._seen = bytearray()
        self.written = 0
        """Bytes that the program wrote so far."""
        self.started = self.last = time.perf_counter()
        # As a terminal starts a shell, with the pseudo-terminal as its own. No preexec_fn: Popen can then start the
        # child without copying this process.
        own = ["setsid", "--ctty", *command]
        self._process = subprocess.Popen(own, stdin=child, stdout=child, stderr=child, cwd=ROOT, env=environment())
        os.close(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._fd)

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    def shows(self, text: str) -> bool:
        """Whether the text was drawn since the last key, however it was coloured or wrapped."""
        plain = _ESCAPES.sub(b" ", bytes(self._seen)).decode(errors="replace")
        return "".join(text.split()) in "".join(plain.split())

    def reach(self, text: str) -> float:
        """Wait until the text is complete; seconds since the start of the program."""
        self._until(text, quiet=None)
        return self.last - self.started

    def follow(self, keys: str, text: str) -> float:
        """Press keys and wait until the text is complete, as fast as the program can; seconds since its start."""
        self._press(keys)
        self._until(text, quiet=None)
        return self.last - self.started

    def time_key(self, key: str, text: str) -> float:
        """Press a key and wait until the text is drawn and the program is quiet; seconds from key to last byte."""
        sent = self._press(key)
        self._until(text, quiet=QUIET)
        return self.last - sent

    def listen(self, seconds: float) -> int:
        """Read for that long; the number of bytes written meanwhile."""
        before, end = self.written, time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        return self.written - before

    def _press(self, keys: str) -> float:
        self._seen.clear()
        sent = time.perf_counter()
        os.write(self._fd, keys.encode())
        return sent

    def _until(self, text: str, quiet: float | None) -> None:
        """Wait for the text. With `quiet`, look for it only in pauses that long, so that looking delays no reading."""
        end = time.perf_counter() + _LIMIT
        while time.perf_counter() < end:
            came = self._read(1.0 if quiet is None else quiet)
            if came == (quiet is None) and self.shows(text):
                return
            if not came and self._process.poll() is not None:
                break
        shown = _ESCAPES.sub(b" ", bytes(self._seen)).decode(errors="replace")
        raise NotMeasuredError(f"{text!r} was not drawn; the end of what was: {' '.join(shown.split())[-300:]!r}")

    def _read(self, seconds: float) -> bool:
        """Read once, waiting at most so long; whether bytes came."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:  # the program has ended
            time.sleep(seconds)
            return False
        self.last = time.perf_counter()
        self.written += len(data)
        self._seen += data
        if b"\x1b[6n" in data:  # "where is the cursor?": some programs wait for the answer
            os.write(self._fd, b"\x1b[1;1R")
        return True
