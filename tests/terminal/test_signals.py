"""Signals and a cut line, in the middle of the questions."""

from __future__ import annotations

import signal

import pytest

from iop_tui.screening.cases import Case
from iop_tui.screening.model import Screening
from tests.terminal import walk
from tests.terminal.conftest import Start
from tests.terminal.restored import assert_nothing_left, assert_restored

pytestmark = pytest.mark.terminal

SIGNALS = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT]


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: str(number.name))
def test_a_signal_ends_the_wizard_in_order(
    start: Start, screening: Screening, calm: Case, number: signal.Signals
) -> None:
    terminal = start()
    walk.to_question(terminal, screening, calm.answers, 4)
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert_restored(terminal)
    assert_nothing_left(terminal)


@pytest.mark.parametrize("ignored", ["", "HUP"], ids=["as usual", "hang-up ignored"])
def test_the_wizard_ends_when_its_window_is_closed(
    start: Start, screening: Screening, calm: Case, ignored: str
) -> None:
    terminal = start(ignored=ignored)
    walk.to_question(terminal, screening, calm.answers, 2)
    terminal.hang_up()
    terminal.ended(patience=5)


def test_a_closed_window_is_told_by_the_exit_status(start: Start, screening: Screening, calm: Case) -> None:
    terminal = start()
    walk.to_question(terminal, screening, calm.answers, 2)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP


@pytest.mark.parametrize("attempt", range(5))
def test_a_window_closed_while_a_page_is_drawn_ends_the_wizard(start: Start, attempt: int) -> None:
    # Unbuffered, each piece of a page is written by itself: that the terminal is gone shows at the first of them.
    terminal = start(env={"PYTHONUNBUFFERED": "1"})
    walk.start(terminal)
    terminal.settle(0.01 * attempt)
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP], ids=lambda number: str(number.name))
def test_a_wizard_that_was_stopped_goes_on_and_leaves_in_order(
    start: Start, screening: Screening, calm: Case, number: signal.Signals
) -> None:
    terminal = start()
    walk.to_question(terminal, screening, calm.answers, 4)
    terminal.settle()
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


def test_a_signal_to_go_on_changes_nothing_of_a_wizard_that_runs(
    start: Start, screening: Screening, calm: Case
) -> None:
    terminal = start()
    walk.to_question(terminal, screening, calm.answers, 4)
    terminal.settle()
    here = terminal.lines
    for _time in range(3):
        terminal.signal(signal.SIGCONT)
        terminal.settle()
    assert terminal.lines == here
    assert walk.leave(terminal) == 0
    assert_restored(terminal)
