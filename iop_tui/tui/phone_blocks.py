"""Phone lines as blocks of text: on crisis pages, on "who to call", at the end of the summary."""

from __future__ import annotations

from collections.abc import Iterable

from iop_tui.result.blocks import CallLine
from iop_tui.screening.model.content import PhoneLine
from iop_tui.tui.blocks import GAP, Block, Columns, Paragraph


def phone_line(line: PhoneLine | CallLine) -> tuple[Block, ...]:
    """How to reach somebody, large; who it is and what for, under it."""
    about = f"{line.name}. {line.about}" if line.about else line.name
    return (Paragraph(line.reach, "bold $key"), Paragraph(about, "$muted", indent=2), GAP)


def phone_lines(lines: Iterable[PhoneLine], *, about: bool = True) -> list[Block]:
    """Each line as by `phone_line`; without what it is `about`, in a line each, with the name beside it."""
    if about:
        return [block for line in lines for block in phone_line(line)]
    return [Columns(((line.reach, "bold $key"), (line.name, "$muted"))) for line in lines]
