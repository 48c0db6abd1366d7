"""Which set of tests a run is, and how many examples that gives a property."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests.profiles import PLAIN, THOROUGH, examples, selects_thorough


@pytest.mark.parametrize("expression", ["thorough", "terminal and thorough", "thorough or not thorough", ""])
def test_a_run_of_thorough_tests_is_known_by_its_markers(expression: str) -> None:
    assert selects_thorough(expression)


@pytest.mark.parametrize("expression", ["not thorough", "terminal and not thorough", "terminal", "not thoroughly"])
def test_any_other_run_is_a_plain_one(expression: str) -> None:
    assert not selects_thorough(expression)


def test_properties_have_the_examples_of_the_set_that_runs(pytestconfig: pytest.Config) -> None:
    count = THOROUGH if selects_thorough(pytestconfig.option.markexpr) else PLAIN
    assert settings().max_examples == count
    assert (examples(0.5).max_examples, examples(2).max_examples, examples(0.001).max_examples) == (
        count // 2,
        2 * count,
        1,
    )
