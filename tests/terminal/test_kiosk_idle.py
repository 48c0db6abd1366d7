"""A kiosk that nobody touches warns, counts, and erases; whoever is still there says so with any key or touch."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.harness.processes import children
from tests.terminal.conftest import Lobby, Open
from tests.terminal.emulator import HistoryScreen, Screen
from tests.terminal.lobby import ANSWER, INVITES, begin, give_number, times, to_danger, to_summary, visit_of
from tests.terminal.stepping import Stepped
from tests.terminal.terminal import Terminal
from tests.terminal.traces import shows

pytestmark = pytest.mark.terminal

WARNS = "Are you still there?"
QUESTION = "Do you think about ending your life?"
IDLE, WARNING = 1000.0, 500.0
"""Seconds that no test waits for: time is moved on."""
TOUCHES = ("1", "q", "\x1b", " ", "\r", "h", "click", "wheel")


@pytest.fixture
def time(tmp_path: Path) -> Stepped:
    return Stepped(tmp_path)


def leap(time: Stepped, lobby: Lobby, seconds: float) -> None:
    """So many seconds pass in the kiosk, and its visit sees what follows from that."""
    time.move(seconds)
    time.wake(visit_of(lobby.terminal))


def drawn(screen: Screen | HistoryScreen) -> tuple[object, ...]:
    """All that is drawn: large figures are made of empty cells in another colour."""
    rows = (screen.buffer[row] for row in range(screen.lines))
    return tuple((row[at].data, row[at].bg, row[at].reverse) for row in rows for at in range(screen.columns))


def opened(kiosk: Open, time: Stepped, **seconds: float) -> Lobby:
    """A kiosk whose time is moved, with somebody on the welcome page."""
    lobby = kiosk(time.kiosk, times(**{"idle": IDLE, "reading": IDLE, "crisis": IDLE, "warning": WARNING, **seconds}))
    begin(lobby.terminal)
    return lobby


def second_question(kiosk: Open, time: Stepped, **seconds: float) -> tuple[Lobby, int]:
    """A kiosk in which somebody gave their number; their process."""
    lobby = opened(kiosk, time, **seconds)
    give_number(lobby.terminal)
    return lobby, visit_of(lobby.terminal)


def test_a_warning_counts_down_over_nothing_of_the_page_and_then_all_is_erased(kiosk: Open, time: Stepped) -> None:
    lobby, child = second_question(kiosk, time)
    terminal = lobby.terminal
    leap(time, lobby, IDLE)
    terminal.wait(WARNS, "Otherwise everything is erased.", gone=[QUESTION])
    terminal.until_idle()
    counts = {drawn(terminal.full)}

    def has_counted() -> bool:
        counts.add(drawn(terminal.full))
        return len(counts) > 2

    terminal.wait_for(has_counted, "it did not count")
    assert WARNS in terminal.text
    leap(time, lobby, WARNING)
    terminal.wait(INVITES, gone=[WARNS])
    assert children(terminal.pid) != [child]
    assert shows(terminal, ANSWER) == []
    assert lobby.log_lines == []


def test_the_seconds_that_are_left_are_told(kiosk: Open, time: Stepped) -> None:
    lobby, _child = second_question(kiosk, time)
    leap(time, lobby, IDLE)
    lobby.terminal.wait(WARNS)
    # A window this low has no room for large figures.
    lobby.terminal.resize(80, 10)
    wait_for_seconds(lobby.terminal, WARNING)
    for passed in (200, 400):
        leap(time, lobby, 200)
        wait_for_seconds(lobby.terminal, WARNING - passed)


def wait_for_seconds(terminal: Terminal, left: float) -> None:
    """Until about so many are told: a busy machine may be late."""
    told = re.compile(rf"{re.escape(WARNS)} (\d+) Press any key")
    terminal.wait_for(
        lambda: any(left - 30 < int(said) <= left for said in told.findall(terminal.text)), f"wanted {left} seconds"
    )


def test_a_key_or_touch_that_ends_the_warning_does_nothing_else(kiosk: Open, time: Stepped) -> None:
    lobby, child = second_question(kiosk, time)
    terminal = lobby.terminal
    terminal.until_idle()
    column, row = terminal.find("Never")
    before = terminal.lines
    mouse = {"click": f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m", "wheel": f"\x1b[<65;{column};{row}M"}
    for touch in TOUCHES:
        leap(time, lobby, 0.6 * IDLE)
        terminal.until_idle()
        # There is as much time again after a touch as before the first: not the rest of it.
        assert WARNS not in terminal.text, f"warned too soon before {touch!r}"
        leap(time, lobby, 0.6 * IDLE)
        terminal.wait(WARNS, gone=[QUESTION])
        terminal.press(mouse.get(touch, touch))
        terminal.wait(QUESTION, "I have a plan", gone=[WARNS])
        terminal.until_idle()
        assert terminal.lines == before, f"{touch!r} did something else"
        assert children(terminal.pid) == [child]
    terminal.press("1")
    terminal.wait("show my summary", f"{ANSWER} zorkmids")


def test_the_key_that_hides_does_so_on_the_warning_too(kiosk: Open, time: Stepped) -> None:
    lobby, child = second_question(kiosk, time)
    terminal = lobby.terminal
    leap(time, lobby, IDLE)
    terminal.wait(WARNS)
    terminal.press("x")
    terminal.wait(INVITES)
    assert children(terminal.pid) != [child]
    assert shows(terminal, ANSWER) == []


@pytest.mark.parametrize(("way", "longer"), [(to_danger, "crisis"), (to_summary, "reading")])
def test_pages_of_danger_and_pages_to_read_stay_longer_and_then_go_too(
    kiosk: Open, time: Stepped, way: Callable[[Terminal], None], longer: str
) -> None:
    seconds: Mapping[str, float] = {longer: 3 * IDLE}
    lobby = opened(kiosk, time, **seconds)
    terminal = lobby.terminal
    way(terminal)
    leap(time, lobby, 2 * IDLE)
    terminal.until_idle()
    assert WARNS not in terminal.text
    leap(time, lobby, IDLE)
    terminal.wait(WARNS)
    leap(time, lobby, WARNING)
    terminal.wait(INVITES)
    assert shows(terminal, ANSWER) == []


def test_nobody_need_move_time_on(kiosk: Open, time: Stepped) -> None:
    lobby, child = second_question(kiosk, time, warning=1.0)
    # From here on it is the kiosk's own waiting that brings the warning and the end.
    leap(time, lobby, IDLE - 0.5)
    lobby.terminal.wait(WARNS)
    lobby.terminal.wait(INVITES)
    assert children(lobby.terminal.pid) != [child]


MOVING = """
from iop_tui.kiosk import attract

attract.STEP = 0.05
"""


def test_the_inviting_page_stays_however_long_nobody_comes(kiosk: Open, time: Stepped) -> None:
    lobby = kiosk(time.kiosk, times(idle=IDLE, reading=IDLE, warning=WARNING), MOVING)
    terminal = lobby.terminal
    terminal.wait(INVITES)
    child = visit_of(terminal)
    leap(time, lobby, 1_000_000)
    seen: set[str] = set()

    def has_moved() -> bool:
        seen.add("\n".join(terminal.lines))
        return len(seen) > 8

    terminal.wait_for(has_moved, "it did not move")
    assert not any(WARNS in screen for screen in seen)
    assert children(terminal.pid) == [child]
