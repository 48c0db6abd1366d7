"""The open records: opened with a passphrase, and opened again after a lock or a change of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from iop_tui.records.store import Records


class RecordsAccess:
    """Holds the records that the app works with. `open_at_address` opens those that the program was started with."""

    def __init__(self, open_at_address: Callable[[str], Records]) -> None:
        self._open_at_address = open_at_address
        self._records: Records | None = None
        self._is_elsewhere = False
        """Whether they are others than those with which the program was started."""

    @property
    def is_open(self) -> bool:
        """Whether the right passphrase was typed once."""
        return self._records is not None

    @property
    def records(self) -> Records:
        """The open records. Raises RuntimeError before the passphrase was right."""
        if self._records is None:
            raise RuntimeError("the records are not open yet")
        return self._records

    def open(self, passphrase: str) -> Records:
        """In a thread: open the records with this passphrase. After the first time these are the records in use, if
        those at the original address have changed. Raises RecordsError.
        """
        if self._records is not None and (self._is_elsewhere or self._records.replaced is not None):
            from iop_tui.records.reopening import opened_anew

            return opened_anew(self._records, passphrase)
        return self._open_at_address(passphrase)

    def use(self, records: Records) -> None:
        """Work with these from now on: the same ones, opened with a passphrase."""
        self._records = records

    def switch_to(self, records: Records, before: Path | None) -> None:
        """Work with others from now on; those in use until now were at `before`."""
        self._records = records
        self._is_elsewhere = self._is_elsewhere or records.path != before

    def close(self) -> str:
        """Close them. If they were replaced meanwhile, returns how, as a sentence; else an empty one."""
        if self._records is None:
            return ""
        replaced = self._records.replaced
        self._records.close()
        return str(replaced) if replaced is not None else ""
