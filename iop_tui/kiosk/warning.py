"""Is anybody still there? If not, everything is erased."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.kiosk.large_words import LargeWords
from iop_tui.screening.language import _
from iop_tui.tui.blocks import GAP, Paragraph, Prose
from iop_tui.tui.page import Overlay


class WarningPage(Overlay):
    """Counts down, over whatever was shown and with nothing of it. The app closes it at the first key or touch."""

    AUTO_FOCUS = ""

    def __init__(self, seconds: int) -> None:
        super().__init__()
        self._seconds = seconds

    def compose(self) -> ComposeResult:
        """The question, the seconds, and what to do."""
        go_on = _("Press any key, or touch the screen, to go on.")
        with Vertical(id="warning"):
            yield Prose([Paragraph(_("Are you still there?"), "bold"), GAP])
            yield LargeWords([str(self._seconds)], tall=16, low=12, id="seconds")
            erased = _("Otherwise everything is erased. X erases it now.")
            yield Prose([GAP, Paragraph(go_on, "bold"), Paragraph(erased)])

    def show(self, seconds: int) -> None:
        """So many seconds are left."""
        self._seconds = seconds
        self.query_one("#seconds", LargeWords).show([str(seconds)])

    @property
    def too_small(self) -> bool:
        """It warns in every window."""
        return False

    def open(self, make: Callable[[], Overlay]) -> None:
        """Nothing is laid over it."""
