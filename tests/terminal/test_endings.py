"""However the program ends, no word of a question or an answer is left on a terminal that brings nothing back: one
without an alternate screen, that keeps what is erased at once, as GNU screen 4.9.0 does by default.

Each ending is made from a number: a page, what lies over it, keys that nobody waits for, and what ends it all.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from iop_tui.screening.model.definition import Screening
from tests.terminal import lobby, walk
from tests.terminal.conftest import PYTHON, SHORT, Open, Start
from tests.terminal.terminal import DOWN, UP, Terminal
from tests.terminal.test_counselor import REFERENCE, counselor, to_call
from tests.terminal.test_counselor import answer as answer_at_desk
from tests.terminal.test_counselor import url as url  # a fixture
from tests.terminal.traces import shows

pytestmark = pytest.mark.terminal

LEAVES, FAULT = "by its own keys", "by a fault"
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
QUESTIONS = len(walk.SMALL_ANSWERS)
REVIEW, SUMMARY = QUESTIONS, QUESTIONS + 1
"""Pages, counted on from the questions."""
OVER = {"": "", "h": "In danger right now?", "q": walk.LEAVE_QUESTION}
"""What lies over a page: the key that brings it, and words of it."""
MEANWHILE = ("", DOWN, DOWN * 3 + UP, "h", "w", "q", "1", "c", "\x0c", "\x1b[?62;22c")
"""Keys right before the end; nobody waits for what they do."""
FAULTY = """
from iop_tui.tui.compat import ClosedApp

def accepts_input(self, event):
    if getattr(event, "key", "") == "ctrl+p":
        raise ValueError(dict(self.interview.answers))
    return True

ClosedApp.accepts_input = accepts_input

from iop_tui.__main__ import main

