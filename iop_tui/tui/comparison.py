"""The four kinds of care side by side, as blocks: in columns where there is room, else one under the other."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.screening.kinds import Level
from iop_tui.screening.model import Screening
from iop_tui.tui.blocks import GAP, Block, Columns, Paragraph, Rule

COLUMNS_FROM = 72
"""The width, in cells, from which four columns stand side by side."""
LABELS_FROM = 92
"""The width from which the name of each row stands beside it rather than above."""
_LABEL = 16


def heads(screening: Screening, width: int, verdicts: Mapping[Level, str], first: Level | None) -> list[Block]:
    """The names of the four, each with its verdict if there is one; empty where they stand one under the other."""
    if width < COLUMNS_FROM:
        return []
    levels = screening.care.levels
    label = _LABEL if width >= LABELS_FROM else 0
    lead = (("", ""),) if label else ()
    names = tuple(
        (f"› {c.short}" if c.id == first else c.short, "bold $key" if c.id == first else "bold") for c in levels
    )
    blocks: list[Block] = [Columns((*lead, *names), label)]
    if verdicts:
        said = tuple((verdicts.get(c.id, ""), "$key" if c.id == first else "$muted") for c in levels)
        blocks.append(Columns((*lead, *said), label))
    return [*blocks, Rule()]


def rows(screening: Screening, width: int, first: Level | None, most: int | None = None) -> list[Block]:
    """What the four are compared on, row by row; only the first rows if `most` says how many."""
    blocks: list[Block] = []
    for row in screening.care.compare[:most]:
        cells = [(care, care.compare[row.id]) for care in screening.care.levels]
        if width < COLUMNS_FROM:
            blocks.append(Paragraph(row.text, "bold"))
            blocks.extend(
                Paragraph(text, "$key" if care.id == first else "", mark=f"{care.short}: ", indent=2)
                for care, text in cells
            )
        elif width < LABELS_FROM:
            blocks.append(Paragraph(row.text, "$muted"))
            blocks.append(Columns(tuple((text, "$key" if care.id == first else "") for care, text in cells)))
        else:
            texts = tuple((text, "$key" if care.id == first else "") for care, text in cells)
            blocks.append(Columns(((row.text, "$muted"), *texts), _LABEL))
        blocks.append(GAP)
    return blocks
