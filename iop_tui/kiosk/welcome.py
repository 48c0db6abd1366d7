"""The first page of a visit: what this is, and how to hide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events

from iop_tui.screening.language import N_, _
from iop_tui.tui.blocks import Block, Paragraph, Prose
from iop_tui.tui.messages import StartedOver
from iop_tui.tui.welcome import WelcomePage

_NORMAL = 24
"""Lines of a window that has room for the lead."""


class LobbyWelcomePage(WelcomePage):
    """The wizard's welcome, for a room where others may look on."""

    LEAVING: ClassVar[str] = N_("I am done")

    def words(self) -> Sequence[Block]:
        """How to hide it, with the points. In a low window the lead gives way: the head says the same in short."""
        lead, gap, *points = super().words()
        hide = Paragraph(_("X hides this and erases your answers at once."), mark="· ")
        return [hide, *points] if self.app.size.height < _NORMAL else [lead, gap, hide, *points]

    def on_resize(self, _event: events.Resize) -> None:
        """The words for the room that there is now."""
        for prose in self.query(Prose):
            prose.show(self.words())

    def action_leave(self) -> None:
        """Where nothing was answered there is nothing to ask."""
        if len(self.wizard.interview.answers):
            super().action_leave()
        else:
            self.post_message(StartedOver(self))
