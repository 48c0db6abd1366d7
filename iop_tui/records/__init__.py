"""The encrypted store of a counselor's calls, on SQLite or PostgreSQL.

Modules are imported when records are opened: they need packages of the extra `counselor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from iop_tui.records.errors import NeedsExtra

if TYPE_CHECKING:
    from iop_tui.records.store import Records


def open_records(url: str | None, passphrase: str, *, by: str, create: bool) -> Records:
    """Open the records at a URL, or this user's own if it is None; with `create` missing ones are created. `by` is the
    name for the audit. Takes about half a second, to derive the key. Raises RecordsError.
    """
    _need()
    from iop_tui.records.opening import opened

    return opened(url, passphrase, by=by, create=create)


def exists(url: str | None) -> bool:
    """Whether records exist at a URL, or at this user's own if it is None. Raises RecordsError if it is not known."""
    _need()
    from iop_tui.records.opening import there

    return there(url)


def required(url: str | None) -> None:
    """Raises Missing if there are no records, and any other RecordsError that is known without the passphrase, so that
    nobody types it for nothing.
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
