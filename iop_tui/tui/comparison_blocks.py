"""The kinds of care side by side, as blocks: in columns where there is room, else one under the other."""

from __future__ import annotations

from collections.abc import Mapping

from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import Level
from iop_tui.tui.blocks import GAP, Block, Columns, Paragraph, Rule

_COLUMN, _WIDE_COLUMN = 18, 19
"""Cells that a level needs, without and with the name of each row beside it."""
_LABEL = 16


def columns_from(levels: int) -> int:
    """The width, in cells, from which so many levels stand side by side."""
    return _COLUMN * levels


def labels_from(levels: int) -> int:
    """The width from which the name of each row stands beside it rather than above."""
    return _LABEL + _WIDE_COLUMN * levels


def heads(screening: Screening, width: int, verdicts: Mapping[Level, str], first: Level | None) -> list[Block]:
    """The names of the levels, each with its verdict if there is one; empty where they stand one under the other."""
    levels = screening.care.levels
    if width < columns_from(len(levels)):
        return []
    label = _LABEL if width >= labels_from(len(levels)) else 0
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
    """What the levels are compared on, row by row; only the first rows if `most` says how many."""
    blocks: list[Block] = []
    count = len(screening.care.levels)
    for row in screening.care.compare[:most]:
        cells = [(care, care.compare[row.id]) for care in screening.care.levels]
        if width < columns_from(count):
            blocks.append(Paragraph(row.text, "bold"))
            blocks.extend(
                Paragraph(text, "$key" if care.id == first else "", mark=f"{care.short}: ", indent=2)
                for care, text in cells
            )
        elif width < labels_from(count):
            blocks.append(Paragraph(row.text, "$muted"))
            blocks.append(Columns(tuple((text, "$key" if care.id == first else "") for care, text in cells)))
        else:
            texts = tuple((text, "$key" if care.id == first else "") for care, text in cells)
            blocks.append(Columns(((row.text, "$muted"), *texts), _LABEL))
        blocks.append(GAP)
    return blocks
