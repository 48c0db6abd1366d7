"""What a terminal, or somebody who plays with it, may send that is no key."""

from __future__ import annotations

import time

import pytest

from iop_tui.tui.sequences import PASTE_PAUSE
from tests.terminal import walk
from tests.terminal.conftest import Start
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal
_HALF_A_KEY = 0.05
"""Seconds in which the second half of a key surely comes in time."""


def assert_keys_work(terminal: Terminal) -> None:
    """Help opens and closes, and the program can be left."""
    terminal.press("h")
    terminal.wait("In danger right now?")
    terminal.settle()
    terminal.press("h")
    terminal.wait("Start the questions", gone=["In danger right now?"])
    assert walk.leave(terminal) == 0


@pytest.mark.parametrize("paste", ["\x1b[200~", "\x1b[200~1\x1b[201", "\x1b[200~a\x1b[201~\x1b[200~b"])
def test_a_paste_that_never_ends_does_not_deafen_the_keys(start: Start, paste: str) -> None:
    terminal = start()
    terminal.wait_running()
    terminal.press(paste)
    terminal.settle(PASTE_PAUSE + 0.3)
    assert_keys_work(terminal)


def test_a_paste_in_pieces_is_no_key(start: Start) -> None:
    for _attempt in range(10):
        terminal = start()
        terminal.wait_running()
        slowest = 0.0
        for piece in ("\x1b[20", "0~", "hhq", "1" * 5000, "\x1b[2", "01~"):
            began = time.monotonic()
            terminal.press(piece)
            terminal.until_read()
            slowest = max(slowest, time.monotonic() - began)
        # Half a key that nothing follows for a tenth of a second is a key: on a machine that is that busy, try again.
        if slowest < _HALF_A_KEY:
            break
    else:
        pytest.skip("this machine is too busy to send a key in two pieces")
    terminal.settle()
    assert "Start the questions" in terminal.text
    assert_keys_work(terminal)


def test_half_a_letter_does_not_deafen_the_keys(start: Start) -> None:
    terminal = start()
    terminal.wait_running()
    for piece in (b"\xe2", b"\x82", b"\xf0"):
        terminal.type(piece)
        terminal.until_read()
    assert_keys_work(terminal)


@pytest.mark.parametrize("nonsense", ["\x1b[1114112u", "\x1b[48;24;80;0;0t\x1b[<35;9;9M"])
def test_what_cannot_be_read_is_no_key(start: Start, nonsense: str) -> None:
    terminal = start()
    terminal.wait_running()
    terminal.press(nonsense)
    terminal.settle()
    assert_keys_work(terminal)


@pytest.mark.parametrize("size", ["9999;9999", "0;0"])
def test_a_terminal_that_claims_an_absurd_size_is_not_believed(start: Start, size: str) -> None:
    terminal = start()
    terminal.wait_running()
    terminal.press(f"\x1b[48;{size};1;1t")
    assert_keys_work(terminal)


def test_keys_that_come_with_what_cannot_be_read_are_heard(start: Start) -> None:
    terminal = start()
    terminal.wait_running()
    terminal.press("\x1b[1114112uh")
    terminal.wait("In danger right now?")
