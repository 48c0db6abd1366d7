"""The note as plain text, made to be pasted into an electronic health record: 72 columns, no tabs, no drawn lines.

Such a record may drop spaces at the start of pasted lines, join short lines, or replace typographic signs by question
marks. So nothing depends on indentation alone: lists have dashes, headings are in capitals, and each fact has a label.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from iop_tui.export.note import note
from iop_tui.export.note_blocks import Block, Field, Heading, Item, Para
from iop_tui.export.report import Report
from iop_tui.export.safe_text import typed

WIDTH = 72


def as_note_text(report: Report) -> str:
    """The note as lines of at most 72 characters, a line end at the end."""
    lines: list[str] = []
    last: type[Block] | None = None
    for block in note(report):
        # An empty line between parts and paragraphs, none after a heading.
        if last is not None and (_part(block) or (Para in (type(block), last) and last is not Heading)):
            lines.append("")
        lines.extend(_lines(block))
        if isinstance(block, Heading) and block.depth == 0:
            lines.append("")
        last = type(block)
    return "\n".join(lines) + "\n"


def _part(block: Block) -> bool:
    return isinstance(block, Heading) and block.depth < 2


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        # Those of sections keep their case: they are under a heading in capitals.
        yield from _wrap(typed(block.text).upper() if block.depth < 2 else f"{typed(block.text)}:")
    elif isinstance(block, Field):
        yield from _wrap(f"{typed(block.name)}: {typed(block.text)}", "", "  ")
    elif isinstance(block, Item):
        indent = "  " * block.depth
        yield from _wrap(typed(block.text), f"{indent}- ", f"{indent}  ")
    else:
        yield from _wrap(typed(block.text))


def _wrap(text: str, first: str = "", later: str = "") -> Iterator[str]:
    """The text, wrapped. Line ends that were typed are kept."""
    indent = first
    for line in text.split("\n"):
        for wrapped in textwrap.wrap(
            line, WIDTH, initial_indent=indent, subsequent_indent=later, break_on_hyphens=False
        ):
            # Before a word that is too long for the line a trailing space remains.
            yield wrapped.rstrip()
            indent = later
