"""What can go wrong with the records: each a clear sentence with the remedy, and never any of a call's contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from iop_tui.records.stored import Stored


class RecordsError(Exception):
    """The records could not do what was asked. `str()` is a sentence for the person."""


class NeedsExtra(RecordsError):
    """A package is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"The records need packages that are not installed: pip install 'iop-tui[{extra}]'")


class BadAddress(RecordsError):
    """The URL cannot be used."""


class Missing(RecordsError):
    """There are no records there."""


class WeakPassphrase(RecordsError):
    """A new passphrase is too easy to guess, or cannot be used at all."""


class WrongPassphrase(RecordsError):
    """The records are whole, and the passphrase is not theirs."""

    def __init__(self) -> None:
        super().__init__("This is not the passphrase of these records. Type it again; nobody can read them without it.")


class NoMemory(RecordsError):
    """The machine has too little memory to derive the key."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(
            f"There is too little memory to open the records: it takes {megabytes} MB, by design. "
            "Close other programs, or lift the limit, and try again."
        )


class Rekeyed(RecordsError):
    """Another user changed the passphrase meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "The passphrase of these records was changed meanwhile. What is on the screen is not lost: "
            "open the records with the new passphrase, and save again."
        )


class Damaged(RecordsError):
    """Something in the records was altered or damaged: one call, or, if `call` is empty, the whole."""

    def __init__(self, sentence: str, call: str = "") -> None:
        super().__init__(sentence)
        self.call = call


class Newer(RecordsError):
    """A newer program wrote it."""

    def __init__(self) -> None:
        super().__init__(
            "These records were written by a newer version of iop-tui. Update the program: pip install -U iop-tui"
        )


class NotAllowed(RecordsError):
    """This user may not, or others may too much."""


class CannotWrite(RecordsError):
    """There is no room, or writing is not possible. What was saved before is whole."""


class Busy(RecordsError):
    """Another process holds the records."""

    def __init__(self) -> None:
        super().__init__(
            "Another program is busy with these records, and did not let go in time. Nothing was changed; try again."
        )


class Lost(RecordsError):
    """The database does not answer."""


class Deleted(RecordsError):
    """The call is not there any more."""

    def __init__(self, call: str) -> None:
        super().__init__(f"Call {call[:8]} is not in the records: it was deleted, or never saved.")
        self.call = call


class Replaced(RecordsError):
    """The records at the address are not those that are open: there are none any more, there are others, or they were
    put back to an earlier state. Nothing was saved that the address does not have.
    """

    def __init__(self, kind: Literal["gone", "other", "older"], where: str) -> None:
        said = {
            "gone": "The file {where} is not there any more: it was deleted, moved or given another name.",
            "other": "The file at {where} is not the one that is open: another was put in its place.",
            "older": "The records at {where} were put back: they do not have what was last written from here.",
        }
        cause = "A program that syncs or restores files does so. See which records are the right ones."
        super().__init__(f"{said[kind].format(where=where)} {cause}")
        self.kind = kind


class Overwritten(RecordsError):
    """Another user saved the call meanwhile. Theirs is untouched; `theirs` is what they saved."""

    def __init__(self, theirs: Stored) -> None:
        super().__init__(
            f"{theirs.by} saved this call at {theirs.saved:%H:%M} UTC, after you opened it. Nothing was overwritten: "
            "choose which to keep."
        )
        self.theirs = theirs
