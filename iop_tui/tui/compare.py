"""The comparison of the levels of care, without any answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from iop_tui.result.blocks import Table
from iop_tui.result.chapters import comparison
from iop_tui.review.sentences import review_line
from iop_tui.screening.i18n.language import _
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, READ_ON, Overlay
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.chapter_blocks import table_heads, table_row
from iop_tui.tui.text_screen import TextPage

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


def table_of(screening: Screening, mine: Level | None) -> Table:
    """The comparison of the levels of care on all rows; `mine` is the level to ask about first, if there is one."""
    lit = screening.rank(mine) if mine is not None else None
    verdicts = [_("Ask about this first") if level == mine else "" for level in screening.levels]
    return comparison(screening, lit, verdicts if mine is not None else ())


class ComparePage(TextPage, Overlay):
    """What each kind of care is, then row by row, as wide as the window."""

    AS_WIDE_AS_WINDOW = True

    HINTS = (BACK, READ_ON, HELP, LEAVE)

    def __init__(self, screening: Screening, mine: Level | None = None) -> None:
        """`mine` is the level to ask about first, if known."""
        super().__init__()
        self._screening = screening
        self._mine = mine

    def again(self) -> AnyPage:
        """The comparison in the present language."""
        return self.host.comparison_page(self._mine)

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("The kinds of care"))

    def above(self, width: int) -> Sequence[Block]:
        """The column headings stay in place."""
        return table_heads(table_of(self._screening, self._mine), width)

    def blocks(self, width: int) -> Sequence[Block]:
        """Row by row, then each in a sentence."""
        screening, table = self._screening, table_of(self._screening, self._mine)
        blocks = [block for row in table.rows for block in (*table_row(table, row, width), GAP)]
        for care in screening.care.levels:
            blocks += [Paragraph(care.name, "bold"), Paragraph(care.what), GAP]
        closing = f"{screening.manifest.disclaimer.closing} {review_line(screening)}"
        return [*blocks, Paragraph(closing, "$muted"), GAP]
