"""Terminals with few colours, and people who want none: the words are seen all the same."""

from __future__ import annotations

import pytest
from textual.theme import Theme

from iop_tui.screening.assessment.cases import Case
from iop_tui.screening.engine.interview import Alarmed, Reviewing
from iop_tui.screening.model.definition import Question, Screening
from iop_tui.tui.themes import THEMES
from tests.terminal import walk
from tests.terminal.bytes_out import LEAVE, colours, words_in
from tests.terminal.conftest import SHORT, WIZARD, Start
from tests.terminal.terminal import DOWN, LEFT, TAB, Terminal
from tests.tui.test_linux_console import FONTS

pytestmark = pytest.mark.terminal


def short_walk(terminal: Terminal, small: Screening) -> Question:
    """Welcome, who to call, two questions, the cursor on the first choice; the question on the screen."""
    terminal.wait("Start the questions")
    terminal.press("h")
    terminal.wait("In danger right now?")
    terminal.press("h")
    terminal.wait("Start the questions", gone=["In danger right now?"])
    question = walk.to_question(terminal, small, walk.SMALL_ANSWERS, 1)
    terminal.until_idle()
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


def over(terminal: Terminal, key: str, *wanted: str) -> None:
    """A page that one key lays over the one that is shown, and back from it."""
    before = terminal.lines
    terminal.press(key)
    terminal.wait(*wanted)
    terminal.press(LEFT)
    terminal.wait_for(lambda: terminal.lines == before, "wanted the page before")


def every_page(terminal: Terminal, screening: Screening, case: Case) -> None:
    """All pages from the first to the question whether to leave, which is then on the screen."""
    terminal.wait("Start the questions")
    for key, wanted in (("h", "In danger right now?"), ("2", "Where you sleep"), ("d", "One-key use"), ("g", "mean")):
        terminal.until_idle()
        over(terminal, key, wanted)
    walk.to_review(terminal, screening, case.answers)
    terminal.press("1")
    terminal.wait(walk.SUMMARY)
    terminal.press("  ")
    terminal.until_idle()
    terminal.press("s")
    terminal.wait("Save as plain text")
    terminal.press(TAB)
    terminal.until_idle()
    terminal.press(TAB)
    terminal.until_idle()
    terminal.press(LEFT)
    terminal.wait("All pages", gone=["Save as plain text"])
    terminal.press("q")
    terminal.wait(walk.LEAVE_QUESTION)


@pytest.fixture(scope="module")
def warned(cases: tuple[Case, ...], screening: Screening) -> Case:
    """A person who comes to the summary past a page of danger."""

    def passes(case: Case) -> bool:
        states = list(walk.steps(screening, case.answers))
        return isinstance(states[-1].step, Reviewing) and any(isinstance(state.step, Alarmed) for state in states)

    return min(filter(passes, cases), key=lambda case: len(list(walk.steps(screening, case.answers))))


@pytest.mark.parametrize("theme", ["contrast", pytest.param("light", marks=pytest.mark.thorough)])
def test_no_page_has_a_colour_where_none_is_wanted(
    start: Start, screening: Screening, warned: Case, theme: str
) -> None:
    terminal = start(env={"NO_COLOR": "1", "COLORTERM": "truecolor"}, command=(*WIZARD, "--theme", theme))
    every_page(terminal, screening, warned)
    terminal.press("2")
    assert terminal.ended() == 0
    assert colours(terminal.sent) == set()


def test_a_console_gets_signs_that_its_fonts_have_and_no_colour_that_is_hard_to_see(
    start: Start, screening: Screening, warned: Case
) -> None:
    terminal = start(env={"TERM": "linux"}, size=(80, 25))
    every_page(terminal, screening, warned)
    terminal.press("2")
    assert terminal.ended() == 0
    drawn = set(words_in(terminal.sent.partition(LEAVE)[0]))
    assert {sign for sign in drawn - FONTS if sign.isprintable()} == set()
    assert {"=", "─", ">", "·"} <= drawn
    # Of the sixteen, blue on black can hardly be read, and yellow on white not at all. Black on white stands in a field
    # to type in.
    assert colours(terminal.sent) <= {"30", "47"}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: str(theme.name))
def test_the_theme_that_is_asked_for_is_used_in_all_colours_of_a_full_terminal(start: Start, theme: Theme) -> None:
    asked = () if theme is THEMES[0] else ("--theme", theme.name)
    terminal = start(env={"COLORTERM": "truecolor"}, command=(*WIZARD, *asked))
    terminal.wait("Start the questions")
    ground = str(theme.background)
    wanted = ";".join(str(int(ground[place : place + 2], 16)) for place in (1, 3, 5))
    assert f"48;2;{wanted}" in colours(terminal.sent)
    assert any(colour.startswith("38;2;") for colour in colours(terminal.sent))


# That every page of an xterm is without colour is seen above, with NO_COLOR=1.
@pytest.mark.parametrize("value", ["", pytest.param("1", marks=pytest.mark.thorough)], ids=["NO_COLOR=", "NO_COLOR=1"])
@pytest.mark.parametrize("name", ["xterm-256color", "xterm", "linux"])
def test_no_colour_where_none_is_wanted(start: Start, small: Screening, name: str, value: str) -> None:
    terminal = start(command=SHORT, env={"TERM": name, "NO_COLOR": value})
    question = short_walk(terminal, small)
    assert_seen(terminal, question)
    assert colours(terminal.sent) == set()


# On a console no page has more than two of the sixteen: see above.
@pytest.mark.parametrize("name", ["xterm", pytest.param("linux", marks=pytest.mark.thorough)])
def test_sixteen_colours_are_enough(start: Start, small: Screening, name: str) -> None:
    terminal = start(command=SHORT, env={"TERM": name})
    question = short_walk(terminal, small)
    assert_seen(terminal, question)
    assert {colour for colour in colours(terminal.sent) if ";" in colour} == set()
