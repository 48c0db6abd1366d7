"""The flat list of items, put together: each within the item that holds it."""

from __future__ import annotations

from collections.abc import Container, Sequence

from msgspec.structs import replace

from iop_tui.forms.model.form import Item
from iop_tui.forms.reading.item_list import Node


def assembled(nodes: Sequence[Node], items: Sequence[Item], refused: Container[str] = ()) -> tuple[Item, ...]:
    """The items at the top, with all below them. What a hidden item holds is hidden; `refused` are linkIds."""
    hidden: list[bool] = []
    for node, item in zip(nodes, items, strict=True):
        hidden.append(item.fate == "hidden" or (node.parent >= 0 and hidden[node.parent]))
    below: list[list[Item]] = [[] for _node in nodes]
    top: list[Item] = []
    for place in reversed(range(len(nodes))):
        item, held = items[place], tuple(reversed(below[place]))
        made = replace(
            item,
            items=held,
            fate="refused" if item.link_id in refused else "hidden" if hidden[place] else "asked",
            help="\n".join(each.text for each in held if each.type == "display" and each.control == "help"),
        )
        parent = nodes[place].parent
        (below[parent] if parent >= 0 else top).append(made)
    return tuple(reversed(top))
