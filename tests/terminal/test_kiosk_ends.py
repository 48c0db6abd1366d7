"""However a visit ends, nothing of it is left, and the next visitor is greeted."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.harness.processes import children
from tests.terminal.bytes_out import words_in
from tests.terminal.conftest import Lobby, Open, Start
from tests.terminal.lobby import (
    ANSWER,
    INVITES,
    PRINTING,
    QUESTIONS,
    SITE,
    WELCOMES,
    begin,
    give_number,
    patched,
    times,
    to_danger,
    to_review,
    to_summary,
    type_number,
    visit_of,
)
from tests.terminal.restored import assert_nothing_left, assert_restored
from tests.terminal.stepping import Stepped
from tests.terminal.terminal import LEFT, Terminal
from tests.terminal.traces import files, holds, open_files, shows, written

pytestmark = pytest.mark.terminal

Way = Callable[[Terminal], None]


def then(way: Way, key: str, wanted: str) -> Way:
    """Go some way, and press a key that brings something on the screen."""

    def go(terminal: Terminal) -> None:
        way(terminal)
        terminal.press(key)
        terminal.wait(wanted)

    return go


BACK_AT_THE_WELCOME = then(then(give_number, LEFT, f"[ {ANSWER} ]"), LEFT, WELCOMES)
BY_KEYS: dict[str, tuple[Way, str]] = {
    "hidden while a number is typed": (type_number, "x"),
    "hidden on the review": (to_review, "X"),
    "hidden on the summary": (to_summary, "x"),
    "hidden on a page of danger": (to_danger, "x"),
    "hidden on a page over the summary": (then(to_summary, "h", "Who to call"), "x"),
    "started over": (then(to_review, "r", "Start over?"), "2"),
    "started over from a page of danger": (then(to_danger, "r", "Start over?"), "2"),
    "done on the welcome page": (then(BACK_AT_THE_WELCOME, "r", "Start over?"), "2"),
    "left on the summary": (then(to_summary, "q", "Start over?"), "2"),
    "help is here": (then(to_danger, "1", "Is somebody with you?"), "2"),
}


def test_nothing_is_left_of_visits_that_are_ended_by_keys(kiosk: Open) -> None:
    lobby = kiosk()
    begin(lobby.terminal)
    for name, (way, last) in BY_KEYS.items():
        print(name)
        child = visit_of(lobby.terminal)
        way(lobby.terminal)
        lobby.terminal.press(last)
        assert_over(lobby, child)
    assert not holds(lobby.terminal.pid, ANSWER)
    assert lobby.log_lines == []
    shut(lobby)


def test_nothing_is_left_of_a_visit_that_nobody_goes_on_with(kiosk: Open, tmp_path: Path) -> None:
    time = Stepped(tmp_path)
    lobby = kiosk(time.kiosk, times(idle=1000.0, reading=1000.0, warning=1.0))
    child = visit(lobby, to_review)
    # It is the kiosk's own waiting that ends it, and nobody is to wait for as long as a person may need.
    time.move(999.5)
    time.wake(child)
    assert_gone(lobby, child)
    assert lobby.log_lines == []
    shut(lobby)


KILLERS = (signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM, signal.SIGHUP, signal.SIGSTOP)


def test_nothing_is_left_of_visits_that_are_killed_or_stopped(kiosk: Open) -> None:
    lobby = kiosk()
    begin(lobby.terminal)
    for number in KILLERS:
        print(number.name)
        child = visit_of(lobby.terminal)
        to_review(lobby.terminal)
        os.kill(child, number)
        assert_over(lobby, child)
        # After two that end by a fault the kiosk waits: one comes between that ends in order.
        lobby.terminal.press("x")
        begin(lobby.terminal)
    killed = [f"a visit ended with status {128 + number}; the next one begins" for number in KILLERS[:-1]]
    assert not holds(lobby.terminal.pid, ANSWER)
    stopped = ["a visit was stopped or did not answer; it was ended", killed[0]]
    assert lobby.log_lines == [f"iop-tui-kiosk: {said}" for said in (*killed, *stopped)]
    shut(lobby)


HARMLESS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGCONT)


def test_a_visit_goes_on_after_each_signal_that_a_shell_sends(kiosk: Open) -> None:
    lobby = kiosk()
    child = visit(lobby, to_review)
    for number in HARMLESS:
        os.kill(child, number)
        lobby.terminal.press("h")
        lobby.terminal.wait("Who to call")
        lobby.terminal.press("\x1b")
        lobby.terminal.wait("show my summary", gone=["Who to call"])
        assert children(lobby.terminal.pid) == [child], number.name
    lobby.terminal.press("x")
    assert_gone(lobby, child)
    assert lobby.log_lines == []
    shut(lobby)


IN_A_HANDLER = """
from iop_tui.screening.engine.interview import Interview

