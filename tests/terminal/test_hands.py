"""A mouse alone, and one switch alone, in a real terminal: from the welcome page to the end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal import walk
from tests.terminal.conftest import WIZARD, Start
from tests.terminal.stepping import Stepped

pytestmark = pytest.mark.terminal

SMALL = Path(__file__).parent.parent / "screenings" / "small"
PROGRAM = (*WIZARD, "--questions", str(SMALL))
PACE = 2.0
"""Seconds that no test waits for: time is moved on."""
OFFERED = "›"
RUN = """
from iop_tui.__main__ import main

main()
"""


class Switch:
    """A wizard that offers things in turn to a person with one switch, in a time that the test moves."""

    def __init__(self, start: Start, folder: Path) -> None:
        self._time = Stepped(folder)
        script = folder / "scanning.py"
        script.write_text(self._time.switch + RUN, encoding="utf-8")
        words = ("--questions", str(SMALL), "--scan", str(PACE))
        self.terminal = start(command=(sys.executable, str(script), *words))

    def use(self, words: str, key: str = " ") -> None:
        """Let time pass until words are offered, and use the switch."""
        # A page that has come begins to offer a moment later.
        self.terminal.wait(OFFERED)
        self.terminal.until_idle()
        seen: set[str] = set()
        while not self._offers(words):
            # Once around without the words: they are on no page, however long anybody waits.
            assert self._offered() not in seen, f"{words!r} is never offered; the screen shows\n{self.terminal.text}"
            seen.add(self._offered())
            self._next()
        # Past the moment in which a press means what was offered before, or belongs to the press before.
        self._time.move(PACE * 0.6)
        self.terminal.press(key)

    def _next(self) -> None:
        before = self._offered()
        self._time.move(PACE)
        self._time.wake(self.terminal.pid)
        self.terminal.wait_for(lambda: self._offered() not in ("", before), "wanted the next")

    def _offers(self, words: str) -> bool:
        return any(sign in self.terminal.text for sign in (f"{OFFERED} {words}", f"{OFFERED}{words}"))

    def _offered(self) -> str:
        return self.terminal.text.partition(OFFERED)[2]


def test_things_are_offered_in_turn_at_the_pace_that_is_asked_for(start: Start) -> None:
    terminal = start(command=(*PROGRAM, "--scan", "0.5"))
    for words in ("1 Start the questions", "2 "):
        terminal.wait(f"{OFFERED} {words}")
    assert walk.leave(terminal) == 0


def test_one_switch_alone_goes_through_danger_to_the_summary_and_leaves(start: Start, tmp_path: Path) -> None:
    switch = Switch(start, tmp_path)
    terminal = switch.terminal
    switch.use("1 Start the questions")
    terminal.wait("Who is this for?")
    switch.use("1 Me")
    terminal.wait("What do you want help with?")
    switch.use("3 [ ] Alcohol")
    terminal.wait("[x] Alcohol")
    switch.use("C Continue")
    terminal.wait("About how many drinks")
    switch.use("1")
    terminal.wait("[ 1 ] drinks")
    switch.use("2")
    terminal.wait("[ 12 ] drinks")
    switch.use("C Continue")
    terminal.wait("Do you think about ending your life?")
    switch.use("3")
    terminal.wait("Please talk to someone right now", "Call or text 988")
    switch.use("2 I pressed the wrong key")
    terminal.wait("Do you think about ending your life?")
    switch.use("1")
    for question in ("How often is your mood low?", "How often is nothing fun?", "Is someone with you at night?"):
        terminal.wait(question)
        switch.use("1")
    terminal.wait("Check your answers")
    switch.use("1 These are right")
    terminal.wait("Your result")
    switch.use("Leave")
    terminal.wait("Leave?", "› 1 Stay")
    switch.use("2 Erase and leave")
    assert terminal.ended() == 0


def test_a_click_anywhere_is_the_switch(start: Start, tmp_path: Path) -> None:
    switch = Switch(start, tmp_path)
    for row, words in enumerate(("1 Start the questions", "1 Me"), 3):
        switch.use(words, f"\x1b[<0;70;{row}M\x1b[<0;70;{row}m")
    switch.terminal.wait("What do you want help with?")


def test_a_mouse_alone_goes_through_danger_and_a_change_to_the_summary_and_leaves(start: Start) -> None:
    terminal = start(command=PROGRAM)
    clicks = ["Start the questions", "1  Me", "[ ] Alcohol", "Continue", "[ + ]", "Continue"]
    for words in clicks:
        terminal.click(words)
    terminal.wait("Do you think about ending your life?")
    terminal.click("3  I have a plan")
    terminal.wait("Please talk to someone right now", "Call or text 988")
    terminal.click("I pressed the wrong key")
    terminal.wait("Do you think about ending your life?")
    terminal.click("1  Never")
    for question, answer in (("mood low?", "Rarely"), ("nothing fun?", "Rarely"), ("with you at night?", "1  Yes")):
        terminal.wait(question)
        terminal.click(answer)
    terminal.wait("Check your answers")
    terminal.click("How often is your mood low?")
    terminal.wait("Mostly")
    terminal.click("Mostly")
    terminal.wait("Check your answers", "mood low?", "Mostly")
    terminal.click("These are right")
    terminal.wait("Your result")
    terminal.click("All pages")
    terminal.click("Start over")
    terminal.click("Keep my answers")
    terminal.wait("Your result", gone=["Keep my answers"])
    terminal.click("All pages")
    terminal.click("Leave")
    terminal.click("Erase and leave")
    assert terminal.ended() == 0
