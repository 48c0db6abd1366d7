"""Leaving by the wizard's own key: asked first, then the terminal is as it was, and nothing is left on it."""

from __future__ import annotations

import pytest

from iop_tui.screening.cases import Case
from iop_tui.screening.model import Screening
from tests.terminal import walk
from tests.terminal.conftest import Start
from tests.terminal.restored import assert_nothing_left, assert_restored
from tests.terminal.terminal import CTRL_C, CTRL_Q, DOWN, LEFT

pytestmark = pytest.mark.terminal


def test_leaving_in_the_middle_restores_the_terminal_and_leaves_no_word(
    start: Start, screening: Screening, calm: Case
) -> None:
    terminal = start()
    walk.to_question(terminal, screening, calm.answers, 5)
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)


def test_leaving_from_the_summary_restores_the_terminal_and_leaves_no_word(
    start: Start, screening: Screening, calm: Case
) -> None:
    terminal = start()
    walk.to_summary(terminal, screening, calm.answers)
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_Q], ids=["ctrl+c", "ctrl+q"])
def test_the_usual_quit_keys_ask_and_do_not_quit(start: Start, screening: Screening, calm: Case, key: str) -> None:
    terminal = start()
    question = walk.to_question(terminal, screening, calm.answers, 3)
    terminal.press(key)
    terminal.wait(walk.LEAVE_QUESTION, "Erase and leave")
    terminal.press(key * 3 + DOWN)
    terminal.wait("› 2 Erase and leave")
    terminal.press("1")
    terminal.wait(question.ask, gone=[walk.LEAVE_QUESTION])
    terminal.press(LEFT)
    walk.shown(terminal, walk.asked(screening, calm.answers)[2])
    assert walk.leave(terminal) == 0
    assert_restored(terminal)


def test_staying_is_under_the_cursor(start: Start, screening: Screening, calm: Case) -> None:
    terminal = start()
    question = walk.to_question(terminal, screening, calm.answers, 1)
    terminal.press("q")
    terminal.wait("› 1 Stay")
    terminal.press("\r")
    terminal.wait(question.ask, gone=[walk.LEAVE_QUESTION])
