"""A kiosk in a pseudo-terminal: its site file, its visitors, its processes."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.harness.processes import children, held_by
from tests.terminal.terminal import LOOK, PATIENCE, Terminal

QUESTIONS = Path(__file__).parent.parent / "screenings" / "lobby"
"""Two questions: a number, which stands nowhere unless somebody typed it, and one that raises alarms."""
ANSWER = "583619"
INVITES = "touch the screen, to begin"
WELCOMES = "Start the questions"
PIN, PIN_HASH = "123456", "scrypt:15:8SPDpNb0TFrmqJ4v5HXPJQ==:4lueJwsn6KS/cdwaAhQmqVjPcKtLy1H+ZL6qKO6zmFg="
SITE = """\
clinic: Lakeside Recovery Center
staff:
  call: Go to the front desk, or press the red button under this screen.
times: {same_key: 0}
"""
"""The same key may come again at once: tests press faster than a hand."""


def kiosk(site: Path, *more: str) -> Sequence[str]:
    """The command."""
    return (sys.executable, "-m", "iop_tui", "kiosk", "--site", str(site), *more)


def patched(folder: Path, site: Path, *lines: str, more: Sequence[str] = ()) -> Sequence[str]:
    """The command of a kiosk that runs some lines of Python first. Other processes of the same user may look into it:
    only root could look into one that keeps to itself.
    """
    script = folder / "kiosk.py"
    script.write_text("\n".join([_SEEN, *lines, _RUN]), encoding="utf-8")
    return (sys.executable, str(script), "kiosk", "--site", str(site), *more)


def times(**seconds: float) -> str:
    """Lines for `patched`: other times than the site file may set."""
    return _TIMES.format(times=seconds)


_SEEN = """
from iop_tui.platform import hardening

hardening.keep_to_ourselves = lambda: None
"""
_TIMES = """
import msgspec
from iop_tui.site import site_file

load_site = site_file.load_site

def with_other_times(path):
    site = load_site(path)
    return msgspec.structs.replace(site, times=msgspec.structs.replace(site.times, **{times}))

site_file.load_site = with_other_times
"""
_RUN = """
from iop_tui.__main__ import main

main()
"""
PRINTING = """
import os, signal
from iop_tui.kiosk.app import KioskWizard

def print_all(self):
    os.write(1, b"\\x1b[?1049l")
    for number in range(100):
        os.write(1, f"{number} {dict(self.interview.answers)}\\r\\n".encode())
    signal.pause()

KioskWizard.help_page = print_all
"""
"""Lines for `patched`: who asks for help has every answer printed on the normal screen, a hundred times."""


def begin(terminal: Terminal, key: str = " ") -> None:
    """From the inviting page to the welcome."""
    terminal.wait(INVITES)
    terminal.press(key)
    terminal.wait(WELCOMES, gone=[INVITES])


def type_number(terminal: Terminal, number: str = ANSWER) -> None:
    """From the welcome page to the number, typed and not yet given."""
    terminal.press("1")
    terminal.wait("How many coins do you have?", "[ ]")
    terminal.press(number)
    terminal.wait(f"[ {number} ] zorkmids")


def give_number(terminal: Terminal, number: str = ANSWER) -> None:
    """From the welcome page to the second question."""
    type_number(terminal, number)
    terminal.press("c")
    terminal.wait("Do you think about ending your life?", "I have a plan")


def to_review(terminal: Terminal, number: str = ANSWER) -> None:
    """From the welcome page to the review, where the number is shown."""
    give_number(terminal, number)
    terminal.press("1")
    terminal.wait("show my summary", f"{number} zorkmids")


def to_summary(terminal: Terminal, number: str = ANSWER) -> None:
    """From the welcome page to the card of the result, which gives what follows from the number as a reason."""
    to_review(terminal, number)
    terminal.press("\r")
    terminal.wait("Your result", "Why · That is a lot to carry")


def to_danger(terminal: Terminal, number: str = ANSWER) -> None:
    """From the welcome page to a page of danger that lets nobody pass."""
    give_number(terminal, number)
    terminal.press("3")
    terminal.wait("Please talk to someone right now", "Someone is with me now")


def visit_of(terminal: Terminal) -> int:
    """The process of the visit that the terminal shows."""
    there = until(lambda: children(terminal.pid), "no visit began")
    return there[0]


def until(what: Callable[[], list[int]], otherwise: str) -> list[int]:
    """Wait until something is there."""
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, otherwise
        time.sleep(LOOK)
    return found


def is_in_memory(pid: int, number: str) -> bool:
    """Whether a number stands anywhere in the memory of a process that can be written to. Raises PermissionError."""
    sought = re.compile(b"|".join(re.escape(number.encode(encoding)) for encoding in _FORMS))
    return any(_stands_alone(piece, found) for piece in held_by(pid) for found in sought.finditer(piece))


_FORMS = {"ascii": 1, "utf-16-le": 2, "utf-32-le": 4}
"""How Python keeps a text, by the widest letter that stands in it; bytes of a letter."""
_LONGER = b"0123456789.-"


def _stands_alone(data: bytes, found: re.Match[bytes]) -> bool:
    """Whether a number stands by itself: as a part of longer ones (there are thousands, made by chance) it says
    nothing.
    """
    start, end = found.span()
    # The number of zeros after the first digit tells the form.
    width = 1 + len(found[0][1:4]) - len(found[0][1:4].lstrip(b"\0"))
    return not any(byte in _LONGER for byte in data[max(0, start - width) : start][:1] + data[end : end + 1])
