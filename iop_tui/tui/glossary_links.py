"""Marks glossary words in the blocks of a page, each where it comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from iop_tui.screening.assessment.glossary_terms import Found, first_on_page
from iop_tui.screening.model.definition import Screening
from iop_tui.tui.blocks import Block, Columns, Paragraph, texts_of


def marked(screening: Screening, *parts: Sequence[Block]) -> list[Sequence[Block]]:
    """The parts of one page, in reading order, with their terms marked."""
    if not screening.glossary.terms:
        return list(parts)
    places = iter(first_on_page(screening, (text for part in parts for block in part for text in texts_of(block))))
    return [[_with(block, places) for block in part] for part in parts]


def _with(block: Block, places: Iterator[tuple[Found, ...]]) -> Block:
    found = tuple(next(places) for _text in texts_of(block))
    if not any(found):
        return block
    if isinstance(block, Paragraph):
        return replace(block, terms=found[0])
    return replace(block, terms=found) if isinstance(block, Columns) else block
