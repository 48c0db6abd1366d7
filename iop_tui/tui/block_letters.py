"""A few words in letters as large as the space allows."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from iop_tui.tui.block_font import inked, is_whole, large, width


class LargeWords(Widget):
    """Large words: `tall` in windows of at least so many lines, half as high from `low` on, and otherwise, or if they
    are too long or have letters that the font lacks, plain bold text.
    """

    DEFAULT_CSS = """
    LargeWords { width: 1fr; height: auto; text-align: center; }
    """

    def __init__(self, lines: Sequence[str], *, tall: int, low: int, id: str | None = None) -> None:  # noqa: A002  # Textual's own parameter name
        super().__init__(id=id)
        self._words = tuple(lines)
        self._tall = tall
        self._low = low

    def show(self, lines: Sequence[str]) -> None:
        """Show other words."""
        if tuple(lines) != self._words:
            self._words = tuple(lines)
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that the words take."""
        return self._drawn(width).plain.count("\n") + 1

    def render(self) -> RenderResult:
        """The words."""
        return self._drawn(self.content_size.width)

    def _drawn(self, room: int) -> Content:
        high = self.app.size.height
        if high < self._low or not is_whole(self._words) or width(self._words) > room:
            said = Content.styled(" ".join(self._words).upper(), "bold $key")
            return Content("\n").join([line.rstrip() for line in said.wrap(max(4, room))])
        return inked(large(self._words, tall=high >= self._tall), "$key")
