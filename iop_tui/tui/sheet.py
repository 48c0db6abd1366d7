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


class _SheetPage(Struct, frozen=True):
    """A page of a section, laid out for a width and a number of lines: `units` from the number `first` on."""

    first: int
    units: int
    text: Content


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
        self._laid: tuple[tuple[int, int], Sequence[_SheetPage]] | None = None
        self._told = (0, 0)

    def show_section(self, section: Section, unit: int = 0) -> None:
        """Show a section, at the page on which a unit of it stands; -1 for its last page."""
        self._section, self._unit = section, unit
        self._laid = None
        self._told = (0, 0)
        self.refresh(layout=True)

    def show_marker(self, row: int | None) -> None:
        """Show the marker of the card's scale beside a row; None for the own one. Nothing else changes its place."""
        self._marker, self._laid = row, None
        self.refresh()

    @property
    def unit(self) -> int:
        """The first unit of the page that is shown."""
        return self._unit

    def turn(self, pages: int) -> bool:
        """Turn by so many pages, forwards or back. False where there is no such page."""
        laid = self._pages(self._width)
        page = self._page(laid) + pages
        if not 0 <= page < len(laid):
            return False
        self._unit = laid[page].first
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
        pages = self._pages(width)
        if not pages:
            return Content("")
        if self._unit < 0:
            self._unit = pages[-1].first
        page = self._page(pages)
        self._tell(page + 1, len(pages))
        return pages[page].text

    def _page(self, pages: Sequence[_SheetPage]) -> int:
        """The number of the page that is shown."""
        return page_with([page.first for page in pages], self._unit)

    def _pages(self, width: int) -> Sequence[_SheetPage]:
        """All pages of the section; none without a section."""
        if self._section is None:
            return ()
        key = (width, self._room)
        if self._laid is None or self._laid[0] != key:
            self._laid = (key, self._lay_out(self._section, width))
        return self._laid[1]

    def _lay_out(self, section: Section, width: int) -> Sequence[_SheetPage]:
        if is_card(section):
            return [_SheetPage(0, 1, card_lines(section, width, self._room, self._marker))]
        pages = self._chapter_pages(section, width)
        # A table that has no room on one page is shown in short: all of it is a key away.
        if len(pages) > 1 and (in_short := shortened(section)) is not None:
            pages = self._chapter_pages(with_key_to_all(in_short), width)
            if pages[-1].units == 1:
                # A page for nothing but the sentence that says so would be one too many.
                pages = self._chapter_pages(in_short, width)
        return pages

    def _chapter_pages(self, section: Section, width: int) -> Sequence[_SheetPage]:
        shown = chapter(section, width)
        heads, *units = self._mark(shown.heads, *shown.units)
        over, drawn = lay_out(heads, width), [lay_out(unit, width) for unit in units]
        above = height_of(over) if over else 0
        starts = page_starts(
            [_measured(unit) for unit in drawn],
            self._room,
            lambda unit: above if unit > shown.first_row else 0,
        )
        pages = []
        for first, end in zip(starts, (*starts[1:], len(drawn)), strict=True):
            again = [over] if over and first > shown.first_row else []
            text = Content("\n").join([*again, *drawn[first:end]]).rstrip()
            pages.append(_SheetPage(first, end - first, text))
        return pages

    def _tell(self, page: int, pages: int) -> None:
        if (page, pages) != self._told:
            self._told = (page, pages)
            self.post_message(self.Turned(page, pages))


def _measured(unit: Content) -> tuple[int, int]:
    """Its lines, and the blank ones at its end."""
    lines = height_of(unit.rstrip())
    return lines, height_of(unit) - lines
