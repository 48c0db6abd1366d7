"""A rule as lines: its condition as a tree in plain words, its sentence, its source."""

from __future__ import annotations

from collections.abc import Iterator

from iop_tui.packet.packet_model import Line, Run, line, ref, strong
from iop_tui.packet.packet_source import PacketSource
from iop_tui.screening.authoring.condition_text import (
    BETWEEN,
    PlainAtom,
    PlainCondition,
    PlainGroup,
    head_of,
    in_plain_words,
)
from iop_tui.screening.model.condition import Condition

_FIRST = {"all": "and ", "any": "or ", "at_least": "", "none": "or ", "not_all": "and "}
"""What begins the line of each part of a group but the first."""


def condition_lines(condition: Condition, source: PacketSource) -> tuple[Line, ...]:
    """The condition, one test in a line; the parts of a group inside it are indented. A group of a group's tests stands
    in one paragraph.
    """
    return tuple(_lines(in_plain_words(condition, source.screening), source, 0, ""))


def condition_runs(condition: Condition, source: PacketSource) -> tuple[Run, ...]:
    """The condition in one paragraph, with brackets around the groups inside it; for short ones."""
    return tuple(_nested(in_plain_words(condition, source.screening), source, inside=False))


def source_line(text: str | None, source: PacketSource, name: str = "") -> Iterator[Line]:
    """Where it comes from, with addresses as numbers; and the id of what comes from there."""
    if text is not None:
        yield line(Run(f"Source: {source.cited(text)}", "small"), *([ref(f"  [{name}]")] if name else ()))
    elif name:
        yield line(ref(f"[{name}]"))


def told_line(english: str, told: str | None, source: PacketSource) -> Iterator[Line]:
    """The same text in the language asked for."""
    runs = tuple(told_runs(english, told, source))
    if runs:
        yield Line(runs)


def told_runs(english: str, told: str | None, source: PacketSource) -> Iterator[Run]:
    """The same for a text that goes on in the line of the English one; its first run is the code of the language."""
    if told is not None and source.told is not None and str(told) != str(english):
        yield ref(f"  {source.told.language}  ")
        yield Run(told)


# ---- inside ----------------------------------------------------------------------------------------------------------


def _lines(
    plain: PlainCondition, source: PacketSource, depth: int, before: str, *, inside: bool = False
) -> Iterator[Line]:
    if isinstance(plain, PlainAtom):
        yield line(*_joint(before), *_atom(plain, source), depth=depth)
        return
    if inside and all(isinstance(part, PlainAtom) for part in plain.parts):
        yield line(*_joint(before), *_in_a_row(plain, source), depth=depth)
        return
    # The joints between the parts say it of the outermost group.
    headless = not inside and plain.joint in ("all", "any")
    if not headless:
        yield line(*_joint(before), strong(head_of(plain)), depth=depth)
    for number, part in enumerate(plain.parts):
        word = _FIRST[plain.joint] if number else ""
        yield from _lines(part, source, depth if headless else depth + 1, word, inside=True)


def _in_a_row(group: PlainGroup, source: PacketSource) -> Iterator[Run]:
    yield strong(f"{head_of(group)} ")
    for number, part in enumerate(group.parts):
        if number:
            yield strong(BETWEEN[group.joint])
        if isinstance(part, PlainAtom):
            yield from _atom(part, source)


def _nested(plain: PlainCondition, source: PacketSource, *, inside: bool) -> Iterator[Run]:
    if isinstance(plain, PlainAtom):
        yield from _atom(plain, source)
        return
    if inside or plain.joint not in ("all", "any"):
        if inside:
            yield Run("(")
        yield strong(f"{head_of(plain)} ")
    for number, part in enumerate(plain.parts):
        if number:
            yield strong(BETWEEN[plain.joint])
        yield from _nested(part, source, inside=True)
    if inside:
        yield Run(")")


def _joint(word: str) -> Iterator[Run]:
    if word:
        yield strong(word)


def _atom(atom: PlainAtom, source: PacketSource) -> Iterator[Run]:
    numbers = ", ".join(source.number("question", name) for name in atom.questions)
    yield ref(f"{numbers} ")
    yield Run(atom.lead)
    if atom.negated:
        yield strong("not ")
    yield Run(atom.wanted)
