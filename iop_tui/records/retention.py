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
"""So many calls, or one in so many where that is more, may be deleted at once without a person being asked."""
_SITTING = timedelta(days=7)
"""No call lies open on a desk for longer."""
_LEAST, _MOST, _PART = timedelta(days=1), timedelta(days=31), 8
"""How much of a time in which nobody used the records is counted: an eighth of what a call may become, within these."""


class Mention(Struct, frozen=True):
    """A line of the book about a call: its number, the version that the call had, and whether it began with it."""

    number: int
    version: int
    begins: bool = False


class Kept(Struct, frozen=True):
    """A call as it is kept: its card, its version, and what the book says of it, in order."""

    card: Card
    version: int
    mentions: Sequence[Mention] = ()


class Due(Struct, frozen=True):
    """What retention comes to: calls that are too old for sure, and calls that only look so. Ids."""

    sure: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def days_of(card: Card, ages: Ages) -> timedelta | None:
    """How old a call in this state may become; None where it is kept."""
    allowed: Mapping[str, int | None] = {"finished": ages.finished, "open": ages.open, "call_back": ages.call_back}
    days = allowed[card.state]
    return None if days is None else timedelta(days=days)


def too_old(cards: Iterable[Card], ages: Ages, now: datetime) -> tuple[Card, ...]:
    """The calls whose last change is longer ago than their state allows, by their own times and this moment alone."""
    return tuple(
        card for card in cards if (allowed := days_of(card, ages)) is not None and now - card.changed > allowed
    )


def in_question(cards: Iterable[Card], ages: Ages, now: datetime) -> tuple[Card, ...]:
    """The calls to look at: those that look too old, and those from the future, which would look young for years."""
    every = tuple(cards)
    ahead = (card for card in every if card.changed > now + TOLERANCE and days_of(card, ages) is not None)
    return (*too_old(every, ages, now), *ahead)


def due(calls: Iterable[Kept], ages: Ages, timeline: Timeline) -> Due:
    """What is too old along the timeline, and what only looks so."""
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
    """The time by which a call was changed last for sure: as it says itself, where that fits the line of the book
    before its last save, and else by its place among the lines.
    """
    # The last version was saved after this line, and before that one.
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
    """Whether so many calls, of so many, are too many to delete without asking a person."""
    return count > max(FEW, of // SHARE)
