"""Breaks lines of several styles for a width in points. Pure: how wide words are is a function that is passed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from iop_tui.packet.packet_model import Line, Style

Measure = Callable[[str, Style], float]
"""The width of a text in a style, in points."""
_WORDS = re.compile(r"\s+|[^\s/]+/*|/+")
"""Words and spaces. An address may be broken after a slash."""


class Piece(Struct, frozen=True):
    """Words of one style in one line, `x` points from the left of the column."""

    x: float
    text: str
    style: Style


class SetLine(Struct, frozen=True):
    """One line of a column as it is drawn: its height in points, and its pieces."""

    height: float
    pieces: tuple[Piece, ...]


def broken(line: Line, width: float, measure: Measure, heights: dict[Style, float], indent: float) -> list[SetLine]:
    """A paragraph as lines of at most this width. Its indent and mark stand before the text, and wrapped lines are
    aligned under it.
    """
    left = line.depth * indent + (indent if line.mark else 0)
    lines = list(_fill(line, width - left, measure))
    made = []
    for number, row in enumerate(lines):
        pieces = [Piece(left + x, text, style) for x, text, style in row]
        if number == 0 and line.mark:
            pieces.insert(0, Piece(line.depth * indent, line.mark, "plain"))
        height = max((heights[style] for _x, _text, style in row), default=heights["plain"])
        made.append(SetLine(height, tuple(pieces)))
    return made


# ---- inside ----------------------------------------------------------------------------------------------------------


def _fill(line: Line, width: float, measure: Measure) -> Iterator[list[tuple[float, str, Style]]]:
    row: list[tuple[float, str, Style]] = []
    at = 0.0
    for text, style in _tokens(line, width, measure):
        space = text.isspace()
        if space and not row:
            continue
        wide = measure(text, style)
        if not space and row and at + wide > width:
            yield _joined(row)
            row, at = [], 0.0
        row.append((at, text, style))
        at += wide
    yield _joined(row)


def _tokens(line: Line, width: float, measure: Measure) -> Iterator[tuple[str, Style]]:
    """Words and spaces, in order; a word that is wider than the column in parts."""
    for run in line.runs:
        for word in _WORDS.findall(run.text):
            text = " " * len(word) if word.isspace() else word
            while len(text) > 1 and measure(text, run.style) > width:
                cut = next(
                    end for end in range(len(text) - 1, 0, -1) if end == 1 or measure(text[:end], run.style) <= width
                )
                yield text[:cut], run.style
                text = text[cut:]
            yield text, run.style


def _joined(row: list[tuple[float, str, Style]]) -> list[tuple[float, str, Style]]:
    """Neighbors of one style as one piece; the spaces at the end are dropped."""
    while row and row[-1][1].isspace():
        row = row[:-1]
    made: list[tuple[float, str, Style]] = []
    for x, text, style in row:
        if made and made[-1][2] == style:
            first, before, _style = made[-1]
            made[-1] = (first, before + text, style)
        else:
            made.append((x, text, style))
    return made
