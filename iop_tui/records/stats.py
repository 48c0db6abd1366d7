"""Counts of calls by result, alarm and section, from their cards, with small counts suppressed.

A count of two can reveal one person: if it is known who of two callers in a week was sent to a hospital, both are
known. So counts below a limit are not shown; and in a table with a visible sum, further rows are hidden until none can
be derived. 11 is the smallest number usual in the United States: the cell size suppression policy of the Centers for
Medicare & Medicaid Services hides 1 to 10. Here 0 is hidden, too: it would reveal as much.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec import Struct

from iop_tui.call.record import Card

SMALLEST, LEAST_SMALLEST = 11, 5
"""The smallest count that is shown, and the lowest value that this can be set to."""
NO_LEVEL, FINISHED, ALL_ASKED = "no_level", "finished", "all_asked"
"""Rows: calls with an active alarm `now`, which have no level; finished calls; calls with nothing left to ask that
nobody finished.
"""
Counts = Mapping[str, int | None]
"""Row -> number of calls; None if it is suppressed."""


class Minutes(Struct, frozen=True):
    """Time on the line, in whole minutes: the middle call, and the calls at a quarter and at three quarters."""

    lower_quartile: int
    median: int
    upper_quartile: int


class Stats(Struct, frozen=True):
    """The published counts. `calls`, and each table, is None if there are fewer than `smallest` calls."""

    smallest: int
    calls: int | None
    levels: Counts | None
    """By level of the result; adds up to `calls`."""
    alarms: Counts | None
    """By alarm that is active at the end; a call may have several, or none."""
    ends_in: Counts | None
    """By the section in which an unfinished call was left, and the finished ones; adds up to `calls`."""
    minutes: Minutes | None


def stats_of(
    cards: Iterable[Card],
    *,
    levels: Collection[str] = (),
    alarms: Collection[str] = (),
    sections: Collection[str] = (),
    smallest: int = SMALLEST,
) -> Stats:
    """Count. `levels`, `alarms` and `sections` are all that there could be, so that a row says nothing by being
    there. Raises ValueError where `smallest` is below 5.
    """
    if smallest < LEAST_SMALLEST:
        raise ValueError(f"counts below {LEAST_SMALLEST} are never shown")
    every = tuple(cards)
    if len(every) < smallest:
        return Stats(smallest, None, None, None, None, None)
    by_level = Counter(card.level or NO_LEVEL for card in every)
    # A level of an older screening is counted by its id, after those of this one.
    rows = dict.fromkeys((*levels, *sorted(by_level.keys() - {*levels, NO_LEVEL}), NO_LEVEL))
    counted = {name: by_level[name] for name in rows}
    by_alarm = Counter(alarm for card in every for alarm in set(card.alarms))
    # Nor so many that it reveals how few the others are.
    most = len(every) - smallest
    told_alarms = {
        name: by_alarm[name] if smallest <= by_alarm[name] <= most else None for name in sorted({*alarms, *by_alarm})
    }
    by_end = Counter(FINISHED if card.state == "finished" else card.ends_in or ALL_ASKED for card in every)
    ends = {name: by_end[name] for name in sorted({*sections, *by_end, FINISHED, ALL_ASKED})}
    # Calls without a level are those with an alarm that comes first: their number would give away a hidden alarm's.
    no_level = NO_LEVEL if None in told_alarms.values() else None
    with_level = {alarm for card in every if card.level for alarm in card.alarms}
    at_least = max((n for name, n in told_alarms.items() if n and name not in with_level), default=0)
    return Stats(
        smallest,
        len(every),
        _told(counted, smallest, no_level, at_least),
        told_alarms,
        _told(ends, smallest),
        _minutes([card.seconds for card in every]),
    )


def _told(counts: Mapping[str, int], smallest: int, kept_back: str | None = None, at_least: int = 0) -> Counts:
    """The counts, hidden where they, with the sum of all, would give away one below `smallest`."""
    hidden = hidden_rows(counts, smallest, kept_back, at_least)
    return {name: None if name in hidden else n for name, n in counts.items()}


def hidden_rows(
    counts: Mapping[str, int], smallest: int, kept_back: str | None = None, at_least: int = 0
) -> frozenset[str]:
    """The rows to hide of a table with a visible sum.

    First those below `smallest`. That is enough if there are two or more, whose sum is neither small nor as large as it
    could be: each could then be larger and another smaller. If not, all rows of the next larger count are hidden with
    them. The hidden counts are then not all the same, any of them could be in any hidden row, and the visible table
    would be the same: so none can be derived.

    `kept_back` is a row that is hidden however large it is; other output shows that it is `at_least` so much. The sum
    of the hidden rows must then be larger than that by `smallest`. It is then always possible that all of the others
    are small, and that the row has the rest.
    """
    small = {name: count for name, count in counts.items() if count < smallest or name == kept_back}
    if not small:
        return frozenset()
    whole = sum(small.values())
    if len(small) >= 2 and whole >= at_least + smallest and (kept_back or whole < len(small) * (smallest - 1)):
        return frozenset(small)
    larger = [count for name, count in counts.items() if name not in small]
    return frozenset(name for name, count in counts.items() if name in small or count == min(larger, default=None))


def _minutes(seconds: Sequence[int]) -> Minutes:
    lower, middle, upper = statistics.quantiles(seconds, n=4, method="inclusive")
    return Minutes(round(lower / 60), round(middle / 60), round(upper / 60))
