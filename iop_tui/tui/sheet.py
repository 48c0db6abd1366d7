"""A section of the result on the page: the card as it fits, or a page of a chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from iop_tui.result.blocks import Section, card_texts
from iop_tui.tui.blocks import Block, Prose, height_of, lay_out, texts_of
from iop_tui.tui.card import card_lines
from iop_tui.tui.chapter_blocks import chapter, shortened, with_key_to_all
from iop_tui.tui.pagination import page_starts, page_with

Mark = Callable[..., Sequence[Sequence[Block]]]
"""Marks the words of the glossary in the parts of a page."""


class _Laid(Struct, frozen=True):
    """A chapter laid out for a width and a number of lines."""

    heads: Content
    first_row: int
    units: tuple[Content, ...]
    starts: tuple[int, ...]


def is_card(section: Section) -> bool:
    """Whether a section is one page that holds all that is needed to act."""
    return section.id in ("card", "danger")


class Sheet(Prose):
    """One section. It is as high as the window, or higher where the smallest part of it is."""

    class Turned(Message):
        """Another page of the section is shown, or it has another number of pages: counted from 1."""

        def __init__(self, page: int, pages: int) -> None:
            super().__init__()
            self.page = page
            self.pages = pages

    def __init__(self, mark: Mark, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own parameter name
        super().__init__(id=id)
        self._mark = mark
        self._section: Section | None = None
        self._unit = 0
        """The first unit of the page that is shown: it stays in sight in a window of another size."""
        self._marker: int | None = None
        """The row of the card's scale beside which the marker stands while it has not arrived."""
        self._room = 0
        self._laid: tuple[tuple[int, int], _Laid] | None = None
        self._drawn: tuple[tuple[int, int, int], Content] | None = None
        self._told = (0, 0)

    def show_section(self, section: Section, unit: int = 0) -> None:
        """Show a section, at the page on which a unit of it stands; -1 for its last page."""
        self._section, self._unit = section, unit
        self._laid = self._drawn = None
        self._told = (0, 0)
        self.refresh(layout=True)

    def show_marker(self, row: int | None) -> None:
        """Show the marker of the card's scale beside a row; None for the own one. Nothing else changes its place."""
        self._marker, self._drawn = row, None
        self.refresh()

    @property
    def unit(self) -> int:
        """The first unit of the page that is shown."""
        return self._unit

    def turn(self, pages: int) -> bool:
        """Turn by so many pages, forwards or back. False where there is no such page."""
        starts = self._starts()
        page = page_with(starts, self._unit) + pages
        if not 0 <= page < len(starts):
            return False
        self._unit = starts[page]
        self.refresh(layout=True)
        return True

    @property
    def texts(self) -> Iterator[str]:
        """All that is shown, text by text."""
        if self._section is None:
            return iter(())
        if is_card(self._section):
            return card_texts(self._section)
        units = chapter(self._section, self._width).units
        return (text for unit in units for block in unit for text in texts_of(block))

    @property
    def _width(self) -> int:
        return self.content_size.width or 76

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The lines of what is shown, at a width in cells and in a window of a height."""
        self._room = container.height
        return height_of(self._content(width))

    def _content(self, width: int) -> Content:
        if self._section is None:
            return Content("")
        if self._drawn is None or self._drawn[0] != (width, self._room, self._unit):
            self._drawn = ((width, self._room, self._unit), self._draw(self._section, width))
        return self._drawn[1]

    def _draw(self, section: Section, width: int) -> Content:
        if is_card(section):
            self._tell(1, 1)
            return card_lines(section, width, self._room, self._marker)
        laid = self._lay_out(section, width)
        if self._unit < 0:
            self._unit = laid.starts[-1]
        page = page_with(laid.starts, self._unit)
        end = laid.starts[page + 1] if page + 1 < len(laid.starts) else len(laid.units)
        shown = laid.units[laid.starts[page] : end]
        self._tell(page + 1, len(laid.starts))
        heads = [laid.heads] if laid.heads and laid.starts[page] > laid.first_row else []
        return Content("\n").join([*heads, *shown]).rstrip()

    def _lay_out(self, section: Section, width: int) -> _Laid:
        key = (width, self._room)
        if self._laid is None or self._laid[0] != key:
            laid = self._laid_whole(section, width)
            # A table that has no room on one page is shown in short: all of it is a key away.
            if len(laid.starts) > 1 and (in_short := shortened(section)) is not None:
                laid = self._laid_whole(with_key_to_all(in_short), width)
                if laid.starts[-1] == len(laid.units) - 1:
                    # A page for nothing but the sentence that says so would be one too many.
                    laid = self._laid_whole(in_short, width)
            self._laid = (key, laid)
        return self._laid[1]

    def _laid_whole(self, section: Section, width: int) -> _Laid:
        shown = chapter(section, width)
        heads, *units = self._mark(shown.heads, *shown.units)
        drawn = tuple(lay_out(unit, width) for unit in units)
        over = lay_out(heads, width)
        above = height_of(over) if over else 0
        starts = page_starts(
            [_measured(unit) for unit in drawn],
            self._room,
            lambda unit: above if unit > shown.first_row else 0,
        )
        return _Laid(over, shown.first_row, drawn, starts)

    def _starts(self) -> tuple[int, ...]:
        if self._section is None or is_card(self._section):
            return (0,)
        return self._lay_out(self._section, self._width).starts

    def _tell(self, page: int, pages: int) -> None:
        if (page, pages) != self._told:
            self._told = (page, pages)
            self.post_message(self.Turned(page, pages))


def _measured(unit: Content) -> tuple[int, int]:
    """Its lines, and the blank ones at its end."""
    lines = height_of(unit.rstrip())
    return lines, height_of(unit) - lines
