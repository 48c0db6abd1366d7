"""Messages from the counselor's pages to the app, besides those of every page (`tui/messages.py`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from textual.message import Message

from iop_tui.tui.messages import FromPage

if TYPE_CHECKING:
    from iop_tui.call.operations import CallState
    from iop_tui.counselor.autosave import SaveState
    from iop_tui.records.errors import Replaced
    from iop_tui.records.store import Records
    from iop_tui.tui.host import AnyPage


class CallChanged(FromPage):
    """A page changed the call. The app applies the change to the current call, saves it, and shows it on every page.

    The page need not be on top: what was typed counts, whichever page is visible by now.
    """

    def __init__(self, seen: AnyPage, change: Callable[[CallState], CallState]) -> None:
        super().__init__(seen)
        self.change = change


class CallChosen(FromPage):
    """A call was chosen from the list; None: a new one."""

    def __init__(self, seen: AnyPage, call_id: str | None) -> None:
        super().__init__(seen)
        self.call_id = call_id


class LeftDesk(FromPage):
    """Back to the list of calls."""


class Unlocked(FromPage):
    """The passphrase was right, and the records are open."""

    def __init__(self, seen: AnyPage, records: Records) -> None:
        super().__init__(seen)
        self.records = records


class ConflictResolved(FromPage):
    """Two users changed the same call, and the counselor chose the version to keep, or both."""

    def __init__(self, seen: AnyPage, keep: Literal["mine", "theirs", "both"]) -> None:
        super().__init__(seen)
        self.keep = keep


class FileWritten(Message):
    """A call was exported to a file."""

    def __init__(self, call_id: str, path: Path) -> None:
        super().__init__()
        self.call_id = call_id
        self.path = path


class RecordsMoved(FromPage):
    """The records at the address are no longer the open ones; `retry` runs once the counselor has chosen others."""

    def __init__(self, seen: AnyPage, why: Replaced, retry: Callable[[], object]) -> None:
        super().__init__(seen)
        self.why = why
        self.retry = retry


@runtime_checkable
class ShowsWork(Protocol):
    """A page that shows the call. It gets the call after every change."""

    def show_work(self, work: CallState) -> None:
        """Show the call as it is now."""


@runtime_checkable
class ShowsSaved(Protocol):
    """A page that shows whether the call is saved."""

    def show_saved(self, state: SaveState) -> None:
        """Show the save state."""


@runtime_checkable
class Holds(Protocol):
    """A page that takes no answer while another one is about to open over it unprompted."""

    def hold(self) -> None:
        """Take no answer until this page is visible again."""
