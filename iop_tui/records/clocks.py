"""The time, and the age of calls, as far as the audit confirms them.

A clock can be wrong by years (an empty battery, a date set by hand), so no call is deleted because of one clock. The
audit's book has the times at which the records were used, in an order that no clock can change. Entries whose times
contradict that order are ignored, and a gap in which nobody used the records counts only up to a limit.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from msgspec import Struct

TOLERANCE = timedelta(hours=1)
"""How far two clocks may differ and still agree."""


def utc_now() -> datetime:
    """This machine's clock."""
    return datetime.now(UTC)


class Stamp(Struct, frozen=True):
    """An entry of the book: its number, which is its order, and the time that some machine gave it."""

    number: int
    at: datetime


class Timeline:
    """The entries whose times are consistent, with the present time at their end.

    They are the longest subsequence of entries with times that do not decrease. Where it does not end with the present
    time, the machine's clock `is_behind` the audit.

    `sure_until` is an entry at which a person confirmed the clock: earlier entries with a later time were wrong, and
    gaps before it count in full. Without `sees_future`, entries later than the present time are ignored: a second clock
    agrees with this one.
    """

    def __init__(
        self, stamps: Sequence[Stamp], now: datetime, *, sure_until: Stamp | None = None, sees_future: bool = True
    ) -> None:
        self.now = now
        self._sure_until = sure_until.number if sure_until is not None else 0
        fit = [
            stamp
            for stamp in stamps
            if (sees_future or stamp.at <= now + TOLERANCE)
            and (sure_until is None or stamp.number > sure_until.number or stamp.at <= sure_until.at + TOLERANCE)
        ]
        self.last = max((stamp.at for stamp in fit), default=now)
        """The latest time in the audit."""
        longest, fit = _longest(fit, now + TOLERANCE)
        self.is_behind = longest > len(fit) + 1
        self._numbers = [stamp.number for stamp in fit]
        self._times = [stamp.at for stamp in fit]
        self._times.append(max([now, *self._times[-1:]]))
        self._sums: dict[timedelta, Sequence[timedelta]] = {}

    def own(self, number: int) -> datetime | None:
        """The time of an entry; None if it is inconsistent with the others."""
        place = bisect_left(self._numbers, number)
        return self._times[place] if self._numbers[place : place + 1] == [number] else None

    def settled(self, number: int) -> datetime:
        """The latest time at which an entry can have been written: its own, or that of the next consistent one, or the
        present time.
        """
        return self._times[bisect_left(self._numbers, number)]

    def passed(self, since: datetime, most: timedelta) -> timedelta:
        """The time since then. Each gap between two entries, and the last one, counts up to a limit."""
        counted = self._counted(most)
        place = bisect_left(self._times, since)
        if place == len(self._times):
            return timedelta()
        partial = self._times[place] - since
        return counted[-1] - counted[place] + (partial if self._is_sure(place) else min(partial, most))

    def _is_sure(self, place: int) -> bool:
        """Whether a person confirmed the time between a place and the one before it."""
        return place < len(self._numbers) and self._numbers[place] <= self._sure_until

    def _counted(self, most: timedelta) -> Sequence[timedelta]:
        if most not in self._sums:
            sums = [timedelta()]
            for place, (before, after) in enumerate(pairwise(self._times), 1):
                gap = after - before
                sums.append(sums[-1] + (gap if self._is_sure(place) else min(gap, most)))
            self._sums[most] = sums
        return self._sums[most]


def _longest(stamps: Sequence[Stamp], until: datetime) -> tuple[int, list[Stamp]]:
    """The length of the longest non-decreasing subsequence, and the longest one that ends no later than `until`."""
    ends: list[datetime] = []
    """The earliest possible last time of a subsequence of length 1, 2 and so on."""
    last: list[int] = []
    before: list[int] = []
    for index, stamp in enumerate(stamps):
        length = bisect_right(ends, stamp.at)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [stamp.at]
        last[length : length + 1] = [index]
    length = bisect_right(ends, until)
    found: list[Stamp] = []
    index = last[length - 1] if length else -1
    while index >= 0:
        found.append(stamps[index])
        index = before[index]
    return len(ends), found[::-1]
