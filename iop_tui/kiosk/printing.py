"""What the printer did in this visit: told on every page that asks, and not without end."""

from __future__ import annotations

from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import Printer
from iop_tui.takeaway.printer import print_page

MOST = 3
"""Pages a visit. A try that failed counts: the printer may have taken the page all the same."""


class Printing:
    """The pages of one visit."""

    def __init__(self) -> None:
        self.is_busy = False
        self._pages = 0
        self._failure: str | None = None

    def said(self, printer: Printer | None) -> str:
        """What came of the last page, or that it is under way; empty where none was asked for."""
        if printer is None or not self._pages:
            return ""
        if self.is_busy:
            return _("The page is printing ...")
        return self._failure or _("The page is on its way. It comes out {stands}.").format(stands=printer.stands)

    @property
    def is_spent(self) -> bool:
        """Whether this visitor had all the pages that there are."""
        return self._pages >= MOST

    def begin(self) -> None:
        """Another page is asked for."""
        self._pages += 1
        self.is_busy = True

    async def give(self, printer: Printer, page: str) -> None:
        """Give the page to the printer, and keep what came of it."""
        try:
            self._failure = await print_page(printer.command, page, encoding=printer.encoding)
        finally:
            self.is_busy = False


class ShowsPrinting:
    """A page that tells what the printer did."""

    def show_printed(self) -> None:
        """Tell it anew: something has changed."""
        raise NotImplementedError
