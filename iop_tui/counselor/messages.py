"""What the counselor's pages tell the app, besides what every page does (`tui/messages.py`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from iop_tui.tui.messages import FromPage

if TYPE_CHECKING:
    from iop_tui.call.work import Work
    from iop_tui.records.store import Records
    from iop_tui.tui.page import Page


class CallChanged(FromPage):
    """A page changed the call. The app applies the change to the call as it then is, saves it, and shows it everywhere.

    The page need not be the uppermost: what was typed counts, wherever the counselor is by now.
    """

    def __init__(self, seen: Page, change: Callable[[Work], Work]) -> None:
        super().__init__(seen)
        self.change = change


class CallChosen(FromPage):
    """A call was taken from the list; None: a new one."""

    def __init__(self, seen: Page, call_id: str | None) -> None:
        super().__init__(seen)
        self.call_id = call_id


class LeftDesk(FromPage):
    """Back to the list of calls."""


class Unlocked(FromPage):
    """The passphrase was right, and the records are open."""

    def __init__(self, seen: Page, records: Records) -> None:
        super().__init__(seen)
        self.records = records


class ConflictResolved(FromPage):
    """Two people changed the same call, and it was decided whose version stays, or that both do."""

    def __init__(self, seen: Page, keep: Literal["mine", "theirs", "both"]) -> None:
        super().__init__(seen)
        self.keep = keep


@runtime_checkable
class ShowsWork(Protocol):
    """A page that shows the call. The app hands it the call after every change, whoever made it."""

    def show_work(self, work: Work) -> None:
        """Show the call as it is now."""
