"""What the records give back."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from iop_tui.call.record import Call

ANOTHER = -1
"""A version that no call has: a save over it asks whoever saves what stays, whatever is there."""


class Stored(Struct, frozen=True):
    """A call as it was saved last: which version, when (UTC), and by whom. `save` asks for the version."""

    call: Call
    version: int
    saved: datetime
    by: str


class Entry(Struct, frozen=True):
    """A line of the audit: when (UTC), who, and what was done, to which call and which version of it. No contents."""

    at: datetime
    who: str
    what: str
    call: str | None
    version: int | None


class Ages(Protocol):
    """After how many days without a change a call is deleted, by its state; None where it is kept."""

    @property
    def finished(self) -> int | None:
        """Of calls that are finished."""

    @property
    def open(self) -> int | None:
        """Of calls that are not."""

    @property
    def call_back(self) -> int | None:
        """Of calls where somebody is to be called back."""
