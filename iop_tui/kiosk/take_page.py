"""What can be taken along from a lobby: a printed page, or a code for a phone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll

from iop_tui.kiosk.printing import Printing, ShowsPrinting
from iop_tui.kiosk.qr_page import QrPage
from iop_tui.kiosk.touch_scrolling import scrolled
from iop_tui.result.model import Result
from iop_tui.screening.i18n.language import _
from iop_tui.site.settings import Printer, Site
from iop_tui.takeaway import qr_code
from iop_tui.takeaway.printed_page import as_page
from iop_tui.tui.base_screen import BACK, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


def takes_along(site: Site) -> bool:
    """Whether this clinic offers anything to take along."""
    return site.printer is not None or offers_code(site)


def offers_code(site: Site) -> bool:
    """Whether this clinic offers a code, and codes can be made here."""
    return site.qr and qr_code.available()


class TakePage(Overlay, ShowsPrinting):
    """Print, or show the code; and who might see it. The text scrolls if it must; the choices stay visible."""

    HINTS = (BACK,)

    def __init__(self, result: Result, site: Site, printing: Printing) -> None:
        super().__init__()
        self._result = result
        self._site = site
        self._printing = printing

    def body(self) -> ComposeResult:
        """The text, room for the outcome, and the choices."""
        printer = self._site.printer
        said = [Paragraph(_("Your summary in short: what your answers point to, and who to call."), "bold")]
        if printer is not None:
            paper = _("The paper comes out {stands}. Others may see it there: go and take it at once.")
            said.append(Paragraph(paper.format(stands=printer.stands)))
        if offers_code(self._site):
            phone = _("A phone that scans the code may keep the text. If others look at your phone, do not scan it.")
            said.append(Paragraph(phone))
        said += [Paragraph(notice.text, "$key") for notice in self._result.notices]
        choices = [("print", _("Print one page"))] if printer is not None else []
        choices += [("code", _("Show a code for my phone"))] if offers_code(self._site) else []
        choices.append(("back", _("Back to the summary")))
        with Vertical(classes="body"):
            with VerticalScroll(id="take-words", can_focus=False):
                yield Prose(said, classes="gap")
                yield Prose(id="take-said", classes="gap")
            yield Choices([Choice(name, text, str(number)) for number, (name, text) in enumerate(choices, 1)])

    def again(self) -> AnyPage:
        """The same page for the present summary."""
        return self.host.save_page(self.host.result())

    def on_mount(self) -> None:
        """Show the title, and the printer's outcome or state."""
        self.show_title(_("Take it home"))
        self.show_printed()

    def on_key(self, event: events.Key) -> None:
        """In a small window the text scrolls."""
        if scrolled(event.key, self.query_one("#take-words"), self.query_one(Choices)):
            event.stop()
            event.prevent_default()

    def choose(self, choice: str) -> None:
        """Print, show the code, or go back."""
        printer = self._site.printer
        if choice == "code":
            self.open(lambda: QrPage(self._result, self._site))
        elif choice == "print" and printer is not None:
            self._ask_for_page(printer)
        else:
            self.action_back()

    def _ask_for_page(self, printer: Printer) -> None:
        if self._printing.is_busy:
            return
        if self._printing.is_spent:
            self._say(_("No more pages can be printed in this visit. Please ask staff if you need another."))
            return
        self._printing.begin()
        self.show_printed()
        # Run by the app, not the page: a visitor who goes back meanwhile still gets the whole page.
        self.app.run_worker(self._print(printer))

    async def _print(self, printer: Printer) -> None:
        today = date.today().isoformat()  # noqa: DTZ011  # the clinic's own calendar
        await self._printing.give(printer, as_page(self._result, self._site, day=today))
        for page in self.app.screen_stack:
            if isinstance(page, ShowsPrinting):
                page.show_printed()

    def show_printed(self) -> None:
        """The outcome of printing."""
        if said := self._printing.said(self._site.printer):
            self._say(said)

    def _say(self, said: str) -> None:
        self.query_one("#take-said", Prose).show([Paragraph(said, "bold $key")])
        # At the end of a text that may be longer than the window.
        self.call_after_refresh(self.query_one("#take-words").scroll_end, animate=False)
