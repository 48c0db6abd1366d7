"""What a note is made of, without markup or width: every form of the note is made of these blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct


class Heading(Struct, frozen=True):
    """The title (0), a part of the note (1), or a part of that (2)."""

    text: str
    depth: int = 1


class Para(Struct, frozen=True):
    """Sentences; a line end in them was typed by a person."""

    text: str


class Field(Struct, frozen=True):
    """A name, and what it is."""

    name: str
    text: str


class Item(Struct, frozen=True):
    """An item of a list, at a depth from 0."""

    text: str
    depth: int = 0


Block = Heading | Para | Field | Item


def part(heading: str, blocks: Iterable[Block], depth: int = 1) -> Iterator[Block]:
    """A heading and what stands under it; no heading where there is nothing."""
    for number, block in enumerate(blocks):
        if number == 0:
            yield Heading(heading, depth)
        yield block
