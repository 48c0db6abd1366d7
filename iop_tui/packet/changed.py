"""A packet of what changed since a review or an earlier version, and of nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from iop_tui.packet.packet_model import (
    Block,
    Entries,
    Entry,
    Heading,
    Line,
    Packet,
    PageBreak,
    Remarks,
    Section,
    bullet,
    line,
    said,
    strong,
)

_KEPT = ("front", "changed", "signature", "addresses")
"""Sections that every packet has."""
_OF_PARTS: Mapping[str, frozenset[str]] = {
    "own_readings": frozenset({"rules"}),
    "levels": frozenset({"rules", "texts"}),
    "alarms": frozenset({"rules", "texts", "crisis"}),
    "questions": frozenset({"rules", "texts"}),
    "care": frozenset({"rules", "texts"}),
    "lines": frozenset({"crisis"}),
    "texts": frozenset({"texts"}),
}
"""The reviewed parts that a section shows. Every section with texts shows a translation, too."""


class ChangedThing(Struct, frozen=True):
    """One thing that changed: what it is and how it changed, sentences about it, and for each field that changed its
    name, the old text and the new one; None where one version has none.
    """

    head: str
    sentences: tuple[str, ...] = ()
    fields: tuple[tuple[str, str | None, str | None], ...] = ()


class Since(Struct, frozen=True):
    """What changed since something that is `named` in words. `groups` are a title and its things each. `subjects` are
    the rows of the packet that changed, such as `need.no_sleep`; `parts` are the reviewed parts (`rules`, `texts`,
    `crisis`, a language), where no more is known than that they changed. One of the two is None.
    """

    named: str
    first: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[ChangedThing, ...]], ...] = ()
    subjects: frozenset[str] | None = None
    parts: frozenset[str] | None = None


def changed_blocks(since: Since) -> Iterator[Block]:
    """The section that tells the changes, old beside new."""
    yield PageBreak()
    yield Heading(f"What changed since {since.named}")
    yield from (said(sentence) for sentence in since.first)
    for title, things in since.groups:
        yield Heading(title, 2)
        rows = tuple(_row(thing) for thing in things if thing.fields)
        if rows:
            yield Entries(("What", "As it was", "As it is"), (0.36, 0.32, 0.32), rows)
        for thing in things:
            if not thing.fields:
                yield from _told(thing)
        yield Remarks(1)
    if not since.groups:
        yield Remarks(2)
    if since.subjects:
        yield said(
            "The tables below have only the rows that changed. Their headings and numbers are those of the whole."
        )


def only_changed(packet: Packet, since: Since) -> Packet:
    """The packet with the section of changes, and of its tables only the rows that changed. Numbers stay as they are in
    the whole packet.
    """
    sections: list[Section] = []
    for section in packet.sections:
        if section.id in _KEPT:
            sections.append(section)
        elif since.subjects is not None:
            blocks = tuple(_reduced(section.blocks, since.subjects))
            sections += [Section(section.id, blocks)] if blocks else []
        elif since.parts is not None and _shows(section.id, since.parts):
            sections.append(section)
        if section.id == "front":
            sections.append(Section("changed", tuple(changed_blocks(since))))
    return replace(packet, title=f"{packet.title} (changes)", sections=tuple(sections))


# ---- inside ----------------------------------------------------------------------------------------------------------


def _row(thing: ChangedThing) -> Entry:
    what = tuple(_told(thing))
    was, now = (
        [_field(name, text) for name, *texts in thing.fields if (text := texts[at]) is not None] for at in (0, 1)
    )
    return Entry("changed", (what, tuple(was), tuple(now)))


def _told(thing: ChangedThing) -> Iterator[Line]:
    yield line(strong(thing.head))
    yield from (bullet(sentence) for sentence in thing.sentences)


def _field(name: str, text: str) -> Line:
    return line(strong(f"{name}: "), text)


def _shows(section: str, parts: Collection[str]) -> bool:
    own = _OF_PARTS.get(section, frozenset())
    translated = any(part not in ("rules", "texts", "crisis") for part in parts)
    return bool(own & frozenset(parts)) or (translated and bool(own))


def _reduced(blocks: tuple[Block, ...], subjects: Collection[str]) -> Iterator[Block]:
    """The headings of a section that still have a row, with their tables; nothing if none has."""
    title: Heading | None = None
    part: list[Block] = []
    kept: list[Block] = []
    for block in (*blocks, None):
        if block is None or isinstance(block, Heading):
            if any(isinstance(each, Entries) for each in part):
                kept += part
            part = []
        if isinstance(block, Heading) and block.depth == 1:
            title = block
        elif isinstance(block, Entries):
            rows = tuple(entry for entry in block.entries if entry.subject in subjects)
            part += [replace(block, entries=rows)] if rows else []
        elif block is not None:
            part.append(block)
    if kept and title is not None:
        yield title
        yield from kept
