"""Staff end the kiosk with a key that is pressed three times and a PIN; nobody else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from iop_tui.site import pin
from tests.harness.processes import children
from tests.terminal.bytes_out import words_in
from tests.terminal.conftest import Lobby, Open
from tests.terminal.lobby import (
    INVITES,
    SITE,
    WELCOMES,
    begin,
    give_number,
    times,
    to_danger,
    to_review,
    to_summary,
    visit_of,
)
from tests.terminal.restored import assert_nothing_left, assert_restored
from tests.terminal.stepping import Stepped
from tests.terminal.terminal import ENTER_KEY, Terminal
from tests.terminal.traces import files, holds, shows, written

pytestmark = pytest.mark.terminal

STAFF = "\x0c"
PIN = "902174638251"
ASKS = "Type the PIN, then press Enter."
WRONG = "That was not the PIN."
OPEN = "What would you like to do?"
WAIT = "Next try in"


@pytest.fixture(scope="module")
def site() -> str:
    with pytest.MonkeyPatch.context() as patch:
        # What a try costs stands in the hash: the least that a site file may have.
        patch.setattr(pin, "_COST", 14)
        return SITE.replace("staff:\n", f'staff:\n  pin: "{pin.hashed(PIN)}"\n')


def ask(terminal: Terminal, wanted: str = ASKS) -> None:
    """To the page that asks for the PIN."""
    terminal.press(STAFF * 3)
    terminal.wait("For staff", wanted)


def give(terminal: Terminal, digits: str) -> None:
    """Type a PIN and hand it in."""
    terminal.press(digits)
    terminal.wait(" ".join("*" * len(digits)))
    terminal.press(ENTER_KEY)


def end(lobby: Lobby) -> None:
    """The right PIN was given: end the kiosk."""
    lobby.terminal.wait(OPEN, "End the kiosk")
    lobby.terminal.press("2")
    assert lobby.terminal.ended() == 0
    assert_restored(lobby.terminal)
    assert_nothing_left(lobby.terminal)
    assert lobby.terminal.scrolled_off == []
    assert files(lobby.rooms) == []


WAYS: dict[str, tuple[Callable[[Terminal], None], ...]] = {
    "the inviting page": (),
    "the welcome page": (begin,),
    "a question": (begin, give_number),
    "the summary": (begin, to_summary),
    "a page of danger": (begin, to_danger),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_staff_end_the_kiosk_from_any_page(kiosk: Open, site: str, way: tuple[Callable[[Terminal], None], ...]) -> None:
    lobby = kiosk(site=site)
    lobby.terminal.wait(INVITES)
    for step in way:
        step(lobby.terminal)
    ask(lobby.terminal)
    give(lobby.terminal, PIN)
    end(lobby)
    assert lobby.log_lines == []


def test_staff_end_the_kiosk_by_touch(kiosk: Open, site: str) -> None:
    lobby = kiosk(site=site)
    terminal = lobby.terminal
    terminal.wait(INVITES)
    ask(terminal)
    for count, digit in enumerate(PIN, 1):
        terminal.click(f"[ {digit} ]")
        terminal.wait(" ".join("*" * count))
    terminal.click("[ Enter ]")
    terminal.wait(OPEN)
    terminal.click("End the kiosk")
    assert terminal.ended() == 0


def test_the_pin_is_nowhere_to_be_found(kiosk: Open, site: str) -> None:
    lobby = kiosk(site=site)
    terminal = lobby.terminal
    terminal.wait(INVITES)
    ask(terminal)
    child = visit_of(terminal)
    terminal.press(PIN)
    terminal.wait(" ".join("*" * len(PIN)))
    assert holds(child, PIN), "nothing can be found in memory"
    terminal.press(ENTER_KEY)
    terminal.wait(OPEN)
    assert not holds(terminal.pid, PIN)
    terminal.press("1")
    terminal.wait(INVITES)
    assert shows(terminal, PIN) == []
    assert PIN not in words_in(terminal.sent)
    assert written(PIN, [*lobby.rooms.values(), lobby.log.parent], lobby.began) == []


def test_staff_who_go_back_leave_the_visit_as_it_was(kiosk: Open, site: str) -> None:
    lobby = kiosk(site=site)
    terminal = lobby.terminal
    begin(terminal)
    to_review(terminal)
    child = visit_of(terminal)
    ask(terminal)
    give(terminal, PIN)
    terminal.wait(OPEN)
    terminal.press("1")
    terminal.wait("show my summary", gone=[OPEN])
    assert children(terminal.pid) == [child]


def test_wrong_tries_make_wait_in_the_next_visits_too(kiosk: Open, site: str, tmp_path: Path) -> None:
    time = Stepped(tmp_path)
    lobby = kiosk(time.kiosk, site=site)
    terminal = lobby.terminal
    terminal.wait(INVITES)
    ask(terminal)
    for wanted in ("Please try again.", "Please try again.", f"{WAIT} 5 s"):
        give(terminal, "1234")
        terminal.wait(WRONG, wanted, gone=["* *"])
    # Even the right one must wait, in this visit and in the next.
    give(terminal, PIN)
    terminal.wait(WAIT, gone=["* *", OPEN])
    before = visit_of(terminal)
    terminal.press("x")
    terminal.wait(INVITES)
    assert children(terminal.pid) != [before]
    ask(terminal, WAIT)
    give(terminal, PIN)
    terminal.wait(WAIT, gone=["* *", OPEN])
    time.move(5)
    terminal.wait(ASKS)
    # One more wrong try, and it is longer.
    give(terminal, "1234")
    terminal.wait(WRONG, WAIT)
    (seconds,) = re.findall(rf"{WAIT} (\d+) s", terminal.text)
    assert int(seconds) > 5
    assert lobby.log_lines == []


def test_a_right_pin_makes_an_end_of_waiting(kiosk: Open, site: str) -> None:
    lobby = kiosk(site=site)
    terminal = lobby.terminal
    terminal.wait(INVITES)
    ask(terminal)
    for _try in range(2):
        give(terminal, "1234")
        terminal.wait("Please try again.", gone=["* *"])
    give(terminal, PIN)
    terminal.wait(OPEN)
    terminal.press("1")
    terminal.wait(INVITES)
    ask(terminal)
    give(terminal, "1234")
    terminal.wait("Please try again.", gone=["* *"])


def test_without_a_pin_in_the_site_file_the_keys_of_staff_do_nothing(kiosk: Open) -> None:
    lobby = kiosk()
    terminal = lobby.terminal
    begin(terminal)
    terminal.press(STAFF * 6)
    terminal.press("h")
    terminal.wait("Go to the front desk")
    terminal.press("\x1b")
    terminal.wait(WELCOMES)
    assert "For staff" not in words_in(terminal.sent)


def test_two_presses_are_not_enough_and_slow_ones_do_not_add_up(kiosk: Open, site: str, tmp_path: Path) -> None:
    time = Stepped(tmp_path)
    lobby = kiosk(time.kiosk, site=site)
    terminal = lobby.terminal
    begin(terminal)
    terminal.press(STAFF * 2)
    terminal.until_idle()
    time.move(5)
    terminal.press(STAFF)
    terminal.press("h")
    terminal.wait("Go to the front desk")
    assert "For staff" not in words_in(terminal.sent)


def test_a_staff_page_that_nobody_touches_goes_away(kiosk: Open, site: str, tmp_path: Path) -> None:
    time = Stepped(tmp_path)
    lobby = kiosk(time.kiosk, times(idle=1000.0, reading=1000.0, warning=500.0), site=site)
    terminal = lobby.terminal
    terminal.wait(INVITES)
    ask(terminal)
    give(terminal, PIN)
    terminal.wait(OPEN)
    time.move(1500)
    time.wake(visit_of(terminal))
    terminal.wait(INVITES, gone=[OPEN])
