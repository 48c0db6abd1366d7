"""The header of a page: where you are, and how far along."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget


class PageHeader(Widget):
    """The header: where you are, how far along, and a thin line under it."""

    def __init__(self) -> None:
        super().__init__(id="head")
        self._left, self._right, self._done = "", "", 0.0

    def show(self, left: str, right: str = "", done: float = 0.0) -> None:
        """Words on the left and the right; `done` from 0.0 to 1.0 is drawn as the finished part of the line."""
        if (left, right, done) != (self._left, self._right, self._done):
            self._left, self._right, self._done = left, right, done
            self._make_room()
            self.refresh()

    def on_resize(self) -> None:
        """As high as its text at this width."""
        self._make_room()

    def _make_room(self) -> None:
        lines = len(self._words(self.content_size.width)) if self.content_size.width else 1
        if lines > 1:
            self.styles.height = lines + 1
        elif self.styles.has_rule("height"):
            self.styles.height = None

    def _words(self, width: int) -> list[Content]:
        """The text over the thin line. If both sides do not fit, the left one is shown."""
        right = Content.styled(self._right, "$muted")
        left = Content.styled(self._left, "bold")
        room = width - left.cell_length - right.cell_length
        if room >= (2 if self._right else 0):
            return [left + " " * room + right]
        return [line.rstrip() for line in left.wrap(max(4, width))]

    def render(self) -> RenderResult:
        """The words, and the line."""
        width = self.content_size.width
        behind = round(width * self._done)
        line = Content.styled("━" * behind, "$key") + Content.styled("─" * (width - behind), "$faint")
        return Content("\n").join([*self._words(width), line])
