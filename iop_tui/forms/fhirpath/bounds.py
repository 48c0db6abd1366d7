"""Between which numbers the result of an expression lies, whatever is answered.

An outer bound: no result lies outside, but not every number within need be one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from iop_tui.forms.fhirpath import tree as t
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Value

Bound = Decimal | None
"""None: no bound is known."""


class Bounds(NamedTuple):
    """The lowest and the highest number, inclusive."""

    lowest: Bound
    highest: Bound


UNKNOWN = Bounds(None, None)


def bounds_of(tree: t.Tree, items: Mapping[str, Item]) -> Bounds:
    """The bounds of an expression's numbers. `items` is every item of the form by linkId."""
    return _of(tree, items, frozenset())


def weights_of(item: Item) -> Bounds:
    """The bounds of the sum of the weights that can be chosen in an item; blank is 0 here."""
    weights = [option.weight for option in item.options if option.weight is not None]
    if not item.repeats:
        return Bounds(min(weights, default=Decimal(0)), max(weights, default=Decimal(0)))
    return Bounds(sum((w for w in weights if w < 0), Decimal(0)), sum((w for w in weights if w > 0), Decimal(0)))


def _of(tree: t.Tree, items: Mapping[str, Item], within: frozenset[str]) -> Bounds:
    match tree:
        case t.Constant(values):
            return _all(_value(value) for value in values)
        case t.Answers(link_ids):
            return _all(_item(items[link], items, within) for link in link_ids if link in items)
        case t.Weights(link_ids):
            return _all(weights_of(items[link]) for link in link_ids if link in items)
        case t.Sum(t.Weights(link_ids)):
            # An item that is not enabled adds nothing, so each adds 0 at least and at most.
            found = [weights_of(items[link]) for link in link_ids if link in items]
            return Bounds(
                sum((min(each.lowest or Decimal(0), Decimal(0)) for each in found), Decimal(0)),
                sum((max(each.highest or Decimal(0), Decimal(0)) for each in found), Decimal(0)),
            )
        case t.Arithmetic("+" | "-" | "*", left, right):
            return _calculated(tree.operator, _of(left, items, within), _of(right, items, within))
        case t.Choose(_, then, otherwise):
            return _all([_of(then, items, within), _of(otherwise, items, within)])
        case t.OfKind(of) | t.Pick(of) | t.Filter(of) | t.Call("toInteger" | "toDecimal", of):
            return _of(of, items, within)
        case _:
            return UNKNOWN


_NONE = Bounds(Decimal("Infinity"), Decimal("-Infinity"))
"""The bounds of no number at all: the neutral element."""


def _all(each: Iterable[Bounds]) -> Bounds:
    found = [bounds for bounds in each if bounds != _NONE]
    if not found:
        return _NONE
    lowest = [bounds.lowest for bounds in found if bounds.lowest is not None]
    highest = [bounds.highest for bounds in found if bounds.highest is not None]
    return Bounds(
        min(lowest) if len(lowest) == len(found) else None,
        max(highest) if len(highest) == len(found) else None,
    )


def _item(item: Item, items: Mapping[str, Item], within: frozenset[str]) -> Bounds:
    if item.calculated is not None:
        made = item.calculated.tree
        if item.link_id in within or not isinstance(made, t.Typed):
            return UNKNOWN
        return _of(made.tree, items, within | {item.link_id})
    if item.options and not item.open:
        return _all(_value(option.value) for option in item.options)
    return Bounds(_number(item.lowest), _number(item.highest))


def _value(value: Value) -> Bounds:
    number = _number(value)
    return UNKNOWN if number is None else Bounds(number, number)


def _number(value: Value | None) -> Bound:
    if value is None or value.kind not in ("integer", "decimal"):
        return None
    return Decimal(value.data) if isinstance(value.data, int | Decimal) else None


def _calculated(operator: str, a: Bounds, b: Bounds) -> Bounds:
    if _NONE in (a, b):
        return _NONE
    if operator == "-":
        b = Bounds(None if b.highest is None else -b.highest, None if b.lowest is None else -b.lowest)
    if operator != "*":
        return Bounds(
            None if a.lowest is None or b.lowest is None else a.lowest + b.lowest,
            None if a.highest is None or b.highest is None else a.highest + b.highest,
        )
    if a.lowest is None or a.highest is None or b.lowest is None or b.highest is None:
        return UNKNOWN
    products = [x * y for x in (a.lowest, a.highest) for y in (b.lowest, b.highest)]
    return Bounds(min(products), max(products))
