"""Signals and a cut line, in the middle of the questions."""

from __future__ import annotations

import signal

import pytest

from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.conftest import SHORT, Start
from tests.terminal.restored import assert_nothing_left, assert_restored

pytestmark = pytest.mark.terminal

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: str(number.name))
def test_a_signal_ends_the_wizard_in_order(start: Start, small: Screening, number: signal.Signals) -> None:
    terminal = start(command=SHORT)
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 4)
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert_restored(terminal)
    assert_nothing_left(terminal)


def test_a_closed_window_ends_the_wizard_and_is_told_by_the_exit_status(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 2)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP


def test_a_closed_window_ends_a_wizard_that_ignores_hang_ups(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT, ignored="HUP")
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 2)
    terminal.hang_up()
    terminal.ended()


@pytest.mark.parametrize(
    "moment", [0, 20, *(pytest.param(ms, marks=pytest.mark.thorough) for ms in (5, 10, 15, 30, 40, 50))]
)
def test_a_window_closed_while_a_page_is_drawn_ends_the_wizard(start: Start, moment: int) -> None:
    # Unbuffered, each piece of a page is written by itself: that the terminal is gone shows at the first of them.
    terminal = start(command=SHORT, env={"PYTHONUNBUFFERED": "1"})
    walk.start(terminal)
    terminal.watch(moment / 1000)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP], ids=lambda number: str(number.name))
def test_a_wizard_that_was_stopped_goes_on_and_leaves_in_order(
    start: Start, small: Screening, number: signal.Signals
) -> None:
    terminal = start(command=SHORT)
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 4)
    terminal.until_idle()
    here, settings = terminal.lines, terminal.settings
    terminal.signal(number)
    terminal.until_stopped()
    if number == signal.SIGTSTP:
        assert_restored(terminal)
    terminal.take_back_settings()
    terminal.signal(signal.SIGCONT)
    terminal.wait_for(lambda: terminal.settings == settings, "wanted the same settings")
    terminal.wait_for(lambda: terminal.lines == here, "wanted the same page")
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
    assert_nothing_left(terminal)


def test_a_signal_to_go_on_changes_nothing_of_a_wizard_that_runs(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    walk.to_question(terminal, small, walk.SMALL_ANSWERS, 4)
    terminal.until_idle()
    here = terminal.lines
    for _time in range(3):
        terminal.signal(signal.SIGCONT)
        terminal.until_idle()
        assert terminal.lines == here
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
