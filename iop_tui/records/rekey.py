"""Another passphrase: everything is encrypted again, in one transaction."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, bindparam, select, update

from iop_tui.records import audit, audit_ledger, envelope
from iop_tui.records.audit import EarlierKey
from iop_tui.records.card_cache import parts
from iop_tui.records.envelope import Keys, Kind, Opaque
from iop_tui.records.errors import Damaged
from iop_tui.records.session import Session
from iop_tui.records.tables import AUDIT, BOOK, CALLS

_AT_ONCE = 200
_KINDS: Mapping[str, Kind] = {"card": "card", "contents": "call"}
_ANEW = (
    update(CALLS)
    .where(CALLS.c.id == bindparam("call"))
    .values(key_id=bindparam("key"), card=bindparam("new_card"), contents=bindparam("new_contents"))
)


def rekeyed(session: Session, passphrase: str) -> None:
    """Put everything under a new passphrase, and the session under its keys. Nothing changes where it fails: raises
    Damaged where a call cannot be read, and so could not be taken along.
    """
    old, new = session.keys, envelope.made(passphrase)
    with session.ledger(long=True) as page:
        connection, head = page.connection, page.head
        past = audit_ledger.earlier_keys(old, head)
        # Nobody else saves from here on: creating or deleting a call locks the head, changing one locks its row.
        names = list(connection.execute(select(CALLS.c.id).order_by(CALLS.c.id).with_for_update()).scalars())
        opaque: list[str] = []
        for part in parts(names, _AT_ONCE):
            opaque += _anew(connection, old, new, part)
        if opaque:
            listed = ", ".join(call[:8] for call in opaque[:8])
            raise Damaged(
                f"The passphrase was not changed: damaged calls could not be taken along ({listed}). "
                "Restore them from a backup, or delete them, and try again."
            )
        rows = connection.execute(select(AUDIT)).all()
        lines = [line for line in map(audit_ledger.line_of, rows) if line is not None]
        ended = EarlierKey(old.id, base64.b64encode(old.audit).decode(), audit.chain_ends(lines))
        fresh = audit_ledger.sealed_with(new, head.changes + 1, (*past, ended), head.lines, head.tip)
        if not audit_ledger.is_intact(old, head):
            fresh = msgspec.structs.replace(fresh, tag=head.tag)
        connection.execute(update(BOOK).values(**msgspec.structs.asdict(fresh)))
        page.keys, page.head = new, fresh
        page.append(audit.REKEYED)


def _anew(connection: Connection, old: Keys, new: Keys, names: Sequence[str]) -> list[str]:
    """Encrypt some calls again; returns those that cannot be read."""
    opaque: list[str] = []
    changed: list[dict[str, object]] = []
    wanted = select(CALLS.c.id, CALLS.c.version, CALLS.c.key_id, CALLS.c.card, CALLS.c.contents)
    for call, version, key_id, card, contents in connection.execute(wanted.where(CALLS.c.id.in_(names))):
        try:
            boxes = {
                f"new_{column}": new.seal(kind, call, version, old.unseal(kind, call, version, box))
                for (column, kind), box in zip(_KINDS.items(), (card, contents), strict=True)
            }
        except (Opaque, TypeError):
            opaque.append(str(call))
            continue
        if key_id != old.id:
            opaque.append(str(call))
            continue
        changed.append({"call": call, "key": new.id, **boxes})
    if changed:
        connection.execute(_ANEW, changed)
    return opaque
