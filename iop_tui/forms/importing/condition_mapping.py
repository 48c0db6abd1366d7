"""When an item is enabled, as the `show_if` of a question.

Both agree but in one thing: an answer left open ("I'm not sure") is no answer to a form, so that there `!=` and
`exists` false are true; here they are not known, and the question is not asked. The report says so for each.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from msgspec import Struct

from iop_tui.forms.model.conditions import Enable, Row
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Coding, Value
from iop_tui.screening.model.condition import All, AnyOf, AtLeast, Condition, InRange, Is, Not
from iop_tui.screening.model.definition import Question
from iop_tui.screening.question_types import type_of


class CannotSay(Exception):
    """A condition that our format has no form for. `rule` is the name of the rule."""

    def __init__(self, rule: str, message: str, remedy: str) -> None:
        self.rule, self.message, self.remedy = rule, message, remedy
        super().__init__(message)


class Target(Struct, frozen=True):
    """An item that was taken, the question made of it, and the option ids by the values of the form's options."""

    item: Item
    question: Question
    options: tuple[tuple[Value, str], ...] = ()


Find = Callable[[str], Target]
"""The target of a linkId. Raises CannotSay if there is none that is asked before."""
FromExpression = Callable[[Expression, Find], "Folded"]
"""An expression as a condition. Raises CannotSay."""
Folded = Condition | bool
"""A condition, or what it always is."""


class Said(Struct, frozen=True):
    """A condition, and the linkIds of which an answer left open makes it another than in the form."""

    condition: Folded
    open_differs: tuple[str, ...] = ()


def show_if(enable: Enable, find: Find, expression: FromExpression) -> Said:
    """The condition of an item. Raises CannotSay."""
    if isinstance(enable, Expression):
        said = expression(enable, find)
        return Said(said, enable.names if _has_not(said) else ())
    parts = [of_row(row, find(row.question)) for row in enable.rows]
    differs = tuple(dict.fromkeys(row.question for row in enable.rows if _negative(row)))
    return Said(both(parts) if enable.join == "all" else either(parts), differs)


def both(parts: Iterable[Folded]) -> Folded:
    """All of them."""
    left: list[Condition] = []
    for part in parts:
        if part is False:
            return False
        if not isinstance(part, bool):
            left.extend(part.of if isinstance(part, All) else (part,))
    merged = _one_range(dict.fromkeys(left))
    return All(tuple(merged)) if len(merged) > 1 else merged[0] if merged else True


def either(parts: Iterable[Folded]) -> Folded:
    """One of them at least."""
    left: list[Condition] = []
    for part in parts:
        if part is True:
            return True
        if not isinstance(part, bool):
            left.extend(part.of if isinstance(part, AnyOf) else (part,))
    merged = _merged(left)
    return AnyOf(tuple(merged)) if len(merged) > 1 else merged[0] if merged else False


def answered(target: Target) -> Folded:
    """That it has an answer: of a number or a day, that it is asked."""
    question = target.question
    if question.options:
        return Is(question.id, tuple(option.id for option in question.options), question.where)
    return True if question.show_if is None else question.show_if


def negated(part: Folded) -> Folded:
    """That it does not hold."""
    if isinstance(part, bool):
        return not part
    return part.of if isinstance(part, Not) else Not(part)


def of_row(row: Row, target: Target) -> Folded:
    """One row of `enableWhen` about its target. Raises CannotSay."""
    if row.operator == "exists":
        there = answered(target)
        return there if row.answer.data is True else negated(there)
    if type_of(target.question).relative:
        raise CannotSay(
            "date-compared",
            f"its condition compares {row.question!r} with a fixed day, and our conditions count days from today",
            "ask it always, or write the condition in days from today",
        )
    if type_of(target.question).typed:
        return _in_range(row, target)
    return _chosen(row, target)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _one_range(parts: Iterable[Condition]) -> list[Condition]:
    """Both ends of a range in one condition: `{drinks: {at_least: 2, at_most: 4}}`."""
    made: list[Condition] = []
    for part in parts:
        before = made[-1] if made else None
        if (
            isinstance(part, InRange)
            and isinstance(before, InRange)
            and part.question == before.question
            and part.at_least is before.at_most is None
            and (before.at_least or 0) <= (part.at_most or 0)
        ):
            made[-1] = InRange(part.question, before.at_least, part.at_most, before.where)
        else:
            made.append(part)
    return made


