"""A session of one person on a database, under the keys of one passphrase. It remembers the newest entry of the audit:
while that is still there, the database was not restored to an earlier state meanwhile.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import Connection, select

from iop_tui.records import audit, audit_ledger
from iop_tui.records.audit_ledger import LedgerHead
from iop_tui.records.database import Database
from iop_tui.records.envelope import Keys
from iop_tui.records.errors import Replaced
from iop_tui.records.tables import AUDIT


class SeenEntry(Struct, frozen=True):
    """An entry of the audit, and its MAC."""

    chain: str
    number: int
    mac: bytes


class LedgerTransaction:
    """The audit's book, locked for a transaction."""

    def __init__(self, connection: Connection, keys: Keys, head: LedgerHead, by: str) -> None:
        self.connection, self.keys, self.head = connection, keys, head
        self.is_complete = False
        """Whether everything in the transaction was done."""
        self._by = by

    def append(self, what: str, call: str = "", version: int = 0) -> None:
        """Append an entry."""
        self.head = audit_ledger.append(self.connection, self.keys, self.head, self._by, what, call, version)


class Session:
    """A session, as above. Its methods may be called from any thread."""

    def __init__(self, database: Database, keys: Keys, by: str) -> None:
        self.database, self.keys, self.by = database, keys, by
        self.known: SeenEntry | None = None

    @contextlib.contextmanager
    def ledger(self, *, long: bool = False) -> Iterator[LedgerTransaction]:
        """A transaction with the book locked. Raises Rekeyed, Damaged, Replaced."""
        page: LedgerTransaction | None = None
        try:
            with self.database.writing(long=long) as connection:
                head = audit_ledger.locked_head(connection, self.keys)
                self.check_not_older(connection, SeenEntry(audit.BOOK, head.lines, head.tip))
                page = LedgerTransaction(connection, self.keys, head, self.by)
                yield page
                page.is_complete = True
        except Replaced:
            # If the file was replaced at this very moment, the transaction is committed all the same, in the one that
            # is open.
            self._remember(page)
            raise
        self._remember(page)

    def _remember(self, page: LedgerTransaction | None) -> None:
        if page is not None and page.is_complete:
            self.keys, self.known = page.keys, SeenEntry(audit.BOOK, page.head.lines, page.head.tip)

    def append(self, what: str, call: str = "", version: int = 0) -> None:
        """Append an entry to the book."""
        with self.ledger() as page:
            page.append(what, call, version)

    def check_not_older(self, connection: Connection, seen: SeenEntry | None = None) -> None:
        """Raises Replaced where the newest line that we know of is not there any more. `seen` is a line that was read
        already.
        """
        known = self.known
        if known is None or (known == seen and not self.database.is_touched):
            return
        wanted = select(AUDIT.c.mac).where(AUDIT.c.chain == known.chain, AUDIT.c.number == known.number)
        with self.database.afresh(connection) as looking:
            there = looking.execute(wanted).scalar()
        if there != known.mac:
            raise Replaced("older", self.database.where)
