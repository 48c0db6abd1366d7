"""The ledger head: the id of the active key, and the running hash of the audit's book."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, func, insert, select, update

from iop_tui.records import audit
from iop_tui.records.audit import EarlierKey, Line
from iop_tui.records.envelope import FORMAT, Keys, Opaque, head_damaged, read_header, written
from iop_tui.records.errors import Damaged, Newer, Rekeyed
from iop_tui.records.tables import AUDIT, BOOK

_ONE = 1
_EMPTY = b""
_INSERT = insert(AUDIT)
"""Made once: that takes longer than it takes SQLite to do it."""
T = TypeVar("T", bound=Struct)


class LedgerHead(Struct, frozen=True):
    """The row, as it is stored."""

    header: str
    key_id: str
    changes: int
    sealed: bytes
    lines: int
    tip: bytes
    tag: bytes


def read_head(connection: Connection, *, hold: bool = False) -> LedgerHead | None:
    """The head, or None in an empty database; with `hold` it is locked for the transaction. Raises Damaged, Newer."""
    number = connection.execute(select(BOOK.c.format).where(BOOK.c.id == _ONE)).scalar()
    if number is None:
        return None
    if isinstance(number, int) and number > FORMAT:
        raise Newer
    wanted = select(*(BOOK.c[name] for name in LedgerHead.__struct_fields__)).where(BOOK.c.id == _ONE)
    row = connection.execute(wanted.with_for_update() if hold else wanted).one_or_none()
    try:
        return None if row is None else _as(LedgerHead, row)
    except msgspec.ValidationError:
        raise head_damaged() from None


def locked_head(connection: Connection, keys: Keys) -> LedgerHead:
    """The head, locked, and under our key. Raises Rekeyed, Damaged."""
    book = read_head(connection, hold=True)
    if book is None:
        raise head_damaged()
    if book.key_id != keys.id:
        raise changed(book)
    return book


def changed(book: LedgerHead) -> Rekeyed | Damaged:
    """Why the head does not name our key."""
    return Rekeyed() if read_header(book.header).key == book.key_id else head_damaged()


def begin(connection: Connection, keys: Keys, who: str) -> None:
    """Create the head, with the first entry of the audit."""
    book = sealed_with(keys, 0, ())
    connection.execute(insert(BOOK).values(id=_ONE, format=FORMAT, **msgspec.structs.asdict(book)))
    append(connection, keys, book, who, audit.MADE)


def sealed_with(
    keys: Keys, changes: int, past: Iterable[EarlierKey], lines: int = 0, tip: bytes = _EMPTY
) -> LedgerHead:
    """A head under these keys."""
    sealed = keys.seal("book", "book", changes, msgspec.json.encode(list(past)))
    return LedgerHead(
        written(keys.header), keys.id, changes, sealed, lines, tip, audit.head_mac(keys.audit, lines, tip)
    )


def earlier_keys(keys: Keys, book: LedgerHead) -> tuple[EarlierKey, ...]:
    """The audit's past keys, oldest first. Raises Damaged."""
    try:
        return msgspec.json.decode(keys.unseal("book", "book", book.changes, book.sealed), type=tuple[EarlierKey, ...])
    except (Opaque, msgspec.DecodeError):
        raise Damaged(
            "The head of the audit is damaged or was altered. The calls can be read; restore a backup."
        ) from None


def key_of(past: EarlierKey) -> bytes:
    """The key of an earlier audit."""
    return base64.b64decode(past.key)


def append(
    connection: Connection, keys: Keys, book: LedgerHead, who: str, what: str, call: str = "", version: int = 0
) -> LedgerHead:
    """Append an entry to the locked book; the new head."""
    # Beyond any number that is there: an altered head must not lock everybody out.
    last = connection.execute(select(func.max(AUDIT.c.number)).where(AUDIT.c.chain == audit.BOOK)).scalar() or 0
    new = audit.line(
        keys.audit,
        keys.id,
        audit.BOOK,
        max(book.lines, last) + 1,
        book.tip,
        who=who,
        what=what,
        call=call,
        version=version,
    )
    write(connection, new)
    # The next entry must not repair an altered head: `verify` has to see it.
    head = audit.head_mac(keys.audit, new.number, new.mac) if is_intact(keys, book) else book.tag
    connection.execute(update(BOOK).where(BOOK.c.id == _ONE).values(lines=new.number, tip=new.mac, tag=head))
    return msgspec.structs.replace(book, lines=new.number, tip=new.mac, tag=head)


def write(connection: Connection, line: Line) -> None:
    """Append an entry to any chain."""
    connection.execute(_INSERT, msgspec.structs.asdict(line))


def is_intact(keys: Keys, book: LedgerHead) -> bool:
    """Whether the head of the book's chain is unaltered."""
    return hmac.compare_digest(book.tag, audit.head_mac(keys.audit, book.lines, book.tip))


def line_of(row: Row[Any]) -> Line | None:
    """A stored entry of the audit from a row; None where the row cannot be one."""
    try:
        return _as(Line, row)
    except msgspec.ValidationError:
        return None


def _as(kind: type[T], row: Row[Any]) -> T:
    """A row as a struct with the same fields and types. Raises msgspec.ValidationError."""
    return msgspec.convert(dict(zip(kind.__struct_fields__, row, strict=True)), kind, builtin_types=(bytes,))
