"""What must hold of a terminal after the wizard is gone, however it went."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Screening
from tests.terminal import walk
from tests.terminal.bytes_out import CURSOR, ENTER, WRAP, after_leaving, keyboard_pushed, modes_on, words_in
from tests.terminal.terminal import Terminal


def assert_restored(terminal: Terminal) -> None:
    """The full screen is left, the cursor shows, mouse and keyboard are as they were, and so are the settings."""
    assert ENTER in terminal.sent, "the full screen was never entered"
    assert modes_on(terminal.sent) == {CURSOR, WRAP}
    assert keyboard_pushed(terminal.sent) == 0
    assert terminal.settings == terminal.before


def assert_nothing_left(terminal: Terminal) -> None:
    """Not one word stands on the normal screen, or was sent to it."""
    assert terminal.text == ""
    assert words_in(after_leaving(terminal.sent)).strip() == ""


def answer_words(screening: Screening, answers: Mapping[str, Answer]) -> list[str]:
    """The questions that were asked, and what was answered, in words and as the ids of the YAML."""
    questions = walk.asked(screening, answers)
    said = [answer_text(question, answers[question.id]) for question in questions]
    return [word for word in [*said, *(question.ask for question in questions)] if len(word) > 3]
