"""A condition in plain words: the words of its questions and options, nothing lost, nothing turned around."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from iop_tui.screening.authoring.condition_text import (
    PlainAtom,
    PlainCondition,
    PlainGroup,
    as_sentence,
    asked,
    in_plain_words,
)
from iop_tui.screening.authoring.lint.all_conditions import conditions_of
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score, atoms, named
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
    ("condition", "wanted"),
    [
        (chosen("suicide_trend", "worse"), "“Worse”"),
        (chosen("suicide_trend", "same", "worse"), "“About the same” or “Worse”"),
        # Of many options it is shorter to say which is not wanted, or where those wanted begin.
        (chosen("suicide_attempts", "long_ago", "year", "recent"), "any answer but “Never”"),
        (chosen("past_withdrawal", "doctor", "hospital", "severe"),
         "“I got so sick that I needed a doctor or medicine”, or an answer below it"),
        (chosen("suicide_trend", "better", "same", "worse"), "any answer"),
        # Of several that can be chosen together, only one that excludes the others can stand for the rest.
        (chosen("eating_danger", "fast_loss", "no_food_down", "slow_heart", "fainting"),
         "any answer but “None of these”"),
        (chosen("weekly_use", "alcohol", "opioids"), "“Opioids …” or “Alcohol …”"),
        (InRange("drinks_per_day", 8, None, HERE), "at least 8 drinks"),
        (Not(chosen("medicine", "taking")), "not “Yes, and it helps”"),
    ],
)  # fmt: skip
def test_a_test_of_answers(condition: Condition, wanted: str) -> None:
    for atom in atoms(condition):
        assert not isinstance(atom, Score)
        question = SHIPPED.question(atom.question)
        assert set(getattr(atom, "options", ())) <= {option.id for option in question.options}
        assert told(condition) == f"{asked(question)}: {wanted}"


def test_points_are_added_up() -> None:
    low, joy = asked(SHIPPED.question("mood_low")), asked(SHIPPED.question("mood_joy"))
    said = told(Score(("mood_low", "mood_joy"), 4, HERE))
    assert said == f"Points added up: {low}; {joy}: 4 or more of 6"


TREND = asked(SHIPPED.question("suicide_trend"))
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
        said = said.replace(f"{TREND}: “{option}”", letter)
    assert said == shape


def test_a_sentence_has_brackets_around_its_groups() -> None:
    condition = All((AnyOf((A, Not(AnyOf((B, C))))), AtLeast(2, (A, B, C))))
    said = as_sentence(condition, SHIPPED)
    for letter, option in zip("abc", ("Better", "About the same", "Worse"), strict=True):
        said = said.replace(f"{TREND}: “{option}”", letter)
    assert said == "(either of: a or (neither of: b or c)) and (at least 2 of: a · b · c)"
    assert as_sentence(Not(A), SHIPPED) == f"{TREND}: not “Better”"


def test_every_question_of_a_condition_is_told_and_no_other() -> None:
    def questions(plain: PlainCondition) -> set[str]:
        if isinstance(plain, PlainGroup):
            return {name for part in plain.parts for name in questions(part)}
        return set(plain.questions)

    conditions = [owned.condition for owned in conditions_of(SHIPPED)]
    assert conditions
    for condition in conditions:
        assert questions(in_plain_words(condition, SHIPPED)) == set(named(condition))


def test_without_a_label_the_question_stands_without_its_hints() -> None:
    question = SHIPPED.question("suicide_attempts")
    assert asked(question) == question.label
    assert asked(replace(question, label=None)) == "Have you ever tried to end your life?"
    assert asked(small().questions[0]) == small().questions[0].ask
