"""What others write on the terminal, what a terminal says of itself, and a size that a shell has set for another."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from iop_tui.screening.model.definition import Screening
from tests.terminal import lobby, walk
from tests.terminal.bytes_out import modes_on
from tests.terminal.conftest import SHORT, Open, Start
from tests.terminal.restored import assert_restored
from tests.terminal.terminal import Terminal
from tests.terminal.test_counselor import counselor, to_call, url
from tests.terminal.walk import SMALL_ANSWERS
from tests.tui.test_input import REPLIES

pytestmark = pytest.mark.terminal
__all__ = ["url"]

BROADCAST = "Broadcast message: the server will reboot in ten minutes"
MODES_OFF = "\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l"
CTRL_L = "\x0c"


def write_over(terminal: Terminal, more: str = "") -> None:
    """As another program of the same user does."""
    fd = os.open(f"/proc/{terminal.pid}/fd/0", os.O_WRONLY | os.O_NOCTTY)
    try:
        os.write(fd, f"\r\n\n{BROADCAST}\r\n\n{more}".encode())
    finally:
        os.close(fd)
    terminal.wait("Broadcast message")


def test_ctrl_l_draws_all_of_the_counselors_screen(start: Start, url: str) -> None:
    terminal = counselor(start, url)
    to_call(terminal)
    terminal.until_idle()
    write_over(terminal)
    terminal.press(CTRL_L)
    terminal.wait("← → Move", "who for", gone=["Broadcast", "reboot"])


@pytest.mark.parametrize("size", [("40", "10"), ("256", "90"), ("80", "24")])
def test_the_size_that_the_terminal_tells_counts(start: Start, size: tuple[str, str]) -> None:
    env: Mapping[str, str] = {"COLUMNS": size[0], "LINES": size[1]}
    terminal = start(command=SHORT, env=env, size=(100, 30))
    terminal.wait("Start the questions")
    assert max(map(len, terminal.lines)) == 100 - 2
    terminal.resize(90, 30)
    terminal.wait_for(lambda: max(map(len, terminal.lines)) == 90 - 2, "the narrower page")


# ---- reports ----

MORE = ("\x1b[2$",)
"""rxvt, Shift and Insert."""


def say_all(terminal: Terminal) -> None:
    """All that a terminal may say of itself, each in a piece of its own."""
    for reply in (*REPLIES.values(), *MORE):
        if "\x9b" not in reply and "\x9d" not in reply:
            terminal.type(reply.encode())
            terminal.until_read()
    terminal.until_idle(0.3)


def test_no_report_of_the_terminal_answers_a_question(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    walk.to_question(terminal, small, SMALL_ANSWERS, 0)
    terminal.until_idle()
    before = terminal.lines
    say_all(terminal)
    assert terminal.lines == before


def test_no_report_of_the_terminal_answers_a_question_in_a_lobby(kiosk: Open) -> None:
    terminal = kiosk().terminal
    lobby.begin(terminal)
    terminal.press("1")
    terminal.wait("How many coins do you have?", "[ ]")
    say_all(terminal)
    assert "How many coins do you have?" in terminal.text
    assert "[ ]" in terminal.text


def test_no_report_of_the_terminal_answers_a_question_on_the_counselors_screen(start: Start, url: str) -> None:
    terminal = counselor(start, url)
    to_call(terminal)
    terminal.until_idle()
    before = terminal.lines[1:]
    say_all(terminal)
    assert terminal.lines[1:] == before


def test_a_click_after_a_size_report_begins_and_all_modes_are_given_back(start: Start) -> None:
    for report in ("\x1b[48;24;80;384;640t", "\x1b[48;24;80;0;0t", "\x1b[?2048;2$y"):
        terminal = start(command=SHORT)
        terminal.wait("Start the questions")
        terminal.type(report.encode())
        terminal.until_read()
        terminal.click("Start the questions")
        terminal.wait("Who is this for?")
        assert not {1016, 2048} & modes_on(terminal.sent)
        assert walk.leave(terminal) == 0
        assert_restored(terminal)
