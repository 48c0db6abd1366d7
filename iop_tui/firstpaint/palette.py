"""The colours of the themes, as "#rrggbb", by their use; `tui/themes.py` describes each."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

Palette = dict[str, str]

DARK: Palette = {
    "ground": "#10171b",
    "text": "#e6ecee",
    "key": "#98dbc9",
    "muted": "#a9b9c0",
    "faint": "#61727b",
    "hover": "#1c262b",
    "cursor": "#1d3b36",
    "cursor_text": "#ffffff",
}
LIGHT: Palette = {
    "ground": "#faf8f4",
    "text": "#1c2427",
    "key": "#084c3f",
    "muted": "#445157",
    "faint": "#7d898e",
    "hover": "#ebe8e1",
    "cursor": "#c6e4da",
    "cursor_text": "#0b1513",
}
CONTRAST: Palette = {
    "ground": "#000000",
    "text": "#ffffff",
    "key": "#ffe15a",
    "muted": "#dedede",
    "faint": "#a8a8a8",
    "hover": "#262626",
    "cursor": "#003a70",
    "cursor_text": "#ffffff",
}
PALETTES: Mapping[str, Palette] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST}
"""By the name of the theme; the first is the one that comes by itself."""
