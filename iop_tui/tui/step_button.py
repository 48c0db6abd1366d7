"""Step buttons, less or more, to change a typed answer by a click."""

from __future__ import annotations

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget


class StepButton(Widget):
    """One step down or up; `by` is -1 or 1."""

    class Clicked(Message):
        """One step, up or down."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    def __init__(self, by: int) -> None:
        super().__init__()
        self._by = by

    def render(self) -> RenderResult:
        """The sign in a box."""
        return Content.styled(f"[ {'+' if self._by > 0 else '-'} ]", "bold $key")

    def on_click(self, event: events.Click) -> None:
        """One step."""
        event.stop()
        self.post_message(self.Clicked(self._by))
