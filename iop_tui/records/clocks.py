"""What time it is, and how long ago something was, as far as the audit bears it out.

A clock can be wrong by years: a battery is empty, a machine was set by hand. So nothing is deleted because of one clock
alone. The audit's book has the times at which the records were used, and their order, which no clock can change. Lines
whose times contradict that order are left out; time in which nobody used the records counts only so much.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from msgspec import Struct

TOLERANCE = timedelta(hours=1)
"""What two clocks may be apart, and both count as right."""


def utc_now() -> datetime:
    """What this machine's clock says."""
    return datetime.now(UTC)


class Stamp(Struct, frozen=True):
    """A line of the book: its number, which says its order, and the time that some machine gave it."""

    number: int
    at: datetime


class Timeline:
    """The lines whose times fit each other, and this moment at their end.

    They are as many as possible: the longest sequence in which no line has an earlier time than one before it. Where
    the longest does not end with this moment, the machine's clock `is_behind` the audit.

    `sure_until` is a line at which a person said that the clock was right: what was later than it before was wrong, and
    time without lines counts in full until then. Without `sees_future` lines that are later than this moment are left
    out: a second clock agrees with this one.
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
        """The time of a line; None where it does not fit the others'."""
        place = bisect_left(self._numbers, number)
        return self._times[place] if self._numbers[place : place + 1] == [number] else None

    def settled(self, number: int) -> datetime:
        """The time by which a line was written for sure: its own, or that of the next one that fits; this moment where
        there is none.
        """
        return self._times[bisect_left(self._numbers, number)]

    def passed(self, since: datetime, most: timedelta) -> timedelta:
        """How much time passed since then. Between two lines, and since the last one, at most so much is counted."""
        counted = self._counted(most)
        place = bisect_left(self._times, since)
        if place == len(self._times):
            return timedelta()
        partial = self._times[place] - since
        return counted[-1] - counted[place] + (partial if self._is_sure(place) else min(partial, most))

    def _is_sure(self, place: int) -> bool:
        """Whether a person vouched for the time between a place and the one before it."""
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
    """How many lines the longest sequence in order of time has; and the longest that ends until then."""
    ends: list[datetime] = []
    """The earliest time with which a sequence of one line, of two and so on can end."""
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
