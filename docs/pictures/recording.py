"""Pages of the terminal as one picture that moves: an SVG with CSS alone, as GitHub shows it in a README.

It plays once and stays on the last page. Who asked their system for less motion, and what does not know CSS animations,
shows the last page at once. Rows that stay the same are drawn once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct
from rich.color import Color
from rich.segment import Segment
from rich.terminal_theme import DIMMED_MONOKAI
from textual.strip import Strip

CELL, LINE, LETTER = 8.4, 18, 14
"""Units of the picture: the width of a cell, the height of a line, and the size of its letters."""
_AIR, _TITLE = 14, 30
_FONTS = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
_BLOCKS = {
    "█": (0.0, 0.0, 1.0, 1.0, 1.0),
    "▀": (0.0, 0.0, 1.0, 0.5, 1.0),
    "▄": (0.0, 0.5, 1.0, 0.5, 1.0),
    "▌": (0.0, 0.0, 0.5, 1.0, 1.0),
    "▐": (0.5, 0.0, 0.5, 1.0, 1.0),
    "▒": (0.0, 0.1, 1.0, 0.8, 0.5),
    "━": (0.0, 0.44, 1.0, 0.12, 1.0),
    "─": (0.0, 0.47, 1.0, 0.06, 1.0),
}
"""Signs that are drawn as boxes, so that they meet in any font: left, top, width and height in cells, opacity."""


class Frame(Struct, frozen=True):
    """What is on the screen for so many seconds."""

    rows: tuple[str, ...]
    """Each drawn, at the top of the picture."""
    seconds: float


def frame(strips: Sequence[Strip], seconds: float, ground: str) -> Frame:
    """A screen as it is painted, over a ground of a colour."""
    return Frame(tuple("".join(_row(strip, ground)) for strip in strips), seconds)


def animated(frames: Sequence[Frame], *, columns: int, ground: str, about: str) -> str:
    """The picture. `about` says in words what it shows."""
    lines = len(frames[0].rows)
    width, height = round(columns * CELL + 2 * _AIR), lines * LINE + _TITLE + _AIR
    starts = [sum(each.seconds for each in frames[:number]) for number in range(len(frames))]
    whole = starts[-1] + frames[-1].seconds
    drawn: dict[str, int] = {}
    spans: dict[tuple[int, int], int] = {}
    uses = []
    for line in range(lines):
        for first, end in _runs([each.rows[line] for each in frames]):
            row = frames[first].rows[line]
            if not row:
                continue
            name = drawn.setdefault(row, len(drawn))
            span = spans.setdefault((first, end), len(spans))
            last = " e" if end == len(frames) else ""
            uses.append(f'<use href="#r{name}" y="{_TITLE + line * LINE}" class="s{span}{last}"/>')
    style = [
        f"text{{font-size:{LETTER}px;font-family:{_FONTS};white-space:pre}}",
        "use{visibility:hidden}.e{visibility:visible}",
    ]
    for (first, end), span in spans.items():
        shown = f"{100 * starts[first] / whole:.3f}%{{visibility:visible}}"
        before = "0%{visibility:hidden}" if first else ""
        after = f"{100 * starts[end] / whole:.3f}%{{visibility:hidden}}" if end < len(frames) else ""
        to = "visible" if end == len(frames) else "hidden"
        style.append(f"@keyframes k{span}{{{before}{shown}{after}100%{{visibility:{to}}}}}")
        style.append(f".s{span}{{animation:k{span} {whole:g}s step-end forwards}}")
    style.append("@media (prefers-reduced-motion:reduce){use{animation:none!important}}")
    named = f'xml:space="preserve" role="img" aria-label={quoteattr(about)}'
    circles = "".join(
        f'<circle cx="{_AIR + 6 + 18 * at}" cy="15" r="5.5" fill="{colour}"/>'
        for at, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" {named}>',
            f"<title>{escape(about)}</title>",
            "<style>",
            *style,
            "</style>",
            f'<rect width="{width}" height="{height}" rx="9" fill="{ground}" stroke="#808080" stroke-opacity=".5"/>',
            circles,
            f'<g transform="translate({_AIR},0)">',
            "<defs>",
            *(f'<g id="r{number}">{row}</g>' for row, number in drawn.items()),
            "</defs>",
            *uses,
            "</g>",
            "</svg>",
            "",
        ]
    )


def _runs(rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Frames from, and up to, which a line stays the same."""
    first = 0
    for number in range(1, len(rows) + 1):
        if number == len(rows) or rows[number] != rows[first]:
            yield first, number
            first = number


def _row(strip: Strip, ground: str) -> Iterator[str]:
    at = 0
    for segment in Segment.simplify(segment for segment in strip if not segment.control):
        yield from _segment(segment, at, ground)
        at += segment.cell_length


def _segment(segment: Segment, at: int, ground: str) -> Iterator[str]:
    style = segment.style
    ink = _colour(style.color if style else None, fore=True)
    behind = _colour(style.bgcolor if style else None, fore=False)
    if style and style.reverse:
        ink, behind = behind or ground, ink
    if behind and behind != ground:
        yield f'<rect x="{at * CELL:g}" width="{segment.cell_length * CELL:g}" height="{LINE}" fill="{behind}"/>'
    weight = ' font-weight="bold"' if style and style.bold else ""
    under = ' text-decoration="underline"' if style and style.underline else ""
    for text, first in _pieces(segment.text):
        x, cells = (at + first) * CELL, len(text)
        if text[0] in _BLOCKS:
            left, top, wide, high, how = _BLOCKS[text[0]]
            thin = "" if how == 1 else f' opacity="{how:g}"'
            across = cells * CELL if wide == 1 else wide * CELL
            yield (
                f'<rect x="{x + left * CELL:g}" y="{top * LINE:g}" width="{across:g}" height="{high * LINE:g}"'
                f' fill="{ink}"{thin}/>'
            )
        else:
            yield (
                f'<text x="{x:g}" y="{LINE - 5}" textLength="{cells * CELL:g}" fill="{ink}"{weight}{under}>'
                f"{escape(text)}</text>"
            )


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Words with what stands between them, and signs that are drawn: each with the cell in which it begins. Blanks at
    an edge are no ink.
    """
    start = 0
    for number in range(1, len(text) + 1):
        if number == len(text) or ((text[number] in _BLOCKS or text[start] in _BLOCKS) and text[number] != text[start]):
            piece = text[start:number]
            if piece.strip():
                yield piece.strip(), start + len(piece) - len(piece.lstrip())
            start = number


def _colour(colour: Color | None, *, fore: bool) -> str:
    if colour is None or colour.is_default:
        return DIMMED_MONOKAI.foreground_color.hex if fore else ""
    return colour.get_truecolor(DIMMED_MONOKAI, foreground=fore).hex