def _has_not(part: Folded) -> bool:
    if isinstance(part, (All, AnyOf, AtLeast)):
        return any(map(_has_not, part.of))
    return isinstance(part, Not)


def _negative(row: Row) -> bool:
    return row.operator == "!=" or (row.operator == "exists" and row.answer.data is False)


def _merged(parts: list[Condition]) -> list[Condition]:
    """Rows about the options of one question in one condition: `{drinks: [some, many]}`."""
    made: list[Condition] = []
    at: dict[str, tuple[int, Is]] = {}
    for part in parts:
        if isinstance(part, Is) and part.question in at:
            index, before = at[part.question]
            both_of = Is(part.question, tuple(dict.fromkeys((*before.options, *part.options))), before.where)
            at[part.question], made[index] = (index, both_of), both_of
            continue
        if isinstance(part, Is):
            at[part.question] = len(made), part
        if part not in made:
            made.append(part)
    return made


def _chosen(row: Row, target: Target) -> Folded:
    question = target.question
    if row.operator in ("=", "!="):
        named = [name for value, name in target.options if _equal(value, row.answer)]
    else:
        bound = _number(row.answer)
        values = [(_number(value), name) for value, name in target.options]
        if bound is None or any(number is None for number, _ in values):
            raise CannotSay(
                "order-of-texts",
                f"its condition asks whether an answer to {row.question!r} comes before or after another, and these "
                "answers are no numbers",
                "name the answers one by one, each with the operator =",
            )
        named = [name for number, name in values if number is not None and _ORDER[row.operator](number, bound)]
    kept = tuple(option.id for option in question.options if option.id in named)
    part: Folded = Is(question.id, kept, question.where) if kept else False
    return negated(part) if row.operator == "!=" else part


_ORDER: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
}


def _in_range(row: Row, target: Target) -> Folded:
    question, bound = target.question, _number(row.answer)
    if bound is None:
        raise CannotSay(
            "condition-of-another-type",
            f"its condition compares {row.question!r}, a number, with something that is none",
            "correct the condition in the form",
        )
    whole = bound == bound.to_integral_value()
    up, down = math.ceil(bound), math.floor(bound)
    low, high = question.lowest or 0, question.highest or 0
    if row.operator in ("=", "!="):
        part = _range(question, up, down) if whole else False
        return negated(part) if row.operator == "!=" else part
    sides = {">": (down + 1, high), ">=": (up, high), "<": (low, up - 1), "<=": (low, down)}
    return _range(question, *sides[row.operator])


def _range(question: Question, least: int, most: int) -> Folded:
    low, high = question.lowest or 0, question.highest or 0
    if least > most or least > high or most < low:
        return False
    if least <= low and most >= high:
        return True if question.show_if is None else question.show_if
    return InRange(question.id, least if least > low else None, most if most < high else None, question.where)


def _number(value: Value) -> Decimal | None:
    if value.kind in ("integer", "decimal") and isinstance(value.data, (int, Decimal)):
        return Decimal(value.data)
    return None


def _equal(value: Value, wanted: Value) -> bool:
    ours, theirs = _number(value), _number(wanted)
    if ours is not None and theirs is not None:
        return ours == theirs
    if isinstance(value.data, Coding) and isinstance(wanted.data, Coding):
        return value.data.key == wanted.data.key
    return value.kind == wanted.kind and value.data == wanted.data
