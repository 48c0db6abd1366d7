"""Comparisons of totals and other calculated numbers that no answers can meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iop_tui.forms.fhirpath import tree as t
from iop_tui.forms.fhirpath.bounds import Bounds, bounds_of
from iop_tui.forms.model.conditions import Rows
from iop_tui.forms.model.form import Item
from iop_tui.forms.reading.links import Links
from iop_tui.forms.reading.rules import Collector, Rule

NEVER = Rule(
    "comparison-never",
    "It asks whether {left} is {operator} {right}, which no answers can give",
    "Ask the author which number is meant",
    "suspicious",
)


def check_comparisons(links: Links, collector: Collector) -> None:
    """Find comparisons outside the bounds of what is compared."""
    items = {item.link_id: item for item in links.items}
    for item in links.items:
        if item.link_id in collector.refused:
            continue
        for operator, left, right, line in _comparisons(item, items):
            if _never(operator, left, right):
                facts = {"left": _said(left), "operator": operator, "right": _said(right)}
                collector.add(NEVER, line, item.link_id, **facts)


def _comparisons(item: Item, items: Mapping[str, Item]) -> Iterator[tuple[str, Bounds, Bounds, int]]:
    if isinstance(item.enable, Rows):
        for row in item.enable.rows:
            # What can be answered at all is looked at with the options and limits of the item.
            if row.question in items and items[row.question].calculated and row.answer.kind in ("integer", "decimal"):
                left = bounds_of(t.Answers((row.question,)), items)
                yield row.operator, left, bounds_of(t.Constant((row.answer,)), items), row.line
    for expression in (None if isinstance(item.enable, Rows) else item.enable, item.calculated):
        if expression is not None and isinstance(expression.tree, t.Typed):
            for node in t.nodes(expression.tree.tree):
                if isinstance(node, t.Ordered) or (isinstance(node, t.Same) and not node.negated):
                    left, right = (bounds_of(side, items) for side in (node.left, node.right))
                    yield node.operator if isinstance(node, t.Ordered) else "=", left, right, expression.line


def _never(operator: str, left: Bounds, right: Bounds) -> bool:
    if operator.startswith(">"):
        return _never(operator.replace(">", "<"), right, left)
    low, high = left.lowest, right.highest
    above = low is not None and high is not None and (low > high or (operator == "<" and low == high))
    low, high = right.lowest, left.highest
    below = low is not None and high is not None and low > high
    return (above and operator in ("<", "<=", "=")) or (below and operator == "=")


def _said(bounds: Bounds) -> str:
    low, high = bounds
    if low == high and low is not None:
        return str(low)
    if low is not None and high is not None:
        return f"a number from {low} to {high}"
    return f"a number from {low} on" if low is not None else f"a number up to {high}"
