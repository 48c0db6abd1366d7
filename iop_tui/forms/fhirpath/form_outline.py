"""What must be known of a form to type an expression: where each item stands, and what its answers can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from iop_tui.forms.fhirpath.tree import Kinds
from iop_tui.forms.model.form import Item, ItemType
from iop_tui.forms.model.values import Coding, ValueKind

_KINDS: Mapping[ItemType, ValueKind] = {
    "boolean": "boolean",
    "decimal": "decimal",
    "integer": "integer",
    "date": "date",
    "dateTime": "dateTime",
    "time": "time",
    "string": "string",
    "text": "string",
    "url": "uri",
    "quantity": "quantity",
}


class Shape(Struct, frozen=True):
    """One item. `above` is the linkId of the item that holds it, "" at the top.

    `below_answer` says that it stands below the answers of a question: `answer.item`, not `item`.
    `several` says that there can be several answers, `instances` that the item itself can be there several times.
    `scored` says that an option has a weight, `codes_differ` that no code is offered twice.
    """

    link_id: str
    above: str
    below_answer: bool
    kinds: Kinds
    several: bool
    instances: bool
    scored: bool = False
    codes_differ: bool = True


Outline = Mapping[str, Shape]
"""Every item by linkId, in the order of the document."""


def outline_of(items: Iterable[Item]) -> Outline:
    """The outline of a form's items. Their conditions and expressions are not looked at, and may be missing yet."""
    found: dict[str, Shape] = {}
    for item in items:
        _add(item, None, False, found)
    return found


def _add(item: Item, above: Item | None, instances: bool, found: dict[str, Shape]) -> None:
    found[item.link_id] = Shape(
        item.link_id,
        above.link_id if above else "",
        above is not None and above.type != "group",
        kinds_of(item),
        instances or item.repeats,
        instances,
        any(option.weight is not None for option in item.options),
        _codes_differ(item),
    )
    for each in item.items:
        _add(each, item, instances or item.repeats, found)


def kinds_of(item: Item) -> Kinds:
    """The kinds an answer to the item can have; none for groups, displays, and what cannot be answered here."""
    if item.type in ("choice", "open-choice"):
        offered: set[ValueKind] = {option.value.kind for option in item.options} or {"coding"}
        return frozenset(offered | ({"string"} if item.open or item.type == "open-choice" else set()))
    kind = _KINDS.get(item.type)
    return frozenset() if kind is None else frozenset({kind})


def _codes_differ(item: Item) -> bool:
    codes = [option.value.data.code for option in item.options if isinstance(option.value.data, Coding)]
    return len(codes) == len(set(codes))
