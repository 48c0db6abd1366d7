"""A document without what matters least: blocks, entries, rows and lines whose priority is too high for the room."""

from __future__ import annotations

from msgspec.structs import replace

from iop_tui.result.blocks import Block, CallLines, Document, Entries, Section, Table, Words
from iop_tui.result.priorities import ON_SCREEN


def cut(document: Document, most: int = ON_SCREEN - 1) -> Document:
    """The document with all that has at most this priority. What is left empty is left out."""
    sections = (cut_section(section, most) for section in document.sections)
    return replace(document, sections=tuple(section for section in sections if section.blocks))


def cut_section(section: Section, most: int) -> Section:
    """The same of one section."""
    blocks = (cut_block(block, most) for block in section.blocks)
    return replace(section, blocks=tuple(block for block in blocks if block is not None))


def cut_block(block: Block, most: int) -> Block | None:
    """The same of one block; None where nothing of it is left."""
    if isinstance(block, Words):
        return block if block.priority <= most else None
    if isinstance(block, Entries):
        entries = tuple(entry for entry in block.entries if entry.priority <= most)
        return replace(block, entries=entries) if entries else None
    if isinstance(block, Table):
        rows = tuple(row for row in block.rows if row.priority <= most)
        return replace(block, rows=rows) if rows else None
    if isinstance(block, CallLines):
        lines = tuple(line for line in block.lines if line.priority <= most)
        return replace(block, lines=lines) if lines else None
    return block


def in_short(block: Block) -> Block:
    """A paragraph or a list in its short words, where it has any; another block as it is."""
    if isinstance(block, Words):
        return replace(block, text=block.short or block.text, short="")
    if isinstance(block, Entries):
        return replace(block, entries=tuple(replace(e, text=e.short or e.text, short="") for e in block.entries))
    return block
