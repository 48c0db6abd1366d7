"""Expressions within a form being filled in: what they may read of the answers, and what becomes of their result."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from iop_tui.forms.filling.enable_rows import Values, identity
from iop_tui.forms.filling.place_slots import Layout
from iop_tui.forms.filling.plan import Planned
from iop_tui.forms.model.expression import Expression
from iop_tui.forms.model.form import ItemType
from iop_tui.forms.model.values import Value, ValueKind


class Answers(Protocol):
    """What has answers at the slots of a layout: a sheet, finished or being changed."""

    @property
    def layout(self) -> Layout:
        """The slots."""

    @property
    def enabled(self) -> bytearray:
        """Which slots are enabled."""

    def effective(self, slot: int) -> Values:
        """The answers that count: none while it is disabled."""


class AnswerScope(Struct, frozen=True, eq=False):
    """What an expression or a total may ask of the answers: `forms.scores`' `AnswerSheet`."""

    sheet: Answers

    def answers(self, link_id: str) -> Sequence[Value]:
        """The answers of an item's enabled places, in the order of the form."""
        index = self.sheet.layout.plan.by_link.get(link_id)
        if index is None:
            return ()
        slots = self.sheet.layout.by_item[index]
        return [value for slot in slots for value in self.sheet.effective(slot)]

    def weights(self, link_id: str) -> Sequence[Decimal | None]:
        """The weights of those answers; None of one that has none, or that is no option."""
        index = self.sheet.layout.plan.by_link.get(link_id)
        options = self.sheet.layout.plan.items[index].options if index is not None else {}
        found = (options.get(identity(value)) for value in self.answers(link_id))
        return [option.weight if option is not None else None for option in found]

    def enabled(self, link_id: str) -> bool:
        """Whether an item is enabled, in one of its instances at least."""
        index = self.sheet.layout.plan.by_link.get(link_id)
        return index is not None and any(self.sheet.enabled[slot] for slot in self.sheet.layout.by_item[index])


def is_met(expression: Expression, sheet: Answers) -> bool:
    """Whether an `enableWhenExpression` is true."""
    # Imported only for forms that have expressions.
    from iop_tui.forms.fhirpath.evaluate_expression import is_true

    return is_true(expression, AnswerScope(sheet))


def calculated(planned: Planned, sheet: Answers) -> Values:
    """The value of a calculated item; () where there is none, or none that an answer to the item can have.

    A total has none while an answer is missing or has no number: it would be a smaller one.
    """
    expression = planned.item.calculated
    if expression is None:
        return ()
    from iop_tui.forms.fhirpath.evaluate_expression import evaluate

    scope = AnswerScope(sheet)
    if planned.index in sheet.layout.plan.totals:
        from iop_tui.forms.scores import lacking

        if lacking(sheet.layout.plan.form, planned.item, scope) is not None:
            return ()
    values = tuple(fitting(planned, value) for value in evaluate(expression, scope))
    if None in values or (len(values) > 1 and not planned.item.repeats):
        return ()
    return tuple(value for value in values if value is not None)


KINDS: dict[ItemType, tuple[ValueKind, ...]] = {
    "boolean": ("boolean",),
    "decimal": ("decimal",),
    "integer": ("integer",),
    "date": ("date",),
    "dateTime": ("dateTime",),
    "time": ("time",),
    "string": ("string",),
    "text": ("string",),
    "url": ("uri",),
    "quantity": ("quantity",),
}
"""The kinds of value that an answer to an item of each type has; a choice has those of its options."""


def fitting(planned: Planned, value: Value) -> Value | None:
    """A value as an answer to the item, changed only in its kind: a whole decimal as an integer, a day as a dateTime.

    None if it is none. An option is given as the form has it.
    """
    item = planned.item
    if item.type in ("choice", "open-choice"):
        option = planned.options.get(identity(value))
        if option is not None:
            return option.value
        typed = value.kind == "string" and (item.open or item.type == "open-choice")
        return value if typed or not item.options else None
    kind = next(iter(KINDS.get(item.type, ())), None)
    if kind is None or value.kind == kind:
        return value if kind is not None else None
    data = value.data
    if kind == "decimal" and value.kind == "integer" and isinstance(data, int):
        return Value("decimal", Decimal(data))
    if kind == "integer" and isinstance(data, Decimal) and data.is_finite() and data == data.to_integral_value():
        return Value("integer", int(data))
    if (kind, value.kind) in (("dateTime", "date"), ("string", "uri"), ("uri", "string")):
        return Value(kind, data)
    return None
