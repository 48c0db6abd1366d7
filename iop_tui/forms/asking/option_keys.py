"""The keys of a question's options: the author's prefixes, or else our numbers, and never both.

A scale's prefixes are often its weights: "0" beside our "1" would make a person answer with the wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Value
from iop_tui.screening.i18n.language import _

RESERVED = frozenset("hwqcos")
"""Letters that do something else on the page of a question."""
_AROUND = " .:)(-]["


def options_of(item: Item) -> tuple[Option, ...]:
    """What a person chooses from: the form's options, or yes and no."""
    if item.type == "boolean" and not item.options:
        return (Option(Value("boolean", data=True), _("Yes")), Option(Value("boolean", data=False), _("No")))
    return item.options


def keys_of(options: Sequence[Option]) -> tuple[str, ...]:
    """A key for each option, in lower case: the author's where each option has its own and none is taken."""
    theirs = tuple(option.prefix.strip(_AROUND).casefold() for option in options)
    usable = len(set(theirs)) == len(theirs) and all(key.isalnum() and key not in RESERVED for key in theirs)
    return theirs if usable else tuple(str(number) for number in range(1, len(options) + 1))


def toggled(item: Item, values: Sequence[Value], option: Option) -> tuple[Value, ...]:
    """The answers with an option ticked, or no longer; one that excludes the others stands alone. In the order of the
    form, what a person added in their own words last.
    """
    value = option.value
    if same(values, value):
        return tuple(each for each in values if not is_same(each, value))
    if option.exclusive:
        return (value,)
    excluding = [other.value for other in item.options if other.exclusive]
    kept = [each for each in values if not same(excluding, each)]
    offered = [other.value for other in item.options]
    ticked = [each for each in offered if same([*kept, value], each)]
    return (*ticked, *(each for each in kept if not same(offered, each)))


def same(values: Sequence[Value], value: Value) -> bool:
    """Whether a value is among these."""
    return any(is_same(each, value) for each in values)


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are the same answer: codings by system and code, whatever their label."""
    key, other_key = getattr(one.data, "key", None), getattr(other.data, "key", None)
    if key is not None or other_key is not None:
        return key == other_key
    return one.kind == other.kind and one.data == other.data
