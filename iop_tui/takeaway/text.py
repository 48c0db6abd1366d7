"""A document as plain text: 80 columns, no box characters, for any screen, printer or paste."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from msgspec import Struct

from iop_tui.result.blocks import Block, CareName, Document, Entries, Entry, Scale, Table, Talk, Words
from iop_tui.result.cut import cut
from iop_tui.result.priorities import ALWAYS, CALL, SCALE

WIDTH = 80


class Piece(Struct, frozen=True):
    """Lines that stand together, or are cut together where room is short: the higher the priority, the sooner."""

    lines: Sequence[str]
    priority: int = ALWAYS


def as_text(document: Document) -> str:
    """The document, but for what is only shown on request, as lines of at most 80 characters; a line end at the end."""
    document = cut(document)
    lines = wrapped(document.title.upper())
    for section in document.sections:
        lines += ["", *wrapped(section.title.upper())]
        for block in section.blocks:
            lines += list_title(block)
            lines += [line for piece in pieces(block) for line in piece.lines]
    return "\n".join([*lines, "", *wrapped(document.made_with)]).rstrip() + "\n"


def list_title(block: Block, width: int = WIDTH) -> list[str]:
    """The title of a list; nothing over another block."""
    return wrapped(f"{block.title}:", width=width) if isinstance(block, Entries) and block.title else []


def pieces(block: Block, width: int = WIDTH) -> Iterator[Piece]:
    """One block, without the title of a list, in pieces of whole lines."""
    if isinstance(block, Words):
        yield Piece(wrapped(block.text.upper() if block.tone == "danger" else block.text, width=width), block.priority)
    elif isinstance(block, CareName):
        yield Piece([*wrapped(f"{block.lead}: {block.name}", width=width), *wrapped(block.what, width=width)])
    elif isinstance(block, Scale):
        yield Piece(list(_scale(block)), SCALE)
    elif isinstance(block, Entries):
        for mark, entry in block.marked():
            yield from _entry(entry, mark, width)
    elif isinstance(block, Table):
        for row in block.rows:
            cells = "; ".join(f"{head}: {cell}" for head, cell in zip(block.heads, row.cells, strict=True))
            yield Piece(_item(f"{row.label}. {cells}.", width=width), row.priority)
    elif isinstance(block, Talk):
        yield Piece([line for who, said in block.spoken() for line in _item(f"{who}: {said}", width=width)], CALL)
    else:
        for call in block.lines:
            said = f"{call.name}: {call.reach}. {call.about}".rstrip()
            yield Piece(_item(said, width=width), call.priority)


def wrapped(text: str, indent: str = "", later: str | None = None, *, width: int = WIDTH) -> list[str]:
    """A text in lines, the first with one indent and the others with another."""
    later = indent if later is None else later
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False)


def _item(text: str, mark: str = "- ", indent: str = "", *, width: int) -> list[str]:
    """An item of a list: its later lines stand under the text."""
    return wrapped(mark + text, indent, indent + " " * len(mark), width=width)


def _entry(entry: Entry, mark: str, width: int) -> Iterator[Piece]:
    """An entry after its mark, with its details. Of several dangers all are named, and told as far as there is room."""
    named = _item(entry.text, mark, width=width)
    details = [line for text in entry.details for line in _item(text, indent=" " * len(mark), width=width)]
    if entry.tone == "danger":
        yield from (Piece(named), Piece(details, entry.priority))
    else:
        yield Piece([*named, *details], entry.priority)


def _scale(scale: Scale) -> Iterator[str]:
    cells = [("", "", scale.hours, scale.sleep)]
    cells += [(">" if level.mine else "", level.short, level.hours, level.sleep) for level in scale.levels]
    if not any(hours or sleep for _mark, _short, hours, sleep in cells[1:]):
        return
    widths = [max(len(row[at]) for row in cells) for at in range(4)]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
