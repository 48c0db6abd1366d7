"""What Textual costs by itself: a page with the same kinds of widget as the welcome page, and nothing behind it. A
digit gives it other words and options, as the first key of the welcome page does.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from benchmarks.texts import OPTIONS, UNSURE, ask

_LEAD = "Answer some plain questions, and see which kind of care to ask about first."
_POINTS = "\n".join(f"· Point {number} of what this is and what it is not, in a sentence." for number in range(1, 7))
_CHOICES = ("Start the questions", "Just compare the kinds of care", "Who to call", "Another language", "Leave")


class Words(Widget):
    """Some text."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__(classes=name)
        self._text = text

    def render(self) -> RenderResult:
        """The text."""
        return self._text

    def show(self, text: str) -> None:
        """Another text."""
        self._text = text
        self.refresh(layout=True)


class BareScreen(Screen[None]):
    """A head, words that can scroll, five options, a row of small widgets."""

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Words("A bare page", "head")
        with Vertical(classes="body"):
            with VerticalScroll(classes="scroll"):
                yield Words(f"{_LEAD}\n\n{_POINTS}", "words")
            yield OptionList(*_CHOICES, markup=False)
        with Horizontal(classes="foot"):
            for text in ("↑ ↓ and Enter", "H Who to call", "L Language", "D Display", "Q Leave"):
                yield Words(text, "key")
        yield Words("Too small", "hidden")

    def on_key(self, event: events.Key) -> None:
        """A question in place of the words."""
        if event.key.isdigit():
            self.query_one(".words", Words).show(ask(0))
            self.query_one(OptionList).set_options([*OPTIONS, *UNSURE])


class BareApp(App[None]):
    """One page."""

    CSS: ClassVar[str] = """
    .head { height: 2; padding: 0 2; }
    .body { height: 1fr; padding: 1 2 0 2; }
    .scroll { height: auto; }
    .words { height: auto; margin-bottom: 1; }
    .foot { height: 1; padding: 0 2; }
    .key { width: auto; margin-right: 3; }
    .hidden { display: none; }
    """

    def on_mount(self) -> None:
        """Show the page."""
        self.push_screen(BareScreen())


if __name__ == "__main__":
    BareApp().run()
