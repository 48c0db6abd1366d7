"""The wizard for authors: it reloads the questions while it runs."""

from __future__ import annotations

from collections.abc import Sequence

from textual.screen import Screen

from iop_tui.screening.assessment.call_sentences import in_danger
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.engine.restore import migrated
from iop_tui.screening.format.file_watch import Watch
from iop_tui.screening.i18n.language import current
from iop_tui.screening.model.definition import Screening
from iop_tui.screening.model.field_types import ENGLISH
from iop_tui.screening.problems import Unusable
from iop_tui.tui.app import Wizard
from iop_tui.tui.base_screen import Overlay, Page
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.help import HelpPage
from iop_tui.tui.problems import ProblemsPage
from iop_tui.tui.rebuild import show_again

EVERY = 0.3
"""Seconds between two checks of the files: a saved file is shown before its author looks up."""
_NAMED = 4
"""At most this many dropped answers are named by their question; the rest are counted."""


class LiveReloadWizard(Wizard):
    """Reloads the screening when its files change, and keeps the person's place and the answers that still fit.

    While the files cannot be used, a page with their problems covers everything.
    """

    def __init__(self, watch: Watch, every: float = EVERY) -> None:
        super().__init__(None, self._at_first)
        self._watch = watch
        self._every = every
        self._first = watch.load()
        self._usable = isinstance(self._first, Screening)
        """Whether the files could be loaded at least once."""

    def _at_first(self) -> Screening:
        if isinstance(self._first, Unusable):
            raise self._first
        return self._first

    @property
    def has_words(self) -> bool:
        """Whether there is a glossary to open."""
        return self._usable and super().has_words

    @property
    def languages(self) -> Sequence[str]:
        """The languages to choose from; none before the first successful load."""
        return super().languages if self._usable and self._problems_page is None else ()

    def in_danger(self) -> str:
        """What to do in danger; without a number before the first successful load."""
        return super().in_danger() if self._usable else in_danger(None)

    def help_page(self) -> Overlay:
        """Who to call. Before the first successful load it has no lines, and no interview begins."""
        return super().help_page() if self._usable else HelpPage(self.in_danger(), ())

    def first_page(self) -> Screen[None]:
        """The welcome page, or the problems of the files."""
        return ProblemsPage(self._first.problems) if isinstance(self._first, Unusable) else super().first_page()

    async def look(self) -> None:
        """Reload the files if they have changed."""
        now = self._watch.look()
        if isinstance(now, Unusable):
            page = self._problems_page
            if page is None:
                await self.push_screen(ProblemsPage(now.problems))
            else:
                page.show(now.problems)
        elif now is not None and (
            # The hash does not cover translations.
            self._problems_page is not None or now.sha256 != self.screening.sha256 or current() != ENGLISH
        ):
            await self._take(now)

    def _get_ready(self) -> None:
        # Through the app's own queue: a reload may change the page, and must not come between two steps of another
        # change.
        self.set_interval(self._every, lambda: self.call_later(self.look))
        if self._usable:
            super()._get_ready()

    async def follow(self, interview: Interview) -> None:
        """As in the wizard; while the files cannot be used, their problems stay on the screen."""
        if self._problems_page is not None:
            # A key was on its way when the files broke.
            self._interview = interview
            return
        for said in self.screen.query("#reloaded"):
            await said.remove()
        await super().follow(interview)

    @property
    def _problems_page(self) -> ProblemsPage | None:
        return next((page for page in self.screen_stack if isinstance(page, ProblemsPage)), None)

    async def _take(self, screening: Screening) -> None:
        """Another version of the screening: rebuild the pages; a new alarm shows its crisis page."""
        before = self._interview

        def change() -> None:
            self.written, self._usable = screening, True
            if before is not None:
                self._interview = migrated(before, self.screening)

        await show_again(self, change, super().follow, without=(ProblemsPage,))
        if before is not None:
            await self._tell([name for name in before.answers if name not in self.interview.answers])

    async def _tell(self, dropped: Sequence[str]) -> None:
        """Show which answers no longer fit, in one quiet line."""
        if not dropped:
            return
        names = ", ".join(dropped[:_NAMED])
        if len(dropped) > _NAMED:
            names = f"{names} and {len(dropped) - _NAMED} more"
        said = f"The files changed. Answers that no longer fit were dropped: {names}"
        stage = next(page for page in self.screen_stack if isinstance(page, Page) and not isinstance(page, Overlay))
        await stage.mount(Prose([Paragraph(said, "$muted")], id="reloaded"), before=stage.query_one("#footer"))
