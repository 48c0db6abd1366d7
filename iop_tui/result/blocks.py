"""What a document is made of: sections of blocks. Renderers know these classes and nothing of rules or levels.

Texts are whole sentences or labels in the person's language, without markup, width or line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Tone = Literal["plain", "strong", "quiet", "danger"]
"""How a text is meant: `quiet` may be small or grey, `danger` must not be missed."""
ALWAYS = 0
"""The priority of what is never cut. What has a higher number is cut sooner where room is short."""


class Words(Struct, frozen=True):
    """A paragraph. `short` is what it says where room is short, if it is fewer words."""

    text: str
    tone: Tone = "plain"
    priority: int = ALWAYS
    short: str = ""


class CareName(Struct, frozen=True):
    """The kind of care to ask about first: a line above it, its short name (large where there is room), its full name,
    and what it is in one sentence.
    """

    lead: str
    short: str
    name: str
    what: str


class LevelOnScale(Struct, frozen=True):
    """One kind of care on the scale, least care first. `least` and `most` are hours a week, 168 for day and night."""

    id: str
    short: str
    hours: str
    least: int
    most: int
    sleep: str
    """Where one sleeps: a few letters."""
    mine: bool
    """Whether it is the one to ask about first."""
    possible: bool
    """Whether open answers leave it possible."""


class Scale(Struct, frozen=True):
    """The kinds of care side by side."""

    hours: str
    """The heading of the hours."""
    sleep: str
    """The heading of where one sleeps."""
    levels: tuple[LevelOnScale, ...]

    @property
    def own_row(self) -> int | None:
        """The row of the level to ask about first, from 0; None if none is marked."""
        return next((row for row, level in enumerate(self.levels) if level.mine), None)


class Entry(Struct, frozen=True):
    """One entry of a list. `id` names the rule, step, page or question that it comes from, for tests and programs; no
    patient reads it. `details` stand behind it: shown on request on a screen, below it in a file.
    """

    text: str
    id: str = ""
    details: tuple[str, ...] = ()
    tone: Tone = "plain"
    priority: int = ALWAYS
    short: str = ""
    """The same in fewer words, for where there is no room; empty where there are none."""


class Entries(Struct, frozen=True):
    """A list, numbered where the order matters; `title` may be empty."""

    title: str
    entries: tuple[Entry, ...]
    numbered: bool = False

    def marked(self, bullet: str = "- ") -> Iterator[tuple[str, Entry]]:
        """Each entry with what stands before it: its number, or the bullet."""
        return ((f"{at}. " if self.numbered else bullet, entry) for at, entry in enumerate(self.entries, 1))


class Row(Struct, frozen=True):
    """A row of a table: what is compared, and a cell for each column."""

    id: str
    label: str
    cells: tuple[str, ...]
    priority: int = ALWAYS


class Table(Struct, frozen=True):
    """Rows under the same heads. `lit` is the column of the care to ask about first, from 0; None for none."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    lit: int | None = None


class Turn(Struct, frozen=True):
    """What one side says on the phone."""

    you: bool
    text: str


class Talk(Struct, frozen=True):
    """A call, rehearsed."""

    they: str
    """What the other side is called."""
    you: str
    turns: tuple[Turn, ...]

    def spoken(self) -> Iterator[tuple[str, str]]:
        """Who speaks, and what they say, turn by turn."""
        return ((self.you if turn.you else self.they, turn.text) for turn in self.turns)


class CallLine(Struct, frozen=True):
    """Somebody to reach."""

    id: str
    name: str
    reach: str
    about: str
    priority: int = ALWAYS


class CallLines(Struct, frozen=True):
    """Whom to call, the most urgent first."""

    lines: tuple[CallLine, ...]


Block = Words | CareName | Scale | Entries | Table | Talk | CallLines
SectionId = Literal["card", "danger", "why", "compare", "todo", "call", "fit", "who", "clinician"]


class Section(Struct, frozen=True):
    """A chapter. A higher priority is cut sooner."""

    id: SectionId
    title: str
    blocks: tuple[Block, ...]
    priority: int = ALWAYS

    @property
    def scale(self) -> Scale | None:
        """The kinds of care side by side, where the section has them."""
        return next((block for block in self.blocks if isinstance(block, Scale)), None)


class Document(Struct, frozen=True):
    """A whole result. The first section is the card."""

    title: str
    sections: tuple[Section, ...]
    made_with: str
    """The screening and its version, and who has reviewed it: one line."""

    def section(self, name: SectionId) -> Section | None:
        """The section with an id; None where this result has none."""
        return next((section for section in self.sections if section.id == name), None)


def card_texts(section: Section) -> Iterator[str]:
    """All that a card may say, text by text: no details, and no table."""
    for block in section.blocks:
        if isinstance(block, Words):
            yield block.text
        elif isinstance(block, CareName):
            yield from (block.lead, block.short, block.name, block.what)
        elif isinstance(block, Scale):
            yield from (block.hours, block.sleep)
            yield from (text for level in block.levels for text in (level.short, level.hours, level.sleep))
        elif isinstance(block, Entries):
            yield from (block.title, *(entry.text for entry in block.entries))
        elif isinstance(block, CallLines):
            yield from (text for line in block.lines for text in (line.reach, line.name))
