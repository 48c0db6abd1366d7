"""A number is told with its unit: one of it by another word than several."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.call.stored_answers import said
from iop_tui.screening.assessment.answer_words import answer_text
from iop_tui.screening.i18n import language
from iop_tui.screening.i18n.localize import in_language
from iop_tui.screening.model.definition import Question
from tests.shipped import SHIPPED

DRINKS = SHIPPED.question("drinks_per_day")


@pytest.mark.parametrize(
    ("number", "english", "spanish"),
    [
        (0, "0 drinks", "0 bebidas"),
        (1, "1 drink", "1 bebida"),
        (2, "2 drinks", "2 bebidas"),
        (11, "11 drinks", "11 bebidas"),
    ],
)
def test_one_drink_is_not_told_as_several(number: int, english: str, spanish: str) -> None:
    language.use("es")
    translated = in_language(SHIPPED, "es").question("drinks_per_day")
    assert answer_text(translated, number) == spanish
    language.use("en")
    assert answer_text(DRINKS, number) == english
    assert said(DRINKS, number) == english


@pytest.mark.parametrize(
    ("question", "told"),
    [(replace(DRINKS, unit_of_one=None), "1 drinks"), (replace(DRINKS, unit_of_one=None, unit=None), "1")],
)
def test_what_is_not_given_is_not_made_up(question: Question, told: str) -> None:
    assert answer_text(question, 1) == told
