"""Units of text on pages of a window's height: no page edge cuts one, unless it is longer than a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def page_starts(units: Sequence[tuple[int, int]], room: int, over: Callable[[int], int]) -> tuple[int, ...]:
    """The number of the first unit of each page. A unit is given as its lines, and the blank lines after them, which
    may fall off the page's end. `room` is how many lines a page has; `over` tells how many of them are taken by what
    stands over a page that begins with a unit.
    """
    starts, used = [0], over(0)
    for number, (lines, blank) in enumerate(units):
        if number > starts[-1] and used + lines > room:
            starts.append(number)
            used = over(number)
        used += lines + blank
    return tuple(starts)


def page_with(starts: Sequence[int], unit: int) -> int:
    """The number of the page on which a unit stands."""
    return max((page for page, start in enumerate(starts) if start <= unit), default=0)
