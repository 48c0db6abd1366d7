"""Which item names which: by its conditions, by its expressions, and by being held by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from iop_tui.forms.model.conditions import Row, Rows
from iop_tui.forms.model.form import Item
from iop_tui.forms.reading.item_list import Node


class Links(NamedTuple):
    """The items of a form in the order of the file, by number, and their numbers by linkId."""

    nodes: Sequence[Node]
    items: list[Item]
    numbers: dict[str, int]

    def rows(self, number: int) -> tuple[Row, ...]:
        """The conditions of an item; none if it has an expression instead."""
        enable = self.items[number].enable
        return enable.rows if isinstance(enable, Rows) else ()

    def named(self, number: int) -> list[tuple[int, int]]:
        """The items that an item names, each with the line where it does."""
        item = self.items[number]
        names = [(row.question, row.line) for row in self.rows(number)]
        for expression in (item.enable, item.calculated):
            if expression is not None and not isinstance(expression, Rows):
                names += [(name, expression.line) for name in expression.names]
        return [(self.numbers[name], line) for name, line in names if name in self.numbers]

    def is_shown(self, number: int) -> bool:
        """Whether neither the item nor one that holds it is hidden."""
        while number >= 0:
            if self.items[number].fate == "hidden":
                return False
            number = self.nodes[number].parent
        return True


def links_of(nodes: Sequence[Node], items: Sequence[Item]) -> Links:
    """The links of a form's items."""
    return Links(nodes, list(items), {node.link_id: number for number, node in enumerate(nodes)})
