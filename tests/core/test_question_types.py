"""The types of question: one place for each, and the drafts of answers that wizard and desk build on."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from iop_tui.screening.model.definition import Question
from iop_tui.screening.model.field_types import Kind
from iop_tui.screening.question_types import TYPES, Draft, draft_of, refusal, type_of
from tests.core.dated import dated
from tests.core.small import known_answers, small
from tests.core.test_imports import PACKAGE

HELP_WITH, DRINKS, WHO_FOR = (small().question(name) for name in ("help_with", "drinks", "who_for"))
QUESTIONS = (*small().questions, *dated().questions)


def keyed(question: Question, keys: str) -> Draft:
    """What comes of these keys; one that does not fit changes nothing."""
    draft = draft_of(question, None)
    for key in keys:
        draft = draft.typed(key) or draft
    return draft


def test_every_kind_of_the_format_has_a_type() -> None:
    assert set(TYPES) == set(get_args(Kind))


def test_nothing_else_asks_for_the_name_of_a_type() -> None:
    asks = re.compile(r"(question|asked)\w*\)?\.kind\b")
    found = [
        path.relative_to(PACKAGE)
        for path in PACKAGE.rglob("*.py")
        if "question_types" not in path.parts and asks.search(path.read_text())
    ]
    assert found == []


@given(st.data())
def test_a_draft_of_an_answer_is_that_answer_and_is_read_back_from_where_it_is_stored(data: st.DataObject) -> None:
    from iop_tui.call.stored_answers import answer_of, plain_of

    question = data.draw(st.sampled_from(QUESTIONS))
    answer = data.draw(known_answers(question))
    assert refusal(question, answer) is None
    assert answer_of(question, plain_of(answer)) == answer
    draft = draft_of(question, answer)
    assert draft.answer == (answer if type_of(question).confirmed else None)


# ---- options ---------------------------------------------------------------------------------------------------------


def test_an_option_that_stands_alone_and_the_others_put_each_other_out() -> None:
    draft = draft_of(HELP_WITH, None)
    assert draft.answer is None
    both = draft.toggled("alcohol").toggled("mood")
    assert both.answer == ("mood", "alcohol"), "in the order of the question"
    assert both.toggled("none").answer == ("none",)
    assert both.toggled("none").toggled("mood").answer == ("mood",)
    assert both.toggled("mood").toggled("alcohol").answer is None


@given(st.lists(st.sampled_from([option.id for option in HELP_WITH.options])))
def test_whatever_is_marked_can_be_an_answer_or_is_nothing(presses: list[str]) -> None:
    draft = draft_of(HELP_WITH, None)
    for option in presses:
        draft = draft.toggled(option)
    assert draft.answer == (draft.chosen or None)


def test_marks_stay_on_another_version_of_the_question_as_far_as_they_can() -> None:
    begun = draft_of(HELP_WITH, None).toggled("mood").toggled("alcohol")
    shorter = replace(HELP_WITH, options=tuple(o for o in HELP_WITH.options if o.id != "alcohol"))
    assert draft_of(shorter, None).resumed(begun).chosen == ("mood",)
    alone = replace(HELP_WITH, options=tuple(replace(o, alone=o.id == "mood") for o in HELP_WITH.options))
    assert draft_of(alone, ("alcohol",)).resumed(begun).chosen == ("alcohol",)


def test_one_option_is_an_answer_at_once() -> None:
    draft = draft_of(WHO_FOR, "self")
    assert (draft.answer, draft.toggled("self"), draft.takes("1")) == (None, draft, False)


# ---- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("12", "12"),
        ("007", "7"),
        ("0", "0"),
        ("00", "0"),
        ("61", "61"),
        ("+", "1"),
        ("5+", "6"),
        ("60+", "60"),
        ("-", "0"),
    ],
)
def test_digits_and_steps_make_a_number_within_the_bounds(keys: str, text: str) -> None:
    assert keyed(DRINKS, keys).text == text


@pytest.mark.parametrize("keys", ["75", "65", "61", "600"])
def test_a_number_above_the_highest_is_taken_as_it_was_typed_and_asked_about(keys: str) -> None:
    draft = keyed(replace(DRINKS, if_more="Is it a number per day?"), keys)
    assert (draft.text, draft.answer) == (keys, None)
    assert draft.objection == "Up to 60. Is it a number per day?"
    assert keyed(DRINKS, keys).objection == "Up to 60. Please check the number."
    assert draft.typed("1") is None or len(keys) < 3


@pytest.mark.parametrize("keys", ["", "7", "60"])
def test_there_is_nothing_to_object_to_a_number_within_the_bounds(keys: str) -> None:
    assert keyed(DRINKS, keys).objection == ""


def test_a_number_below_the_lowest_is_not_an_answer_yet() -> None:
    question = replace(DRINKS, lowest=10)
    assert keyed(question, "1").answer is None
    assert keyed(question, "12").answer == 12
    assert keyed(question, "+").answer == 10
    assert keyed(question, "12").erased().erased().answer is None


@given(st.text("0123456789+-", max_size=6))
def test_the_digits_that_fit_are_those_that_make_an_answer(keys: str) -> None:
    draft = keyed(DRINKS, keys)
    typed = {digit: draft.typed(digit) for digit in "0123456789"}
    can_be = [
        digit
        for digit, more in typed.items()
        if more is not None and more.text != draft.text and more.answer is not None
    ]
    # A nought before other digits is not offered: it is taken, and changes into them.
    assert list(draft.fitting) == (can_be if draft.text != "0" else [])


def test_digits_stay_on_another_version_of_the_question() -> None:
    assert draft_of(replace(DRINKS, highest=20), None).resumed(keyed(DRINKS, "15")).text == "15"
    changed = draft_of(replace(DRINKS, highest=10), 3).resumed(keyed(DRINKS, "15"))
    assert (changed.text, changed.answer) == ("15", None)
    assert draft_of(DRINKS, 3).resumed(draft_of(HELP_WITH, ("mood",))).text == "3"
