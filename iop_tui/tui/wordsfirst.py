"""A page of words over a few choices: where there is no room for both, the words scroll, and the choices stay."""

from __future__ import annotations

from textual import events
from textual.containers import VerticalScroll

from iop_tui.tui.choices import Choices
from iop_tui.tui.page import Page


class WordsFirst(Page):
    """A page with its words in `#words`, a VerticalScroll, and its choices under it."""

    def on_key(self, event: events.Key) -> None:
        """Where the words scroll, Down reads on before it moves to the choices, and Up goes back."""
        words, choices = self.query_one("#words", VerticalScroll), self.query_one(Choices)
        at_top = choices.highlighted in (None, 0)
        if event.key in ("down", "pagedown") and words.scroll_y < words.max_scroll_y:
            words.scroll_down()
        elif event.key in ("up", "pageup") and at_top and words.scroll_y > 0:
            words.scroll_up()
        else:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()

    def action_read_on(self) -> None:
        """A page further down: what a click on the hint does."""
        self.query_one("#words", VerticalScroll).scroll_page_down(animate=False)
