"""Windows that are too small, and windows that change: nothing is answered blindly, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from iop_tui.result.build import result_for
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.conftest import SHORT, Start
from tests.terminal.terminal import DOWN, ENTER_KEY, LEFT, Terminal

pytestmark = pytest.mark.terminal

TOO_SMALL = "Please make this window larger"
ANSWERS = walk.SMALL_ANSWERS
WHOLE = (120, 60)
"""A window that shows every line of the review at once."""


def shrink_and_press(terminal: Terminal, keys: str) -> None:
    """Press keys in a window that is too small, until the program has done with them."""
    terminal.resize(50, 15)
    terminal.wait(TOO_SMALL, "50 and 15")
    terminal.press(keys)
    terminal.until_read()
    terminal.resize(51, 16)
    terminal.wait(TOO_SMALL, "51 and 16")


def assert_reviewed(terminal: Terminal, screening: Screening, answers: Mapping[str, Answer]) -> None:
    """The review, in a window that shows it whole, has every answer."""
    terminal.resize(*WHOLE)
    for question in walk.asked(screening, answers):
        terminal.wait(" ".join(answer_text(question, answers[question.id]).replace(", ", " · ").split()))


def test_a_window_too_small_from_the_start(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT, size=(50, 15))
    terminal.wait(TOO_SMALL, "60 columns and 20 lines", "50 and 15", "Your answers are kept")
    terminal.press("1")
    terminal.until_read()
    terminal.resize(51, 16)
    terminal.wait(TOO_SMALL, "51 and 16")
    terminal.resize(80, 24)
    walk.start(terminal)
    walk.shown(terminal, walk.asked(small, ANSWERS)[0])


def test_no_key_answers_a_question_that_is_hidden(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    questions = walk.asked(small, ANSWERS)
    walk.to_question(terminal, small, ANSWERS, 4)
    shrink_and_press(terminal, "1" + DOWN + ENTER_KEY + " 2cnsh" + LEFT + "b")
    terminal.resize(80, 24)
    walk.shown(terminal, questions[4])
    for question in questions[4:]:
        walk.answer(terminal, question, ANSWERS[question.id])
    terminal.wait(walk.REVIEW)
    assert_reviewed(terminal, small, ANSWERS)


def test_leaving_works_in_a_window_that_is_too_small(start: Start) -> None:
    terminal = start(command=SHORT, size=(50, 15))
    terminal.wait(TOO_SMALL)
    terminal.press("q")
    terminal.wait("Erase and leave")
    terminal.press("2")
    assert terminal.ended() == 0


def test_marks_not_yet_sent_survive_another_size(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    questions = walk.asked(small, ANSWERS)
    count = next(i for i, question in enumerate(questions) if question.kind == "several" and len(question.options) > 2)
    several = walk.to_question(terminal, small, ANSWERS, count)
    marked = several.options[1:3]
    terminal.press("23")
    terminal.wait(*(f"[x] {option.text}" for option in marked))
    for size in [(50, 15), (61, 21), (140, 45), (80, 24)]:
        terminal.resize(*size)
        terminal.wait(*([TOO_SMALL] if size == (50, 15) else [f"[x] {option.text}" for option in marked]))


def test_changing_the_size_all_the_way_loses_nothing(start: Start, small: Screening) -> None:
    sizes = [(100, 30), (60, 20), (140, 45), (80, 24)]
    terminal = start(command=SHORT)
    walk.start(terminal)
    questions = walk.asked(small, ANSWERS)
    for number, question in enumerate(questions):
        terminal.resize(*sizes[number % len(sizes)])
        walk.answer(terminal, question, ANSWERS[question.id])
    terminal.wait(walk.REVIEW)
    assert_reviewed(terminal, small, ANSWERS)

    terminal.press(DOWN * 2)
    second = " ".join(questions[1].ask.split())
    for size in sizes:
        terminal.resize(*size)
        terminal.wait(walk.REVIEW, f"› {second[:30]}")
    terminal.press("1")
    found = result_for(small, ANSWERS).level
    assert found is not None
    level = small.levels[found]
    for size in sizes:
        terminal.resize(*size)
        terminal.wait(walk.SUMMARY, level.name, f"› {level.short}")
    terminal.press(LEFT)
    terminal.wait(walk.REVIEW)
    assert_reviewed(terminal, small, ANSWERS)


def test_what_is_repainted_for_a_key_is_what_a_new_picture_would_show(start: Start, small: Screening) -> None:
    terminal = start(command=SHORT)
    walk.start(terminal)
    questions = walk.asked(small, ANSWERS)
    for question in questions:
        walk.shown(terminal, question)
        # The cursor stands on the first choice.
        terminal.wait("› 1" if question.options else "› C")
        terminal.press(DOWN)
        terminal.wait("› 2" if question.options else "› N")
        terminal.until_idle()
        assert_same_drawn_anew(terminal)
        walk.answer(terminal, question, ANSWERS[question.id])


def assert_same_drawn_anew(terminal: Terminal) -> None:
    """Another size and back makes the program draw everything: it must come out as it stood."""
    before = terminal.lines
    rule = len(before[1])
    terminal.resize(81, 24)
    terminal.wait_for(lambda: len(terminal.lines[1]) == rule + 1, "the wider page")
    terminal.resize(80, 24)
    terminal.wait_for(lambda: terminal.lines == before, "the same page, drawn anew")