def faulty(self, given):
    answer = str(given) + " is what they said"
    raise {kind}(answer)

before = Interview.answer
Interview.answer = lambda self, given: faulty(self, given) if self.answers else before(self, given)
"""
WHILE_DRAWING = """
from iop_tui.tui.review import ReviewPage

def faulty(self):
    answer = dict(self._interview.answers)
    raise ValueError(answer)

ReviewPage._choices = faulty
"""
FAULTS = {
    "in a handler": IN_A_HANDLER.format(kind="ValueError"),
    "asking to exit": IN_A_HANDLER.format(kind="SystemExit"),
    "as if interrupted": IN_A_HANDLER.format(kind="KeyboardInterrupt"),
    "while drawing": WHILE_DRAWING,
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_nothing_is_left_of_a_visit_that_ends_by_a_fault(kiosk: Open, fault: str) -> None:
    lobby = kiosk(fault)
    child = visit(lobby, give_number)
    lobby.terminal.press("1")
    assert_gone(lobby, child)
    assert "a visit ended with status" in lobby.log_lines[-1]
    told = " ".join(lobby.log_lines) + words_in(lobby.terminal.sent)
    assert [words for words in ("Traceback", "locals", "is what they said") if words in told] == []
    shut(lobby)


HANGING = """
from iop_tui.kiosk import presence, supervisor
from iop_tui.kiosk.heartbeat import HeartbeatMessage
from iop_tui.kiosk.crisis import LobbyCrisisPage

def hang(self):
    while True:
        pass

