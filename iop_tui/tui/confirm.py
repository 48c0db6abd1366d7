"""A question about the wizard itself: leave, or start over?"""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.page import Head, Overlay

_YES, _NO = "yes", "no"


class ConfirmPage(Overlay):
    """Two choices; the first stays, and is under the cursor."""

    def __init__(self, title: str, words: str, *, stay: str, go: str, then: Callable[[], object]) -> None:
        super().__init__()
        self._words = (title, words, stay, go)
        self._then = then

    def body(self) -> ComposeResult:
        """The question and its two answers."""
        _title, words, stay, go = self._words
        with Vertical(classes="body"):
            yield Prose([Paragraph(words, "bold")], classes="gap")
            yield Choices([Choice(_NO, stay, "1"), Choice(_YES, go, "2")], at=_NO)

    def on_mount(self) -> None:
        """What is asked, at the head."""
        self.query_one(Head).show(self._words[0])

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        if not self.is_current:
            return
        self.action_back()
        if event.choice == _YES:
            self._then()

    def action_leave(self) -> None:
        """Already asked."""
