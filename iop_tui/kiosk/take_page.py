"""What can be taken along from a lobby: a printed page, or a code for a phone."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.kiosk.qr_page import QrPage
from iop_tui.screening.language import _
from iop_tui.screening.summary import Summary
from iop_tui.site.model import Printer, Site
from iop_tui.takeaway import qr
from iop_tui.takeaway.onepage import as_page
from iop_tui.takeaway.printer import print_page
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.page import BACK, Head, Overlay

_PRINTING = "printing"


def takes_along(site: Site) -> bool:
    """Whether this clinic offers anything to take along."""
    return site.printer is not None or offers_code(site)


def offers_code(site: Site) -> bool:
    """Whether this clinic offers a code, and codes can be made here."""
    return site.qr and qr.available()


class TakePage(Overlay):
    """Print, or show the code; and who might see it."""

    HINTS = (BACK,)

    def __init__(self, summary: Summary, site: Site) -> None:
        super().__init__()
        self._summary = summary
        self._site = site

    def body(self) -> ComposeResult:
        """What is offered, and room for what came of it."""
        printer = self._site.printer
        said = [Paragraph(_("Your summary in short: what your answers point to, and who to call."), "bold")]
        if printer is not None:
            paper = _("The paper comes out {stands}. Others may see it there: go and take it at once.")
            said.append(Paragraph(paper.format(stands=printer.stands)))
        if offers_code(self._site):
            said.append(Paragraph(_("A phone that scans the code shows the text. It may keep it.")))
        said += [Paragraph(notice, "$key") for notice in self._summary.notices]
        choices = [("print", _("Print one page"))] if printer is not None else []
        choices += [("code", _("Show a code for my phone"))] if offers_code(self._site) else []
        choices.append(("back", _("Back to the summary")))
        with Vertical(classes="body"):
            yield Prose(said, classes="gap")
            yield Prose(id="take-said", classes="gap")
            yield Choices([Choice(name, text, str(number)) for number, (name, text) in enumerate(choices, 1)])

    def on_mount(self) -> None:
        """What this page is, at the head; and what is still going on."""
        self.query_one(Head).show(_("Take it home"))
        if self._is_printing:
            self._say(_("The page is printing ..."))

    @property
    def _is_printing(self) -> bool:
        return any(worker.group == _PRINTING and not worker.is_finished for worker in self.app.workers)

    def choose(self, choice: str) -> None:
        """Print, show the code, or go back."""
        printer = self._site.printer
        if choice == "code":
            self.open(lambda: QrPage(self._summary, self._site))
        elif choice == "print" and printer is not None:
            if not self._is_printing:
                self._say(_("The page is printing ..."))
                # The app's own, not the page's: who goes back meanwhile still gets the whole page.
                self.app.run_worker(self._print(printer), group=_PRINTING)
        else:
            self.action_back()

    async def _print(self, printer: Printer) -> None:
        today = date.today().isoformat()  # noqa: DTZ011  # the clinic's own calendar
        failure = await print_page(printer.command, as_page(self._summary, self._site, day=today))
        done = _("The page is on its way. It comes out {stands}.").format(stands=printer.stands)
        for page in self.app.screen_stack:
            if isinstance(page, TakePage):
                page.say_printed(failure or done)

    def say_printed(self, said: str) -> None:
        """What came of printing."""
        self._say(said)

    def _say(self, said: str) -> None:
        self.query_one("#take-said", Prose).show([Paragraph(said, "bold $key")])
