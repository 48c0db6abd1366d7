"""A chapter of the result as blocks of text: in units that no page edge cuts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.firstpaint.layout import MARKER
from iop_tui.result.blocks import Block as ResultBlock
from iop_tui.result.blocks import CallLines, Entries, Entry, Row, Section, Table, Talk, Words
from iop_tui.result.cut import cut_section
from iop_tui.result.priorities import IF_ROOM
from iop_tui.screening.i18n.language import _
from iop_tui.tui.blocks import GAP, TONES, Block, Columns, Paragraph, Rule
from iop_tui.tui.phone_blocks import phone_line

_COLUMN, _LABEL, _WIDE_COLUMN = 18, 16, 19
"""Cells that a column of a table needs, and the name of a row beside such columns."""

Unit = tuple[Block, ...]
"""Blocks that stand on one page together."""


class Chapter(Struct, frozen=True):
    """Units in the order in which they are read. `heads` stand over a page that goes on with rows of a table: with the
    units after the number `first_row`.
    """

    units: tuple[Unit, ...]
    heads: Unit = ()
    first_row: int = 0


def chapter(section: Section, width: int) -> Chapter:
    """A section for a width in cells."""
    units: list[Unit] = []
    heads: Unit = ()
    first_row = 0
    for block in section.blocks:
        if isinstance(block, Table):
            heads, first_row = table_heads(block, width), len(units)
            rows = [(*table_row(block, row, width), GAP) for row in block.rows]
            units += [(*heads, *row) if number == 0 else row for number, row in enumerate(rows)]
        else:
            units += _units(block)
    return Chapter(tuple(units), heads, first_row)


def shortened(section: Section) -> Section | None:
    """A section without what is told only where there is room; None where it has nothing of that kind."""
    shorter = cut_section(section, IF_ROOM - 1)
    return None if shorter == section else shorter


def with_key_to_all(section: Section) -> Section:
    """A comparison in short, and the key that shows all of it."""
    return replace(section, blocks=(*section.blocks, Words(_("C shows more about each kind of care."), "quiet")))


def _units(block: ResultBlock) -> list[Unit]:
    """What only the card has, no chapter draws."""
    if isinstance(block, Words):
        return [(Paragraph(block.text, TONES[block.tone]), GAP)]
    if isinstance(block, Entries):
        units = [_entry(entry, mark, numbered=block.numbered) for mark, entry in block.marked("· ")]
        return _apart(_under(block.title, units))
    if isinstance(block, Talk):
        names = max(len(block.they), len(block.you)) + 2
        styles = ("bold $key" if turn.you else "" for turn in block.turns)
        spoken = zip(block.spoken(), styles, strict=True)
        return [(Paragraph(said, style, mark=who.ljust(names)), GAP) for (who, said), style in spoken]
    return [phone_line(line) for line in block.lines] if isinstance(block, CallLines) else []


def _under(title: str, units: Sequence[Unit]) -> list[Unit]:
    """A heading is never the last line of a page."""
    if not title or not units:
        return list(units)
    return [(Paragraph(title, "bold $key"), *units[0]), *units[1:]]


def _apart(units: Sequence[Unit]) -> list[Unit]:
    """The last of them with a blank line after it: what follows begins something else."""
    if not units or units[-1][-1] is GAP:
        return list(units)
    return [*units[:-1], (*units[-1], GAP)]


def _entry(entry: Entry, mark: str, *, numbered: bool) -> Unit:
    style = TONES[entry.tone] or ("bold" if entry.details else "")
    details = tuple(Paragraph(text, "" if numbered else "$muted", indent=len(mark)) for text in entry.details)
    apart = (GAP,) if entry.details or numbered else ()
    return (Paragraph(entry.text, style, mark=mark), *details, *apart)


# ---- tables ----


def table_heads(table: Table, width: int) -> Unit:
    """The heads of the columns, the own one marked; empty where the columns stand one under the other."""
    if width < _COLUMN * len(table.heads):
        return ()
    names = tuple(
        (f"{MARKER} {head}" if place == table.lit else head, _lit(table, place, "bold"))
        for place, head in enumerate(table.heads)
    )
    label = _label(table, width)
    return (Columns((("", ""), *names) if label else names, label), Rule())


def table_row(table: Table, row: Row, width: int) -> Unit:
    """A row of a table, in columns where there is room."""
    cells = tuple((text, _lit(table, place, "")) for place, text in enumerate(row.cells))
    if width < _COLUMN * len(table.heads):
        marks = [f"{MARKER} " if place == table.lit else "  " for place in range(len(cells))]
        return (
            Paragraph(row.label, "bold"),
            *(
                Paragraph(text, style, mark=f"{mark}{head}: ")
                for mark, head, (text, style) in zip(marks, table.heads, cells, strict=True)
                if text
            ),
        )
    label = _label(table, width)
    if label:
        return (Columns(((row.label, "$muted"), *cells), label),)
    return (Paragraph(row.label, "$muted"), Columns(cells))


def _lit(table: Table, place: int, other: str) -> str:
    return "bold $key" if place == table.lit else other


def _label(table: Table, width: int) -> int:
    return _LABEL if width >= _LABEL + _WIDE_COLUMN * len(table.heads) else 0
