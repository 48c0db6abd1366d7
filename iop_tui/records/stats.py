"""How many calls there were, by what they led to: counted over cards, with small counts hidden.

Whoever knows that one of two callers of a week was sent to a hospital knows something of a person. So counts below a
number are not told; and where a table adds up to a number that is told, further rows are hidden until none can be
worked out. 11 is the smallest number usual in the United States: the cell size suppression policy of the Centers for
Medicare & Medicaid Services hides 1 to 10. Here 0 is hidden, too: it would say as much.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from iop_tui.call.model import Card
from iop_tui.screening.kinds import Level

SMALLEST, LEAST_SMALLEST = 11, 5
"""The smallest count that is told, and the smallest that it may be set to."""
NO_LEVEL, FINISHED, ALL_ASKED = "no_level", "finished", "all_asked"
"""Rows: calls in which an alarm stands that must be seen to first, so that there is no level; calls that are finished;
calls in which nothing is left to ask, and that nobody finished.
"""
Counts = Mapping[str, int | None]
"""Row -> how many calls; None where it is hidden."""


class Minutes(Struct, frozen=True):
    """Time on the line, in whole minutes: the middle call, and the calls at a quarter and at three quarters."""

    lower_quartile: int
    median: int
    upper_quartile: int


class Stats(Struct, frozen=True):
    """What may be told of many calls. `calls`, and each table, is None where there are fewer than `smallest` calls."""

    smallest: int
    calls: int | None
    levels: Counts | None
    """By level of the result; adds up to `calls`."""
    alarms: Counts | None
    """By alarm that stands at the end; a call may have several, or none."""
    ends_in: Counts | None
    """By the section in which an unfinished call was left, and the finished ones; adds up to `calls`."""
    minutes: Minutes | None


def stats_of(
    cards: Iterable[Card], *, alarms: Collection[str] = (), sections: Collection[str] = (), smallest: int = SMALLEST
) -> Stats:
    """Count. `alarms` and `sections` are all that there could be, so that a row says nothing by being there. Raises
    ValueError where `smallest` is below 5.
    """
    if smallest < LEAST_SMALLEST:
        raise ValueError(f"counts below {LEAST_SMALLEST} are never told")
    every = tuple(cards)
    if len(every) < smallest:
        return Stats(smallest, None, None, None, None, None)
    by_level = Counter(card.level.value if card.level else NO_LEVEL for card in every)
    levels = {name: by_level[name] for name in (*(level.value for level in Level), NO_LEVEL)}
    by_alarm = Counter(alarm for card in every for alarm in set(card.alarms))
    told_alarms = {
        name: by_alarm[name] if by_alarm[name] >= smallest else None for name in sorted({*alarms, *by_alarm})
    }
    by_end = Counter(FINISHED if card.state == "finished" else card.ends_in or ALL_ASKED for card in every)
    ends = {name: by_end[name] for name in sorted({*sections, *by_end, FINISHED, ALL_ASKED})}
    # Calls without a level are those with an alarm that comes first: their number would give away a hidden alarm's.
    with_alarms = {NO_LEVEL} if None in told_alarms.values() else set()
    return Stats(
        smallest,
        len(every),
        _told(levels, smallest, with_alarms),
        told_alarms,
        _told(ends, smallest),
        _minutes([card.seconds for card in every]),
    )


def _told(counts: Mapping[str, int], smallest: int, kept_back: Collection[str] = ()) -> Counts:
    """The counts, hidden where they, with the sum of all, would give away one below `smallest`."""
    hidden = {*kept_back, *hidden_rows({name: n for name, n in counts.items() if name not in kept_back}, smallest)}
    if kept_back and hidden == set(kept_back):
        rest = sorted((n, name) for name, n in counts.items() if name not in kept_back)
        hidden |= {name for n, name in rest if n <= rest[min(1, len(rest) - 1)][0]}
    return {name: None if name in hidden else n for name, n in counts.items()}


def hidden_rows(counts: Mapping[str, int], smallest: int) -> frozenset[str]:
    """The rows to hide of a table whose sum is told.

    First those below `smallest`. That is enough where there are two or more, whose sum is neither small nor as large as
    it could be: each could then be larger and another smaller. If not, all rows of the next larger count are hidden
    with them. The hidden counts are then not all the same, any of them could stand in any hidden row, and what is shown
    would be the same: so none can be worked out.
    """
    small = {name: count for name, count in counts.items() if count < smallest}
    if not small:
        return frozenset()
    if len(small) >= 2 and smallest <= sum(small.values()) < len(small) * (smallest - 1):
        return frozenset(small)
    larger = [count for count in counts.values() if count >= smallest]
    return frozenset(name for name, count in counts.items() if count < smallest or count == min(larger, default=count))


def _minutes(seconds: Sequence[int]) -> Minutes:
    lower, middle, upper = statistics.quantiles(seconds, n=4, method="inclusive")
    return Minutes(round(lower / 60), round(middle / 60), round(upper / 60))
