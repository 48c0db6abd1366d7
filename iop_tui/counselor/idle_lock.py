"""The idle lock: covers the screen when nobody has used it for a while, until the passphrase is typed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events

from iop_tui.counselor.pages.passphrase import LockPage
from iop_tui.tui.app import Wizard
from iop_tui.tui.input_events import DELIBERATE

if TYPE_CHECKING:
    from iop_tui.records.store import Records

IDLE = 600.0
"""Seconds without a key or a click until the screen locks. A caller may talk for minutes; a counselor who is gone for
longer has left the screen to anyone who comes by.
"""


class IdleLock:
    """Watches for input and shows the lock page. `open_records` checks the passphrase; `monotonic` counts seconds."""

    def __init__(self, app: Wizard, open_records: Callable[[str], Records], monotonic: Callable[[], float]) -> None:
        self._app = app
        self._open_records = open_records
        self._monotonic = monotonic
        self._last_input = monotonic()

    def note(self, event: events.Event) -> None:
        """Remember when somebody last used the screen."""
        if isinstance(event, DELIBERATE):
            self._last_input = self._monotonic()

    def watch(self, seconds: float = IDLE) -> None:
        """Check after so many seconds, and repeat."""
        self._app.time.after(self._app, max(1.0, seconds), lambda: self._app.call_later(self.check))

    async def check(self) -> None:
        """Lock the screen if nobody has used it for long. The call stays open and saved, and its time goes on."""
        left = IDLE - (self._monotonic() - self._last_input)
        if left <= 0 and not isinstance(self._app.screen, LockPage):
            await self._app.push_screen(LockPage(self._open_records))
        self.watch(left if left > 0 else IDLE)
