"""Numbers as speech and braille have them: those to call are told digit by digit, a mark after one is passed over."""

from __future__ import annotations

import pytest

from iop_tui.line import pages, parse_answer
from iop_tui.screening.model.answers import Answer
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import Wrong
from tests.shipped import SHIPPED


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        ("Call or text 988", "9 8 8"),
        ("Call 988 and press 1, or text 838255", "9 8 8; 8 3 8 2 5 5"),
        ("Call 1-800-662-4357", "1, 8 0 0, 6 6 2, 4 3 5 7"),
        ("Go to FindTreatment.gov", ""),
    ],
)
def test_a_number_to_call_is_told_digit_by_digit(reach: str, said: str) -> None:
    assert pages.digits(reach) == said


def test_every_number_that_is_always_named_is_told_so() -> None:
    lines = pages.who_to_call(SHIPPED)
    spelled = [line for line in lines if line.startswith("Digit by digit: ")]
    numbers = [pages.digits(SHIPPED.phone_lines[name].reach) for name in SHIPPED.help.always]
    assert spelled == [f"Digit by digit: {number}." for number in numbers if number]


@pytest.mark.parametrize("typed", ["2", "2.", "2'", "2)", "2’", " 2 "])
def test_one_mark_after_a_number_is_passed_over(typed: str) -> None:
    assert parse_answer.read(_question("who_for"), typed) == "someone_else"


@pytest.mark.parametrize(("typed", "answer"), [("1' 2'", ("alcohol", "opioids")), ("1), 2)", ("alcohol", "opioids"))])
def test_a_mark_after_each_of_several_numbers_too(typed: str, answer: Answer) -> None:
    assert parse_answer.read(_question("help_with"), typed) == answer


@pytest.mark.parametrize("typed", ["2''", "'2", "2'2", "'", ")"])
def test_anything_more_is_no_number(typed: str) -> None:
    assert isinstance(parse_answer.read(_question("who_for"), typed), Wrong)


def _question(name: str) -> Question:
    return next(question for question in SHIPPED.questions if question.id == name)
