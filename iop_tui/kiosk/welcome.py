"""The first page of a visit: what this is, and how to hide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.base_screen import NORMAL_LINES
from iop_tui.tui.blocks import GAP, Block, Paragraph
from iop_tui.tui.messages import StartedOver
from iop_tui.tui.welcome import WelcomePage


class LobbyWelcomePage(WelcomePage):
    """The wizard's welcome, for a room where others may look on."""

    LEAVING: ClassVar[str] = N_("I am done")

    def words(self) -> Sequence[Block]:
        """How to hide it, with the points. In a low window the lead gives way: the head says the same in short."""
        lead, *more = super().words()
        points = [block for block in more if block is not GAP]
        hide = Paragraph(_("X hides this and erases your answers at once."), mark="· ")
        return [hide, *points] if self.app.size.height < NORMAL_LINES else [lead, GAP, hide, *points]

    def action_leave(self) -> None:
        """Where nothing was answered there is nothing to ask."""
        if len(self.host.interview.answers):
            super().action_leave()
        else:
            self.post_message(StartedOver(self))
