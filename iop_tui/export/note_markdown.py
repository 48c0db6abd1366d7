"""Renders the note as Markdown (CommonMark). Texts are escaped."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.export.note import note
from iop_tui.export.note_blocks import Block, Field, Heading, Item
from iop_tui.export.report import Report
from iop_tui.export.safe_text import visible
from iop_tui.platform.markdown_escape import escaped


def as_note_markdown(report: Report) -> str:
    """The note as Markdown, a line end at the end."""
    lines: list[str] = []
    last: type[Block] | None = None
    for block in note(report):
        # Items and fields form tight lists; every other block has an empty line before it.
        if last is not None and not (type(block) is last and isinstance(block, (Item, Field))):
            lines.append("")
        lines.extend(_lines(block))
        last = type(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.depth + 1)} {' '.join(_kept(block.text))}"
    elif isinstance(block, Field):
        first, *rest = _kept(block.text) or [""]
        yield from _broken([f"- **{escaped(block.name)}**: {first}", *rest], "  ")
    elif isinstance(block, Item):
        indent = "  " * block.depth
        first, *rest = _kept(block.text) or [""]
        yield from _broken([f"{indent}- {first}", *rest], f"{indent}  ")
    else:
        yield from _broken(_kept(block.text), "")


def _kept(text: str) -> list[str]:
    """The lines of a text, escaped."""
    return [escaped(line) for line in visible(text).split("\n") if line.strip()]


def _broken(lines: list[str], indent: str) -> Iterator[str]:
    """Lines of one paragraph that stay apart."""
    for number, line in enumerate(lines):
        yield f"{indent if number else ''}{line}" + ("\\" if number < len(lines) - 1 else "")
