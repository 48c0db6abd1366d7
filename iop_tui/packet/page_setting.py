"""Sets a packet on pages: which line stands where. Pure; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from iop_tui.packet.line_breaking import Measure, SetLine, broken
from iop_tui.packet.packet_markdown import VOTES
from iop_tui.packet.packet_model import (
    Blank,
    Block,
    Entries,
    Entry,
    Heading,
    Line,
    Remarks,
    Style,
    line,
    said,
    strong,
)

SIZES: dict[Style, float] = {"plain": 8.5, "strong": 8.5, "small": 6.9, "ref": 6.9}
"""Points."""
HEIGHTS: dict[Style, float] = {"plain": 9.5, "strong": 9.5, "small": 7.5, "ref": 7.5}
HEADINGS = (15.0, 12.5, 10.0)
"""Points, by depth."""
_INDENT = 9.0
_GAP = 7.0
"""Between columns."""
_PAD = 1.7
"""Above and below a row."""
_WRITTEN = 16.0
"""The height of a line to write on."""
_WHOLE = 0.14
"""A row up to this share of a page is never divided."""

_PART = 55.0
"""What stays behind of a row that is divided is at least so tall."""


class PlacedText(Struct, frozen=True):
    """Words at a place: points from the left and the top of the page, at the foot of the letters. A `size` is given for
    headings only.
    """

    x: float
    y: float
    text: str
    style: Style
    size: float = 0.0


class PlacedRule(Struct, frozen=True):
    """A line, or with `height` a box."""

    x: float
    y: float
    width: float
    height: float = 0.0
    strong: bool = False


class PlacedMark(Struct, frozen=True):
    """An entry of the outline."""

    text: str
    depth: int
    y: float


Placed = PlacedText | PlacedRule | PlacedMark
Page = list[Placed]


class Columns(Struct, frozen=True):
    """Text side by side: where each column begins, and its lines."""

    lefts: tuple[float, ...]
    cells: tuple[tuple[SetLine, ...], ...]

    @property
    def height(self) -> float:
        """The height of the tallest column, in points."""
        return max(sum(each.height for each in cell) for cell in self.cells)


class PageSetter:
    """Takes blocks in turn and fills pages of this size, margins in points."""

    def __init__(self, width: float, height: float, margin: float, foot: float, measure: Measure) -> None:
        self.pages: list[Page] = [[]]
        self._left, self._width = margin, width - 2 * margin
        self._top, self._bottom = margin, height - foot
        self._y = self._top
        self._measure = measure

    def set(self, blocks: Sequence[Block]) -> list[Page]:
        """The pages with these blocks on them."""
        for number, block in enumerate(blocks):
            self._set(block, blocks[number + 1 :][:3])
        return self.pages

    def _set(self, block: Block, following: Sequence[Block]) -> None:
        if isinstance(block, Heading):
            self._heading(block, following)
        elif isinstance(block, Line):
            self._columns(self._cells((1.0,), ((block,),)), gap=1.0)
        elif isinstance(block, Entries):
            self._table(block)
        elif isinstance(block, Remarks):
            self._remarks(block)
        elif isinstance(block, Blank):
            self._blank(block)
        elif self._y > self._top:
            room = self._bottom - self._y
            if not block.unless or block.unless * HEIGHTS["plain"] > room:
                self._new_page()

    # ---- blocks ----

    def _heading(self, heading: Heading, following: Sequence[Block]) -> None:
        size = HEADINGS[heading.depth]
        lines = broken(line(strong(heading.text)), self._width, self._wide(size), _same(size * 1.2), _INDENT)
        tall = sum(each.height for each in lines)
        before = 0.0 if self._y == self._top else size * 0.75
        if self._y + before + tall + self._least(following) > self._bottom:
            self._new_page()
            before = 0.0
        self._y += before
        self._put(PlacedMark(heading.text, heading.depth, self._y))
        for each in lines:
            self._y += each.height
            for piece in each.pieces:
                self._put(PlacedText(self._left + piece.x, self._y - size * 0.25, piece.text, "strong", size))
        self._y += 2.0

    def _least(self, following: Sequence[Block]) -> float:
        """What has to stand under a heading on the same page."""
        need = 0.0
        for block in following:
            if isinstance(block, Heading):
                need += HEADINGS[block.depth] * 2
            elif isinstance(block, Entries):
                rows = [self._row(block, entry) for entry in block.entries[:1]]
                return need + self._head(block).height + self._first(rows) + 8 * _PAD
            elif isinstance(block, Line):
                need += self._cells((1.0,), ((block,),)).height
            else:
                return need + _WRITTEN
        return need

    def _first(self, rows: Sequence[Columns]) -> float:
        """What has to stand under the heads of a table on the same page."""
        return min(rows[0].height, max(self._page * _WHOLE, _PART)) if rows else 0.0

    def _table(self, table: Entries) -> None:
        self._y += 2.0
        head = self._head(table)
        rows = [self._row(table, entry) for entry in table.entries]
        if self._y + head.height + 4 * _PAD + self._first(rows) > self._bottom:
            self._new_page()
        self._heads(table, head)
        for row in rows:
            room = self._bottom - self._y - 2 * _PAD
            if row.height > room and (row.height <= self._page * _WHOLE or room < _PART):
                self._new_page()
                self._heads(table, head)
            self._y += _PAD
            self._columns(row, again=lambda: self._heads(table, head))
            self._y += _PAD
            self._put(PlacedRule(self._left, self._y, self._width))
        self._y += 3.0

    def _heads(self, table: Entries, head: Columns) -> None:
        if any(table.heads):
            self._y += _PAD
            self._columns(head)
            self._y += _PAD
        self._put(PlacedRule(self._left, self._y, self._width, strong=True))

    def _head(self, table: Entries) -> Columns:
        heads = table.heads or ("",) * len(table.shares)
        return self._cells(table.shares, tuple((said(head, "strong"),) if head else () for head in heads))

    def _row(self, table: Entries, entry: Entry) -> Columns:
        cells = entry.cells
        if entry.votes:
            cells = ((*cells[0], *(said(f"☐ {vote}", "small") for vote in VOTES)), *cells[1:])
        if not entry.notes:
            return self._cells(table.shares, cells)
        # Under the cell where the row stays lowest; of several, the last.
        first = min(1, len(cells) - 1)
        tried = [
            self._cells(table.shares, (*cells[:at], (*cells[at], *entry.notes), *cells[at + 1 :]))
            for at in reversed(range(first, len(cells)))
        ]
        return min(tried, key=lambda columns: columns.height)

    def _remarks(self, remarks: Remarks) -> None:
        tall = remarks.lines * _WRITTEN
        if self._y + tall + 6 > self._bottom:
            self._new_page()
        self._y += 3.0
        self._put(PlacedRule(self._left, self._y, self._width, tall))
        self._put(PlacedText(self._left + 4, self._y + 9, "Remarks:", "small"))
        for number in range(1, remarks.lines):
            self._put(PlacedRule(self._left, self._y + number * _WRITTEN, self._width))
        self._y += tall + 4.0

    def _blank(self, blank: Blank) -> None:
        if self._y + _WRITTEN * 1.3 > self._bottom:
            self._new_page()
        self._y += _WRITTEN * 1.3
        self._put(PlacedText(self._left, self._y - 2, f"{blank.name}:", "plain"))
        beside = self._measure(f"{blank.name}: ", "plain") + 4
        self._put(PlacedRule(self._left + beside, self._y, min(360.0, self._width - beside)))

    # ---- columns ----

    def _cells(self, shares: Sequence[float], cells: Sequence[Sequence[Line]]) -> Columns:
        lefts, made, at = [], [], self._left
        for number, (share, cell) in enumerate(zip(shares, cells, strict=True)):
            wide = share * self._width
            room = wide - (_GAP if number < len(shares) - 1 else 0)
            lines = [each for one in cell for each in broken(one, room, self._measure, HEIGHTS, _INDENT)]
            lefts.append(at)
            made.append(tuple(lines))
            at += wide
        return Columns(tuple(lefts), tuple(made))

    def _columns(self, columns: Columns, *, gap: float = 0.0, again: Callable[[], None] | None = None) -> None:
        """Place columns; what does not fit goes on on the next page, under the heads of its table."""
        rest = [list(cell) for cell in columns.cells]
        while True:
            lowest = self._y
            for left, cell in zip(columns.lefts, rest, strict=True):
                y = self._y
                while cell and y + cell[0].height <= self._bottom:
                    each = cell.pop(0)
                    y += each.height
                    for piece in each.pieces:
                        self._put(PlacedText(left + piece.x, y - each.height * 0.24, piece.text, piece.style))
                lowest = max(lowest, y)
            self._y = lowest + gap
            if not any(rest):
                return
            self._new_page()
            if again is not None:
                again()
                self._y += _PAD

    # ---- pages ----

    @property
    def _page(self) -> float:
        return self._bottom - self._top

    def _put(self, placed: Placed) -> None:
        self.pages[-1].append(placed)

    def _new_page(self) -> None:
        self.pages.append([])
        self._y = self._top

    def _wide(self, size: float) -> Measure:
        return lambda text, style: self._measure(text, style) * size / SIZES[style]


def _same(height: float) -> dict[Style, float]:
    return dict.fromkeys(HEIGHTS, height)
