"""What the kiosk's pages may ask of its app, besides what every page asks (`tui/host.py`)."""

from __future__ import annotations

from typing import Protocol

from iop_tui.site.settings import Site
from iop_tui.tui.host import Host


class KioskHost(Host, Protocol):
    """The kiosk's app as its pages see it."""

    @property
    def site(self) -> Site:
        """The clinic's site file, in the person's language."""
