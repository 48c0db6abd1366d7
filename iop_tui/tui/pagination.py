"""Splits units of text into pages of a window's height: no page edge cuts a unit, unless it is longer than a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def page_starts(units: Sequence[tuple[int, int]], room: int, over: Callable[[int], int]) -> tuple[int, ...]:
    """The index of the first unit of each page. A unit is given as its lines and the blank lines after it, which may
    fall off the page's end. `room` is the number of lines of a page; `over` returns how many of them are taken by the
    headings of a page that begins with a unit.
    """
    starts, used = [0], over(0)
    for number, (lines, blank) in enumerate(units):
        if number > starts[-1] and used + lines > room:
            starts.append(number)
            used = over(number)
        used += lines + blank
    return tuple(starts)


def page_with(starts: Sequence[int], unit: int) -> int:
    """The number of the page that contains a unit."""
    return max((page for page, start in enumerate(starts) if start <= unit), default=0)
