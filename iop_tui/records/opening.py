"""How records are made and opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import URL

from iop_tui.records import audit, audit_ledger, envelope, sqlite_path
from iop_tui.records.audit_ledger import LedgerHead
from iop_tui.records.database import Database, address, shown
from iop_tui.records.error_mapping import damaged
from iop_tui.records.errors import Missing
from iop_tui.records.passphrase import check_new
from iop_tui.records.session import Session
from iop_tui.records.store import Records
from iop_tui.records.tables import AUDIT, BOOK, CALLS, METADATA

_WHO = 100
"""Letters of the name that the audit gives a person."""


def opened(url: str | None, passphrase: str, *, by: str, create: bool) -> Records:
    """See `open_records`."""
    return opened_at(address(url), passphrase, by=by, create=create)


def opened_at(where: URL, passphrase: str, *, by: str, create: bool) -> Records:
    """The same, by an address that was read already."""
    who = "".join(sign if sign.isprintable() else "?" for sign in by.strip())[:_WHO] or "?"

    def ours(database: Database) -> envelope.Keys:
        return _keys(database, where, passphrase, who, create=create)

    return _records(_database(where, create=create), ours, who)


def opened_with(where: URL, keys: envelope.Keys, who: str) -> Records:
    """Open records whose keys are known. Raises Missing, Rekeyed, Damaged."""

    def ours(database: Database) -> envelope.Keys:
        if _head(database) is None:
            raise _missing(where)
        return keys

    return _records(_database(where, create=False), ours, who)


def _records(database: Database, keys_of: Callable[[Database], envelope.Keys], who: str) -> Records:
    try:
        session = Session(database, keys_of(database), who)
        session.append(audit.OPENED)
    except BaseException:
        database.close()
        raise
    return Records(session)


def there(url: str | None) -> bool:
    """See `exists`."""
    where = address(url)
    if where.get_backend_name() == "sqlite":
        path = Path(where.database or "")
        if not sqlite_path.is_there(path):
            return False
        sqlite_path.check(path)
    database = Database(where)
    try:
        return _head(database) is not None
    finally:
        database.close()


def required(url: str | None) -> None:
    """See `iop_tui.records.required`."""
    if not there(url):
        raise _missing(address(url))


def _database(where: URL, *, create: bool) -> Database:
    if where.get_backend_name() != "sqlite":
        return Database(where)
    path = Path(where.database or "")
    if not sqlite_path.is_there(path) and not create:
        raise _missing(where)
    path = sqlite_path.prepare(path) if create else sqlite_path.check(path)
    return Database(where.set(database=str(path)))


def _keys(database: Database, where: URL, passphrase: str, who: str, *, create: bool) -> envelope.Keys:
    head = _head(database)
    if head is None:
        if not create:
            raise _missing(where)
        check_new(passphrase)
        head = _made(database, envelope.made(passphrase), who)
    keys = envelope.derived(passphrase, head.header)
    if keys.id != head.key_id:
        raise envelope.head_damaged()
    return keys


def _made(database: Database, keys: envelope.Keys, who: str) -> LedgerHead:
    """Make the tables and the head, in one transaction: of two processes at the same moment one succeeds."""
    with database.writing() as connection:
        if not database.is_file:
            # Two who make tables at once fail in PostgreSQL, so they take turns.
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(73657001)")
        METADATA.create_all(connection)
        head = audit_ledger.read_head(connection, hold=True)
        if head is None:
            audit_ledger.begin(connection, keys, who)
            head = audit_ledger.locked_head(connection, keys)
    return head


def _head(database: Database) -> LedgerHead | None:
    """The head, or None in a database without our tables. Raises Damaged if it has only some of them."""
    with database.reading() as connection:
        names = set(inspect(connection).get_table_names())
        ours = {table.name for table in (BOOK, CALLS, AUDIT)}
        if not names & ours:
            if names and database.is_file:
                raise damaged(database.where)
            return None
        head = audit_ledger.read_head(connection) if ours <= names else None
        if head is None:
            raise damaged(database.where)
        return head


def _missing(where: URL) -> Missing:
    return Missing(f"There are no records at {shown(where)} yet. 'iop-tui counselor' makes them.")
