"""The colours of the full-screen face: a quiet ground, readable text, one accent. Dark, light, and of high contrast.

Nothing is told by colour alone, and one hue stands against greys, so none of them is unsafe for people who do not see
red, green or blue: `tests/tui/test_contrast.py` measures that, and how well every text is seen on its ground.
"""

from __future__ import annotations

from textual.theme import Theme

from iop_tui.firstpaint import palette


def theme_from(
    name: str,
    *,
    dark: bool,
    ground: str,
    text: str,
    key: str,
    muted: str,
    faint: str,
    hover: str,
    cursor: str,
    cursor_text: str,
) -> Theme:
    """A theme of nine colours. `key` is the accent, `muted` is for what is said beside the main text, `faint` for
    lines, `hover` for fields to type in and what the mouse is over, `cursor` for the chosen line.
    """
    return Theme(
        name=name,
        dark=dark,
        primary=key,
        secondary=key,
        accent=key,
        warning=key,
        error=key,
        success=key,
        foreground=text,
        background=ground,
        surface=ground,
        panel=hover,
        variables={
            "muted": muted,
            "faint": faint,
            "hover": hover,
            "key": key,
            "cursor": cursor,
            "cursor-text": cursor_text,
            # What Textual would mix by itself, too pale to be read: a field's cursor, and what is marked in it.
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-selection-background": cursor,
        },
    )


DARK = theme_from("dark", dark=True, **palette.DARK)
LIGHT = theme_from("light", dark=False, **palette.LIGHT)
CONTRAST = theme_from("contrast", dark=True, **palette.CONTRAST)
THEMES = (DARK, LIGHT, CONTRAST)
"""The first is the one that comes by itself."""

ANSI_VARIABLES = {
    "muted": "ansi_default",
    "faint": "ansi_default",
    "hover": "ansi_default",
    "key": "ansi_default",
    "cursor": "ansi_default",
    "cursor-text": "ansi_default",
}
"""The same names where a theme of the terminal's own colours is used: weight and reverse do the work."""
