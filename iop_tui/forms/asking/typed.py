"""Answers that are typed: what they mean, and how an answer stands in its field."""

from __future__ import annotations

from iop_tui.forms.asking.item_words import clean, plain_number, value_text
from iop_tui.forms.filling.parse_entry import parse
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Quantity, Value
from iop_tui.screening.question_types import Wrong


def read_typed(item: Item, typed: str, unit: int = 0) -> Value:
    """The answer that was typed; a number without a unit has the chosen one, by its number. Raises NotAllowed with a
    sentence.
    """
    if item.type == "quantity" and item.units and typed.strip()[-1:].isdigit():
        chosen = item.units[min(unit, len(item.units) - 1)]
        typed = f"{typed.strip()} {chosen.unit or chosen.code or ''}"
    # The line ends of a pasted text are of another system at times.
    value = parse(item, typed.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Wrong):
        raise NotAllowed(value.instead)
    return value


def shown_typed(item: Item, value: Value) -> str:
    """How an answer stands in its field."""
    data = value.data
    if isinstance(data, Quantity) and item.units and data.value is not None:
        return plain_number(data.value)
    if isinstance(data, str) and value.kind in ("string", "uri"):
        return clean(data)
    return value_text(item, value, "")


def unit_of(item: Item, value: Value) -> int:
    """The number of the unit that an answer has, from 0."""
    data = value.data
    if isinstance(data, Quantity):
        for number, unit in enumerate(item.units):
            if (unit.code or unit.unit) == (data.code or data.unit):
                return number
    return 0
