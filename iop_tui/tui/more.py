"""The keys of a page that its footer has no room for: glossary, display, language, leaving."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from iop_tui.screening.i18n.language import _
from iop_tui.tui.base_screen import BACK, HELP, KeyHint, Overlay, Page
from iop_tui.tui.choices import Choice, Choices


class MorePage(Overlay):
    """The keys as choices. A chosen key acts on the page under this one."""

    HINTS = (BACK, HELP)
    OFFERS_LEAVING = True

    def __init__(self, under: Page, hints: Sequence[KeyHint]) -> None:
        super().__init__()
        self._under = under
        self._more = hints

    def _hints(self) -> Sequence[KeyHint]:
        return self.HINTS

    def body(self) -> ComposeResult:
        """A line a key."""
        lines = [Choice(hint.action, hint.said(short=False), hint.key.lower()) for hint in self._more]
        with Vertical(classes="body"):
            yield Choices(lines, at=lines[0].id)

    def on_mount(self) -> None:
        """The page's title."""
        self.show_title(_("More"))

    def choose(self, choice: str) -> None:
        """Close this page, and do it there."""
        self.close(lambda: self._under.call_later(self._under.run_action, choice))
