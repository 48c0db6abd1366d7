"""What stands on top of every page while an alarm stands, whichever page comes."""

from __future__ import annotations

from textual.screen import Screen

from iop_tui.counselor.alarm_banner import Banner
from iop_tui.screening.model import Screening
from iop_tui.tui.app import Wizard


class OnTop(Wizard):
    """An app with a line of danger on all its pages, those that are laid over others included."""

    def __init__(self, screening: Screening) -> None:
        super().__init__(screening.manifest, lambda: screening)
        self._on_top = ("", False)
        """The words, and whether they are calm."""

    async def on_mount(self) -> None:
        """Look at every page that comes."""
        self.screen_change_signal.subscribe(self, self._dress, immediate=True)

    def show_on_top(self, words: str, *, calm: bool) -> None:
        """Put these words on top of all pages; none take the line away."""
        if (words, calm) != self._on_top:
            self._on_top = (words, calm)
            for page in self.screen_stack:
                self._dress(page)

    def _dress(self, screen: Screen[object]) -> None:
        from iop_tui.counselor.pages.passphrase import PassphrasePage
        from iop_tui.counselor.pages.passphrase_changed import PassphraseChangedPage

        words, calm = self._on_top
        banners = screen.query(Banner)
        # Whoever has not typed the passphrase learns nothing of a call; where it was changed meanwhile, somebody has.
        is_shut = isinstance(screen, PassphrasePage) and not isinstance(screen, PassphraseChangedPage)
        if not words or is_shut:
            banners.remove()
        elif banners:
            banners.first().show(words, calm=calm)
        else:
            screen.mount(Banner(words, calm=calm))

    def small_words(self) -> str:
        """What is said in a window that is too small for a page; a danger first."""
        return "\n\n".join(part for part in (self._on_top[0], super().small_words()) if part)
