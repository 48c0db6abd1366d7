"""Messages of the kiosk's pages to the app."""

from __future__ import annotations

from iop_tui.tui.messages import FromPage


class Invited(FromPage):
    """A key was pressed, or the screen was touched."""


class HelpCame(FromPage):
    """Help has arrived: erase everything."""


class StaffLeft(FromPage):
    """Staff stop the kiosk; the PIN was right."""
