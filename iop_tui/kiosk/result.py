"""The summary in a lobby: it is taken along on paper or by phone, or not at all."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from iop_tui.kiosk.take_page import takes_along
from iop_tui.screening.summary import Summary
from iop_tui.site.model import Site
from iop_tui.tui.result import ResultPage


class LobbyResultPage(ResultPage):
    """The wizard's summary. T takes it along, where the clinic offers that."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("t,T", "save", show=False)]

    def __init__(self, summary: Summary, site: Site) -> None:
        super().__init__(summary)
        self._site = site

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is offered that the clinic does not have."""
        if action == "save" and not takes_along(self._site):
            return False
        return super().check_action(action, parameters)
