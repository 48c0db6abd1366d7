"""The chapters of the result, to be chosen from, and what else can be done there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.screening.i18n.language import _
from iop_tui.tui.base_screen import BACK, HELP, LEAVE, Overlay
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.footer import KeyHint

_MORE = "do "


class ContentsPage(Overlay):
    """The chapters by number, and what the page under it has keys for but no room at the foot."""

    HINTS = (BACK, HELP, LEAVE)

    def __init__(
        self, chapters: Sequence[str], shown: int, more: Sequence[KeyHint], then: Callable[[int | str], object]
    ) -> None:
        """The titles of the chapters, the number of the one that is shown, further keys; `then` is told a chapter's
        number, from 0, or the action of a key.
        """
        super().__init__()
        self._chapters = chapters
        self._shown = shown
        self._more = more
        self._then = then

    def body(self) -> ComposeResult:
        """The chapters, then the keys."""
        chapters = [Choice(str(number), title, str(number + 1)) for number, title in enumerate(self._chapters)]
        more = [
            Choice(f"{_MORE}{hint.action}", hint.said(short=False), hint.key.lower(), apart=number == 0)
            for number, hint in enumerate(self._more)
        ]
        with Vertical(classes="body"):
            yield Choices([*chapters, *more], at=str(self._shown))

    def on_mount(self) -> None:
        """What this page is, at the head."""
        self.show_title(_("All pages"))

    def choose(self, choice: str) -> None:
        """Back to the page under it, and there."""
        wanted: int | str = choice.removeprefix(_MORE) if choice.startswith(_MORE) else int(choice)
        self.close(lambda: self._then(wanted))

    def action_contents(self) -> None:
        """The key that opened it closes it."""
        self.action_back()
