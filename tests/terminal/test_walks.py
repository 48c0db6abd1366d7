"""The shipped screening, from the welcome page to the summary."""

from __future__ import annotations

import itertools

import pytest

from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.content import Care
from iop_tui.screening.model.definition import Question, Screening
from tests.shipped import LEVELS
from tests.terminal import walk
from tests.terminal.conftest import Start
from tests.terminal.terminal import ENTER_KEY, Terminal

pytestmark = pytest.mark.terminal

SIZES = [(80, 24), (100, 30), (140, 45)]
PLAIN = dict(zip(LEVELS, itertools.cycle(SIZES), strict=False))
"""The window in which each level is always tried."""
EACH = [
    pytest.param(
        level,
        size,
        marks=[] if PLAIN[level] == size else pytest.mark.thorough,
        id=f"{level}-{size[0]}x{size[1]}",
    )
    for level in LEVELS
    for size in SIZES
]


def card_names(terminal: Terminal, level: Care) -> None:
    """Until the card of the result names the level, and has it marked among the others."""
    terminal.wait(walk.SUMMARY, "Care to ask about", level.name.partition(" (")[0], f"› {level.short}")


@pytest.mark.parametrize(("level", "size"), EACH)
def test_keys_lead_to_the_summary_that_names_the_level(
    start: Start, screening: Screening, cases: tuple[Case, ...], level: str, size: tuple[int, int]
) -> None:
    case = next(case for case in cases if case.expect.level == level)
    terminal = start(size=size)
    walk.to_summary(terminal, screening, case.answers)
    card_names(terminal, screening.levels[level])


def test_the_marker_arrives_in_a_real_terminal(start: Start, screening: Screening, calm: Case) -> None:
    terminal = start(env={"NO_MOTION": None})
    walk.to_review(terminal, screening, calm.answers)
    terminal.press(ENTER_KEY)
    card_names(terminal, screening.levels[calm.expect.level])


def test_the_mouse_alone_leads_to_the_summary(start: Start, screening: Screening, cases: tuple[Case, ...]) -> None:
    case = next(case for case in cases if case.expect.level != "none" and clickable(screening, case))
    terminal = start(size=(100, 30))
    terminal.wait("Start the questions")
    terminal.click("Start the questions")
    for question in walk.asked(screening, case.answers):
        click_answer(terminal, question, case.answers[question.id])
    terminal.wait(walk.REVIEW, "Change an answer")
    terminal.click("show my summary")
    card_names(terminal, screening.levels[case.expect.level])


def clickable(screening: Screening, case: Case) -> bool:
    """No alarm on the way, a number that is few clicks away, and several choices at once."""
    given = [case.answers[question.id] for question in walk.asked(screening, case.answers)]
    several = any(isinstance(answer, tuple) and len(answer) > 1 for answer in given)
    return not case.expect.alarms and several and any(isinstance(answer, int) and answer < 8 for answer in given)


def click_answer(terminal: Terminal, question: Question, given: Answer) -> None:
    walk.shown(terminal, question)
    if isinstance(given, int):
        # The first click begins at one: nobody is asked how much of nothing they take.
        for number in range(max(1, question.lowest or 0), given + 1):
            terminal.click("[ + ]")
            terminal.wait(f"[ {number} ]")
        terminal.click("Continue")
    elif isinstance(given, tuple):
        for option in question.options:
            if option.id in given:
                terminal.click(f"[ ] {option.text}")
                terminal.wait(f"[x] {option.text}")
        terminal.click("Continue")
    else:
        assert isinstance(given, str)
        place = [option.id for option in question.options].index(given)
        terminal.click(f"{walk.OPTION_KEYS[place]}  {question.options[place].text}")
