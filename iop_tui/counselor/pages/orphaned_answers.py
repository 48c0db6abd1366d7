"""Orphaned answers: recorded answers that no longer fit the questions. They are kept and shown, and do not count."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.call.operations import CallState
from iop_tui.tui.base_screen import BACK, READ_ON, Overlay
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.text_screen import TextPage


class OrphanedAnswersPage(TextPage, Overlay):
    """Each with its wording at the time, and why it no longer fits."""

    HINTS = (BACK, READ_ON)

    def __init__(self, work: CallState) -> None:
        super().__init__()
        self._orphaned = work.call.orphaned

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title("Answers that no longer fit")

    def blocks(self, width: int) -> Sequence[Block]:
        """The answers."""
        lead = "The questions were changed since this call. These answers stay in the record, and count for nothing."
        blocks: list[Block] = [Paragraph(lead, "bold")]
        for orphan in self._orphaned:
            blocks += [
                GAP,
                Paragraph(orphan.recorded.ask),
                Paragraph(orphan.recorded.answer_text, "bold", indent=2),
                Paragraph(orphan.why, "$muted", indent=2),
            ]
        return blocks
