"""A form's texts as blocks. Whatever a form says, it is plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from iop_tui.forms.asking.lead import Lead
from iop_tui.tui.blocks import GAP, Block, Paragraph, lay_out

_SHORT = 5
"""Lines of a question that does not scroll."""
_UNDER = 150
"""Letters of what a question is read under."""
_STYLES = {"title": "bold $key", "text": "", "value": "$muted"}


def lines_of(text: str, style: str = "", mark: str = "") -> list[Block]:
    """A text as paragraphs, one for each of its lines."""
    first, *more = text.split("\n")
    return [Paragraph(first, style, mark=mark), *(Paragraph(line, style, indent=len(mark)) for line in more)]


def lead_blocks(leads: Sequence[Lead]) -> list[Block]:
    """What is read before a question, with room between two texts."""
    blocks: list[Block] = []
    for lead in leads:
        blocks += [GAP] if blocks else []
        blocks += lines_of(lead.text, _STYLES[lead.kind])
    return blocks


def under_blocks(texts: Sequence[str], *, whole: bool) -> list[Block]:
    """What a question is read under, dim: with each question of a group, so that a long one is cut unless `whole`."""
    return [block for text in texts for block in lines_of(text if whole else _cut(text), "$muted")]


def is_cut(text: str) -> bool:
    """Whether a text that a question is read under is cut."""
    return _cut(text) != text


def _cut(text: str) -> str:
    """In one line of at most so many letters, cut after a word."""
    line = " ".join(text.split())
    return text if len(line) <= _UNDER else f"{line[:_UNDER].rsplit(' ', 1)[0]} …"


def ask_blocks(question: str, *more: str) -> list[Block]:
    """The question, and what is to be known of its answer: what can be typed, that the form needs one."""
    return [*lines_of(question, "bold"), *(Paragraph(text, "$muted") for text in more if text)]


def arranged(leads: list[Block], ask: list[Block], width: int) -> tuple[list[Block], list[Block]]:
    """What scrolls, and what always stands under it: a short question is in sight, however long the text before it."""
    if sum(len(lay_out([block], width).plain.split("\n")) for block in ask) <= _SHORT:
        return leads, ask
    return [*leads, *([GAP] if leads else []), *ask], []


def help_blocks(text: str, style: str = "$muted") -> list[Block]:
    """An explanation, or a correction."""
    return lines_of(text, style)


def spaced(texts: Iterable[str], style: str = "", mark: str = "") -> list[Block]:
    """Texts with room after each."""
    return [block for text in texts for block in (*lines_of(text, style, mark), GAP)]


def shortened(text: str, cells: int) -> str:
    """A title in one line of at most so many cells."""
    line = Content(" ".join(text.split()))
    if line.cell_length <= max(8, cells):
        return line.plain
    return f"{line.wrap(max(8, cells) - 1)[0].plain.rstrip()}…"
