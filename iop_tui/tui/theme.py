"""The colours of the full-screen face: a quiet ground, readable text, one accent."""

from __future__ import annotations

from textual.theme import Theme

_NAMED = {
    "muted": "#9fb0b7",
    "faint": "#3b4950",
    "hover": "#1c262b",
    "key": "#8fd3c1",
    "cursor": "#1f3f3a",
    "cursor-text": "#ffffff",
}

DARK = Theme(
    name="iop-dark",
    dark=True,
    primary="#8fd3c1",
    secondary="#8fd3c1",
    accent="#8fd3c1",
    warning="#8fd3c1",
    error="#8fd3c1",
    success="#8fd3c1",
    foreground="#e6ecee",
    background="#10171b",
    surface="#10171b",
    panel="#1c262b",
    variables=_NAMED,
)

ANSI_VARIABLES = {
    "muted": "ansi_default",
    "faint": "ansi_default",
    "hover": "ansi_default",
    "key": "ansi_default",
    "cursor": "ansi_default",
    "cursor-text": "ansi_default",
}
"""The same names where a theme of the terminal's own colours is used: weight and reverse do the work."""
