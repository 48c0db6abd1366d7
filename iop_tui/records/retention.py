"""Which calls are older than the site file lets them become, and of which of them that is sure enough to delete them.

A call's age is counted along the audit: a clock that jumps forward makes it older by a little at the most, and one that
was years behind when the call was taken does not make it old at all. What looks too old by the machine's clock alone is
kept for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from iop_tui.call.record import Card
from iop_tui.records.clocks import TOLERANCE, Timeline
from iop_tui.records.stored import Ages

FEW, SHARE = 5, 10
"""The number of calls, and the fraction of all, that may be deleted at once without asking a person."""
_SITTING = timedelta(days=7)
"""The longest that a call can be open at a desk."""
_LEAST, _MOST, _PART = timedelta(days=1), timedelta(days=31), 8
"""Limits of what a gap without use of the records counts for, which is an eighth of the retention period."""


class Mention(Struct, frozen=True):
    """An entry of the book about a call: its number, the call's version, and whether the call began with it."""

    number: int
    version: int
    begins: bool = False


class Kept(Struct, frozen=True):
    """A stored call: its card, its version, and the book's entries about it, in order."""

    card: Card
    version: int
    mentions: Sequence[Mention] = ()


class Due(Struct, frozen=True):
    """The result: ids of calls that are certainly too old, and of calls that only appear to be."""

    sure: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def days_of(card: Card, ages: Ages) -> timedelta | None:
    """The retention period of a call in this state; None if it is kept."""
    allowed: Mapping[str, int | None] = {"finished": ages.finished, "open": ages.open, "call_back": ages.call_back}
    days = allowed[card.state]
    return None if days is None else timedelta(days=days)


def too_old(cards: Iterable[Card], ages: Ages, now: datetime) -> tuple[Card, ...]:
    """The calls whose last change is too long ago, judged by their own times and the present time alone."""
    return tuple(
        card for card in cards if (allowed := days_of(card, ages)) is not None and now - card.changed > allowed
    )


def in_question(cards: Iterable[Card], ages: Ages, now: datetime) -> tuple[Card, ...]:
    """The calls to examine: those that appear too old, and those from the future, which would look young for years."""
    every = tuple(cards)
    ahead = (card for card in every if card.changed > now + TOLERANCE and days_of(card, ages) is not None)
    return (*too_old(every, ages, now), *ahead)


def due(calls: Iterable[Kept], ages: Ages, timeline: Timeline) -> Due:
    """The calls that are too old along the timeline, and those that only appear to be."""
    sure, unsure = [], []
    for call in calls:
        allowed = days_of(call.card, ages)
        if allowed is None:
            continue
        most = min(max(allowed / _PART, _LEAST), _MOST)
        if timeline.passed(changed_by(call, timeline), most) > allowed:
            sure.append(call.card.id)
        elif timeline.now - call.card.changed > allowed:
            unsure.append(call.card.id)
    return Due(tuple(sure), tuple(unsure))


def changed_by(call: Kept, timeline: Timeline) -> datetime:
    """The latest time at which a call can have been changed: its own, if that is consistent with the book's entry
    before its last save, else by its place among the entries.
    """
    # The last version was saved between these two entries.
    first = [mention for mention in call.mentions if mention.begins or mention.version < call.version]
    if not first:
        return timeline.now
    began = first[-1]
    later = (mention for mention in call.mentions if mention.number > began.number)
    seen = next((timeline.settled(mention.number) for mention in later), timeline.now)
    own = timeline.own(began.number)
    if own is not None and call.card.changed >= own - TOLERANCE:
        return min(call.card.changed, seen)
    return min(timeline.settled(began.number) + _SITTING, seen)


def must_ask(count: int, of: int) -> bool:
    """Whether this many calls, of this total, need a person's confirmation."""
    return count > max(FEW, of // SHARE)
