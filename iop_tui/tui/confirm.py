"""A confirmation: leave, or start over?"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.tui.base_screen import BACK, HELP, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices

_YES, _NO = "yes", "no"


class ConfirmPage(Overlay):
    """Two choices; the first stays, and is under the cursor."""

    HINTS = (BACK, HELP)
    OFFERS_LEAVING = True

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
        """The page's title."""
        self.show_title(self._words[0])

    def choose(self, choice: str) -> None:
        """Stay, or carry it out."""
        self.close(self._then if choice == _YES else None)

    def action_leave(self) -> None:
        """The question is already shown."""

    @property
    def too_small(self) -> bool:
        """Leaving must work in every window, so this page is shown in every window."""
        return False
