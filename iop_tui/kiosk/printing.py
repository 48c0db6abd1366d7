"""Printing in one visit: a limited number of pages, and the printer's state for the pages that show it."""

from __future__ import annotations

from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import Printer
from iop_tui.takeaway.printer import print_page

MOST = 3
"""The most pages in a visit. A failed attempt counts: the printer may have accepted the page nonetheless."""


class Printing:
    """The pages of one visit."""

    def __init__(self) -> None:
        self.is_busy = False
        self._pages = 0
        self._failure: str | None = None

    def said(self, printer: Printer | None) -> str:
        """The outcome of the last page, or that it is being printed; empty before the first."""
        if printer is None or not self._pages:
            return ""
        if self.is_busy:
            return _("The page is printing ...")
        return self._failure or _("The page is on its way. It comes out {stands}.").format(stands=printer.stands)

    @property
    def is_spent(self) -> bool:
        """Whether the visit's pages are used up."""
        return self._pages >= MOST

    def begin(self) -> None:
        """Count another page."""
        self._pages += 1
        self.is_busy = True

    async def give(self, printer: Printer, page: str) -> None:
        """Print the page, and keep the outcome."""
        try:
            self._failure = await print_page(printer.command, page, encoding=printer.encoding)
        finally:
            self.is_busy = False


class ShowsPrinting:
    """A page that shows the printer's state."""

    def show_printed(self) -> None:
        """Refresh it after a change."""
        raise NotImplementedError
