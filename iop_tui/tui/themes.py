"""The themes of the full-screen face: a quiet background, readable text, one accent. Dark, light, and of high contrast.

Nothing depends on colour alone, and there is one hue among greys, so none of them is unsafe for people who do not see
red, green or blue: `tests/tui/test_contrast.py` measures that, and the contrast of every text.
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
    """A theme of nine colours. `key` is the accent, `muted` is for secondary text, `faint` for lines, `hover` for input
    fields and what the mouse is over, `cursor` for the chosen line.
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
            # Textual's own mixtures would be too pale: a field's cursor, and its selection.
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-selection-background": cursor,
        },
    )


DARK = theme_from("dark", dark=True, **palette.DARK)
LIGHT = theme_from("light", dark=False, **palette.LIGHT)
CONTRAST = theme_from("contrast", dark=True, **palette.CONTRAST)
THEMES = (DARK, LIGHT, CONTRAST)
"""The first is the default."""

ANSI_VARIABLES = {
    "muted": "ansi_default",
    "faint": "ansi_default",
    "hover": "ansi_default",
    "key": "ansi_default",
    "cursor": "ansi_default",
    "cursor-text": "ansi_default",
}
"""The same names for the terminal's own colours: weight and reverse replace them."""
