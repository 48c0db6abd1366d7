"""A counselor's calls, saved so that nobody else can read them: an encrypted store on SQLite or PostgreSQL.

Nothing here is imported before the records are opened: they stand on packages of the extra `counselor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iop_tui.records.errors import NeedsExtra

if TYPE_CHECKING:
    from iop_tui.records.store import Records


def open_records(url: str | None, passphrase: str, *, by: str, create: bool) -> Records:
    """Open the records at a URL, or those of this user where it is None; with `create` they are made where there are
    none. `by` is who the audit names. Takes about half a second: the key is derived. Raises RecordsError.
    """
    _need()
    from iop_tui.records.opening import opened

    return opened(url, passphrase, by=by, create=create)


def exists(url: str | None) -> bool:
    """Whether there are records at a URL, or of this user where it is None. Raises RecordsError where it cannot be
    told.
    """
    _need()
    from iop_tui.records.opening import there

    return there(url)


def required(url: str | None) -> None:
    """Raises Missing where there are no records, and any other RecordsError that can be told without the passphrase:
    nobody should type it for nothing.
    """
    _need()
    from iop_tui.records.opening import required as must_be_there

    must_be_there(url)


def default_url() -> str:
    """The URL of this user's own records: a SQLite file in their data directory."""
    from iop_tui.records.sqlite_path import default_path

    return f"sqlite:///{default_path()}"


def _need() -> None:
    """Raises NeedsExtra where a package is missing."""
    try:
        import cryptography  # noqa: F401  # only whether it is there
        import sqlalchemy  # noqa: F401  # the same
    except ImportError:
        raise NeedsExtra("counselor") from None
