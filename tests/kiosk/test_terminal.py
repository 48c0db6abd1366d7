"""A terminal is taken back and wiped, whatever the last process left it in."""

from __future__ import annotations

import contextlib
import os
import termios
from collections.abc import Iterator

import pyte
import pytest

from iop_tui.kiosk.terminal_wipe import WIPE, Terminal
from tests.terminal.bytes_out import CURSOR, WRAP, keyboard_pushed, modes_on

SECRET = b"I think of ending my life"
LEFT_IN = {
    "on the first screen, long scrolled": (SECRET + b"\r\n") * 100,
    "on the other screen": b"\x1b[?1049h" + SECRET,
    "in the middle of a colour": b"\x1b[?1049h" + SECRET + b"\x1b[38;2;1",
    "in the middle of a title": b"\x1b]0;" + SECRET,
    "in the middle of a device string": b"\x1bP" + SECRET,
    "in a synchronized picture": b"\x1b[?2026h" + SECRET,
    "with a scrolling region": b"\x1b[5;8r\x1b[?6h" + SECRET,
}


@pytest.mark.parametrize("left", LEFT_IN.values(), ids=LEFT_IN.keys())
def test_nothing_is_left_on_the_screen_or_scrolled_off_it(left: bytes) -> None:
    screen = pyte.HistoryScreen(80, 24, history=500)
    stream = pyte.ByteStream(screen)
    stream.feed(left)
    stream.feed(WIPE.replace(b"\x1b[!p", b""))  # pyte writes the last letter of a soft reset
    assert "".join(screen.display).strip() == ""
    assert not screen.history.top
    assert not screen.cursor.hidden


def test_mouse_keyboard_and_cursor_are_as_at_the_start() -> None:
    modes = b"1000 1002 1003 1004 1006 1015 1049 2004 2026 2048".split()
    on = b"\x1b[?25l\x1b[?7l" + b"".join(b"\x1b[?" + mode + b"h" for mode in modes)
    assert modes_on(on + WIPE) == {CURSOR, WRAP}
    assert keyboard_pushed(b"\x1b[>1u" + WIPE) <= 0


@pytest.fixture
def pty() -> Iterator[tuple[int, int]]:
    ours, its = os.openpty()
    yield ours, its
    os.close(ours)
    os.close(its)


def test_keys_typed_between_two_visits_are_dropped_and_not_echoed(pty: tuple[int, int]) -> None:
    ours, its = pty
    terminal = Terminal(its)
    terminal.hold()
    os.write(ours, b"left over\x03\x1a")
    terminal.wipe()
    os.set_blocking(its, False)
    with pytest.raises(BlockingIOError):
        os.read(its, 100)
    assert os.read(ours, 4096).endswith(WIPE)


def test_the_terminal_is_given_back_as_it_was(pty: tuple[int, int]) -> None:
    _ours, its = pty
    before = termios.tcgetattr(its)
    terminal = Terminal(its)
    terminal.wipe()
    assert termios.tcgetattr(its) != before
    terminal.give_back()
    assert termios.tcgetattr(its) == before


def test_a_terminal_that_takes_nothing_holds_nobody_up_for_long(pty: tuple[int, int]) -> None:
    _ours, its = pty
    os.set_blocking(its, False)
    with contextlib.suppress(BlockingIOError):
        while os.write(its, b"x" * 4096):
            pass
    Terminal(its).say(["This screen is not available right now."])


def test_a_terminal_that_is_gone_is_known_and_harmless() -> None:
    ours, its = os.openpty()
    terminal = Terminal(its)
    there = [terminal.is_there]
    os.close(ours)
    terminal.wipe()
    terminal.say(["Anybody?"])
    terminal.give_back()
    there.append(terminal.is_there)
    os.close(its)
    assert there == [True, False]


def test_a_terminal_whose_output_was_stopped_is_wiped_all_the_same(pty: tuple[int, int]) -> None:
    ours, its = pty
    terminal = Terminal(its)
    termios.tcflow(its, termios.TCOOFF)
    terminal.wipe()
    assert WIPE in os.read(ours, 1 << 16)


@pytest.mark.parametrize("left", [b"\x1b(0", b"\x0e\x1b)0"], ids=["line drawing", "the other character set"])
def test_letters_are_letters_again(left: bytes) -> None:
    screen = pyte.Screen(80, 24)
    stream = pyte.ByteStream(screen)
    stream.select_other_charset("@")
    stream.feed(left + WIPE.replace(b"\x1b[!p", b"") + b"qqq")
    assert screen.display[0].strip() == "qqq"
