"""The clinic's own colours, and the shades between them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.theme import Theme

from iop_tui.site.contrast import contrast
from iop_tui.site.settings import Colours
from iop_tui.tui.themes import theme_from

READABLE = 4.5
"""The contrast that small text needs: WCAG 2.2, success criterion 1.4.3."""
VISIBLE = 3.0
"""The contrast that lines and other marks need: WCAG 2.2, success criterion 1.4.11."""
_CURSOR = (0.25, 0.2, 0.15, 0.1, 0.05, 0.0)
"""The share of the accent in the background of the chosen line: the most with which all words on it are readable."""
_FIELD = (0.08, 0.05, 0.02, 0.0)
"""The same for the main text's colour in the background of a field."""


def theme_of(colours: Colours) -> Theme:
    """A theme of three colours. If they are too similar, black or white is mixed in until the text is readable."""
    ground = colours.background
    text, key = readable(colours.text, ground), readable(colours.accent, ground)
    muted = readable(mixed(text, ground, 0.25), ground)
    cursor = _under((text, key, muted), ground, key, _CURSOR)
    field = _under((text, key, muted), ground, text, _FIELD)
    return theme_from(
        "iop-site",
        dark=contrast(ground, "#ffffff") > contrast(ground, "#000000"),
        ground=ground,
        text=text,
        key=key,
        muted=muted,
        faint=readable(mixed(text, ground, 0.75), ground, VISIBLE),
        hover=field,
        cursor=cursor,
        cursor_text=text,
    )


def _under(words: Sequence[str], ground: str, colour: str, parts: Sequence[float]) -> str:
    """The background with as much of a colour as leaves all words readable."""
    mixes = (mixed(ground, colour, part) for part in parts)
    return next((mix for mix in mixes if all(contrast(word, mix) >= READABLE for word in words)), ground)


def mixed(one: str, other: str, part: float) -> str:
    """A colour with a share of another, from 0.0 to 1.0."""
    pairs = ((int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5))
    return "#" + "".join(f"{round(first + (second - first) * part):02x}" for first, second in pairs)


def readable(colour: str, ground: str, least: float = READABLE) -> str:
    """The colour, or the nearest lighter or darker one that has at least that contrast with a background."""
    far = max(("#000000", "#ffffff"), key=lambda end: contrast(end, ground))
    steps = (mixed(colour, far, part / 10) for part in range(11))
    return next((step for step in steps if contrast(step, ground) >= least), far)
