"""The blocks of a note, without markup or width. Every note format renders these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct


class Heading(Struct, frozen=True):
    """The title (0), a part of the note (1), or a part of that (2)."""

    text: str
    depth: int = 1


class Para(Struct, frozen=True):
    """A paragraph; line ends in it were typed by a person."""

    text: str


class Field(Struct, frozen=True):
    """A label and its value."""

    name: str
    text: str


class Item(Struct, frozen=True):
    """An item of a list, at a depth from 0."""

    text: str
    depth: int = 0


Block = Heading | Para | Field | Item


def part(heading: str, blocks: Iterable[Block], depth: int = 1) -> Iterator[Block]:
    """A heading and the blocks under it; nothing if there are none."""
    for number, block in enumerate(blocks):
        if number == 0:
            yield Heading(heading, depth)
        yield block
