"""Text laid out for a width: paragraphs with hanging indents, and columns side by side.

Everything shown passes through `Content(text)`, which reads no markup. A layout is a pure function of blocks and width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from iop_tui.screening.assessment.glossary_terms import Found


class Paragraph(Struct, frozen=True):
    """Text with a style. The first line begins with `mark`, later lines line up under the text; `indent` in cells. The
    mark has the style of the text, or one of its own.

    `terms` are words of the glossary that can be opened here; `glossary_links.py` finds them.
    """

    text: str
    style: str = ""
    mark: str = ""
    indent: int = 0
    terms: tuple[Found, ...] = ()
    mark_style: str | None = None


class Columns(Struct, frozen=True):
    """Short texts side by side, each wrapped in its own column. `label`, in cells, is the width of the first, 0 for
    equal.
    """

    cells: tuple[tuple[str, str], ...]
    """Text and style of each."""
    label: int = 0
    terms: tuple[tuple[Found, ...], ...] = ()
    """The glossary's terms in each; empty if there are none at all."""


class Rule(Struct, frozen=True):
    """A thin line across."""


Block = Paragraph | Columns | Rule
GAP = Paragraph("")
TONES = {"plain": "", "strong": "bold", "quiet": "$muted", "danger": "bold $key"}
"""The style of each tone of a text of the result."""
_TERM = Style(underline=True)
"""A word that can be opened. It is underlined, as colour is not visible on every terminal."""
_GUTTER = 2


def lay_out(blocks: Sequence[Block], width: int) -> Content:
    """The blocks as lines of at most `width` cells."""
    lines: list[Content] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.extend(paragraph_lines(block, width))
        elif isinstance(block, Rule):
            lines.append(Content.styled("─" * width, "$faint"))
        else:
            lines.extend(_columns(block, width))
    return Content("\n").join(lines)


def paragraph_lines(block: Paragraph, width: int) -> list[Content]:
    """One paragraph as lines of at most `width` cells."""
    mark_style = block.style if block.mark_style is None else block.mark_style
    text, lead = _styled(block.text, block.style, block.terms), Content.styled(block.mark, mark_style)
    if lead.cell_length > width // 2:
        # Beside such a long mark there is no room: the text continues below it.
        text, lead = lead + text, Content("")
    indent = Content(" " * block.indent)
    hang = block.indent + lead.cell_length
    wrapped = text.wrap(max(4, width - hang)) or [Content("")]
    return [
        (indent + lead if number == 0 else Content(" " * hang)) + line.rstrip() for number, line in enumerate(wrapped)
    ]


def _styled(text: str, style: str, terms: Sequence[Found]) -> Content:
    content = Content.styled(text, style)
    for found in terms:
        content = content.stylize(_TERM + Style.from_meta({"term": found.term}), found.start, found.end)
    return content


def _columns(block: Columns, width: int) -> list[Content]:
    count = len(block.cells)
    room = width - _GUTTER * (count - 1)
    if block.label:
        each = (room - block.label) // (count - 1)
        widths = [block.label, *[each] * (count - 1)]
    else:
        widths = [room // count] * count
    wrapped = [
        _styled(text, style, terms).wrap(max(2, cell_width)) or [Content("")]
        for (text, style), terms, cell_width in zip(block.cells, block.terms or [()] * count, widths, strict=True)
    ]
    lines = []
    for number in range(max(len(cell) for cell in wrapped)):
        line = Content("")
        for cell, cell_width in zip(wrapped, widths, strict=True):
            part = cell[number].rstrip() if number < len(cell) else Content("")
            line = line + part.pad_right(max(0, cell_width - part.cell_length) + _GUTTER)
        lines.append(line.rstrip())
    return lines


class Prose(Widget):
    """Blocks of text, as high as they need to be."""

    DEFAULT_CSS = """
    Prose { width: 1fr; height: auto; }
    """

    class Asked(Message):
        """A word of the glossary was clicked: the id of its term."""

        def __init__(self, term: str) -> None:
            super().__init__()
            self.term = term

    def __init__(self, blocks: Sequence[Block] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002  # Textual's own parameter name
        super().__init__(id=id, classes=classes)
        self._blocks = tuple(blocks)
        self._laid_out: tuple[int, Content] | None = None

    def show(self, blocks: Sequence[Block]) -> None:
        """Show other blocks, unless they are the same."""
        blocks = tuple(blocks)
        if blocks == self._blocks:
            return
        before = self._laid_out
        self._blocks, self._laid_out = blocks, None
        same_height = before is not None and height_of(before[1]) == height_of(self._content(before[0]))
        self.refresh(layout=not same_height)

    def show_if_any(self, blocks: Sequence[Block]) -> None:
        """Show other blocks; without blocks take no room and no margin."""
        self.set_class(not blocks, "empty")
        self.show(blocks)

    @property
    def texts(self) -> Iterator[str]:
        """The whole text, one entry a block."""
        return (text for block in self._blocks for text in texts_of(block))

    def on_click(self, event: events.Click) -> None:
        """A click on a glossary word opens its meaning."""
        term = event.style.meta.get("term")
        if isinstance(term, str):
            event.stop()
            self.post_message(self.Asked(term))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines at a width in cells."""
        return height_of(self._content(width)) if self._blocks else 0

    def render(self) -> RenderResult:
        """The blocks at the present width."""
        return self._content(self.content_size.width)

    def _content(self, width: int) -> Content:
        if self._laid_out is None or self._laid_out[0] != width:
            self._laid_out = (width, lay_out(self._blocks, width))
        return self._laid_out[1]


def texts_of(block: Block) -> tuple[str, ...]:
    """The texts of a block, in the order in which they are read."""
    if isinstance(block, Paragraph):
        return (block.text,)
    return tuple(text for text, _style in block.cells) if isinstance(block, Columns) else ()


def height_of(content: Content) -> int:
    """The lines of a text."""
    return content.plain.count("\n") + 1