LobbyCrisisPage.action_help = hang
presence._SEND_EVERY = 0.0
supervisor.silence = lambda last, times: 1.0 if last is HeartbeatMessage.CRISIS else 60.0
"""


def test_nothing_is_left_of_a_visit_that_hangs(kiosk: Open) -> None:
    lobby = kiosk(HANGING)
    child = visit(lobby, to_danger)
    lobby.terminal.press("h")
    assert_gone(lobby, child)
    assert "did not answer" in lobby.log_lines[0]
    shut(lobby)


def test_what_a_visit_left_in_the_scroll_back_is_erased(kiosk: Open) -> None:
    lobby = kiosk(PRINTING)
    child = visit(lobby, to_review)
    lobby.terminal.press("h")
    lobby.terminal.wait_for(lambda: "the scroll-back" in shows(lobby.terminal, ANSWER), "wanted a long text")
    os.kill(child, signal.SIGKILL)
    assert_gone(lobby, child)
    shut(lobby)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: str(number.name))
def test_a_signal_to_the_kiosk_ends_the_visit_too(kiosk: Open, number: signal.Signals) -> None:
    lobby = kiosk()
    child = visit(lobby, to_review)
    lobby.terminal.signal(number)
    assert lobby.terminal.ended() == 128 + number
    assert_all_gone(lobby, child)


def test_a_visit_wipes_the_terminal_where_its_kiosk_was_killed(kiosk: Open) -> None:
    lobby = kiosk()
    child = visit(lobby, to_review)
    lobby.terminal.signal(signal.SIGKILL)
    assert lobby.terminal.ended() == -signal.SIGKILL
    lobby.terminal.read_until(lambda: is_gone(child), "the visit went on")
    assert_all_gone(lobby, child)


def test_even_a_visit_that_hangs_wipes_the_terminal_where_its_kiosk_was_killed(kiosk: Open) -> None:
    lobby = kiosk(HANGING.replace("1.0 if last is HeartbeatMessage.CRISIS else ", ""))
    child = visit(lobby, to_danger)
    lobby.terminal.press("h")
    lobby.terminal.until_read()
    lobby.terminal.signal(signal.SIGKILL)
    assert lobby.terminal.ended() == -signal.SIGKILL
    lobby.terminal.read_until(lambda: is_gone(child), "the visit went on")
    assert_all_gone(lobby, child)


IN_A_SHELL = "import signal, subprocess, sys; subprocess.run(sys.argv[1:]); signal.pause()"


def test_a_visit_wipes_the_terminal_where_the_kiosk_was_killed_in_a_shell(
    start: Start, rooms: Mapping[str, Path], tmp_path: Path
) -> None:
    site = tmp_path / "site.yaml"
    site.write_text(SITE, encoding="utf-8")
    # The terminal stays: nobody is told by a hang-up.
    kiosk = patched(tmp_path, site, more=("--questions", str(QUESTIONS)))
    terminal = start(command=[sys.executable, "-c", IN_A_SHELL, *kiosk], scroll_back=5000)
    begin(terminal)
    to_review(terminal)
    (parent,) = children(terminal.pid)
    (child,) = children(parent)
    os.kill(parent, signal.SIGKILL)
    terminal.read_until(lambda: is_gone(child), "the visit went on")
    assert shows(terminal, ANSWER) == []
    assert_restored(terminal)
    assert_nothing_left(terminal)
    assert files(rooms) == []


def test_a_line_that_is_cut_ends_the_kiosk_and_the_visit(kiosk: Open) -> None:
    lobby = kiosk()
    child = visit(lobby, to_review)
    lobby.terminal.hang_up()
    assert lobby.terminal.ended() == 128 + signal.SIGHUP
    assert is_gone(child)
    assert files(lobby.rooms) == []
    assert written(ANSWER, [lobby.log.parent], lobby.began) == []


@pytest.mark.parametrize("how", ["x", signal.SIGKILL, signal.SIGTERM], ids=["hidden", "killed", "told to end"])
def test_keys_between_two_visits_are_not_echoed_and_do_nothing(kiosk: Open, how: str | signal.Signals) -> None:
    lobby = kiosk()
    terminal = lobby.terminal
    child = visit(lobby, give_number)
    # The kiosk is held up, so the moment between two visits is long.
    terminal.signal(signal.SIGSTOP)
    if isinstance(how, str):
        terminal.press(how)
    else:
        os.kill(child, how)
    terminal.wait_for(lambda: is_over(child), "the visit went on")
    terminal.press("zz77\r\x03\x1a\x1c\x04 zz77\x1b[200~zz77\x1b[201~\n")
    # The terminal itself would echo them, at once.
    terminal.read_all()
    assert "zz77" not in words_in(terminal.sent)
    terminal.signal(signal.SIGCONT)
    terminal.wait(INVITES)
    terminal.until_idle()
    assert INVITES in terminal.text, "a key from before began a visit"
    assert_gone(lobby, child)
    assert_asked_anew(lobby)
    assert "zz77" not in words_in(terminal.sent)
    shut(lobby)


# ---- what is looked at ----


def visit(lobby: Lobby, way: Way) -> int:
    """Somebody comes and answers; the process that has their answers now."""
    begin(lobby.terminal)
    child = visit_of(lobby.terminal)
    way(lobby.terminal)
    assert holds(child, ANSWER), "nothing can be found in memory"
    assert open_files(child) == [str(lobby.log)]
    return child


def assert_gone(lobby: Lobby, child: int) -> None:
    """The visit is over, its answer is nowhere, and the next visitor does not see it."""
    assert_over(lobby, child)
    # The next visitor's process cannot have more in its memory than the one that it was forked from.
    assert not holds(lobby.terminal.pid, ANSWER)


def assert_over(lobby: Lobby, child: int) -> None:
    """The visit is over, its answer is on no screen and in no file, and another process greets the next visitor."""
    lobby.terminal.wait(INVITES)
    assert is_gone(child)
    assert_nowhere(lobby)
    begin(lobby.terminal)
    (other,) = children(lobby.terminal.pid)
    assert other != child
    assert_nowhere(lobby)


def assert_asked_anew(lobby: Lobby) -> None:
    """Whoever comes next is asked, and nothing is there yet."""
    lobby.terminal.press("1")
    lobby.terminal.wait("How many coins do you have?", "[ ]")
    assert not holds(visit_of(lobby.terminal), ANSWER)
    assert_nowhere(lobby)


def assert_all_gone(lobby: Lobby, child: int) -> None:
    """The kiosk is over, and with it the visit; the terminal is as it was, and empty."""
    assert is_gone(child)
    assert_nowhere(lobby)
    assert_restored(lobby.terminal)
    assert_nothing_left(lobby.terminal)
    assert lobby.terminal.scrolled_off == []


def is_gone(pid: int) -> bool:
    """Whether there is no such process."""
    return not Path(f"/proc/{pid}").exists()


def is_over(pid: int) -> bool:
    """Whether a process ended, though nobody may have asked how."""
    return is_gone(pid) or Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def assert_nowhere(lobby: Lobby) -> None:
    """No screen shows the answer, no file has it, and no file was made."""
    assert shows(lobby.terminal, ANSWER) == []
    assert written(ANSWER, [*lobby.rooms.values(), lobby.log.parent], lobby.began) == []
    assert files(lobby.rooms) == []


def shut(lobby: Lobby) -> None:
    """The kiosk is ended, and gives the terminal back empty and as it was."""
    lobby.terminal.signal(signal.SIGTERM)
    assert lobby.terminal.ended() == 128 + signal.SIGTERM
    assert_restored(lobby.terminal)
    assert_nothing_left(lobby.terminal)
    assert lobby.terminal.scrolled_off == []
