"""Leaving by the wizard's own key: asked first, then the terminal is as it was, and nothing is left on it."""

from __future__ import annotations

import pytest

from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.conftest import SHORT, Start
from tests.terminal.restored import assert_nothing_left, assert_restored
from tests.terminal.terminal import CTRL_C, CTRL_Q, DOWN, ENTER_KEY

pytestmark = pytest.mark.terminal


def test_leaving_in_the_middle_asks_restores_the_terminal_and_leaves_no_word(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT, fresh=True)
    question = walk.to_question(terminal, small, walk.SMALL_ANSWERS, 4)
    # The usual quit keys ask and do not quit, however often they are pressed.
    for key in (CTRL_C, CTRL_Q):
        terminal.press(key)
        terminal.wait(walk.LEAVE_QUESTION, "Erase and leave")
        terminal.press(key * 3 + DOWN)
        terminal.wait("› 2 Erase and leave")
        terminal.press("1")
        terminal.wait(question.ask, gone=[walk.LEAVE_QUESTION])
    # To stay is under the cursor.
    terminal.press("q")
    terminal.wait("› 1 Stay")
    terminal.press(ENTER_KEY)
    terminal.wait(question.ask, gone=[walk.LEAVE_QUESTION])
    # None of these keys answered anything.
    for later in walk.asked(small, walk.SMALL_ANSWERS)[4:]:
        walk.answer(terminal, later, walk.SMALL_ANSWERS[later.id])
    terminal.wait(walk.REVIEW)
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)


def test_leaving_from_the_summary_restores_the_terminal_and_leaves_no_word(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    walk.to_summary(terminal, small, walk.SMALL_ANSWERS)
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)
