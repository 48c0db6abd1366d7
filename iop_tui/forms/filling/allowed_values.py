"""Which answers a question takes: their kind and number, its options, its bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from iop_tui.forms.filling.calculated import fitting
from iop_tui.forms.filling.enable_rows import Values, identity, order
from iop_tui.forms.filling.plan import Planned
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.forms.model.form import Item
from iop_tui.forms.model.values import Quantity, Value
from iop_tui.screening.i18n.language import _, ngettext

SMALLEST, LARGEST = -(2**31), 2**31 - 1
"""FHIR's integers have 32 bits."""


def allowed(planned: Planned, values: Values, before: Values) -> Values:
    """The answers as they are kept: options as the form has them, each once.

    An answer that was there `before` is taken as it is: another program may have saved it, and the person kept it.

    Raises:
        NotAllowed: the question does not take them.
    """
    item = planned.item
    if len(values) > 1 and not item.repeats and values != before:
        raise NotAllowed(_("This question takes one answer."))
    kept = {identity(value): value for value in before}
    found: dict[object, Value] = {}
    for position, value in enumerate(values):
        known = kept.get(identity(value))
        taken = known if known is not None else _taken(planned, value)
        # The same option twice is one answer; the same number or text twice may be two.
        found[identity(taken) if planned.options else position] = taken
    if len(found) > 1 and planned.options:
        _check_exclusive(planned, found.values())
    return tuple(found.values())


def objections(item: Item, value: Value) -> Iterator[str]:
    """Sentences about a value of the right kind that a question's bounds do not allow."""
    data = value.data
    if isinstance(data, str):
        if item.max_length is not None and len(data) > item.max_length:
            yield ngettext(
                "Please use at most {count} letter. You have {given}.",
                "Please use at most {count} letters. You have {given}.",
                item.max_length,
            ).format(count=item.max_length, given=len(data))
        if not data.strip():
            yield _("Please type an answer, or leave the question open.")
    number = data.value if isinstance(data, Quantity) else data
    if isinstance(number, int) and not isinstance(number, bool) and not SMALLEST <= number <= LARGEST:
        yield _("That number is too big. Please check it.")
    if isinstance(number, Decimal):
        if not number.is_finite():
            yield _("Please type a number.")
            return
        if item.decimals is not None and _decimals(number) > item.decimals:
            yield _decimals_sentence(item.decimals)
    yield from _bounds(item, value)
    if isinstance(data, Quantity) and item.units and not any(_same_unit(data, unit) for unit in item.units):
        yield _("Please choose one of these units: {units}.").format(units=units(item))


def units(item: Item) -> str:
    """The units that a quantity may have, for a person."""
    return ", ".join(unit.unit or unit.code or "" for unit in item.units)


def bound(value: Value) -> str:
    """A bound, for a person."""
    data = value.data
    if isinstance(data, Quantity):
        return f"{data.value} {data.unit or data.code or ''}".strip()
    return str(data)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _taken(planned: Planned, value: Value) -> Value:
    taken = fitting(planned, value)
    if taken is None:
        if planned.options:
            raise NotAllowed(_("Please choose one of the answers shown."))
        raise NotAllowed(_("This question takes another kind of answer."))
    if identity(taken) not in planned.options:
        for objection in objections(planned.item, taken):
            raise NotAllowed(objection)
    return taken


def _check_exclusive(planned: Planned, values: Iterable[Value]) -> None:
    for value in values:
        option = planned.options.get(identity(value))
        if option is not None and option.exclusive:
            raise NotAllowed(_("“{answer}” cannot go with other answers.").format(answer=option.text))


def _bounds(item: Item, value: Value) -> Iterator[str]:
    if item.lowest is not None and order(value, item.lowest) == -1:
        yield _("The least is {lowest}. Please check your answer.").format(lowest=bound(item.lowest))
    if item.highest is not None and order(value, item.highest) == 1:
        yield _("The most is {highest}. Please check your answer.").format(highest=bound(item.highest))


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _decimals_sentence(most: int) -> str:
    if most == 0:
        return _("Please type a whole number.")
    return ngettext(
        "Please use at most {count} digit after the point.", "Please use at most {count} digits after the point.", most
    ).format(count=most)


def _same_unit(one: Quantity, other: Quantity) -> bool:
    if one.code is not None and other.code is not None:
        return (one.system, one.code) == (other.system, other.code)
    return (one.unit or one.code) == (other.unit or other.code)
