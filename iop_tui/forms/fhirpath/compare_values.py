"""Values compared as FHIRPath does: equality, equivalence, order. None is the empty result."""

from __future__ import annotations

from decimal import Decimal

from iop_tui.forms.model.values import Value

Number = int | Decimal
_NUMBERS = frozenset({"integer", "decimal"})
_TEXTS = frozenset({"string", "uri"})


def same(left: Value, right: Value) -> bool | None:
    """Whether two values are equal; None for dates that agree as far as both are known (FHIRPath 6.1.1)."""
    if left.kind == right.kind == "date":
        order = date_order(str(left.data), str(right.data))
        return None if order is None else order == 0
    if left.kind == right.kind or {left.kind, right.kind} in (_NUMBERS, _TEXTS):
        return left.data == right.data
    return False


def equivalent(left: Value, right: Value) -> bool:
    """Whether two texts, whole numbers or booleans are equivalent: case and the width of blanks make no difference."""
    a, b = left.data, right.data
    if isinstance(a, str) and isinstance(b, str):
        return a.lower().split() == b.lower().split()
    return a == b


def order(left: Value, right: Value) -> int | None:
    """-1, 0 or 1 as the first of two numbers or dates is smaller, equal or greater; None if that is not known."""
    if left.kind == "date":
        return date_order(str(left.data), str(right.data))
    a, b = number(left), number(right)
    return (a > b) - (a < b)


def date_order(left: str, right: str) -> int | None:
    """The same for dates that may lack the day, or the month and the day; None where one of them ends too early."""
    for a, b in zip(left.split("-"), right.split("-"), strict=False):
        if a != b:
            return 1 if a > b else -1
    return 0 if len(left) == len(right) else None


def number(value: Value) -> Number:
    """The number of a value. A decimal that is written as a whole number is one, as JSON has it."""
    data = value.data
    if isinstance(data, Decimal) and data.as_tuple().exponent == 0:
        return int(data)
    if not isinstance(data, int | Decimal):
        raise TypeError("a number is expected")
    return data
