"""Renders a packet as Markdown (CommonMark). Texts are escaped. A row of a table is an item: cells are long."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.export.safe_text import visible
from iop_tui.packet.packet_model import Blank, Block, Entries, Entry, Heading, Line, Packet, PageBreak, Remarks, Run
from iop_tui.platform.markdown_escape import escaped

VOTES = "agree", "change"


def as_packet_markdown(packet: Packet) -> str:
    """The packet, a line end at the end."""
    lines: list[str] = []
    for block in packet.blocks:
        if lines and not (_is_item(block) and lines[-1].lstrip().startswith("- ")):
            lines.append("")
        lines.extend(_lines(block))
    return "\n".join(lines) + "\n"


# ---- inside ----------------------------------------------------------------------------------------------------------


def _is_item(block: Block) -> bool:
    return isinstance(block, Line) and bool(block.mark)


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * (block.depth + 1)} {escaped(visible(block.text))}"
    elif isinstance(block, Line):
        yield f"{'  ' * block.depth}- {_inline(block)}" if block.mark else _inline(block)
    elif isinstance(block, Entries):
        for number, entry in enumerate(block.entries):
            if number:
                yield ""
            yield from _entry(entry, block.heads)
    elif isinstance(block, Remarks):
        yield "Remarks:"
    elif isinstance(block, Blank):
        yield f"{escaped(block.name)}: \\_\\_\\_\\_\\_\\_\\_\\_"
    elif isinstance(block, PageBreak):
        yield "---"


def _entry(entry: Entry, heads: tuple[str, ...]) -> Iterator[str]:
    first, *rest = entry.cells
    ticks = "".join(f" [ ] {vote}" for vote in VOTES) if entry.votes else ""
    yield f"- {' '.join(_inline(line) for line in first)}{ticks}"
    for number, cell in enumerate(rest, 1):
        head = heads[number] if number < len(heads) else ""
        depth = 1
        if head:
            yield f"  - {escaped(head)}:"
            depth = 2
        for line in cell:
            mark = f"{line.mark} " if line.mark not in ("", "•") else ""
            yield f"{'  ' * (depth + line.depth)}- {mark}{_inline(line)}"
    for line in entry.notes:
        yield f"  - {_inline(line)}"


def _inline(line: Line) -> str:
    return " ".join("".join(_run(run) for run in line.runs).split())


def _run(run: Run) -> str:
    inner = escaped(visible(run.text))
    if not inner:
        return " "
    if run.style == "strong":
        inner = f"**{inner}**"
    # A run has the spaces that part it from its neighbors; markup stands inside them.
    before, after = (" " if space else "" for space in (run.text[:1].isspace(), run.text[-1:].isspace()))
    return f"{before}{inner}{after}"
