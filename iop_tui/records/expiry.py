"""Which calls retention would delete now, by all available clocks, and which need a person's decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct
from sqlalchemy import Connection, select

from iop_tui.records import audit, retention
from iop_tui.records.card_cache import Placed
from iop_tui.records.clocks import TOLERANCE, Stamp, Timeline
from iop_tui.records.retention import Kept, Mention
from iop_tui.records.stored import Ages
from iop_tui.records.tables import AUDIT

_NAMED = 8
"""Calls that are named by their ids."""
_BOOK = (
    select(AUDIT.c.number, AUDIT.c.at, AUDIT.c.what, AUDIT.c.call, AUDIT.c.version)
    .where(AUDIT.c.chain == audit.BOOK)
    .order_by(AUDIT.c.number)
)


class ExpiryPlan(Struct, frozen=True):
    """The calls to delete now: call id -> version. `said`: what is kept, why, and what to do, as sentences."""

    due: Mapping[str, int]
    said: str = ""
    clocks: str = ""
    """The clocks that agree, for the audit."""
    may_ask: bool = False
    """Whether a person has something to decide."""

    @property
    def told(self) -> str:
        """The same, with who can decide."""
        remedy = "Whoever looks after the records decides, with: iop-tui records --site FILE expire"
        return f"{self.said} {remedy}" if self.may_ask else self.said


def outlook(
    connection: Connection, places: Mapping[str, Placed], ages: Ages, now: datetime, *, is_file: bool, is_sure: bool
) -> ExpiryPlan:
    """Examine the calls, the audit and the clocks. `is_sure`: a person confirmed that `now` is right."""
    cards = [place.card for place in places.values() if place.card is not None]
    wanted = retention.in_question(cards, ages, now)
    server = None if is_file else _server_clock(connection)
    if server is not None and abs(server - now) > TOLERANCE:
        said = (
            "This computer's clock says {now} UTC, and the database server's says {server} UTC. One of the two is "
            "wrong, so no old call is deleted. Set it right."
        )
        return ExpiryPlan({}, said.format(now=_shown(now), server=_shown(server)))
    if not wanted:
        return ExpiryPlan({}, _behind(connection, now) if server is None else "")
    timeline, mentions = _read(connection, now, has_server=server is not None, is_sure=is_sure)
    if timeline.is_behind:
        return ExpiryPlan({}, _is_behind(now, timeline.last), may_ask=True)
    kept = [Kept(card, places[card.id].version, mentions.get(card.id, ())) for card in wanted]
    found = retention.due(kept, ages, timeline)
    due = {call: places[call].version for call in found.sure}
    told: list[str] = []
    if found.unsure:
        told.append(_unsure(found.unsure, is_sure=is_sure))
    if not is_sure and retention.must_ask(len(due), len(cards)):
        many = (
            "Calls older than your clinic keeps them: {count} of {all}. So many are deleted only once a person was "
            "asked."
        )
        told.append(many.format(count=len(due), all=len(cards)))
        due = {}
    return ExpiryPlan(
        due, " ".join(told), _clocks(has_server=server is not None, is_sure=is_sure), may_ask=bool(told) and not is_sure
    )


def _read(
    connection: Connection, now: datetime, *, has_server: bool, is_sure: bool
) -> tuple[Timeline, Mapping[str, Sequence[Mention]]]:
    """The audit's book: its times, and its entries about each call."""
    stamps: list[Stamp] = []
    mentions: dict[str, list[Mention]] = {}
    sure_until: Stamp | None = None
    for number, at, what, call, version in connection.execute(_BOOK):
        if call and isinstance(number, int) and isinstance(version, int):
            mentions.setdefault(call, []).append(Mention(number, version, what == audit.BEGUN))
        stamp = _stamp(number, at)
        if stamp is not None:
            stamps.append(stamp)
            sure_until = stamp if what == audit.CLOCK else sure_until
    if is_sure and stamps:
        sure_until = Stamp(stamps[-1].number, now)
    return Timeline(stamps, now, sure_until=sure_until, sees_future=not has_server), mentions


def _stamp(number: object, at: object) -> Stamp | None:
    """The number and time of an entry; None if it is damaged, and so proves nothing."""
    try:
        when = datetime.fromisoformat(str(at))
    except ValueError:
        return None
    return Stamp(number, when) if isinstance(number, int) and when.tzinfo is not None else None


def _behind(connection: Connection, now: datetime) -> str:
    """Whether the records were used later than now, by the two newest entries: the last one is usually our own."""
    rows = connection.execute(_BOOK.order_by(None).order_by(AUDIT.c.number.desc()).limit(2)).all()
    last = max((stamp.at for row in rows if (stamp := _stamp(row[0], row[1])) is not None), default=now)
    return _is_behind(now, last) if last > now + TOLERANCE else ""


def _is_behind(now: datetime, last: datetime) -> str:
    said = (
        "This computer's clock says {now} UTC, but by the audit the records were used at {last} UTC. One of the two is "
        "wrong, so no old call is deleted. Set it right."
    )
    return said.format(now=_shown(now), last=_shown(last))


def _unsure(calls: Sequence[str], *, is_sure: bool) -> str:
    if is_sure:
        said = (
            "Kept, as their times do not fit their place in the audit, so that their age is not known: {count} "
            "({ids}). Look at them, and delete them by their ids: iop-tui records delete ID"
        )
        named = ", ".join(call[:8] for call in calls[:_NAMED]) + (", …" if len(calls) > _NAMED else "")
        return said.format(count=len(calls), ids=named)
    said = (
        "Kept, though by their own times they are older than your clinic keeps them: {count}. By the audit less time "
        "has passed: a clock was wrong, or nobody used the records for long."
    )
    return said.format(count=len(calls))


def _server_clock(connection: Connection) -> datetime:
    told = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    if not isinstance(told, datetime):
        raise TypeError("the server's clock gave no time")
    return told.astimezone(UTC)


def _clocks(*, has_server: bool, is_sure: bool) -> str:
    """Which clocks agreed, as the audit has it."""
    every = ["clock", *(["server"] if has_server else []), "a person's word" if is_sure else "audit"]
    return " and ".join((", ".join(every[:-1]), every[-1]))


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
