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
