"""A screen that nobody touches is covered until the passphrase is typed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events

from iop_tui.counselor.ontop import OnTop
from iop_tui.screening.model import Screening

if TYPE_CHECKING:
    from iop_tui.records.store import Records

IDLE = 600.0
"""Seconds without a key or a click until the screen is covered. A caller may talk for minutes; a counselor who is gone
for longer has left their screen to whoever comes by.
"""
_TOUCHES = (events.Key, events.MouseDown, events.MouseScrollDown, events.MouseScrollUp, events.Paste)
"""What a person does on purpose. A mouse that is only moved may have been bumped."""


class Covered(OnTop):
    """An app that covers itself. `monotonic` counts the seconds."""

    def __init__(
        self, screening: Screening, open_records: Callable[[str], Records], monotonic: Callable[[], float]
    ) -> None:
        super().__init__(screening)
        self._open_records = open_records
        self._monotonic = monotonic
        self._touched = monotonic()

    def hears(self, event: events.Event) -> bool:
        """Remember when somebody was there last."""
        if isinstance(event, _TOUCHES):
            self._touched = self._monotonic()
        return True

    def look_around(self, seconds: float = IDLE) -> None:
        """Look in so many seconds whether anybody is there, and from then on again and again."""
        self.time.after(self, max(1.0, seconds), lambda: self.call_later(self.cover_if_alone))

    async def cover_if_alone(self) -> None:
        """Cover the screen where nobody touched anything for long. The call is saved, and its time goes on."""
        from iop_tui.counselor.pages.passphrase import LockPage

        left = IDLE - (self._monotonic() - self._touched)
        if left <= 0 and not isinstance(self.screen, LockPage):
            await self.push_screen(LockPage(self._open_records))
        self.look_around(left if left > 0 else IDLE)
