"""Messages from the pages of a form to its app. Each names the page that it comes from: one that has been replaced no
longer counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iop_tui.tui.messages import FromPage

if TYPE_CHECKING:
    from iop_tui.forms.model.places import Place
    from iop_tui.forms.model.values import Value
    from iop_tui.tui.host import AnyPage


class AtPlace(FromPage):
    """Something about the item at a place."""

    def __init__(self, seen: AnyPage, place: Place) -> None:
        super().__init__(seen)
        self.place = place


class ItemAnswered(AtPlace):
    """An answer."""

    def __init__(self, seen: AnyPage, place: Place, values: Sequence[Value]) -> None:
        super().__init__(seen, place)
        self.values = tuple(values)


class LeftOpen(AtPlace):
    """The person leaves a question open."""


class OneMoreChosen(AtPlace):
    """Another one of a repeating group, or no more."""

    def __init__(self, seen: AnyPage, place: Place, *, yes: bool) -> None:
        super().__init__(seen, place)
        self.yes = yes


class InstanceRemoved(AtPlace):
    """The person takes away one instance of a repeating group."""


class ItemChanged(AtPlace):
    """The person changes an earlier answer."""


class FormSaved(FromPage):
    """The answers are in a file."""
