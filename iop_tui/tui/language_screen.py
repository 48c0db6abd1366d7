"""The language page: each language under its own name, for a person who reads no other."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.screening.i18n.language import _, current, own_name
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, Overlay
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.messages import LanguageChosen


class LanguagesPage(Overlay):
    """The languages to choose from. Answers stay."""

    HINTS = (BACK, HELP, LEAVE)

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__()
        self._codes = codes

    def body(self) -> ComposeResult:
        """One line a language; the cursor is on the one in use."""
        with Vertical(classes="body"):
            lines = [Choice(code, own_name(code), str(number)) for number, code in enumerate(self._codes, 1)]
            yield Choices(lines, at=current())

    def again(self) -> Overlay | None:
        """Does nothing: the language is being chosen."""
        return None

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("Language"))

    def choose(self, choice: str) -> None:
        """Go on in this language."""
        self.post_message(LanguageChosen(self, choice))
