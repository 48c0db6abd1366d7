"""A kiosk whose visits cannot begin says so calmly, tells staff, and serves again once the fault is gone."""

from __future__ import annotations

import itertools
import os
import re
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from iop_tui import CRASHED
from tests.harness.processes import children
from tests.terminal.bytes_out import words_in
from tests.terminal.conftest import Lobby, Open
from tests.terminal.lobby import INVITES, WELCOMES, begin, give_number, visit_of
from tests.terminal.restored import assert_nothing_left, assert_restored

pytestmark = pytest.mark.terminal

MARKER = "UNMISTAKABLE-WORDS"
SORRY = "Something went wrong. We are sorry."
NOT_AVAILABLE = "This screen is not available right now."
SHORT_PAUSES = """
from iop_tui.kiosk import restart_policy, supervisor

supervisor.pause = lambda failures: restart_policy.pause(failures) / {shorter}
"""
AT_THE_START = """
from pathlib import Path
from iop_tui.kiosk.app import KioskWizard

{name} = KioskWizard.{name}

def faulty(self, *given, **named):
    if Path("{flag}").exists():
        raise ValueError("{secret}")
    return {name}(self, *given, **named)

KioskWizard.{name} = faulty
"""
NO_PROCESSES = """
import errno, os
from pathlib import Path

fork = os.fork

def faulty():
    if Path("{flag}").exists():
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return fork()

os.fork = faulty
"""
DEAD_AT_ONCE = """
import os, signal
from pathlib import Path
from iop_tui.kiosk import supervisor

visit = supervisor.visit

def faulty(*given, **named):
    if Path("{flag}").exists():
        os.kill(os.getpid(), signal.SIGKILL)
    visit(*given, **named)

supervisor.visit = faulty
"""
FAULTS = {
    "before it is made": AT_THE_START.replace("{name}", "__init__"),
    "when it begins": AT_THE_START.replace("{name}", "first_page"),
    "killed": DEAD_AT_ONCE,
    "no process": NO_PROCESSES,
}


@pytest.fixture
def flag(tmp_path: Path) -> Path:
    """The fault is there for as long as this file is."""
    there = tmp_path / "flag"
    there.touch()
    return there


def lines(fault: str, flag: Path, shorter: int = 40) -> Sequence[str]:
    """The Python that makes a kiosk faulty."""
    return (
        fault.replace("{flag}", str(flag)).replace("{secret}", MARKER),
        SHORT_PAUSES.replace("{shorter}", str(shorter)),
    )


def pauses(lobby: Lobby) -> list[float]:
    """The waits that were told to staff."""
    return [float(said) for line in lobby.log_lines for said in re.findall(r"the next try is in ([0-9.]+) s", line)]


CAUSES = {
    "before it is made": r"a visit could not begin: ValueError, kiosk/worker\.py:\d+",
    "when it begins": r"a visit ended by an internal error: ValueError, tui/app\.py:\d+",
    "no process": r"no process can be started: \w.*",
    "killed": None,
}
"""What staff read of each, before what follows from it."""


@pytest.mark.parametrize("name", FAULTS)
def test_a_kiosk_that_cannot_begin_tells_staff_waits_longer_and_longer_and_comes_back(
    kiosk: Open, flag: Path, name: str
) -> None:
    lobby = kiosk(*lines(FAULTS[name], flag))
    terminal = lobby.terminal
    terminal.wait(NOT_AVAILABLE, "Go to the front desk", "Call 911", "988")
    terminal.wait_for(lambda: len(pauses(lobby)) >= 4, "it did not try again")
    terminal.wait(NOT_AVAILABLE)
    flag.unlink()
    begin(terminal)
    told = pauses(lobby)
    assert all(earlier < later for earlier, later in itertools.pairwise(told))
    assert_each_try_is_told(lobby, CAUSES[name], 128 + signal.SIGKILL if name == "killed" else CRASHED)
    give_number(terminal)
    terminal.press("x")
    terminal.wait(INVITES, gone=[SORRY])
    seen = words_in(terminal.sent) + "\n".join(lobby.log_lines)
    assert [words for words in (MARKER, "Traceback", "faulty(") if words in seen] == []
    assert_ends_at_once(lobby)


def assert_each_try_is_told(lobby: Lobby, cause: str | None, status: int) -> None:
    """Once for each: the cause, where it is known, and what follows."""
    follows = ["the next one begins", *(f"the next try is in {pause:g} s" for pause in pauses(lobby))]
    ends = [f"a visit ended with status {status}; {words}" for words in follows]
    expected = [words for end in ends for words in ([cause, end] if cause else [end])]
    assert len(lobby.log_lines) == len(expected)
    for line, words in zip(lobby.log_lines, expected, strict=True):
        assert re.fullmatch(f"iop-tui-kiosk: {words}", line), line


def test_a_kiosk_that_waits_ends_at_once(kiosk: Open, flag: Path) -> None:
    # One fault costs nobody anything; after the second it waits for a minute.
    lobby = kiosk(*lines(FAULTS["killed"], flag), "supervisor.pause = lambda failures: 60.0 if failures > 1 else 0.0")
    lobby.terminal.wait(NOT_AVAILABLE)
    assert pauses(lobby) == [60]
    lobby.terminal.press("zz77\x03\x1a\x1c\x04")
    # The terminal itself would echo them, at once.
    lobby.terminal.read_all()
    drawn = len(lobby.terminal.sent)
    lobby.terminal.resize(60, 20)
    lobby.terminal.wait_for(lambda: len(lobby.terminal.sent) > drawn, "it was not drawn anew")
    lobby.terminal.wait(NOT_AVAILABLE)
    assert "zz77" not in lobby.terminal.text
    assert_ends_at_once(lobby)


def test_the_next_visitor_is_told_of_a_fault_and_the_one_after_is_not(kiosk: Open) -> None:
    lobby = kiosk()
    terminal = lobby.terminal
    begin(terminal)
    assert SORRY not in words_in(terminal.sent)
    give_number(terminal)
    os.kill(visit_of(terminal), signal.SIGKILL)
    terminal.wait(INVITES, SORRY)
    begin(terminal)
    terminal.press("x")
    terminal.wait(INVITES, gone=[SORRY, WELCOMES])
    assert_ends_at_once(lobby)


def assert_ends_at_once(lobby: Lobby) -> None:
    """Told to end, the kiosk ends, and leaves an empty terminal as it was."""
    lobby.terminal.signal(signal.SIGTERM)
    assert lobby.terminal.ended() == 128 + signal.SIGTERM
    assert_restored(lobby.terminal)
    assert_nothing_left(lobby.terminal)
    assert children(lobby.terminal.pid) == []
