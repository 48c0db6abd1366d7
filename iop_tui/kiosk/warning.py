"""The idle warning: a countdown, after which everything is erased."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.screening.i18n.language import _
from iop_tui.tui.base_screen import Overlay
from iop_tui.tui.block_letters import LargeWords
from iop_tui.tui.blocks import GAP, Block, Paragraph, Prose

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage

_AIRY = 12
"""Lines of a window with room for blank ones between the texts, if there is more than the question."""


class WarningPage(Overlay):
    """Counts down, over whatever was shown and without any of it. The app closes it at the first key or touch.

    `calls` is who to call, if there is a crisis page under it: that must not be hidden.
    """

    AUTO_FOCUS = ""

    def __init__(self, seconds: int, calls: Sequence[str] = ()) -> None:
        super().__init__()
        self._seconds = seconds
        self._calls = calls

    def compose(self) -> ComposeResult:
        """Whom to call in danger, the question, the seconds, and what to do."""
        with Vertical(id="warning"):
            yield Prose(id="asked")
            yield LargeWords([str(self._seconds)], tall=16, low=12, id="seconds")
            yield Prose(id="go-on")

    def on_resize(self) -> None:
        """Add empty lines if there is room."""
        gap = [GAP] if not self._calls or self.app.size.height >= _AIRY else []
        calls: list[Block] = [Paragraph(call, "bold $key") for call in self._calls]
        go_on = _("Press any key, or touch the screen, to go on.")
        erased = _("Otherwise everything is erased. X erases it now.")
        asked = Paragraph(_("Are you still there?"), "bold")
        self.query_one("#asked", Prose).show([*calls, *(gap if calls else []), asked, *gap])
        self.query_one("#go-on", Prose).show([*gap, Paragraph(go_on, "bold"), Paragraph(erased)])

    def show(self, seconds: int) -> None:
        """Show how many seconds are left."""
        self._seconds = seconds
        self.query_one("#seconds", LargeWords).show([str(seconds)])

    @property
    def too_small(self) -> bool:
        """It is shown in a window of any size."""
        return False

    def open(self, make: Callable[[], AnyPage]) -> None:
        """No overlay opens over it."""
