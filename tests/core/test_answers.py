"""Answers: an immutable mapping in the order of the questions."""

from __future__ import annotations

import pytest

from iop_tui.screening.format.loader import load
from iop_tui.screening.model.answers import Answers, Unknown
from tests.core.small import SMALL as FILES

SMALL = load(FILES)


def test_an_answer_makes_a_new_mapping_and_leaves_the_old_one() -> None:
    none = Answers(SMALL)
    one = none.with_answer("thoughts", "plan")
    changed = one.with_answer("thoughts", Unknown.SKIPPED)
    assert (dict(none), dict(one), dict(changed)) == ({}, {"thoughts": "plan"}, {"thoughts": Unknown.SKIPPED})
    assert dict(changed.with_answer("thoughts", None)) == {}


def test_answers_come_in_the_order_of_the_questions_whatever_order_they_were_given_in() -> None:
    ids = [question.id for question in SMALL.questions]
    backwards = Answers(SMALL)
    for question_id in reversed(ids):
        backwards = backwards.with_answer(question_id, Unknown.NOT_SURE)
    assert list(backwards) == ids
    assert list(backwards.with_answer(ids[0], None).with_answer(ids[0], Unknown.SKIPPED)) == ids


def test_an_unknown_question_is_refused() -> None:
    with pytest.raises(KeyError):
        Answers(SMALL, {"nobody_asks": "this"})
    with pytest.raises(KeyError):
        Answers(SMALL).with_answer("nobody_asks", None)
