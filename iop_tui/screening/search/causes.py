"""Restrict a condition to given causes: what is left of it if only certain answers may make it true."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain

from iop_tui.screening.engine.evaluate import named
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not, Score


def through(condition: Condition, questions: Set[str]) -> Condition | None:
    """A condition that is true if `condition` is and an answer to one of these questions is part of the cause; None if
    none can be.

    Exact for `all`, `any` and single answers. A count, score or `not` that names one of them is taken whole, which errs
    towards calling the answer a part of the cause.
    """
    ways = list(_ways(condition, questions))
    if not ways:
        return None
    return ways[0] if len(ways) == 1 else AnyOf(tuple(ways))


def _ways(condition: Condition, questions: Set[str]) -> list[Condition]:
    if isinstance(condition, AnyOf):
        return list(chain.from_iterable(_ways(part, questions) for part in condition.of))
    if isinstance(condition, All):
        return [
            All((*condition.of[:number], way, *condition.of[number + 1 :]))
            for number, part in enumerate(condition.of)
            for way in _ways(part, questions)
        ]
    if not isinstance(condition, (Is, InRange, Not, AtLeast, Score)):
        raise TypeError(f"no condition: {type(condition).__name__}")
    return [condition] if any(name in questions for name in named(condition)) else []
