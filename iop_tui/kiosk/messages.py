"""What the kiosk's own pages tell the app."""

from __future__ import annotations

from iop_tui.tui.messages import FromPage


class Invited(FromPage):
    """Somebody is here: a key was pressed, or the screen was touched."""


class HelpCame(FromPage):
    """Somebody says that help is here: everything is to be erased."""


class StaffLeft(FromPage):
    """Staff end the kiosk. The PIN was right."""
