"""A confirmation: leave, or start over?"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.tui.base_screen import BACK, HELP, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices

_YES, _NO, _OTHER = "yes", "no", "other"


class ConfirmPage(Overlay):
    """Two choices; the first stays, and is under the cursor. `other` stands between them: words, and what it does."""

    HINTS = (BACK, HELP)
    OFFERS_LEAVING = True

    def __init__(
        self,
        title: str,
        words: str,
        *,
        stay: str,
        go: str,
        then: Callable[[], object],
        other: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__()
        self._words = (title, words, stay, go)
        self._then, self._other = then, other

    def body(self) -> ComposeResult:
        """The question and its answers."""
        _title, words, stay, go = self._words
        with Vertical(classes="body"):
            yield Prose([Paragraph(words, "bold")], classes="gap")
            others = [Choice(_OTHER, self._other[0], "2")] if self._other is not None else []
            yield Choices([Choice(_NO, stay, "1"), *others, Choice(_YES, go, str(2 + len(others)))], at=_NO)

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(self._words[0])

    def choose(self, choice: str) -> None:
        """Stay, or carry it out."""
        if choice == _OTHER and self._other is not None:
            self.close(self._other[1])
        else:
            self.close(self._then if choice == _YES else None)

    def action_leave(self) -> None:
        """The question is already shown."""

    @property
    def too_small(self) -> bool:
        """Leaving must work in every window, so this page is shown in every window."""
        return False
