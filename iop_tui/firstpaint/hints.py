"""The footer's keys that many pages have, and which of them fit into a line."""

from __future__ import annotations

from iop_tui.screening.model.locales import N_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Hint = tuple[str, str, str, str, bool]
"""A key, what it does, the page's action that does it, the same in short ("" where there is nothing shorter), and
whether it is shown only while something on the page scrolls.
"""
READ_ON_IF: Hint = ("↑ ↓", N_("Read on"), "read_on", N_("More"), True)
CHOOSE: Hint = ("↑ ↓", N_("and Enter, or a number"), "nothing", "", False)
HELP: Hint = ("H", N_("Who to call"), "help", N_("Help"), False)
DISPLAY: Hint = ("D", N_("Display"), "display", "", False)
LEAVE: Hint = ("Q", N_("Leave"), "leave", "", False)

OPTIONAL: Sequence[Sequence[str]] = (("nothing", "select"),)
"""Groups of actions whose hints are left out where there is no room, the first group first: arrows and Enter, which
work in every list.
"""
_READING = "read_on"
"""The action that stays in any window: a person without a keyboard has no other way to read on."""
_NOT_CLOSE = 2
"""With fewer cells between two keys, optional ones are left out."""
_FAR = 3
"""Cells between two keys where there is room."""


def language_hint(own_names: Sequence[str]) -> Hint | None:
    """The key that changes the language, from the own names of the languages that are not in use. A single one is named
    by itself; otherwise the label is a sentence to be translated.
    """
    if not own_names:
        return None
    return ("L", own_names[0] if len(own_names) == 1 else N_("Language"), "language", "", False)


def fitting_keys(
    keys: Sequence[tuple[str, int]], room: int, optional: Sequence[Sequence[str]], dropped_first: Sequence[str]
) -> list[int]:
    """Which of the keys, given as action and cells, are shown in a line of `room` cells: their places in the list.

    Those in `dropped_first` go first where the others would be too close, then the `optional` ones, group by group.
    """
    shown, dropped = list(range(len(keys))), 0

    def between() -> int:
        return gap([keys[place][1] for place in shown], room)

    if between() < _NOT_CLOSE:
        shown = [place for place in shown if keys[place][0] not in dropped_first]
    while between() < (1 if dropped else _NOT_CLOSE) and dropped < len(optional):
        going = [action for action in optional[dropped] if action != _READING]
        shown = [place for place in shown if keys[place][0] not in going]
        dropped += 1
    return shown


def gap(widths: Sequence[int], room: int) -> int:
    """How many cells there can be between one key and the next: less than 1 where they do not fit into a line."""
    return (room - sum(widths)) // max(1, len(widths) - 1)


def drawn_gap(widths: Sequence[int], room: int) -> int:
    """How many cells there are between one key and the next."""
    return min(_FAR, gap(widths, room))
