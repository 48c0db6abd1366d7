"""What the records return: stored calls, entries of the audit, retention periods."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from iop_tui.call.record import Call

ANOTHER = -1
"""A version that no call has: saving over it always asks the user which version to keep."""


class Stored(Struct, frozen=True):
    """A call as it was saved last: which version, when (UTC), and by whom. `save` asks for the version."""

    call: Call
    version: int
    saved: datetime
    by: str


class Entry(Struct, frozen=True):
    """An entry of the audit: time (UTC), user, action, and the call with its version. No contents."""

    at: datetime
    who: str
    what: str
    call: str | None
    version: int | None


class Ages(Protocol):
    """Days without a change after which a call is deleted, by its state; None if it is kept."""

    @property
    def finished(self) -> int | None:
        """Of calls that are finished."""

    @property
    def open(self) -> int | None:
        """Of calls that are not."""

    @property
    def call_back(self) -> int | None:
        """For calls to be called back."""
