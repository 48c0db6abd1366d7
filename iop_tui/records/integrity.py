"""Full verification: decrypts each call, and checks each entry of the audit against the one before."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from iop_tui.records import audit_ledger, audit_verification, codec
from iop_tui.records.audit import BOOK, Line
from iop_tui.records.audit_ledger import LedgerHead
from iop_tui.records.card_cache import placed
from iop_tui.records.envelope import Keys, head_damaged
from iop_tui.records.error_mapping import FAILURES, malformed
from iop_tui.records.errors import Damaged, Newer
from iop_tui.records.tables import AUDIT, CALLS
from iop_tui.screening.english import counted, plural


def problems_of(connection: Connection, keys: Keys, since: str) -> Iterator[str]:
    """What was altered, as sentences. `since` is a head that was noted earlier. Raises Rekeyed."""
    head = audit_ledger.read_head(connection)
    if head is None:
        raise head_damaged()
    if head.key_id != keys.id:
        raise audit_ledger.changed(head)
    versions: dict[str, int | None] = {}
    yield from _calls(connection, keys, versions)
    rows = connection.execute(select(AUDIT)).all()
    lines = [line for line in map(audit_ledger.line_of, rows) if line is not None]
    if len(lines) < len(rows):
        damaged = len(rows) - len(lines)
        said = plural("{count} line of the audit is damaged.", "{count} lines of the audit are damaged.", damaged)
        yield said.format(count=damaged)
    if not audit_ledger.is_intact(keys, head):
        yield "The head of the audit's book was altered: lines may be missing at its end."
    try:
        past = audit_ledger.earlier_keys(keys, head)
    except Damaged as trouble:
        yield str(trouble)
        past = ()
    known = {one.key_id: audit_ledger.key_of(one) for one in past} | {keys.id: keys.audit}
    yield from audit_verification.problems(lines, known, past, versions, head.lines)
    yield from _written_down(lines, head, since)


def _calls(connection: Connection, keys: Keys, versions: dict[str, int | None]) -> Iterator[str]:
    """The calls that cannot be read; fills in their versions."""
    wanted = select(CALLS.c.version, CALLS.c.key_id, CALLS.c.card, CALLS.c.contents)
    for call in connection.execute(select(CALLS.c.id).order_by(CALLS.c.id)).scalars().all():
        try:
            row = connection.execute(wanted.where(CALLS.c.id == call)).one_or_none()
        except FAILURES as failure:
            if not malformed(failure):
                raise
            yield str(codec.damaged(str(call)))
            versions[str(call)] = None
            continue
        if row is None:
            continue
        versions[str(call)] = row[0] if isinstance(row[0], int) else None
        if row[1] != keys.id:
            yield str(codec.damaged(str(call)))
            continue
        try:
            codec.unsealed(keys, call, row[0], row[3])
        except (Damaged, Newer) as trouble:
            yield str(trouble)
            continue
        if placed(keys, call, row[0], row[1], row[2]).card is None:
            yield f"The card of call {call[:8]} is damaged; the call itself can be read."


def _written_down(lines: list[Line], head: LedgerHead, since: str) -> Iterator[str]:
    """Whether a head that was noted earlier is still part of the audit."""
    if not since:
        return
    number, _dash, mac = since.strip().partition("-")
    there = {str(line.number): line.mac.hex() for line in lines if line.chain == BOOK}
    if len(mac) < 16 or not there.get(number, "").startswith(mac.lower()):
        yield "The audit's book does not hold the line {head} that was written down; it has {lines} now.".format(
            head=since.strip(), lines=counted(head.lines, "line")
        )
