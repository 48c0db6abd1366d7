"""Reopen records when the file or database at the address is no longer the open one. Nothing is lost: before the open
one is closed, all of it is copied into a new file beside it.
"""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path

from msgspec import Struct
from sqlalchemy.engine import URL

from iop_tui.records import sqlite_path
from iop_tui.records.errors import RecordsError, WrongPassphrase
from iop_tui.records.opening import opened_at, opened_with
from iop_tui.records.store import Records


class Reopened(Struct, frozen=True):
    """The records to continue with, and the new file with the old contents, None without one. `failed` is the reason if
    the request was not possible; then work continues in the new file.
    """

    records: Records
    copy: Path | None
    failed: RecordsError | None = None


def is_there(records: Records) -> bool:
    """Whether anything exists at the address."""
    return records.path is None or sqlite_path.is_there(records.path)


def opened_anew(records: Records, passphrase: str) -> Records:
    """Open the same records again, with a passphrase; the given ones if their file is gone. Raises RecordsError."""
    if records.replaced is None:
        return opened_at(records.session.database.url, passphrase, by=records.session.by, create=False)
    if not records.is_opened_by(passphrase):
        raise WrongPassphrase
    return records


def with_those_there(records: Records, now: datetime) -> Reopened:
    """Continue with the records at the address, under the same keys. Raises CannotWrite, and then nothing changed."""
    if records.replaced is None:
        # The same database, restored to an earlier state: there is no other one to close.
        records.accept()
        return Reopened(records, None)
    copy = _copied(records, now)
    records.close()
    try:
        return Reopened(_opened(records, records.path), copy)
    except RecordsError as failed:
        return Reopened(_opened(records, copy), copy, failed)


def in_new_file(records: Records, now: datetime) -> Reopened:
    """Continue in a new file with all that is open: at the address if nothing is there, else beside it. Raises
    CannotWrite, and nothing has changed then.
    """
    copy = _copied(records, now)
    records.close()
    where = copy
    if records.path is not None and not sqlite_path.is_there(records.path):
        with contextlib.suppress(OSError):
            # Fails where something has come there meanwhile: a rename would replace it.
            os.link(copy, records.path)
            copy.unlink()
            where = records.path
    return Reopened(_opened(records, where), where)


def _copied(records: Records, now: datetime) -> Path:
    """Copy the open records into a new file beside it."""
    if records.path is None:
        raise TypeError("only a file can be copied")
    name = f"{records.path.stem}-kept-{now:%Y%m%d-%H%M%S}{records.path.suffix}"
    copy = records.path.with_name(name)
    records.session.database.copy(copy)
    return copy


def _opened(records: Records, path: Path | None) -> Records:
    session = records.session
    url = session.database.url if path is None else URL.create("sqlite", database=str(path))
    return opened_with(url, session.keys, session.by)
