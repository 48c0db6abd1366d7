"""Messages of the kiosk's pages to the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iop_tui.tui.messages import FromPage

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


class Invited(FromPage):
    """Somebody is here: a key was pressed, or the screen was touched. `code` is the language chosen by that; empty if
    none was.
    """

    def __init__(self, seen: AnyPage, code: str = "") -> None:
        super().__init__(seen)
        self.code = code


class HelpCame(FromPage):
    """Help has arrived: erase everything."""


class StaffLeft(FromPage):
    """Staff stop the kiosk; the PIN was right."""
