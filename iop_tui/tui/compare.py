"""The comparison by itself: the kinds of care, without answering anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.tui import comparison_blocks
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON, Overlay, PageHeader
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.text_screen import TextPage

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


class ComparePage(TextPage, Overlay):
    """What each kind of care is, then row by row, as wide as the window."""

    AS_WIDE_AS_WINDOW = True

    HINTS = (BACK, READ_ON, HELP, LEAVE)

    def __init__(self, screening: Screening, mine: Level | None = None) -> None:
        """`mine` is the level to ask about first, for whoever knows it."""
        super().__init__()
        self._screening = screening
        self._mine = mine

    def again(self) -> AnyPage:
        """The comparison as it is now."""
        return self.host.comparison_page(self._mine)

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.query_one(PageHeader).show(_("The kinds of care"))
        self.set_text()

    def above(self, width: int) -> Sequence[Block]:
        """The names stay over their columns."""
        verdict = {self._mine: _("Ask about this first")} if self._mine is not None else {}
        return comparison_blocks.heads(self._screening, width, verdict, self._mine)

    def blocks(self, width: int) -> Sequence[Block]:
        """Row by row, then each in a sentence."""
        screening = self._screening
        blocks = comparison_blocks.rows(screening, width, self._mine)
        for care in screening.care.levels:
            blocks += [Paragraph(care.name, "bold"), Paragraph(care.what), GAP]
        return [*blocks, Paragraph(screening.manifest.disclaimer.closing, "$muted"), GAP]
