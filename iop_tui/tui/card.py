"""The first page of the result as a card that fits the window: how rich it is depends on the room.

A card is laid out as richly as the room allows. What gives way first: large letters, blank lines, sentences that can be
cut, the names of phone lines, reasons one by one; then the headings of the scale, what the care is, who reviewed the
screening, and the scale. The name of the care, what to do today and what is never to be cut stay.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from textual.content import Content

from iop_tui.result.blocks import Block as ResultBlock
from iop_tui.result.blocks import (
    CallLine,
    CallLines,
    CareName,
    Entries,
    Entry,
    Scale,
    Section,
    Words,
)
from iop_tui.result.card import REASONS
from iop_tui.result.cut import cut_block, in_short
from iop_tui.result.priorities import SAID_TWICE
from iop_tui.tui import block_font
from iop_tui.tui.blocks import TONES, Paragraph, paragraph_lines
from iop_tui.tui.linux_console import in_console
from iop_tui.tui.scale import scale_lines

TWO_COLUMNS = 112
"""Cells from which the scale stands on the left, and why and what to do on the right."""
_BETWEEN = 4
_SHORT_NUMBER = re.compile(r"(?<![\d-])\d{3}(?![\d-])")
_BESIDE = 26
"""Cells that the full name needs beside large letters."""
_LABEL_AT_MOST = 8
_TALL = 34
"""Lines from which two blank lines may stand between two parts."""
_LOW = 1
"""Letters of half blocks."""


class _Plan(Struct, frozen=True):
    """How rich a card is."""

    letters: int = 3
    """0 for none, 1 for low ones, 2 for tall ones, 3 for those twice as large."""
    hinge: bool = True
    """Sentences that can be cut."""
    reasons: int = REASONS
    whole: bool = True
    """Entries in all their words, where they have shorter ones."""
    words: bool = True
    """The same of paragraphs."""
    head: bool = True
    """The headings of the scale."""
    what: bool = True
    """What the care is, in a sentence."""
    scale: bool = True
    entries: bool = True
    """Lists that are not numbered, and entries of the numbered list that can be cut."""
    marker: int | None = None
    """The row of the scale beside which the marker stands while it has not arrived."""


_GIVES_WAY: Sequence[Mapping[str, int]] = (
    {"letters": 2},
    {"letters": _LOW},
    {"letters": 0},
    {"hinge": False},
    {"whole": False},
    {"reasons": 2},
    {"reasons": 1},
    {"reasons": 0},
    {"head": False},
    {"what": False},
    {"words": False},
    {"entries": False},
    {"scale": False},
)
"""What gives way, one after the other."""
_PLANS = tuple(itertools.accumulate(_GIVES_WAY, lambda plan, less: replace(plan, **less), initial=_Plan()))
"""From the richest to the plainest."""


class _Part(Struct, frozen=True):
    """Lines that belong together. The blank lines before the parts of the lowest rank are the last to give way."""

    rank: int
    lines: Sequence[Content]


def card_lines(section: Section, width: int, height: int, marker: int | None = None) -> Content:
    """The card in a window of so many cells and lines: as rich as fits. It has more lines than that only where even the
    plainest has. `marker` is the row of the scale beside which the marker stands while it has not arrived.
    """
    lines: list[Content] = []
    blocks = _calls_first(section.blocks) if section.id == "danger" else section.blocks
    for plan in _PLANS:
        if plan.letters == _LOW and in_console():
            continue  # its fonts have no half blocks
        drawn = _card(blocks, replace(plan, marker=marker), width, height)
        if drawn is not None:
            lines = drawn
            if len(lines) <= height:
                break
    # A high window has its card nearer to the middle.
    above = (height - len(lines)) // 3 if height >= _TALL else 0
    return Content("\n").join([*[Content("")] * above, *lines])


def _card(blocks: Sequence[ResultBlock], plan: _Plan, width: int, height: int) -> list[Content] | None:
    """The lines by a plan; None where its letters have no room."""
    left = [block for block in blocks if _side(block) == "left"]
    right = [block for block in blocks if _side(block) == "right"]
    if width < TWO_COLUMNS or not left or not right:
        return _stacked(blocks, plan, width, height)
    top = _stacked([block for block in blocks if _side(block) == "top"], plan, width, height)
    if top is None:
        return None
    foot = _stacked([block for block in blocks if _side(block) == "foot"], plan, width, height) or []
    half = (width - _BETWEEN) // 2
    room = height - len(top) - len(foot) - bool(top) - bool(foot)
    first = _stacked(left, plan, half, room)
    second = _stacked(right, plan, width - half - _BETWEEN, room)
    if first is None or second is None:
        return None
    sides = []
    for line, other in itertools.zip_longest(first, second, fillvalue=Content("")):
        sides.append(_beside(line, other, half + _BETWEEN))
    return _spaced([_Part(0, lines) for lines in (top, sides, foot) if lines], height)


def _calls_first(blocks: Sequence[ResultBlock]) -> Sequence[ResultBlock]:
    """In danger whom to call comes right after what it is."""
    calls = [block for block in blocks if isinstance(block, CallLines)]
    rest = [block for block in blocks if not isinstance(block, CallLines)]
    return [*rest[:1], *calls, *rest[1:]]


def _side(block: ResultBlock) -> Literal["top", "left", "right", "foot"]:
    """Where a block stands on a wide card."""
    if isinstance(block, (Entries, CallLines)):
        return "right"
    if isinstance(block, CareName) or (isinstance(block, Words) and block.tone == "danger"):
        return "top"
    if isinstance(block, Words) and block.tone == "quiet" and _stays(block):
        return "foot"
    return "left"


def _stacked(blocks: Sequence[ResultBlock], plan: _Plan, width: int, height: int) -> list[Content] | None:
    parts: list[_Part] = []
    for block in blocks:
        lines = _lines(_left(block, plan), plan, width)
        if lines is None:
            return None
        if lines:
            parts.append(_Part(_rank(block), lines))
    blanks = min(len(parts) - 1, (0, 1, 3, 4)[plan.letters])
    if plan.letters and sum(len(part.lines) for part in parts) + blanks > height:
        # Letters without air around them are harder to read than a line of text.
        return None
    return _spaced(parts, height)


def _stays(part: Words | Entry | CallLine) -> bool:
    """Whether a card never goes without it: it knows no other place where the same is told."""
    return part.priority <= SAID_TWICE


def _rank(block: ResultBlock) -> int:
    if isinstance(block, Entries):
        return 0 if block.numbered else 3
    if isinstance(block, Words):
        return 2 if block.tone == "quiet" else 4
    return 1


def _spaced(parts: Sequence[_Part], height: int) -> list[Content]:
    """The parts with as many blank lines between them as there is room for: two at most, and one at most where the
    window is not tall.
    """
    spare = height - sum(len(part.lines) for part in parts)
    blanks = [0] * len(parts)
    order = sorted(range(1, len(parts)), key=lambda place: parts[place].rank)
    for _turn in range(2 if height >= _TALL else 1):
        for place in order:
            if spare > 0:
                blanks[place] += 1
                spare -= 1
    lines: list[Content] = []
    for blank, part in zip(blanks, parts, strict=True):
        lines += [*[Content("")] * blank, *part.lines]
    return lines


def _left(block: ResultBlock, plan: _Plan) -> ResultBlock | None:
    """What a plan leaves of a block; None where it gives way."""
    if not (plan.words if isinstance(block, Words) else plan.whole):
        block = in_short(block)
    if isinstance(block, Scale):
        return block if plan.scale else None
    if isinstance(block, CareName):
        return block if plan.what else replace(block, what="")
    if isinstance(block, Entries) and not block.numbered:
        reasons = [entry for entry in block.entries if not _stays(entry)][: plan.reasons]
        entries = tuple(entry for entry in block.entries if _stays(entry) or entry in reasons)
        return replace(block, entries=entries) if plan.entries or not block.title else None
    whole = plan.entries if isinstance(block, Entries) else plan.hinge
    return block if whole else cut_block(block, SAID_TWICE)


def _lines(block: ResultBlock | None, plan: _Plan, width: int) -> list[Content] | None:
    """The lines of what is left of a block; None where its letters have no room."""
    if isinstance(block, CareName):
        return _name(block, plan, width)
    if isinstance(block, Scale):
        return scale_lines(block, width, head=plan.head, marker=plan.marker)
    if isinstance(block, Entries):
        return _entries(block, width)
    if isinstance(block, CallLines):
        return _calls(block, plan, width)
    return _wrapped(block.text, TONES[block.tone], width) if isinstance(block, Words) else []


def _calls(block: CallLines, plan: _Plan, width: int) -> list[Content] | None:
    """Whom to call: a line each; over them the short numbers, large."""
    lines = _short_numbers(block, plan, width)
    if lines is not None:
        for line in block.lines:
            said = Content.styled(line.reach, "bold $key") + Content.styled(f"  {line.name}", "$muted")
            lines += [part.rstrip() for part in said.wrap(width)]
    return lines


def _short_numbers(block: CallLines, plan: _Plan, width: int) -> list[Content] | None:
    """A number like 911 in large letters, that of the line to call first; None where it has no room. Of two numbers of
    the same size neither would be the first.
    """
    numbers = list(dict.fromkeys(_SHORT_NUMBER.findall(block.lines[0].reach))) if block.lines else []
    if not plan.letters or not numbers:
        return []
    letters, across = _large("   ".join(numbers), plan)
    return letters if across <= width else None


def _large(text: str, plan: _Plan) -> tuple[list[Content], int]:
    """A text in the letters of a plan, and the cells that they take."""
    rows = block_font.large([text], tall=plan.letters > 1)
    if plan.letters > 1:
        rows = block_font.enlarged(rows, 2 * (plan.letters - 1), plan.letters - 1)
    return block_font.inked(rows, "$key").split("\n"), max(map(len, rows))


# ---- the name of the care ----


def _name(block: CareName, plan: _Plan, width: int) -> list[Content] | None:
    """Its short name in large letters, and the rest beside or below it; in the lowest plans all of it as text."""
    lead = _wrapped(block.lead, "$muted", width)
    if plan.letters:
        if not block_font.is_whole([block.short]):
            return None
        letters, across = _large(block.short, plan)
        if across > width:
            return None
        beside = width - across - 3
        if beside >= _BESIDE:
            said = [*_wrapped(block.name, "bold", beside), *_wrapped(block.what, "", beside)]
            above = (len(letters) - len(said)) // 2
            if above >= 0:
                sides = itertools.zip_longest(letters, [Content("")] * above + said, fillvalue=Content(""))
                return [*lead, *(_beside(row, words, across + 3) for row, words in sides)]
        air = [Content("")] if plan.letters > 1 else []
        return [*lead, *air, *letters, *air, *_wrapped(block.name, "bold", width), *_wrapped(block.what, "", width)]
    name = block.name if block.short.casefold() in block.name.casefold() else f"{block.short}: {block.name}"
    together = Content.styled(f"{block.lead}: ", "$muted") + Content.styled(name, "bold $key")
    in_one = block.lead and block.lead[-1].isalpha() and together.cell_length <= width
    named = [together] if in_one else [*lead, *_wrapped(name, "bold $key", width)]
    return [*named, *_wrapped(block.what, "", width)]


# ---- reasons, and what to do today ----


def _entries(block: Entries, width: int) -> list[Content]:
    """A list under its title, or beside it where that is short."""
    title = Content.styled(block.title, "bold $key")
    labels = title.cell_length + 2 if 0 < title.cell_length <= _LABEL_AT_MOST else 0
    lines: list[Content] = []
    for number, entry in enumerate(block.entries, 1):
        mark = f"{number}  " if block.numbered else "· "
        said = Paragraph(entry.text, TONES[entry.tone], mark=mark, mark_style="bold $key")
        lines += paragraph_lines(said, width - labels)
    if not lines or not block.title:
        return lines
    if not labels:
        return [*_wrapped(block.title, "bold $key", width), *lines]
    heads = [title, *[Content("")] * (len(lines) - 1)]
    return [_beside(head, line, labels) for head, line in zip(heads, lines, strict=True)]


def _beside(left: Content, right: Content, width: int) -> Content:
    """Two texts in a line, the right one from a column on. Spaces at the end stay: in reverse they are ink."""
    return left.pad_right(width - left.cell_length) + right


def _wrapped(text: str, style: str, width: int) -> list[Content]:
    return paragraph_lines(Paragraph(text, style), width) if text else []
