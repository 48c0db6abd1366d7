"""Phone lines as blocks of text: on crisis pages, on "who to call", at the end of the summary."""

from __future__ import annotations

from collections.abc import Iterable

from iop_tui.screening.model.content import PhoneLine
from iop_tui.tui.blocks import GAP, Block, Columns, Paragraph


def phone_lines(lines: Iterable[PhoneLine], *, about: bool = True) -> list[Block]:
    """How to reach each line, large; who it is and what for, under it."""
    blocks: list[Block] = []
    for line in lines:
        if about:
            blocks.append(Paragraph(line.reach, "bold $key"))
            blocks.append(Paragraph(f"{line.name}. {line.about}", "$muted", indent=2))
            blocks.append(GAP)
        else:
            blocks.append(Columns(((line.reach, "bold $key"), (line.name, "$muted"))))
    return blocks
