"""Numbers and quantities as people type them."""

from __future__ import annotations

import re
from decimal import Decimal

from iop_tui.forms.filling.allowed_values import bound, units
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Quantity, Value
from iop_tui.screening.i18n.language import _
from iop_tui.screening.question_types.base import Wrong
from iop_tui.screening.question_types.parse_whole_number import parse_whole_number

_MINUS = str.maketrans({"−": "-", "–": "-"})
_MOST_DIGITS = 30
_NUMBER = re.compile(r"([+-]?)(\d+)(?:([.,])(\d+))?")
_THOUSANDS = 3
_QUANTITY = re.compile(r"([+-]?[\d.,]*\d)\s*(.*)", re.DOTALL)


def parse_integer(item: Item, said: str) -> Value | Wrong:
    """A whole number, with a sign or without."""
    said = said.translate(_MINUS)
    digits = said.removeprefix("-").removeprefix("+")
    number = parse_whole_number(digits)
    if number is not None and len(said) - len(digits) <= 1:
        return Value("integer", -number if said.startswith("-") else number)
    exact = _number(said)
    if exact is not None and exact == exact.to_integral_value():
        return Value("integer", int(exact))
    return Wrong(expected_amount(item))


def parse_decimal(item: Item, said: str) -> Value | Wrong:
    """A number with its digits as they were typed: 1.50 stays 1.50."""
    number = _number(said.translate(_MINUS))
    return Wrong(expected_amount(item)) if number is None else Value("decimal", number)


def parse_quantity(item: Item, said: str) -> Value | Wrong:
    """A number and its unit. The unit can be left out where there is only one."""
    found = _QUANTITY.fullmatch(said.translate(_MINUS))
    number = _number(found[1]) if found else None
    if found is None or number is None:
        return Wrong(expected_amount(item))
    name = found[2].strip()
    if not item.units:
        return Value("quantity", Quantity(number, name))
    if not name and len(item.units) == 1:
        unit: Quantity | None = item.units[0]
    else:
        unit = _unit(item, name)
    if unit is None:
        return Wrong(_("Please add one of these units: {units}.").format(units=units(item)))
    return Value("quantity", Quantity(number, unit.unit, unit.system, unit.code))


def expected_amount(item: Item) -> str:
    """What number can be typed, in a sentence."""
    lowest = bound(item.lowest) if item.lowest is not None else None
    highest = bound(item.highest) if item.highest is not None else None
    whole = item.type == "integer"
    if lowest is not None and highest is not None:
        said = (
            _("Type a whole number from {lowest} to {highest}.")
            if whole
            else _("Type a number, {lowest} to {highest}.")
        )
    elif lowest is not None:
        said = _("Type a whole number, {lowest} or more.") if whole else _("Type a number, {lowest} or more.")
    elif highest is not None:
        said = _("Type a whole number, up to {highest}.") if whole else _("Type a number, up to {highest}.")
    elif item.type == "quantity" and item.units:
        # Not with what follows: the name of a unit may have braces, as UCUM's {breaths}/min.
        if len(item.units) == 1:
            return _("Type a number. The unit is {unit}.").format(unit=units(item))
        return _("Type a number and a unit: {units}.").format(units=units(item))
    elif item.type == "quantity":
        said = _("Type a number and its unit, such as 5 miles.")
    else:
        said = _("Type a whole number, such as 3.") if whole else _("Type a number, such as 2 or 1.5.")
    return said.format(lowest=lowest, highest=highest)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _number(said: str) -> Decimal | None:
    """A decimal. A comma is taken for the point where it cannot be one between thousands."""
    found = _NUMBER.fullmatch(said)
    if found is None or len(said) > _MOST_DIGITS:
        return None
    sign, whole, mark, rest = found.groups()
    if mark == "," and len(rest) == _THOUSANDS:
        return None  # 1,000 is a thousand to one person, and one to another
    return Decimal(f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}")


def _unit(item: Item, name: str) -> Quantity | None:
    """The unit of a name: exactly as it is written, since UCUM tells M from m; else in any letters, if that is one."""
    exact = [unit for unit in item.units if name in (unit.unit, unit.code)]
    if exact:
        return exact[0]
    folded = name.casefold()
    alike = [unit for unit in item.units if folded in (unit.unit.casefold(), (unit.code or "").casefold())]
    return alike[0] if folded and len(alike) == 1 else None
