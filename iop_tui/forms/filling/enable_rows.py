"""The operators of `enableWhen`: whether the answers of a question meet one row.

Equality is by system and code for codings, by number for integers and decimals, by number and unit for quantities; a
display is never compared. The order operators have the sense of R5: met by at least one answer.
Source: FHIR R4, Questionnaire.item.enableWhen and the code system questionnaire-enable-operator, both with R5's words
where R4's are a known mistake ("at least no answer has a value that is greater").
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from decimal import Decimal

from iop_tui.forms.filling import moments
from iop_tui.forms.model.conditions import Operator, Row
from iop_tui.forms.model.values import Coding, Quantity, Value

Values = tuple[Value, ...]
Test = Callable[[Values], bool]
"""Whether the answers of an enabled question meet a row; a disabled question has none: ()."""


def key(value: Value) -> tuple[Hashable, ...]:
    """What is compared of a value: two values are equal for a condition if their keys are."""
    data = value.data
    if isinstance(data, Coding):
        return ("coding", data.system, data.code)
    if isinstance(data, Quantity):
        return ("quantity", data.value, *_unit(data))
    if value.kind in ("integer", "decimal"):
        return ("number", data)
    if value.kind in ("date", "dateTime"):
        return ("moment", moments.moment(str(data)) or data)
    if value.kind == "time":
        return ("time", moments.time(str(data)) or data)
    if value.kind == "boolean":
        return ("boolean", data)
    return ("text", data)


def identity(value: Value) -> tuple[Hashable, ...]:
    """What tells one answer of a question from another: its key; of a coding that has no code, its display."""
    data = value.data
    if isinstance(data, Coding) and data.code is None:
        return ("display", data.system, data.display)
    return key(value)


def order(one: Value, other: Value) -> int | None:
    """-1, 0 or 1; None where there is no order: unlike kinds, unlike units, dates that go not equally far and agree as
    far as both go, and everything that is no number, quantity, date or time.
    """
    left, right = key(one), key(other)
    if left[0] != right[0]:
        return None
    if left[0] == "number":
        return _sign(left[1], right[1])
    if left[0] == "quantity":
        return _sign(left[1], right[1]) if left[2:] == right[2:] else None
    if left[0] in ("moment", "time") and isinstance(left[1], tuple) and isinstance(right[1], tuple):
        return moments.order(left[1], right[1])
    return None


_ORDERS: dict[Operator, tuple[int, ...]] = {">": (1,), ">=": (0, 1), "<": (-1,), "<=": (-1, 0)}


def test(row: Row) -> Test:
    """The test of a row, prepared once for each form."""
    answer = row.answer
    if row.operator == "exists":
        wanted = bool(answer.data)
        return lambda values: bool(values) is wanted
    if row.operator in ("=", "!="):
        return _equality(answer, met=row.operator == "=")
    among = _ORDERS[row.operator]
    return lambda values: any(order(value, answer) in among for value in values)


def _equality(answer: Value, *, met: bool) -> Test:
    if isinstance(answer.data, Coding) and answer.data.code is None:
        return lambda _values: not met  # it names no code: nothing is equal to it, not even another without one
    wanted = key(answer)

    def compared(values: Values) -> bool:
        for value in values:
            if key(value) == wanted:
                return met
        return not met

    return compared


def _unit(quantity: Quantity) -> tuple[str | None, str | None]:
    return (quantity.system, quantity.code) if quantity.code is not None else ("unit", quantity.unit)


def _sign(one: object, other: object) -> int | None:
    if not isinstance(one, int | Decimal) or not isinstance(other, int | Decimal):
        return None
    return (one > other) - (one < other)
