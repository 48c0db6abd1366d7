"""Rows of cells as what a terminal reads: with as many colours as it has, or none where a person wants none.

Which colours those are, and how a colour is made of fewer, is as in Rich and Textual, which draw all that follows.
"""

from __future__ import annotations

from iop_tui.firstpaint.layout import BAR
from iop_tui.firstpaint.palette import PALETTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from iop_tui.firstpaint.layout import Row
    from iop_tui.firstpaint.palette import Palette

OWN = 16
"""The terminal's own colours: weight and reverse do the work."""
EIGHT_BIT = 256
TRUE = 1 << 24
_GREY = 0.15
"""The saturation below which Rich takes a colour for a grey."""


def depth(environ: Mapping[str, str]) -> int:
    """How many colours are used, going by the environment: OWN, EIGHT_BIT or TRUE."""
    if "NO_COLOR" in environ:
        return OWN
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return TRUE
    name = environ.get("TERM", "").strip().lower().rpartition("-")[2]
    return EIGHT_BIT if name in ("kitty", "256color") else OWN


def drawn(rows: Sequence[Row], theme: str | None, colours: int) -> str:
    """The rows as text with escape sequences, from the upper left corner on. `theme` is the name of one; None is that
    which comes by itself.
    """
    palette = PALETTES[theme] if theme else next(iter(PALETTES.values()))
    pieces: list[str] = []
    last: tuple[str, str, bool] | None = None
    for number, row in enumerate(rows, 1):
        pieces.append(f"\x1b[{number};1H")
        for text, ink, ground, bold in row:
            # Of empty cells nobody sees the colour or the weight.
            seen = last is None or ink == BAR or last[0] == BAR or last[1] != ground or not text.isspace()
            if text and seen and last != (ink, ground, bold):
                last = ink, ground, bold
                pieces.append(f"\x1b[0{_style(ink, ground, palette, colours, bold=bold)}m")
            pieces.append(text)
    return "".join([*pieces, "\x1b[0m"])


def _style(ink: str, ground: str, palette: Palette, colours: int, *, bold: bool) -> str:
    """The parameters of the sequence for a colour on a ground, each with `;` before it."""
    weight = ";1" if bold else ""
    if colours == OWN:
        return weight + (";7" if ground == "cursor" or ink == BAR else "")
    turned = ";7" if ink == BAR else ""
    ink = "muted" if ink == BAR else ink
    return weight + turned + _colour(38, palette[ink], colours) + _colour(48, palette[ground], colours)


def _colour(which: int, colour: str, colours: int) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    if colours == TRUE:
        return f";{which};2;{red};{green};{blue}"
    return f";{which};5;{eight_bit(red, green, blue)}"


def eight_bit(red: int, green: int, blue: int) -> int:
    """The number among 256 that Rich takes for a colour."""
    most, least = max(red, green, blue) / 255, min(red, green, blue) / 255
    light, spread = (most + least) / 2, most - least
    saturation = 0.0 if not spread else spread / (most + least if light <= 0.5 else 2.0 - most - least)
    if saturation < _GREY:
        grey = round(light * 25.0)
        return 16 if grey == 0 else 231 if grey == 25 else 231 + grey
    six = [value / 95 if value < 95 else 1 + (value - 95) / 40 for value in (red, green, blue)]
    return 16 + 36 * round(six[0]) + 6 * round(six[1]) + round(six[2])
