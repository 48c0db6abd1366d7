"""Terminals with few colours, and people who want none: the words are seen all the same."""

from __future__ import annotations

import pytest

from iop_tui.screening.cases import Case
from iop_tui.screening.model import Question, Screening
from tests.terminal import walk
from tests.terminal.bytes_out import colours
from tests.terminal.conftest import Start
from tests.terminal.terminal import DOWN, Terminal

pytestmark = pytest.mark.terminal


def short_walk(terminal: Terminal, screening: Screening, case: Case) -> Question:
    """Welcome, who to call, four questions, the cursor on the first choice; the question on the screen."""
    terminal.wait("Start the questions")
    terminal.press("h")
    terminal.wait("In danger right now?")
    terminal.press("h")
    terminal.wait("Start the questions", gone=["In danger right now?"])
    question = walk.to_question(terminal, screening, case.answers, 4)
    terminal.settle()
    terminal.press(DOWN)
    return question


def assert_seen(terminal: Terminal, question: Question) -> None:
    """The question, its choices, and the line under the cursor."""
    terminal.wait(" ".join(question.ask.split()), *(option.text for option in question.options))
    first = question.options[0].text
    terminal.wait_for(
        lambda: any("›" in line and first in line for line in terminal.lines) or first in terminal.reversed_words(),
        f"wanted the cursor on {first!r}",
    )


@pytest.mark.parametrize("name", ["xterm-256color", "xterm", "linux"])
@pytest.mark.parametrize("value", ["1", ""], ids=["NO_COLOR=1", "NO_COLOR="])
def test_no_colour_where_none_is_wanted(start: Start, screening: Screening, calm: Case, name: str, value: str) -> None:
    terminal = start(env={"TERM": name, "NO_COLOR": value})
    question = short_walk(terminal, screening, calm)
    assert_seen(terminal, question)
    assert walk.leave(terminal) == 0
    assert colours(terminal.sent) == set()


@pytest.mark.parametrize("name", ["linux", "xterm"])
def test_sixteen_colours_are_enough(start: Start, screening: Screening, calm: Case, name: str) -> None:
    terminal = start(env={"TERM": name})
    question = short_walk(terminal, screening, calm)
    assert_seen(terminal, question)
    assert walk.leave(terminal) == 0
    assert {colour for colour in colours(terminal.sent) if ";" in colour} == set()


def test_the_colours_of_a_full_terminal_are_used(start: Start, screening: Screening, calm: Case) -> None:
    terminal = start(env={"COLORTERM": "truecolor"})
    question = short_walk(terminal, screening, calm)
    assert_seen(terminal, question)
    assert any(colour.startswith("38;2;") for colour in colours(terminal.sent))
