"""What others write over a page goes away, and a page comes back where somebody attached from another terminal."""

from __future__ import annotations

import signal

import pytest

from iop_tui.screening.model.definition import Screening
from tests.terminal import lobby, walk
from tests.terminal.bytes_out import modes_on
from tests.terminal.conftest import SHORT, Open, Start
from tests.terminal.terminal import LEFT, Terminal

pytestmark = pytest.mark.terminal

BROADCAST = "\r\n\nBroadcast message: the server will reboot in ten minutes\r\n\n"
CTRL_L = "\x0c"


def write_over(terminal: Terminal) -> list[str]:
    """Write over the page; the page as it was."""
    terminal.until_idle()
    here = terminal.lines
    terminal.write_over("\x1b[8;1H" + BROADCAST)
    terminal.wait("Broadcast message")
    return here


def test_ctrl_l_draws_the_page_anew(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 2)
    here = write_over(terminal)
    terminal.press(CTRL_L)
    terminal.wait_for(lambda: terminal.lines == here, "wanted the same page")


def test_a_signal_of_the_same_size_draws_the_page_anew_and_sets_the_modes(start: Start, small: Screening) -> None:
    """Programs like dtach send one when somebody attaches, perhaps from another terminal."""
    terminal = start(command=SHORT)
    question = walk.to_question(terminal, small, walk.SMALL_ANSWERS, 2)
    here = write_over(terminal)
    size = len(terminal.sent)
    terminal.signal(signal.SIGWINCH)
    terminal.wait_for(lambda: terminal.lines == here, "wanted the same page")
    assert {1000, 1003, 1006, 1049, 2004} <= modes_on(terminal.sent[size:])
    # Another size, too, may be that of another terminal.
    size = len(terminal.sent)
    terminal.resize(100, 30)
    terminal.until_idle()
    assert {1000, 1003, 1006, 1049, 2004} <= modes_on(terminal.sent[size:])
    walk.answer(terminal, question, walk.SMALL_ANSWERS[question.id])
    walk.shown(terminal, walk.asked(small, walk.SMALL_ANSWERS)[3])
    assert walk.leave(terminal) == 0


def test_each_new_question_in_a_lobby_is_drawn_whole(kiosk: Open) -> None:
    """Nobody there knows of Ctrl+L."""
    terminal = kiosk().terminal
    lobby.begin(terminal)
    lobby.type_number(terminal)
    terminal.until_idle()
    number = terminal.lines
    terminal.press("c")
    terminal.wait("I have a plan")
    second = write_over(terminal)
    terminal.press(LEFT)
    terminal.wait_for(lambda: terminal.lines == number, "wanted the question as it was")
    write_over(terminal)
    terminal.press("c")
    terminal.wait_for(lambda: terminal.lines == second, "wanted the next question, and nothing else")
