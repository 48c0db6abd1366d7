"""A document as plain text: 80 columns, no box characters, for any screen, printer or paste."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from iop_tui.result.blocks import (
    Block,
    CallLine,
    CallLines,
    CareName,
    Document,
    Entries,
    Entry,
    Scale,
    Section,
    Table,
    Talk,
    Words,
)
from iop_tui.result.cut import cut

WIDTH = 80


def as_text(document: Document) -> str:
    """The document, but for what is only shown on request, as lines of at most 80 characters; a line end at the end."""
    document = cut(document)
    lines = [*wrapped(document.title.upper())]
    for section in document.sections:
        lines += _section(section)
    return "\n".join([*lines, "", *wrapped(document.made_with)]).rstrip() + "\n"


def _section(section: Section) -> Iterator[str]:
    yield from ("", *wrapped(section.title.upper()))
    for block in section.blocks:
        yield from block_lines(block)


def block_lines(block: Block, width: int = WIDTH) -> Iterator[str]:
    """One block as lines."""
    if isinstance(block, Words):
        yield from wrapped(block.text.upper() if block.tone == "danger" else block.text, width=width)
    elif isinstance(block, CareName):
        yield from wrapped(f"{block.lead}: {block.name}", width=width)
        yield from wrapped(block.what, width=width)
    elif isinstance(block, Scale):
        yield from _scale(block)
    elif isinstance(block, Entries):
        yield from _entries(block, width)
    elif isinstance(block, Table):
        for row in block.rows:
            cells = "; ".join(f"{head}: {cell}" for head, cell in zip(block.heads, row.cells, strict=True))
            yield from wrapped(f"- {row.label}. {cells}.", "", "  ", width=width)
    elif isinstance(block, Talk):
        for who, said in block.spoken():
            yield from wrapped(f"- {who}: {said}", "", "  ", width=width)
    else:
        yield from _lines(block, width)


def reached(line: CallLine) -> str:
    """Whom to call, how, and for what."""
    return f"{line.name}: {line.reach}. {line.about}".rstrip()


def entry_lines(entry: Entry, mark: str, width: int = WIDTH) -> Iterator[str]:
    """One entry of a list after its mark, with its details."""
    yield from wrapped(mark + entry.text, "", " " * len(mark), width=width)
    for detail in entry.details:
        yield from wrapped(f"- {detail}", " " * len(mark), " " * (len(mark) + 2), width=width)


def wrapped(text: str, indent: str = "", later: str | None = None, *, width: int = WIDTH) -> list[str]:
    """A text in lines, the first with one indent and the others with another."""
    later = indent if later is None else later
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False)


def _scale(scale: Scale) -> Iterator[str]:
    cells = [("", "", scale.hours, scale.sleep)]
    cells += [(">" if level.mine else "", level.short, level.hours, level.sleep) for level in scale.levels]
    if not any(hours or sleep for _mark, _short, hours, sleep in cells[1:]):
        return
    widths = [max(len(row[at]) for row in cells) for at in range(4)]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _entries(block: Entries, width: int) -> Iterator[str]:
    if block.title:
        yield from wrapped(f"{block.title}:", width=width)
    for mark, entry in block.marked():
        yield from entry_lines(entry, mark, width)


def _lines(block: CallLines, width: int) -> Iterator[str]:
    for line in block.lines:
        yield from wrapped(f"- {reached(line)}", "", "  ", width=width)
