"""pyte's screens and stream, with short ways for what a full-screen program sends most: runs of letters and colours.

pyte reads each byte of a sequence through a generator, makes a new cell for each letter, and asks for the width of
every cell whenever the screen is read. Here a run of letters is one update of a line, cells and colours are kept for
the next time, and only the lines that changed are read again. Everything else is pyte's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pyte
from pyte.modes import DECSCNM, IRM
from pyte.screens import wcwidth

_PIECE = re.compile(r"([^\x00-\x1f\x7f\x9b\x9d]+)|\x1b\[(\??)([0-9;]*)([@-~])")
"""Letters, or one whole control sequence with nothing unusual in it."""
_NARROW = set(map(chr, range(0x20, 0x7F)))
"""Letters that are known to take one cell."""


class _Cells(dict[str, Any]):
    """Letter -> its cell, in one colour."""

    def __init__(self, attributes: Any) -> None:
        self._attributes = attributes

    def __missing__(self, letter: str) -> Any:
        cell = self[letter] = self._attributes._replace(data=letter)
        return cell


_cells: Any = lru_cache(4096)(_Cells)


class _Short:
    """Short ways of a screen; to stand before pyte's class."""

    cursor: Any
    buffer: Any
    dirty: set[int]
    mode: set[int]
    columns: int
    lines: int
    charset: int
    default_char: Any
    _colours: dict[Any, Any]
    _rows: list[str]
    _size: tuple[int, int]

    @property
    def rows(self) -> list[str]:
        """The lines of the screen, as letters."""
        if getattr(self, "_size", None) != (self.columns, self.lines):
            self._size, self._rows = (self.columns, self.lines), [""] * self.lines
            self.dirty.update(range(self.lines))
        for row in self.dirty:
            if row < self.lines:
                line = self.buffer[row]
                self._rows[row] = "".join([line[column].data for column in range(self.columns)])
        self.dirty.clear()
        return self._rows

    def draw(self, data: str) -> None:
        """Letters at the cursor."""
        place, end = self.cursor.x, self.cursor.x + len(data)
        if end <= self.columns and not self.charset and IRM not in self.mode and _are_narrow(data):
            row = self.cursor.y
            cells = _cells(self.cursor.attrs)
            self.buffer[row].update(zip(range(place, end), map(cells.__getitem__, data), strict=True))
            self.cursor.x = end
            self.dirty.add(row)
            return
        # A letter without a cell of its own may change the line before.
        self.dirty.add(max(0, self.cursor.y - 1))
        super().draw(data)  # type: ignore[misc]  # pyte's, which comes next

    def select_graphic_rendition(self, *numbers: int) -> None:
        """Another colour."""
        key = (self.cursor.attrs, numbers, DECSCNM in self.mode)
        known = self.__dict__.setdefault("_colours", {})
        attributes = known.get(key)
        if attributes is None:
            super().select_graphic_rendition(*numbers)  # type: ignore[misc]  # pyte's, which comes next
            known[key] = self.cursor.attrs
        else:
            self.cursor.attrs = attributes


class Screen(_Short, pyte.Screen):
    """A screen."""


class HistoryScreen(_Short, pyte.HistoryScreen):
    """A screen that keeps the lines which leave it."""


class KeepingScreen(HistoryScreen):
    """A screen as GNU screen 4.9.0 has it: what is erased at once (ED 2, or ED 0 from the first cell) can be scrolled
    back to, and is never forgotten (ED 3 is not known).
    """

    def erase_in_display(self, how: int = 0, *arguments: Any, **options: Any) -> None:
        """Erase, and keep."""
        if how == 2 or (how == 0 and (self.cursor.x, self.cursor.y) == (0, 0)):
            kept = (self.buffer[row].copy() for row in range(self.lines))
            self.history.top.extend(line for line in kept if any(cell.data != " " for cell in line.values()))
        if how != 3:
            super().erase_in_display(how, *arguments, **options)


class Stream(pyte.ByteStream):
    """What reads a program's bytes for a screen."""

    def __init__(self, screen: Screen | HistoryScreen) -> None:
        super().__init__(screen)
        self._draw = screen.draw
        self._ways: Mapping[str, Any] = {letter: getattr(screen, name) for letter, name in self.csi.items()}

    def feed(self, data: bytes) -> None:  # type: ignore[override]  # as ByteStream's own
        """Read bytes. What begins in the middle of a sequence, or is none of the usual, goes through pyte's parser."""
        text, offset = self.utf8_decoder.decode(data), 0
        match, draw, ways, send = _PIECE.match, self._draw, self._ways, self._send_to_parser
        between = self._taking_plain_text
        while offset < len(text):
            piece = match(text, offset) if between else None
            if piece is None:
                between = send(text[offset])
                offset += 1
                continue
            offset = piece.end()
            letters, private, numbers, letter = piece.groups()
            if letters:
                draw(letters)
            elif way := ways.get(letter):
                way(*_numbers(numbers), **({"private": True} if private else {}))
        self._taking_plain_text = between


@lru_cache(4096)
def _numbers(text: str) -> tuple[int, ...]:
    return tuple(min(int(number or 0), 9999) for number in text.split(";"))


def _are_narrow(letters: str) -> bool:
    if _NARROW.issuperset(letters):
        return True
    if any(wcwidth(letter) != 1 for letter in letters):
        return False
    _NARROW.update(letters)
    return True
