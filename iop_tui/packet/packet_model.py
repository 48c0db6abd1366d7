"""What a review packet holds, without markup, widths or pages: sections of blocks. The renderers draw these."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Style = Literal["plain", "strong", "small", "ref"]
"""`small` is for sources and other background; `ref` is for ids and numbers that only point elsewhere."""


class Run(Struct, frozen=True):
    """Words in one style. Runs that follow each other have their spaces in their texts."""

    text: str
    style: Style = "plain"


class Line(Struct, frozen=True):
    """A paragraph, indented by `depth` steps; `mark` stands before it, such as a bullet or a number."""

    runs: tuple[Run, ...]
    depth: int = 0
    mark: str = ""

    @property
    def text(self) -> str:
        """Its words, without the mark."""
        return "".join(run.text for run in self.runs)


class Heading(Struct, frozen=True):
    """A heading: the title of the packet (0), of a section (1), or of a part of one (2)."""

    text: str
    depth: int = 1


class Entry(Struct, frozen=True):
    """One row of a table: a cell of lines for each column. `subject` names what it is about, such as `need.no_sleep`;
    `notes` are background, such as a source; they stand under the cell, but not the first, where they take least room.
    `votes` leaves room in the first cell to tick "agree" or "change".
    """

    subject: str
    cells: tuple[tuple[Line, ...], ...]
    notes: tuple[Line, ...] = ()
    votes: bool = False


class Entries(Struct, frozen=True):
    """A table whose heads are repeated on each page. `shares` are the widths of its columns, of 1 in all."""

    heads: tuple[str, ...]
    shares: tuple[float, ...]
    entries: tuple[Entry, ...]


class Remarks(Struct, frozen=True):
    """Room to write in: a ruled box of so many lines."""

    lines: int = 3


class Blank(Struct, frozen=True):
    """A field of a form: its name, and a rule to write on."""

    name: str


class PageBreak(Struct, frozen=True):
    """What follows begins on another page, where there are pages, unless so many lines have room on this one."""

    unless: int = 0


Block = Heading | Line | Entries | Remarks | Blank | PageBreak


class Section(Struct, frozen=True):
    """A part of the packet, by its name for tests and tools."""

    id: str
    blocks: tuple[Block, ...]


class Packet(Struct, frozen=True):
    """A whole packet. `about` identifies the screening on every page: its id, version and fingerprint; `day` is the day
    stated on it, as 2026-11-30.
    """

    title: str
    about: str
    day: str
    sections: tuple[Section, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in order."""
        return tuple(block for section in self.sections for block in section.blocks)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All rows of all tables, in order."""
        return tuple(entry for block in self.blocks if isinstance(block, Entries) for entry in block.entries)


# ---- making lines ----------------------------------------------------------------------------------------------------


def said(text: str, style: Style = "plain", *, depth: int = 0, mark: str = "") -> Line:
    """A paragraph in one style."""
    return Line((Run(text, style),), depth, mark)


def bullet(text: str, style: Style = "plain", depth: int = 0) -> Line:
    """An item of a list."""
    return said(text, style, depth=depth, mark="•")


def line(*runs: Run | str, depth: int = 0, mark: str = "") -> Line:
    """A paragraph of several runs; a string is a plain one."""
    return Line(tuple(run if isinstance(run, Run) else Run(run) for run in runs), depth, mark)


def strong(text: str) -> Run:
    """Words in bold."""
    return Run(text, "strong")


def ref(text: str) -> Run:
    """An id or a number, small and grey."""
    return Run(text, "ref")
