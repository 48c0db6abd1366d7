"""A QR code drawn in letters: one module is a column wide and half a row high, which is square in most terminals."""

from __future__ import annotations

import functools
import importlib.util

from msgspec import Struct

_BYTES = (16, 31, 52, 77, 105, 133, 153, 191, 229, 270, 320, 366, 424)
"""How many bytes the versions 1 to 13 hold at the lowest error correction, L: ISO/IEC 18004, table 7, less one for
the 12 bits that name the encoding.

Larger codes have modules too small for a phone at arm's length, and more text than anybody needs.
"""
_QUIET = (4, 3)
"""Modules of light around the code: 4 in ISO/IEC 18004; with 3 readers still find it, and a larger code fits."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


class Code(Struct, frozen=True):
    """A code: its modules row by row, True where dark, and the width of the light border in modules."""

    rows: tuple[tuple[bool, ...], ...]
    quiet: int


@functools.cache
def available() -> bool:
    """Whether codes can be made: the extra `kiosk` brings the package that makes them."""
    return importlib.util.find_spec("segno") is not None


def largest_room(columns: int, rows: int) -> int:
    """How many bytes the largest code holds that can be drawn in so many cells; 0 where none can."""
    sizes = (size for size in range(len(_BYTES), 0, -1) if _quiet(_modules(size), columns, rows))
    return next((_BYTES[size - 1] for size in sizes), 0)


def code(text: str, columns: int, rows: int) -> Code | None:
    """The smallest code that carries a text, with as much error correction as it holds; None where it does not fit.

    Raises ImportError where codes are not `available`.
    """
    if not text or len(text.encode()) > largest_room(columns, rows):
        return None
    import segno  # an extra, and only where a code is asked for

    # What is more than ASCII says that it is UTF-8 (ECI 26): ZBar 0.23.92 takes Spanish without it for Big5, and reads
    # Chinese. Plain ASCII is the same everywhere, and the few readers that do not know ECI read that, too.
    made = segno.make_qr(text, error="L", mode="byte", encoding="utf-8", eci=not text.isascii(), boost_error=True)
    modules = tuple(tuple(bool(module) for module in row) for row in made.matrix)
    quiet = _quiet(len(modules), columns, rows)
    return Code(modules, quiet) if quiet else None


def drawn(code: Code) -> tuple[str, ...]:
    """The code as lines of equal width, its light border with it: ink is dark, a space is light.

    It is to be shown in black on white, whatever the colours around it: readers expect dark on light.
    """
    border = (False,) * code.quiet
    width = len(code.rows) + 2 * code.quiet
    blank = ((False,) * width,) * code.quiet
    rows = (*blank, *((*border, *row, *border) for row in code.rows), *blank)
    # The number of rows is odd: another of light makes the last pair.
    pairs = zip(rows[::2], (*rows[1::2], (False,) * width), strict=True)
    return tuple("".join(_HALVES[pair] for pair in zip(top, bottom, strict=True)) for top, bottom in pairs)


def _modules(version: int) -> int:
    return 17 + 4 * version


def _quiet(modules: int, columns: int, rows: int) -> int:
    """The widest border that fits around so many modules; 0 where none does."""
    room = min(columns, 2 * rows)
    return next((quiet for quiet in _QUIET if modules + 2 * quiet <= room), 0)
