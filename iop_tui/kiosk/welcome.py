"""The first page of a visit: what this is, and how to hide it."""

from __future__ import annotations

from collections.abc import Sequence

from iop_tui.screening.i18n.language import _
from iop_tui.tui.base_screen import NORMAL_LINES
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.messages import StartedOver
from iop_tui.tui.welcome import WelcomePage


class LobbyWelcomePage(WelcomePage):
    """The wizard's welcome, for a room where others may look on."""

    def words(self) -> Sequence[Block]:
        """Three lines: a visitor who came here from the attract screen wants to begin."""
        lead, *_points = super().words()
        gap = [GAP] if self.app.size.height >= NORMAL_LINES else []
        return [lead, *gap, Paragraph(_("X hides this and erases your answers at once.")), *self.limits()]

    def action_leave(self) -> None:
        """Before the first answer no confirmation is needed."""
        if len(self.host.interview.answers):
            super().action_leave()
        else:
            self.post_message(StartedOver(self))
