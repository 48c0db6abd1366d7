"""A page that lies over a call, and may change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from iop_tui.counselor.messages import CallChanged
from iop_tui.tui.page import BACK, HELP, KeyHint, Overlay

if TYPE_CHECKING:
    from iop_tui.call.work import Work
    from iop_tui.counselor.app import Counselor


class CallOverlay(Overlay):
    """An overlay that knows the call. What it changes is shown at once, and told to the app, which saves it."""

    HINTS: ClassVar[Sequence[KeyHint]] = (BACK, HELP)

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work

    @property
    def counselor(self) -> Counselor:
        """The app, as what it is."""
        return cast("Counselor", self.app)

    def do(self, change: Callable[[Work], Work]) -> None:
        """Change the call."""
        self.post_message(CallChanged(self, change))
        self.show_work(change(self.work))

    def show_work(self, work: Work) -> None:
        """Show the call as it is now. A subclass shows what it has of it."""
        self.work = work
