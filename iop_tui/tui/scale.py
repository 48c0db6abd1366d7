"""The levels of care on one scale: a line each, with hours a week as bars and where one sleeps."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from iop_tui.firstpaint.layout import MARKER
from iop_tui.result.blocks import LevelOnScale, Scale

_WEEK = 168
"""Hours: the whole length of a bar."""
_OWN_BAR, _OWN_SLIVER, _BAR = "█", "▌", "▒"
"""The person's own bar is solid, the others are shaded: distinguishable without colour, and in the font of a Linux
console.
"""
_LEAST_BAR = 6
"""Cells that a whole week needs, at least, for a bar to be meaningful."""
_MARK, _GUTTER = 2, 2


def scale_lines(scale: Scale, width: int, *, head: bool = True, marker: int | None = None) -> list[Content]:
    """The scale in a width of cells, least care first: with `head`, the headings of its columns in a first line.

    The own level has a marker, and one that open answers leave possible a question mark. `marker` is the row beside
    which the marker stands while it has not arrived yet.
    """
    levels = scale.levels
    names = _broadest(level.short for level in levels)
    sleeps = _broadest([*(level.sleep for level in levels), scale.sleep if head else ""])
    hours = _broadest(level.hours for level in levels)
    room = width - _MARK - names - _GUTTER - sleeps - _GUTTER - hours - 1
    lines = []
    if head:
        lead = " " * (_MARK + names + _GUTTER)
        lines.append(Content.styled(f"{lead}{_filled(scale.sleep, sleeps)}  {scale.hours}", "$muted"))
    for row, level in enumerate(levels):
        marked = level.mine if marker is None else row == marker
        lines.append(_level_line(level, names, sleeps, room, marked=marked))
    return [line.truncate(width, ellipsis=False).rstrip() for line in lines]


def _level_line(level: LevelOnScale, names: int, sleeps: int, room: int, *, marked: bool) -> Content:
    strong = "bold $key" if level.mine else ""
    quiet = "bold $key" if level.mine else "$muted"
    mark = MARKER if marked else "?" if level.possible and not level.mine else ""
    line = Content.styled(f"{mark.ljust(_MARK)}{_filled(level.short, names)}  ", strong)
    line += Content.styled(f"{_filled(level.sleep, sleeps)}  ", quiet)
    if room >= _LEAST_BAR:
        line += Content.styled(f"{_bar(level, room)} ", "$key" if level.mine else "$muted")
    return line + Content.styled(level.hours, quiet)


def _bar(level: LevelOnScale, room: int) -> str:
    halves = round(2 * room * min(level.most, _WEEK) / _WEEK)
    if not level.mine:
        return _BAR * max(1, (halves + 1) // 2)
    return _OWN_BAR * (halves // 2) + _OWN_SLIVER * (halves % 2) or _OWN_SLIVER


def _broadest(texts: Iterable[str]) -> int:
    return max((Content(text).cell_length for text in texts), default=0)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - Content(text).cell_length)
