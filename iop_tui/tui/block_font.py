"""Text in large letters, legible from three metres, in our own small font: a terminal has only one size."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from textual.content import Content

_INK = "█"
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}
# Five rows of pixels, five in a row; narrow characters have fewer. One more separates two letters.
_FONT = {
    "A": ".###. #...# ##### #...# #...#",
    "B": "####. #...# ####. #...# ####.",
    "C": ".#### #.... #.... #.... .####",
    "D": "####. #...# #...# #...# ####.",
    "E": "##### #.... ####. #.... #####",
    "F": "##### #.... ####. #.... #....",
    "G": ".#### #.... #..## #...# .####",
    "H": "#...# #...# ##### #...# #...#",
    "I": "### .#. .#. .#. ###",
    "J": "..### ...#. ...#. #..#. .##..",
    "K": "#...# #..#. ###.. #..#. #...#",
    "L": "#.... #.... #.... #.... #####",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#...# ##..# #.#.# #..## #...#",
    "O": ".###. #...# #...# #...# .###.",
    "P": "####. #...# ####. #.... #....",
    "Q": ".###. #...# #.#.# #..#. .##.#",
    "R": "####. #...# ####. #..#. #...#",
    "S": ".#### #.... .###. ....# ####.",
    "T": "##### ..#.. ..#.. ..#.. ..#..",
    "U": "#...# #...# #...# #...# .###.",
    "V": "#...# #...# #...# .#.#. ..#..",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#...# .#.#. ..#.. .#.#. #...#",
    "Y": "#...# .#.#. ..#.. ..#.. ..#..",
    "Z": "##### ...#. ..#.. .#... #####",
    "0": ".###. #..## #.#.# ##..# .###.",
    "1": "..#.. .##.. ..#.. ..#.. .###.",
    "2": "####. ....# .###. #.... #####",
    "3": "####. ....# .###. ....# ####.",
    "4": "#..#. #..#. ##### ...#. ...#.",
    "5": "##### #.... ####. ....# ####.",
    "6": ".###. #.... ####. #...# .###.",
    "7": "##### ....# ...#. ..#.. ..#..",
    "8": ".###. #...# .###. #...# .###.",
    "9": ".###. #...# .#### ....# .###.",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    "!": "# # # . #",
    "¡": "# . # # #",
    "?": "###.. ...#. .##.. ..... .#...",
    "¿": "..#.. ..... .##.. #.... .###.",
    "'": "# # . . .",
    "-": "... ... ### ... ...",
    " ": "... ... ... ... ...",
}
_ACCENTS = {"Á": "A", "É": "E", "Í": "I", "Ó": "O", "Ú": "U", "Ü": "U", "Ñ": "N"}
_OVER = {"Ü": ".#.#.", "Ñ": ".###.", "Í": ".##"}
_ACUTE = "...#."


def large(lines: Sequence[str], *, tall: bool) -> tuple[str, ...]:
    """Rows of cells, all of one width, in which "█", "▀" and "▄" are ink: five or six rows a line if `tall`, else three
    of half the height. Lines are centred.

    Lower case is drawn as capitals; characters that the font lacks are left out. Nothing is cut off: see `width`.
    """
    pixels = [_pixels(line) for line in lines]
    room = max((len(rows[0]) for rows in pixels), default=0)
    drawn: list[str] = []
    for rows in pixels:
        left = (room - len(rows[0])) // 2
        padded = [(" " * left + row).ljust(room) for row in rows]
        if tall:
            # The row for accents separates two lines, and is left out over the first if it is empty.
            drawn += padded if drawn or padded[0].strip() else padded[1:]
        else:
            drawn += [_halved(upper, lower) for upper, lower in zip(padded[::2], padded[1::2], strict=True)]
    return tuple(drawn)


def is_whole(lines: Sequence[str]) -> bool:
    """Whether the font has every letter of these lines. A missing one would be lost without a notice."""
    return all(_ACCENTS.get(letter, letter) in _FONT for line in lines for letter in line.upper())


def width(lines: Sequence[str]) -> int:
    """Cells that the longest of these lines takes."""
    return max((len(_pixels(line)[0]) for line in lines), default=0)


def enlarged(rows: Sequence[str], across: int, down: int) -> tuple[str, ...]:
    """Rows of full blocks, each cell so many times as wide and as high."""
    return tuple("".join(cell * across for cell in row) for row in rows for _again in range(down))


def inked(rows: Sequence[str], style: str = "", *, light: bool = False) -> Content:
    """Rows of `large` in a style. Full blocks become spaces in reverse video, which every terminal and console font
    shows without seams. On a `light` background, ink and background are swapped.
    """
    turned = f"{style} reverse".strip()
    ink, ground = (style, turned) if light else (turned, style)
    return Content("\n").join([_inked(row, ink, ground) for row in rows])


def _inked(row: str, ink: str, ground: str) -> Content:
    parts: list[tuple[str, str]] = []
    for is_ink, cells in itertools.groupby(row, lambda cell: cell == _INK):
        run = "".join(cells)
        parts.append((" " * len(run), ink) if is_ink else (run, ground))
    return Content.assemble(*parts)


def _halved(upper: str, lower: str) -> str:
    return "".join(_HALVES[above != " ", below != " "] for above, below in zip(upper, lower, strict=True))


def _pixels(line: str) -> list[str]:
    """Six rows: one for accents, five for letters."""
    rows = [""] * 6
    for letter in line.upper():
        plain = _ACCENTS.get(letter, letter)
        if plain not in _FONT:
            continue
        body = _FONT[plain].split()
        over = _OVER.get(letter, _ACUTE) if letter in _ACCENTS else "." * len(body[0])
        for number, row in enumerate([over, *body]):
            rows[number] += ("." if rows[number] else "") + row
    return [row.replace("#", _INK).replace(".", " ") for row in rows]
