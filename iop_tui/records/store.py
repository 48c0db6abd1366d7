"""Opened records: list, read, save and delete calls. Every method may be called from any thread, and raises only
RecordsError.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from iop_tui.call.record import Call, Card
from iop_tui.records import audit, audit_ledger, card_cache, codec, envelope, rekey
from iop_tui.records.audit import Line
from iop_tui.records.envelope import Keys, head_damaged
from iop_tui.records.error_mapping import FAILURES, malformed
from iop_tui.records.errors import Damaged, Deleted, Overwritten, RecordsError, Rekeyed, Replaced, WrongPassphrase
from iop_tui.records.expiry import ExpiryPlan, outlook
from iop_tui.records.integrity import problems_of
from iop_tui.records.listing import Listing
from iop_tui.records.passphrase import check_new
from iop_tui.records.session import SeenEntry, Session
from iop_tui.records.stored import Ages, Entry, Stored
from iop_tui.records.tables import AUDIT, CALLS

_WHAT = re.compile(r"[a-z0-9]{1,20}")
_OF_ONE = select(CALLS.c.version, CALLS.c.key_id, CALLS.c.contents).where(CALLS.c.id == bindparam("call"))
_TO_SAVE = (
    select(CALLS.c.version, CALLS.c.key_id, AUDIT.c.mac)
    .outerjoin_from(CALLS, AUDIT, (AUDIT.c.chain == CALLS.c.id) & (AUDIT.c.number == CALLS.c.version))
    .where(CALLS.c.id == bindparam("call"))
    .with_for_update(of=CALLS)
)
_SAVE = (
    update(CALLS)
    .where(CALLS.c.id == bindparam("call"), CALLS.c.version == bindparam("was"), CALLS.c.key_id == bindparam("ours"))
    .values(version=bindparam("now"), card=bindparam("sealed_card"), contents=bindparam("sealed_call"))
)


class _Moved(Exception):
    """The stored version is not the one to be replaced."""


class Records:
    """The records, with the keys of one passphrase."""

    def __init__(self, session: Session) -> None:
        self._session, self._database, self._by = session, session.database, session.by
        self._listing = Listing(session.database)
        self._deleted = self._has_traces = False

    # --- the list

    def cards(self) -> tuple[Card, ...]:
        """The cards of all readable calls, last changed first."""
        return self._listing.cards(self._keys)

    def find(self, words: str) -> tuple[Card, ...]:
        """The cards in which all the words occur, newest first: in the reference, the notes, who took the call, and the
        id. They are compared in memory, without case and accents.
        """
        return self._listing.found(self._keys, words)

    @property
    def damaged(self) -> tuple[str, ...]:
        """The ids of the calls whose card could not be read when the list was last read."""
        return self._listing.damaged

    # --- one call

    def read(self, call_id: str) -> Stored:
        """Read the last version of a call; the audit gets an entry for it. Raises Deleted, Damaged, Newer."""
        with self._session.ledger() as page:
            stored = self._stored(page.connection, call_id)
            page.append(audit.READ, call_id, stored.version)
        return stored

    def save(self, call: Call, card: Card, version: int) -> int:
        """Save a call over the version that was read, or as a new one if that is 0; returns its new version. When it
        returns, the call is on the disk. Raises Overwritten with what another user saved meanwhile; Deleted.
        """
        try:
            return self._begin(call, card) if version == 0 else self._save(call, card, version)
        except _Moved:
            theirs = self._read(call.id)
            # The reply to an earlier save may have been lost: then the stored version is our own.
            if (theirs.call, theirs.by, theirs.version) == (call, self._by, version + 1):
                return theirs.version
            self._session.append(audit.READ, call.id, theirs.version)
            raise Overwritten(theirs) from None

    def exporting(self, call_id: str, what: str, version: int) -> None:
        """Record in the audit that the export of a version begins; `what` is the format, as `pdf`. Nothing may leave
        before. Raises Deleted.
        """
        what = f"{audit.EXPORTING}: {_form(what)}"
        with self._session.ledger() as page:
            there = page.connection.execute(select(CALLS.c.version).where(CALLS.c.id == call_id)).scalar()
            if there is None:
                raise Deleted(call_id)
            if not isinstance(there, int):
                raise codec.damaged(call_id)
            page.append(what, call_id, version)

    def exported(self, call_id: str, what: str, version: int) -> None:
        """Record in the audit that the export is done: the file is on the disk, or the reader has all of it."""
        self._session.append(f"{audit.EXPORTED}: {_form(what)}", call_id, version)

    def delete(self, call_id: str) -> None:
        """Delete a call for good. Raises Deleted if it is gone already."""
        if not self._gone({call_id: None}, audit.DELETED):
            raise Deleted(call_id)

    def expiring(self, ages: Ages, now: datetime, *, is_sure: bool = False) -> ExpiryPlan:
        """Which calls are past their retention, and which of them need a person's decision. `now` is this machine's
        time; `is_sure`: a person confirmed it.
        """
        places = self._listing.places(self._keys)
        with self._database.reading() as connection:
            return outlook(connection, places, ages, now, is_file=self._database.is_file, is_sure=is_sure)

    def expire(self, ages: Ages, now: datetime, *, is_sure: bool = False) -> tuple[int, str]:
        """Delete the calls that are past their retention; how many, and what was kept and why, as sentences. A call
        that was saved meanwhile stays. The audit gets an entry with the clocks that agreed, before those of the calls.
        """
        found = self.expiring(ages, now, is_sure=is_sure)
        why = audit.EXPIRY.format(clocks=found.clocks)
        if is_sure:
            self._session.append(audit.CLOCK)
        return self._gone(found.due, audit.EXPIRED, why), found.told

    # --- the whole

    def change_passphrase(self, new: str) -> None:
        """Re-encrypt everything under another passphrase, all or nothing. Raises WeakPassphrase; Damaged if a call
        cannot be read, and so not be re-encrypted.
        """
        check_new(new)
        rekey.rekeyed(self._session, new)
        self._listing.clear()
        self._deleted = True
        self._forget()

    def audit(self) -> tuple[Entry, ...]:
        """Every entry of the audit, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(AUDIT)).all()
        lines = [line for line in map(audit_ledger.line_of, rows) if line is not None]
        return tuple(line.entry for line in sorted(lines, key=lambda line: (line.at, line.chain, line.number)))

    def head(self) -> str:
        """The seal of the last entry in the audit's book, to note: `verify` can check later that it is still there."""
        with self._database.reading() as connection:
            head = audit_ledger.read_head(connection)
        if head is None:
            raise head_damaged()
        return f"{head.lines}-{head.tip.hex()[:32]}"

    def verify(self, since: str = "") -> tuple[str, ...]:
        """What was altered, as sentences: calls, and entries of the audit that were altered, removed or inserted.
        `since` is a head that was noted earlier: everything up to it must still be there.
        """
        # Of one moment: what colleagues save meanwhile would look as if it had been put in.
        with self._database.reading(at_one_moment=True) as connection:
            return tuple(problems_of(connection, self._keys, since))

    # --- whether they are still those at the address

    @property
    def replaced(self) -> Replaced | None:
        """The problem if the file at the address is not the open one, else None."""
        try:
            self._database.check()
        except Replaced as replaced:
            return replaced
        return None

    def remember(self, before: Records) -> None:
        """Take over from other records: the last entry that those wrote must be there, or saving raises Replaced."""
        self._session.known = before._session.known

    def accept(self) -> None:
        """Accept what is there, whatever was written before."""
        self._session.known = None
        self._database.forget_pages()
        self._listing.clear()

    def is_opened_by(self, passphrase: str) -> bool:
        """Whether it is the passphrase that these were opened with. Takes a third of a second."""
        try:
            return envelope.derived(passphrase, envelope.written(self._keys.header)).id == self._keys.id
        except WrongPassphrase:
            return False

    def version_of(self, call_id: str) -> int:
        """The stored version of a call, 0 if there is none. Raises Damaged."""
        with self._database.reading() as connection:
            version = connection.execute(select(CALLS.c.version).where(CALLS.c.id == call_id)).scalar()
        if version is None:
            return 0
        if not isinstance(version, int):
            raise codec.damaged(call_id)
        return version

    @property
    def path(self) -> Path | None:
        """The file with the records; None on a server."""
        return Path(self._database.url.database or "") if self._database.is_file else None

    @property
    def session(self) -> Session:
        """The session and database behind them, for reopening."""
        return self._session

    def close(self) -> None:
        """Close the database, with nothing deleted left in its log. If that is not possible, `traces` reports it."""
        self._forget()
        self._database.close()

    @property
    def traces(self) -> str:
        """The file that still contains, encrypted, what was deleted or re-encrypted; empty if there is none."""
        log = Path(f"{self._database.where}-wal")
        return str(log) if self._has_traces and log.exists() else ""

    # --- inside

    @property
    def _keys(self) -> Keys:
        return self._session.keys

    def _read(self, call_id: str) -> Stored:
        with self._database.reading() as connection:
            return self._stored(connection, call_id)

    def _stored(self, connection: Connection, call_id: str) -> Stored:
        try:
            row = connection.execute(_OF_ONE, {"call": call_id}).one_or_none()
        except FAILURES as failure:
            if not malformed(failure):
                raise
            raise codec.damaged(call_id) from None
        if row is None:
            raise Deleted(call_id)
        if row[1] != self._keys.id:
            raise self._other_key(connection, call_id)
        return codec.unsealed(self._keys, call_id, row[0], row[2])

    def _begin(self, call: Call, card: Card) -> int:
        """Insert the first version of a call."""
        keys, first = self._keys, 1
        card_box, call_box = codec.sealed(keys, call, card, first, self._by)
        row = {"id": call.id, "version": first, "key_id": keys.id, "card": card_box, "contents": call_box}
        with self._session.ledger() as page:
            known = page.connection.execute(select(CALLS.c.id).where(CALLS.c.id == call.id)).first()
            if known is not None:
                raise _Moved
            ours = select(AUDIT.c.number).where(AUDIT.c.chain == call.id)
            if page.connection.execute(ours).first() is not None:
                raise Deleted(call.id)
            page.connection.execute(insert(CALLS).values(**row))
            line = self._line(keys, call.id, first, b"")
            audit_ledger.write(page.connection, line)
            page.append(audit.BEGUN, call.id, first)
        return first

    def _save(self, call: Call, card: Card, version: int) -> int:
        keys, after = self._keys, version + 1
        card_box, call_box = codec.sealed(keys, call, card, after, self._by)
        with self._database.writing() as connection:
            row = connection.execute(_TO_SAVE, {"call": call.id}).one_or_none()
            there, key_id, before = row if row is not None else (None, keys.id, b"")
            self._session.check_not_older(connection, SeenEntry(call.id, there, before) if there and before else None)
            if row is None:
                raise Deleted(call.id)
            if key_id != keys.id:
                raise self._other_key(connection, call.id)
            if there != version:
                raise _Moved
            connection.execute(
                _SAVE,
                {
                    "call": call.id, "was": version, "ours": keys.id, "now": after,
                    "sealed_card": card_box, "sealed_call": call_box,
                },
            )  # fmt: skip
            # If its last line is gone the chain continues all the same: `verify` reports what is missing.
            line = self._line(keys, call.id, after, before or b"")
            audit_ledger.write(connection, line)
        self._session.known = SeenEntry(line.chain, line.number, line.mac)
        return after

    def _line(self, keys: Keys, call: str, version: int, before: bytes) -> Line:
        return audit.line(
            keys.audit, keys.id, call, version, before, who=self._by, what=audit.SAVED, call=call, version=version
        )

    def _forget(self) -> None:
        """Have what was deleted gone from the files. That it is not possible now undoes nothing: it is tried again when
        the records are closed.
        """
        is_gone = False
        with contextlib.suppress(RecordsError):
            is_gone = self._database.forget()
        self._has_traces = self._deleted and not is_gone

    def _gone(self, versions: Mapping[str, int | None], what: str, why: str = "") -> int:
        """Delete the calls that still have the given version; how many. `why` is an audit entry before theirs."""
        if not versions:
            return 0
        count = 0
        with self._session.ledger(long=len(versions) > card_cache.AT_ONCE) as page:
            for call, meant in versions.items():
                one = CALLS.c.id == call
                there = page.connection.execute(select(CALLS.c.version).where(one).with_for_update()).scalar()
                if there is None or meant not in (None, there):
                    continue
                if why and not count:
                    page.append(why)
                page.connection.execute(delete(CALLS).where(one))
                # A row that is damaged may have anything there; a line with that would be damaged, too.
                page.append(what, call, there if isinstance(there, int) else 0)
                count += 1
        self._deleted = self._deleted or count > 0
        self._forget()
        return count

    def _other_key(self, connection: Connection, call: str) -> Rekeyed | Damaged:
        head = audit_ledger.read_head(connection)
        return codec.damaged(call) if head is None or head.key_id == self._keys.id else audit_ledger.changed(head)


def _form(what: str) -> str:
    if not _WHAT.fullmatch(what):
        raise ValueError("a form of export is a word of small letters and digits")
    return what
