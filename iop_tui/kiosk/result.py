"""The result in a lobby: the visitor takes it along on paper or by phone, or not at all, and a key ends the visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from iop_tui.kiosk.printing import Printing, ShowsPrinting
from iop_tui.kiosk.take_page import offers_code, takes_along
from iop_tui.result.blocks import Document
from iop_tui.result.offer import Offer
from iop_tui.screening.i18n.language import N_
from iop_tui.site.settings import Site
from iop_tui.tui.base_screen import KeyHint
from iop_tui.tui.blocks import Block, Paragraph
from iop_tui.tui.footer import FooterKey
from iop_tui.tui.result import COMPARE, SAVE, ResultPage

DONE = KeyHint("X", N_("I am done: erase everything"), "app.hide")
START_OVER = KeyHint("R", N_("Start over"), "app.over", N_("Restart"))


class LobbyResultPage(ResultPage, ShowsPrinting):
    """The wizard's result. T takes it along, if the clinic offers that; the printer's outcome is shown above. The
    footer shows the key that erases everything.
    """

    MORE: ClassVar[Sequence[KeyHint]] = (COMPARE,)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("t,T", "save", show=False)]

    def __init__(self, document: Document, site: Site, printing: Printing, offer: Offer | None = None) -> None:
        super().__init__(document, offer)
        self._site = site
        self._printing = printing

    def body(self) -> ComposeResult:
        """The result, and the key that ends the visit."""
        yield from super().body()
        yield FooterKey(DONE)

    def _hints(self) -> Sequence[KeyHint]:
        offers = takes_along(self._site)
        return [self._take_hint() if hint is SAVE else hint for hint in super()._hints() if hint is not SAVE or offers]

    def _take_hint(self) -> KeyHint:
        """The key to take it along, depending on what this clinic offers."""
        if self._site.printer is None:
            return KeyHint("T", N_("Scan"), "save")
        return KeyHint("T", N_("Print or scan") if offers_code(self._site) else N_("Print"), "save", N_("Take"))

    def above(self) -> Sequence[Block]:
        """The printer's outcome, for a visitor who left its page early."""
        said = self._printing.said(self._site.printer)
        return [*([Paragraph(said, "bold $key")] if said else []), *super().above()]

    def show_printed(self) -> None:
        """The outcome of printing."""
        self.show_above()

    def on_screen_resume(self) -> None:
        """Refresh what changed while another page was on top."""
        super().on_screen_resume()
        self.show_above()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered that the clinic does not have."""
        if action == "save" and not takes_along(self._site):
            return False
        return super().check_action(action, parameters)
