"""The clinic's own colours, and the shades between them."""

from __future__ import annotations

from textual.theme import Theme

from iop_tui.site.colour import contrast
from iop_tui.site.model import Colours

READABLE = 4.5
"""The contrast that small text needs: WCAG 2.2, success criterion 1.4.3."""


def theme_of(colours: Colours) -> Theme:
    """A theme of three colours. What they are too alike for, black or white is mixed into until it can be read."""
    ground, text = colours.background, colours.text
    text = readable(text, ground)
    key = readable(colours.accent, ground)
    cursor = mixed(ground, key, 0.25)
    return Theme(
        name="iop-site",
        dark=contrast(ground, "#ffffff") > contrast(ground, "#000000"),
        primary=key,
        secondary=key,
        accent=key,
        warning=key,
        error=key,
        success=key,
        foreground=text,
        background=ground,
        surface=ground,
        panel=mixed(ground, text, 0.08),
        variables={
            "muted": readable(mixed(text, ground, 0.25), ground),
            "faint": mixed(ground, text, 0.25),
            "hover": mixed(ground, text, 0.08),
            "key": key,
            "cursor": cursor,
            "cursor-text": readable(text, cursor),
        },
    )


def mixed(one: str, other: str, part: float) -> str:
    """A colour with so much of another in it, from 0.0 to 1.0."""
    pairs = ((int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(first + (second - first) * part):02x}" for first, second in pairs)


def readable(colour: str, ground: str) -> str:
    """The colour, or the nearest lighter or darker one that can be read on a ground."""
    far = max(("#000000", "#ffffff"), key=lambda end: contrast(end, ground))
    steps = (mixed(colour, far, part / 10) for part in range(11))
    return next((step for step in steps if contrast(step, ground) >= READABLE), far)
