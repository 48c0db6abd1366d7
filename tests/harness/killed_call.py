"""A scripted call on the counselor's screen, killed at a random moment: what the screen had shown as saved must be in
the records.
"""

from __future__ import annotations

import fcntl
import functools
import os
import random
import re
import signal
import struct
import termios
import time
from collections.abc import Mapping
from pathlib import Path

import pyte
from msgspec import Struct

from iop_tui.counselor.widgets.outline import label_of
from iop_tui.records import open_records
from iop_tui.screening.format.loader import load
from iop_tui.screening.shipped import shipped
from tests.harness.driven_terminal import NotMeasuredError, Terminal, module

PASSPHRASE = "four quiet herons by the mill"  # noqa: S105  # of records that are made to be thrown away
COLUMNS, LINES = 120, 70
"""So high that the whole outline is on the screen."""
_LONGEST = 4.0
"""Seconds from the first question to the latest kill: a script that types takes about as long for its answers."""
_PATIENCE = 30.0
_BROAD = 40
"""Columns of the outline."""
_KEYS = ("1", "1", "1", "1", "\r", "c", "c", "o", "m")
"""Mostly the mildest answer; C goes on, from several answers and from a page of danger."""
_ANSWERED = re.compile(r"^\s*›?\s*\+[\s*n]*(?P<label>\S.*)$")
# What pyte does not read: questions about modes, the keyboard protocol, strings to the device.
_UNREAD = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bP[^\x1b]*\x1b\\"
)
_CUT_OFF = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?|P[^\x1b]*\x1b?)?\Z")


class Outcome(Struct, frozen=True):
    """What became of one call: questions that the screen had shown as answered and saved, and those of them that the
    records do not have.
    """

    shown: frozenset[str]
    lost: frozenset[str]


class Desk(Terminal):
    """The program, and the screen that it draws."""

    def __init__(self, home: Path) -> None:
        command = ["env", f"XDG_DATA_HOME={home}", *module("iop_tui", "counselor", "--as", "Jo")]
        super().__init__(command)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self._kept = b""

    @property
    def lines(self) -> list[str]:
        """The screen, as far as it was read."""
        return [line.rstrip() for line in self._screen.display]

    def wait(self, words: str) -> None:
        """Until the words are on the screen. Raises NotMeasuredError."""
        end = time.monotonic() + _PATIENCE
        while words not in " ".join(" ".join(self.lines).split()):
            if time.monotonic() > end:
                raise NotMeasuredError(f"{words!r} was not drawn")
            self.listen(0.05)

    def type(self, keys: str) -> None:
        """Press keys, whatever is on the screen."""
        os.write(self._fd, keys.encode())

    def kill(self) -> None:
        """End it as a power cut would, and read what was drawn before."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()
        self.listen(0.05)

    def _read(self, seconds: float) -> bool:
        before = len(self._seen)
        came = super()._read(seconds)
        data = self._kept + bytes(self._seen[before:])
        cut = _CUT_OFF.search(data)
        self._kept = data[cut.start() :] if cut else b""
        self._stream.feed(_UNREAD.sub(b"", data[: len(data) - len(self._kept)]))
        return came


def killed_call(seed: int, home: Path) -> Outcome:
    """Begin a call, answer by a script, and kill the program at a moment that `seed` says. Raises NotMeasuredError."""
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    with Desk(home) as desk:
        desk.wait("Passphrase")
        desk.type(f"{PASSPHRASE}\r")
        desk.wait("New call")
        desk.type("n")
        desk.wait("Next open")
        shown: frozenset[str] = frozenset()
        end = time.monotonic() + chance.uniform(0.1, _LONGEST)
        while time.monotonic() < end:
            desk.type(chance.choice(_KEYS))
            desk.listen(min(chance.choice([0.01, 0.05, 0.1]), max(0.001, end - time.monotonic())))
            shown = _saved(desk.lines) or shown
        desk.kill()
        # No answer is taken back: what was once shown as saved must be there, whatever the last moment shows.
        shown = _saved(desk.lines) or shown
    return Outcome(shown, shown - _kept(home))


def begin_records(home: Path) -> None:
    """Make empty records, so that each call opens the same."""
    home.mkdir(mode=0o700, exist_ok=True)
    open_records(_url(home), PASSPHRASE, by="Jo", create=True).close()


def _url(home: Path) -> str:
    return f"sqlite:///{home}/iop-tui/records.db"


def _saved(lines: list[str]) -> frozenset[str]:
    """The questions with an answer, on a screen that says that all of it is saved."""
    if not any(re.search(r"\bSaved\b", line) for line in lines[:3]):
        return frozenset()
    # The outline ends with what its signs say, which looks like an answer, and is no question's label.
    rows = [found["label"] for line in lines if (found := _ANSWERED.match(line[:_BROAD]))]
    return frozenset(name for name, label in _labels().items() if any(row.startswith(label) for row in rows))


@functools.cache
def _labels() -> Mapping[str, str]:
    """What the outline shows for each question."""
    return {question.id: label_of(question) for question in load(shipped()).questions}


def _kept(home: Path) -> frozenset[str]:
    """The questions that the newest call has an answer to. Opening the records is a part of what is measured: they
    must open after every kill.
    """
    records = open_records(_url(home), PASSPHRASE, by="benchmark", create=False)
    try:
        cards = records.cards()
        return frozenset(records.read(cards[0].id).call.answers) if cards else frozenset()
    finally:
        records.close()