main()
"""


class Ending(Struct, frozen=True):
    """How one run of the wizard ends."""

    page: int
    over: str
    meanwhile: str
    by: str | signal.Signals


def ending(seed: int) -> Ending:
    """The same for the same number."""
    choose = random.Random(seed)  # noqa: S311  # the same in every run, not a secret
    ways: list[str | signal.Signals] = [LEAVES, FAULT, *SIGNALS]
    by = choose.choice(ways)
    page = choose.randrange(SUMMARY + 1)
    if isinstance(by, str):
        return Ending(page, "", "", by)
    return Ending(page, choose.choice(list(OVER)), choose.choice(MEANWHILE), by)


def to_page(terminal: Terminal, screening: Screening, page: int) -> None:
    if page == SUMMARY:
        walk.to_summary(terminal, screening, walk.SMALL_ANSWERS)
    elif page == REVIEW:
        walk.to_review(terminal, screening, walk.SMALL_ANSWERS)
    else:
        walk.to_question(terminal, screening, walk.SMALL_ANSWERS, page)


def end(terminal: Terminal, how: Ending) -> None:
    """Bring the end about, and look at the exit status."""
    if how.over:
        terminal.press(how.over)
        terminal.wait(OVER[how.over])
    if how.by == LEAVES:
        assert walk.leave(terminal) == 0
    elif how.by == FAULT:
        terminal.press("\x10")
        assert terminal.ended() == 70
    elif isinstance(how.by, signal.Signals):
        terminal.press(how.meanwhile)
        terminal.signal(how.by)
        assert terminal.ended() == 128 + how.by


def assert_left(terminal: Terminal, said: str = "") -> None:
    """Only these words are on the terminal, and nothing can be scrolled back to."""
    assert terminal.text == said
    assert terminal.scrolled_off == []


Run = Callable[[int], None]


@pytest.fixture
def run(start: Start, small: Screening, tmp_path: Path) -> Run:
    script = tmp_path / "faulty.py"
    script.write_text(FAULTY, encoding="utf-8")

    def one(seed: int) -> None:
        how = ending(seed)
        print(seed, how)
        terminal = start(command=[PYTHON, str(script), *SHORT[3:]], scroll_back=1000, alternate=False)
        to_page(terminal, small, how.page)
        assert terminal.text, "the emulator shows nothing"
        end(terminal, how)
        fault = terminal.text if how.by == FAULT else ""
        assert fault.startswith("iop-tui stopped because of a fault") == bool(fault)
        asked = [" ".join(question.ask.split()) for question in small.questions]
        assert [words for words in asked if words in fault] == []
        assert_left(terminal, fault)
        terminal.close()

    return one


# One of each kind of end, and signals while something else is going on.
PLAIN = (0, 1, 2, 3, 5, 12)


@pytest.mark.parametrize("seed", PLAIN)
def test_no_word_is_left_by_the_wizard(run: Run, seed: int) -> None:
    run(seed)


@pytest.mark.thorough
@pytest.mark.parametrize("first", range(100, 250, 10))
def test_no_word_is_left_by_150_endings_of_the_wizard(run: Run, first: int) -> None:
    for seed in range(first, first + 10):
        run(seed)


VISITS: dict[str, Callable[[Terminal], None]] = {
    "a number is typed": lobby.type_number,
    "a question": lobby.give_number,
    "the review": lobby.to_review,
    "the summary": lobby.to_summary,
    "danger": lobby.to_danger,
}
BY_KEYS, KILLS = ("x", "r2", "\x0cx"), (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV)


def assert_no_word(terminal: Terminal) -> None:
    """Nothing that a visitor was asked, or typed, is on the terminal, or can be scrolled back to."""
    for words in (lobby.ANSWER, "coins", "Do you think about", "Check your answers", "Your result"):
        assert shows(terminal, words) == [], words


def visits(kiosk: Open, seed: int, count: int) -> None:
    """So many visits, each by its own end, and then the kiosk's own end in the middle of one more."""
    choose = random.Random(seed)  # noqa: S311  # as above
    terminal = kiosk(alternate=False).terminal
    for _visit in range(count):
        lobby.begin(terminal)
        ways: list[str | signal.Signals] = [*BY_KEYS, choose.choice(KILLS)]
        name, by = choose.choice(list(VISITS)), choose.choice(ways)
        print(seed, name, repr(by))
        VISITS[name](terminal)
        if isinstance(by, str):
            terminal.press(by[0])
            if by[1:]:
                terminal.wait("Erase and start over" if by == "r2" else " ")
                terminal.press(by[1:])
        else:
            os.kill(lobby.visit_of(terminal), by)
        terminal.wait(lobby.INVITES)
        assert_no_word(terminal)
        if not isinstance(by, str):
            # After two that were killed the kiosk waits: one comes between that ends in order.
            lobby.begin(terminal)
            terminal.press("x")
    lobby.begin(terminal)
    name, ended_by = choose.choice(list(VISITS)), choose.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGHUP))
    print(seed, name, ended_by)
    VISITS[name](terminal)
    child = lobby.visit_of(terminal)
    terminal.signal(ended_by)
    assert terminal.ended() == (-ended_by if ended_by == signal.SIGKILL else 128 + ended_by)
    terminal.read_until(lambda: not Path(f"/proc/{child}").exists(), "the visit went on")
    assert terminal.text == ""
    assert terminal.scrolled_off == []


def test_no_word_is_left_by_visits_of_a_kiosk(kiosk: Open) -> None:
    visits(kiosk, 3, 2)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(10, 14))
def test_no_word_is_left_by_44_endings_at_a_kiosk(kiosk: Open, seed: int) -> None:
    visits(kiosk, seed, 10)


@pytest.mark.parametrize("by", [LEAVES, *SIGNALS], ids=str)
@pytest.mark.thorough
def test_no_word_is_left_by_the_counselors_screen(start: Start, url: str, by: str | signal.Signals) -> None:
    terminal = counselor(start, url, scroll_back=1000, alternate=False)
    to_call(terminal)
    answer_at_desk(terminal)
    assert terminal.text, "the emulator shows nothing"
    if isinstance(by, signal.Signals):
        terminal.press("\x0c")
        terminal.signal(by)
        assert terminal.ended() == 128 + by
    else:
        # To the list, and from there away.
        terminal.press("q")
        terminal.wait("N New call")
        terminal.press("q")
        terminal.wait("Leave?")
        terminal.press("2")
        assert terminal.ended() == 0
    assert_left(terminal)
    assert shows(terminal, REFERENCE) == []
