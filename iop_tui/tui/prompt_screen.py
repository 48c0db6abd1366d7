"""A page with text over a few choices: without room for both, the text scrolls, and the choices stay."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll

from iop_tui.tui.base_screen import Page
from iop_tui.tui.choices import Choices


class PromptScreen(Page):
    """A page with text in a VerticalScroll, and its choices under it."""

    WORDS: ClassVar[str] = "#words"
    """A selector for the text."""

    @property
    def scrolling(self) -> VerticalScroll:
        """The text over the choices. It scrolls if it is long."""
        return self.query_one(self.WORDS, VerticalScroll)

    def on_key(self, event: events.Key) -> None:
        """If the text scrolls, Down scrolls before it moves to the choices, and Up goes back."""
        if not self.too_small and self._reads(event.key):
            event.stop()
            event.prevent_default()

    def _reads(self, key: str) -> bool:
        words, at_top = self.scrolling, self.query_one(Choices).highlighted in (None, 0)
        if key in ("down", "pagedown") and words.scroll_target_y < words.max_scroll_y:
            words.scroll_down(animate=False)
        elif key in ("up", "pageup") and at_top and words.scroll_target_y > 0:
            words.scroll_up(animate=False)
        else:
            return False
        return True
