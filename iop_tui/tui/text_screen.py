"""A page of text that scrolls, laid out for its width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from iop_tui.tui.base_screen import Page
from iop_tui.tui.blocks import Block, Prose
from iop_tui.tui.glossary_links import marked


class Scroll(VerticalScroll):
    """The text, with the focus, so that arrows and Space scroll it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", show=False),
    ]


class TextPage(Page):
    """A page of text. A subclass defines `blocks`, and may define `above`, which does not scroll. Its own `on_mount`
    need not show the text: Textual calls that of this class, too.
    """

    AUTO_FOCUS = "Scroll"
    GLOSSARY_IN_FOOTER = True
    TAKES_LONG_TO_READ = True
    AS_WIDE_AS_WINDOW: ClassVar[bool] = False
    """Whether the text takes all of a wide window, as a table does."""

    def body(self) -> ComposeResult:
        """A fixed part, and the text that scrolls."""
        yield Prose(id="above", classes="body broad")
        with Scroll(classes="body broad"):
            yield Prose(id="text")

    def above(self, width: int) -> Sequence[Block]:
        """The fixed part over the text, for a width in cells."""
        return ()

    def blocks(self, width: int) -> Sequence[Block]:
        """The text for a width in cells."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the text."""
        self.set_text()

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the text out again: columns depend on the width."""
        self.set_text()

    def set_text(self) -> None:
        """Show the text for the present width."""
        if self.query(Scroll):
            width = self._text_width()
            over, text = self.marked(self.above(width), self.blocks(width))
            self.query_one("#above", Prose).show_if_any(over)
            self.query_one("#text", Prose).show(text)

    def marked(self, *parts: Sequence[Block]) -> Sequence[Sequence[Block]]:
        """The parts of the page with glossary words marked."""
        return marked(self.host.screening, *parts) if self.host.has_words else parts

    def _text_width(self) -> int:
        # The frame of `.body`: two cells on each side, and one for the scroll bar.
        width = self.app.size.width
        most = width if self.AS_WIDE_AS_WINDOW else 104 if width >= 100 else 80
        return min(width, most) - 5
