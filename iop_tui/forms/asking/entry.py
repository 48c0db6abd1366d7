"""An answer while it is being given: how an item is answered, what is chosen and typed so far."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.forms.asking.option_keys import keys_of, options_of, same, toggled
from iop_tui.forms.asking.typed import read_typed, shown_typed, unit_of
from iop_tui.forms.filling.steps import NotAllowed
from iop_tui.forms.model.form import Item, Option
from iop_tui.forms.model.values import Value
from iop_tui.screening.i18n.language import _

Way = Literal["pick", "tick", "type", "write"]
"""One of some options; several of them; one line; several lines."""
MANY = 10
"""Options that have keys of one letter each; with more a person finds one by its letters."""


class Entry(Struct, frozen=True):
    """The draft of an answer to one item. `values` are the answers so far, of which a question that takes one has at
    most one.
    """

    item: Item
    values: tuple[Value, ...] = ()

    @property
    def way(self) -> Way:
        """How it is answered."""
        if options_of(self.item):
            return "tick" if self.item.repeats else "pick"
        return "write" if self.item.type == "text" and not self.item.repeats else "type"

    @property
    def options(self) -> Sequence[Option]:
        """What can be chosen."""
        return options_of(self.item)

    @property
    def keys(self) -> Sequence[str]:
        """The key of each option."""
        return keys_of(self.options)

    @property
    def has_many(self) -> bool:
        """Whether there are too many options for keys of one letter."""
        return len(self.options) > MANY or any(len(key) > 1 for key in self.keys)

    @property
    def takes_own_words(self) -> bool:
        """Whether an answer may be none of the options."""
        return bool(self.options) and (self.item.open or self.item.type == "open-choice")

    @property
    def own(self) -> tuple[Value, ...]:
        """The answers that are none of the options."""
        offered = [option.value for option in self.options]
        return tuple(value for value in self.values if not same(offered, value))

    @property
    def typed(self) -> str:
        """What stands in the field at first: the answer of a question that takes one."""
        if self.way in ("type", "write") and not self.item.repeats and self.values:
            return shown_typed(self.item, self.values[0])
        own = self.own
        return shown_typed(self.item, own[0]) if self.way == "pick" and own else ""

    @property
    def unit(self) -> int:
        """The number of the unit that the answer has, from 0."""
        return max((unit_of(self.item, value) for value in self.values), default=0)

    def is_chosen(self, option: Option) -> bool:
        """Whether an option is among the answers."""
        return same(self.values, option.value)

    def toggled(self, option: Option) -> Entry:
        """With an option ticked, or no longer."""
        return replace(self, values=toggled(self.item, self.values, option))

    def without(self, value: Value) -> Entry:
        """Without one of the answers."""
        at = next((number for number, each in enumerate(self.values) if each is value), len(self.values))
        return replace(self, values=(*self.values[:at], *self.values[at + 1 :]))

    def with_typed(self, typed: str, unit: int = 0) -> Entry:
        """With what was typed: as the answer, or as one more of several. `unit` is the number of the chosen unit.
        Raises NotAllowed with a sentence.
        """
        if not self.item.repeats and self.values and typed == self.typed and unit == unit_of(self.item, self.values[0]):
            return self  # a text that another program saved is kept as it is
        value = read_typed(self.item, typed, unit)
        if not self.item.repeats:
            return replace(self, values=(value,))
        if same(self.values, value):
            raise NotAllowed(_("You gave this answer already."))
        excluding = [option.value for option in self.options if option.exclusive]
        return replace(self, values=(*(each for each in self.values if not same(excluding, each)), value))

    def begun(self, typed: str, unit: int, before: Sequence[Value]) -> tuple[Value, ...] | None:
        """The answers with what stands in the field; None where they are those from `before`, or cannot be answers."""
        entry = self
        if typed.strip() and typed != self.typed:
            try:
                entry = self.with_typed(typed, unit)
            except NotAllowed:
                return None
        return entry.values if entry.values and entry.values != tuple(before) else None
