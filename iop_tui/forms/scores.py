"""Totals of a form: what its calculated items make of weights and values, or why there is none.

A total of answers of which one is missing or not scored would be a smaller total that looks like a whole one, so there
is none then. An item that is not enabled is not missing: its author leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, Protocol

from msgspec import Struct

from iop_tui.forms.fhirpath import tree as t
from iop_tui.forms.fhirpath.bounds import Bounds, bounds_of, weights_of
from iop_tui.forms.fhirpath.evaluate_expression import Scope, evaluate
from iop_tui.forms.model.form import Form, Item
from iop_tui.forms.model.values import Value

_NUMBERS = frozenset({"integer", "decimal"})


class AnswerSheet(Scope, Protocol):
    """What a total must know of the answers."""

    def enabled(self, link_id: str) -> bool:
        """Whether an item is enabled, in one of its instances at least."""
        ...


Reason = Literal["no-answer", "no-number", "not-asked", "no-result"]
"""`no-answer`: an enabled item is blank. `no-number`: its answer has no weight that is a number. `not-asked`: it is
refused, so nobody is asked. `no-result`: the expression gives nothing for these answers."""


class WhyNone(Struct, frozen=True):
    """Why there is no total, and by which item; `link_id` is empty for `no-result`."""

    reason: Reason
    link_id: str = ""


class Total(Struct, frozen=True):
    """A total: `name` is the text of the item that has it. Either `value` or `why_none` is None.

    `lowest` and `highest` bound it, whatever is answered; None where there is no bound.
    """

    name: str
    link_id: str
    value: Decimal | None
    why_none: WhyNone | None
    lowest: Decimal | None = None
    highest: Decimal | None = None


def totals(form: Form, sheet: AnswerSheet) -> tuple[Total, ...]:
    """The totals of the form's enabled items, in the form's order."""
    return tuple(_total(form, item, sheet) for item in form.all_items if is_total(item) and sheet.enabled(item.link_id))


def uncomputed(form: Form) -> tuple[Item, ...]:
    """The items that nobody fills in and whose calculation is not understood, so that they have no value here."""
    return tuple(item for item in form.all_items if item.not_computed and item.read_only and item.fate == "asked")


def is_total(item: Item) -> bool:
    """Whether a calculated item adds up the answers of several items, or scores them one by one."""
    made = item.calculated.tree if item.calculated else None
    if not isinstance(made, t.Typed) or not made.kinds <= _NUMBERS or item.calculated is None:
        return False
    return len(item.calculated.names) > 1 and any(_adds(node) for node in t.nodes(made.tree))


def scale_sum(form: Form, link_ids: Sequence[str], sheet: AnswerSheet, name: str = "") -> Total:
    """The sum of the weights of some items, for a form that has weights and no total of its own.

    Only for a person who asks for it and names the items: which belong to a scale is not in the form.

    Raises:
        KeyError: the form has no such item.
    """
    items = [form.by_link[link] for link in link_ids]
    each = [weights_of(item) for item in items]
    lowest = sum((bounds.lowest or Decimal(0) for bounds in each), Decimal(0))
    highest = sum((bounds.highest or Decimal(0) for bounds in each), Decimal(0))
    why = _lacking(items, sheet) or next(
        (WhyNone("no-number", item.link_id) for item in items if not _scored(item, sheet)), None
    )
    value = None if why else sum((w for link in link_ids for w in sheet.weights(link) if w is not None), Decimal(0))
    return Total(name, "", value, why, lowest, highest)


def _total(form: Form, item: Item, sheet: AnswerSheet) -> Total:
    bounds = total_bounds(form, item)
    why = lacking(form, item, sheet)
    value = None if why or item.calculated is None else _number(evaluate(item.calculated, sheet))
    if value is None and why is None:
        why = WhyNone("no-result")
    return Total(item.text, item.link_id, value, why, *bounds)


def total_bounds(form: Form, item: Item) -> Bounds:
    """Between which numbers the value of a calculated item lies, whatever is answered."""
    made = item.calculated.tree if item.calculated else None
    return bounds_of(made.tree, form.by_link) if isinstance(made, t.Typed) else Bounds(None, None)


def lacking(form: Form, item: Item, sheet: AnswerSheet) -> WhyNone | None:
    """What a total lacks: an answer, or a number for one; None if it lacks nothing."""
    expression = item.calculated
    if expression is None or not isinstance(expression.tree, t.Typed):
        return None
    blank = _lacking((form.by_link[link] for link in expression.names if link in form.by_link), sheet)
    if blank:
        return blank
    weighed = (link for node in t.nodes(expression.tree.tree) if isinstance(node, t.Weights) for link in node.link_ids)
    return next((WhyNone("no-number", link) for link in weighed if None in sheet.weights(link)), None)


def _lacking(items: Iterable[Item], sheet: AnswerSheet) -> WhyNone | None:
    for item in items:
        if item.fate == "refused":
            return WhyNone("not-asked", item.link_id)
        if sheet.enabled(item.link_id) and not sheet.answers(item.link_id):
            return WhyNone("no-answer", item.link_id)
    return None


def _scored(item: Item, sheet: AnswerSheet) -> bool:
    return None not in sheet.weights(item.link_id)


def _number(values: tuple[Value, ...]) -> Decimal | None:
    if len(values) != 1 or not isinstance(values[0].data, int | Decimal):
        return None
    return Decimal(values[0].data)


def _adds(node: t.Tree) -> bool:
    return isinstance(node, t.Sum) or (isinstance(node, t.Arithmetic) and node.operator == "+")
