"""Who to call: over every page, by one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.content import PhoneLine
from iop_tui.tui.base_screen import BACK, LEAVE, READ_ON, Overlay
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.phone_blocks import phone_lines
from iop_tui.tui.text_screen import TextPage

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


class HelpPage(TextPage, Overlay):
    """The phone lines that a screening always shows, most urgent first; without any, what to do in danger."""

    HINTS = (BACK, READ_ON, LEAVE)

    def __init__(self, danger: str, lines: Sequence[PhoneLine], near: str = "") -> None:
        super().__init__()
        self._danger = danger
        """What to do in danger."""
        self._phone_lines = lines
        self._near = near
        """How to find staff, if there are any."""

    def again(self) -> AnyPage:
        """The lines in the present language and version."""
        return self.host.help_page()

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Who to call"))

    def blocks(self, width: int) -> Sequence[Block]:
        """The lines."""
        lead = Paragraph(self._danger, "bold")
        near = [Paragraph(self._near, "bold")] if self._near else []
        return [lead, *near, GAP, *phone_lines(self._phone_lines)]

    def action_help(self) -> None:
        """The key that opened it closes it."""
        self.action_back()
