"""The base of pages that open over a call, and may change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from iop_tui.counselor.host import CounselorPage
from iop_tui.counselor.messages import CallChanged
from iop_tui.tui.base_screen import BACK, HELP, KeyHint, Overlay

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState


class CallOverlay(Overlay, CounselorPage):
    """An overlay with the call. It shows its own changes at once, and the app applies and saves them."""

    HINTS: ClassVar[Sequence[KeyHint]] = (BACK, HELP)

    def __init__(self, work: CallState) -> None:
        super().__init__()
        self.work = work

    def do(self, change: Callable[[CallState], CallState]) -> None:
        """Change the call."""
        self.post_message(CallChanged(self, change))
        self.show_work(change(self.work))

    def show_work(self, work: CallState) -> None:
        """Show the call as it is now. A subclass shows its part of it."""
        self.work = work
