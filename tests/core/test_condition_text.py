"""A condition in plain words: the words of its questions and options, nothing lost, nothing turned around."""

from __future__ import annotations

import pytest

from iop_tui.screening.authoring.condition_text import (
    PlainAtom,
    PlainCondition,
    PlainGroup,
    as_sentence,
    asked,
    in_plain_words,
)
from iop_tui.screening.authoring.lint.all_conditions import conditions_of
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score, named
from iop_tui.screening.model.field_types import SourceLocation
from tests.core.small import small
from tests.shipped import SHIPPED

HERE = SourceLocation("", 1)


def chosen(question: str, *options: str) -> Is:
    return Is(question, options, HERE)


def told(condition: Condition) -> str:
    return _told(in_plain_words(condition, SHIPPED))


def _told(plain: PlainCondition) -> str:
    if isinstance(plain, PlainAtom):
        return f"{plain.asked}: {'not ' if plain.negated else ''}{plain.wanted}"
    return f"{plain.joint}{plain.count or ''}({'; '.join(map(_told, plain.parts))})"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (chosen("suicide_trend", "worse"), "Thoughts of dying get better or worse: “Worse”"),
        (chosen("suicide_trend", "same", "worse"),
         "Thoughts of dying get better or worse: “About the same” or “Worse”"),
        # Of many options it is shorter to say which is not wanted, or where those wanted begin.
        (chosen("suicide_attempts", "long_ago", "year", "recent"), "Last suicide attempt: any answer but “Never”"),
        (chosen("past_withdrawal", "doctor", "hospital", "severe"),
         "Worst from stopping in the past: “I got so sick that I needed a doctor or medicine”, or an answer below it"),
        (chosen("suicide_trend", "better", "same", "worse"), "Thoughts of dying get better or worse: any answer"),
        # Of several that can be chosen together, only one that excludes the others can stand for the rest.
        (chosen("eating_danger", "fast_loss", "no_food_down", "slow_heart", "fainting"),
         "Body signs of eating trouble: any answer but “None of these”"),
        (chosen("weekly_use", "alcohol", "opioids"), "Uses on 1 to 3 days a week: “Opioids …” or “Alcohol …”"),
        (InRange("drinks_per_day", 8, None, HERE), "Drinks on a day of drinking: at least 8 drinks"),
        (Score(("mood_low", "mood_joy"), 4, HERE),
         "Points added up: How sad or low; Can still enjoy things: 4 or more of 6"),
        (Not(chosen("medicine", "taking")), "Medicine to stop drinking or opioids: not “Yes, and it helps”"),
    ],
)  # fmt: skip
def test_a_test_of_answers(condition: Condition, words: str) -> None:
    ids = {option.id for question in SHIPPED.questions for option in question.options}
    if isinstance(condition, Is):
        assert set(condition.options) <= ids
    assert told(condition) == words


A, B, C = (chosen("suicide_trend", option) for option in ("better", "same", "worse"))


@pytest.mark.parametrize(
    ("condition", "shape"),
    [
        (All((A,)), "a"),
        (All((A, All((B, C)))), "all(a; b; c)"),
        (AnyOf((A, AnyOf((B, C)))), "any(a; b; c)"),
        (All((A, AnyOf((B, C)))), "all(a; any(b; c))"),
        (AtLeast(2, (A, B, C)), "at_least2(a; b; c)"),
        (Not(AnyOf((A, B))), "none(a; b)"),
        (Not(All((A, B))), "not_all(a; b)"),
        (Not(Not(A)), "a"),
        (Not(Not(All((A, B)))), "all(a; b)"),
        (Not(AtLeast(2, (A, B, C))), "none(at_least2(a; b; c))"),
    ],
)
def test_groups_keep_their_meaning(condition: Condition, shape: str) -> None:
    said = told(condition)
    for letter, option in zip("abc", ("Better", "About the same", "Worse"), strict=True):
        said = said.replace(f"Thoughts of dying get better or worse: “{option}”", letter)
    assert said == shape


def test_a_sentence_has_brackets_around_its_groups() -> None:
    condition = All((AnyOf((A, Not(AnyOf((B, C))))), AtLeast(2, (A, B, C))))
    said = as_sentence(condition, SHIPPED)
    for letter, option in zip("abc", ("Better", "About the same", "Worse"), strict=True):
        said = said.replace(f"Thoughts of dying get better or worse: “{option}”", letter)
    assert said == "(either of: a or (neither of: b or c)) and (at least 2 of: a · b · c)"
    assert as_sentence(Not(A), SHIPPED) == "Thoughts of dying get better or worse: not “Better”"


def test_every_question_of_a_condition_is_told_and_no_other() -> None:
    def questions(plain: PlainCondition) -> set[str]:
        if isinstance(plain, PlainGroup):
            return {name for part in plain.parts for name in questions(part)}
        return set(plain.questions)

    conditions = [owned.condition for owned in conditions_of(SHIPPED)]
    assert conditions
    for condition in conditions:
        assert questions(in_plain_words(condition, SHIPPED)) == set(named(condition))


def test_without_a_short_form_the_question_stands_without_its_hints() -> None:
    assert asked(small().questions[0]) == small().questions[0].ask
    assert asked(SHIPPED.question("suicide_attempts")) == "Last suicide attempt"
