"""The summary in a lobby: it is taken along on paper or by phone, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from iop_tui.kiosk.printing import Printing, ShowsPrinting
from iop_tui.kiosk.take_page import takes_along
from iop_tui.screening.assessment.summary import Summary
from iop_tui.site.settings import Site
from iop_tui.tui.blocks import Block, Paragraph
from iop_tui.tui.result import ResultPage


class LobbyResultPage(ResultPage, ShowsPrinting):
    """The wizard's summary. T takes it along, where the clinic offers that; what came of printing stands above."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t,T", "save", show=False)]

    def __init__(self, summary: Summary, site: Site, printing: Printing) -> None:
        super().__init__(summary)
        self._site = site
        self._printing = printing

    def above(self, width: int) -> Sequence[Block]:
        """What the printer did: who left its page early still reads it."""
        said = self._printing.said(self._site.printer)
        return [Paragraph(said, "bold $key")] if said else []

    def show_printed(self) -> None:
        """What came of printing."""
        self.set_text()

    def on_screen_resume(self) -> None:
        """What was said meanwhile on another page."""
        self.set_text()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered that the clinic does not have."""
        if action == "save" and not takes_along(self._site):
            return False
        return super().check_action(action, parameters)
