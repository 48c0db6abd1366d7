"""A mouse alone, and one switch alone, in a real terminal: from the welcome page to the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.conftest import WIZARD, Start
from tests.terminal.terminal import Terminal

pytestmark = pytest.mark.terminal

SMALL = Path(__file__).parent.parent / "screenings" / "small"
PROGRAM = (*WIZARD, "--questions", str(SMALL))
PACE = 0.7
"""Seconds. Short, so that the tests are, and long enough for a busy machine to show what is offered."""
OFFERED = "›"


def until_offered(terminal: Terminal, words: str, press: Callable[[], None]) -> None:
    """Wait until words are offered, and use the switch."""
    signed = f"{OFFERED} {words}", f"{OFFERED}{words}"
    terminal.wait_for(lambda: any(sign in terminal.text for sign in signed), f"wanted {words!r} to be offered")
    # Past the moment in which a press means what was offered before, or belongs to the press before.
    terminal.settle(PACE * 0.55)
    press()


def test_one_switch_alone_goes_through_danger_to_the_summary_and_leaves(start: Start) -> None:
    terminal = start(command=(*PROGRAM, "--scan", str(PACE)))

    def switch() -> None:
        terminal.press(" ")

    until_offered(terminal, "1 Start the questions", switch)
    until_offered(terminal, "1 Me", switch)
    until_offered(terminal, "3 [ ] Alcohol", switch)
    terminal.wait("[x] Alcohol")
    until_offered(terminal, "C Continue", switch)
    until_offered(terminal, "1", switch)
    terminal.wait("[ 1 ] drinks")
    until_offered(terminal, "2", switch)
    terminal.wait("[ 12 ] drinks")
    until_offered(terminal, "C Continue", switch)
    terminal.wait("Do you think about ending your life?")
    until_offered(terminal, "3", switch)
    terminal.wait("Please talk to someone right now", "Call or text 988")
    until_offered(terminal, "1 That answer was a mistake", switch)
    terminal.wait("Do you think about ending your life?")
    until_offered(terminal, "1", switch)
    for question in ("How often is your mood low?", "How often is nothing fun?", "Is someone with you at night?"):
        terminal.wait(question)
        until_offered(terminal, "1", switch)
    terminal.wait("Check your answers")
    until_offered(terminal, "1 These are right", switch)
    terminal.wait("Your summary")
    until_offered(terminal, "Leave", switch)
    terminal.wait("Leave now?", "› 1 Stay")
    until_offered(terminal, "2 Erase and leave", switch)
    assert terminal.ended() == 0


def test_a_click_anywhere_is_the_switch(start: Start) -> None:
    terminal = start(command=(*PROGRAM, "--scan", str(PACE)))
    for row, words in enumerate(("1 Start the questions", "1 Me"), 3):
        until_offered(terminal, words, lambda row=row: terminal.press(f"\x1b[<0;70;{row}M\x1b[<0;70;{row}m"))  # type: ignore[misc]  # each has its own row
    terminal.wait("What do you want help with?")


def test_a_mouse_alone_goes_through_danger_and_a_change_to_the_summary_and_leaves(start: Start) -> None:
    terminal = start(command=PROGRAM)
    clicks = ["Start the questions", "1  Me", "[ ] Alcohol", "Continue", "[ + ]", "Continue"]
    for words in clicks:
        terminal.click(words)
    terminal.wait("Do you think about ending your life?")
    terminal.click("3  I have a plan")
    terminal.wait("Please talk to someone right now", "Call or text 988")
    terminal.click("That answer was a mistake")
    terminal.wait("Do you think about ending your life?")
    terminal.click("1  Never")
    for question, answer in (("mood low?", "Rarely"), ("nothing fun?", "Rarely"), ("with you at night?", "1  Yes")):
        terminal.wait(question)
        terminal.click(answer)
    terminal.wait("Check your answers")
    terminal.click("How often is your mood low?")
    terminal.wait("Mostly")
    terminal.click("Mostly")
    terminal.wait("Check your answers", "mood low? — Mostly")
    terminal.click("These are right")
    terminal.wait("Your summary")
    terminal.click("Start over")
    terminal.click("Keep my answers")
    terminal.wait("Your summary")
    terminal.click("Q Leave")
    terminal.click("Erase and leave")
    assert terminal.ended() == 0
