"""Restrict a condition to given causes: what is left of it if only certain answers may make it true."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain

from iop_tui.screening.engine.evaluate import named
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score


def restricted_to(condition: Condition, questions: Set[str]) -> Condition | None:
    """A condition that is true if `condition` is and an answer to one of these questions is part of the cause; None if
    there is none.

    Exact for `all`, `any` and single answers. A count, score or `not` that names one of the questions is taken as a
    whole, which errs towards calling the answer a part of the cause.
    """
    alternatives = list(_alternatives(condition, questions))
    if not alternatives:
        return None
    return alternatives[0] if len(alternatives) == 1 else AnyOf(tuple(alternatives))


def _alternatives(condition: Condition, questions: Set[str]) -> list[Condition]:
    if isinstance(condition, AnyOf):
        return list(chain.from_iterable(_alternatives(part, questions) for part in condition.of))
    if isinstance(condition, All):
        return [
            All((*condition.of[:number], alternative, *condition.of[number + 1 :]))
            for number, part in enumerate(condition.of)
            for alternative in _alternatives(part, questions)
        ]
    if not isinstance(condition, (Is, InRange, Not, AtLeast, Score)):
        raise TypeError(f"no condition: {type(condition).__name__}")
    return [condition] if any(name in questions for name in named(condition)) else []
