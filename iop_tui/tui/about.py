"""What a screening is not, and who reviewed it: behind a key on the first page."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import About
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON, Overlay
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.text_screen import TextPage


class AboutPage(TextPage, Overlay):
    """All of the limits, a sentence each."""

    HINTS = (BACK, READ_ON, HELP, LEAVE)

    def __init__(self, about: About, reviewed: Sequence[str]) -> None:
        super().__init__()
        self._about = about
        self._reviewed = reviewed

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title(_("About this"))

    def blocks(self, width: int) -> Sequence[Block]:
        """A paragraph each."""
        return [block for point in (*self._about.points, *self._reviewed) for block in (Paragraph(point), GAP)]
