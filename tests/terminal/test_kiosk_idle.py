"""A kiosk that nobody touches warns, counts, and erases; whoever is still there says so with any key or touch."""

from __future__ import annotations

import time
from collections.abc import Callable

import pyte
import pytest

from benchmarks.processes import children
from tests.terminal.conftest import Lobby, Open
from tests.terminal.lobby import ANSWER, INVITES, begin, give_number, times, to_danger, to_summary, visit_of
from tests.terminal.terminal import Terminal
from tests.terminal.traces import shows

pytestmark = pytest.mark.terminal

WARNS = "Are you still there?"
QUESTION = "Do you think about ending your life?"
IDLE = 2.5
"""Seconds. Long enough to get to a page before the warning comes."""


def drawn(screen: pyte.Screen) -> tuple[object, ...]:
    """All that is drawn: large figures are made of empty cells in another colour."""
    rows = (screen.buffer[row] for row in range(screen.lines))
    return tuple((row[at].data, row[at].bg, row[at].reverse) for row in rows for at in range(screen.columns))


def second_question(lobby: Lobby) -> int:
    """Somebody gave their number; their process."""
    begin(lobby.terminal)
    give_number(lobby.terminal)
    return visit_of(lobby.terminal)


def test_a_warning_counts_down_over_nothing_of_the_page_and_then_all_is_erased(kiosk: Open) -> None:
    lobby = kiosk(times(idle=IDLE, reading=IDLE, warning=4.0))
    terminal = lobby.terminal
    child = second_question(lobby)
    terminal.wait(WARNS, "Otherwise everything is erased.", gone=[QUESTION])
    warned = time.monotonic()
    counts: set[object] = set()

    def is_over() -> bool:
        if WARNS in terminal.text:
            counts.add(drawn(terminal.full))
        return INVITES in terminal.text

    terminal.wait_for(is_over, "nothing followed the warning")
    assert time.monotonic() - warned > 3
    assert len(counts) >= 4, "it did not count"
    assert children(terminal.pid) != [child]
    assert lobby.log_lines == []


def test_the_seconds_that_are_left_are_told(kiosk: Open) -> None:
    lobby = kiosk(times(idle=IDLE, reading=IDLE, warning=20.0))
    second_question(lobby)
    lobby.terminal.wait(WARNS)
    # A window this low has no room for large figures.
    lobby.terminal.resize(80, 10)
    for left in ("19", "18"):
        lobby.terminal.wait(f"{WARNS} {left} Press any key")


@pytest.mark.parametrize("touch", ["1", "q", "\x1b", " ", "\r", "h", "click", "wheel"])
def test_a_key_or_touch_that_ends_the_warning_does_nothing_else(kiosk: Open, touch: str) -> None:
    lobby = kiosk(times(idle=IDLE, reading=IDLE, warning=20.0))
    terminal = lobby.terminal
    child = second_question(lobby)
    terminal.settle()
    column, row = terminal.find("Never")
    before = terminal.lines
    terminal.wait(WARNS)
    mouse = {"click": f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m", "wheel": f"\x1b[<65;{column};{row}M"}
    terminal.press(mouse.get(touch, touch))
    terminal.wait(QUESTION, "I have a plan", gone=[WARNS])
    terminal.wait_for(lambda: terminal.lines == before, "the page came back in another state")
    assert children(terminal.pid) == [child]
    # There is as much time again as before: not the rest of it.
    began = time.monotonic()
    terminal.wait(WARNS)
    assert time.monotonic() - began > IDLE / 2
    assert children(terminal.pid) == [child]
    terminal.press(" ")
    terminal.wait(QUESTION, gone=[WARNS])
    terminal.press("1")
    terminal.wait("show my summary", f"{ANSWER} zorkmids")


def test_the_key_that_hides_does_so_on_the_warning_too(kiosk: Open) -> None:
    lobby = kiosk(times(idle=IDLE, reading=IDLE, warning=20.0))
    terminal = lobby.terminal
    child = second_question(lobby)
    terminal.wait(WARNS)
    terminal.press("x")
    terminal.wait(INVITES)
    assert children(terminal.pid) != [child]
    assert shows(terminal, ANSWER) == []


@pytest.mark.parametrize(("way", "seconds"), [(to_danger, {"crisis": 6.0}), (to_summary, {"reading": 6.0})])
def test_pages_of_danger_and_pages_to_read_stay_longer_and_then_go_too(
    kiosk: Open, way: Callable[[Terminal], None], seconds: dict[str, float]
) -> None:
    lobby = kiosk(times(**{"idle": IDLE, "reading": IDLE, "crisis": IDLE, "warning": 1.0, **seconds}))
    terminal = lobby.terminal
    begin(terminal)
    way(terminal)
    began = time.monotonic()
    terminal.wait(WARNS)
    assert time.monotonic() - began > 2 * IDLE
    terminal.wait(INVITES)
    assert shows(terminal, ANSWER) == []


MOVING = """
from iop_tui.kiosk import attract

attract.STEP = 0.25
"""


def test_the_inviting_page_stays_however_long_nobody_comes(kiosk: Open) -> None:
    lobby = kiosk(times(idle=0.5, reading=0.5, warning=0.5), MOVING)
    terminal = lobby.terminal
    terminal.wait(INVITES)
    child, began = visit_of(terminal), time.monotonic()
    seen: set[str] = set()

    def has_moved() -> bool:
        seen.add("\n".join(terminal.lines))
        return len(seen) > 8 and time.monotonic() - began > 3

    terminal.wait_for(has_moved, "it did not move")
    assert not any(WARNS in screen for screen in seen)
    assert children(terminal.pid) == [child]
