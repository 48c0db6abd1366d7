"""The wizard for whoever writes the questions: it follows their files while it runs."""

from __future__ import annotations

from collections.abc import Sequence

from textual.screen import Screen

from iop_tui.screening.interview import Alarmed, Asking, Interview, Reviewing, Unsaid, carried
from iop_tui.screening.language import _
from iop_tui.screening.model import Screening
from iop_tui.screening.problems import Unusable
from iop_tui.screening.watch import Watch
from iop_tui.tui.app import Wizard
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.crisis import CrisisPage
from iop_tui.tui.help import HelpPage
from iop_tui.tui.page import Overlay, Page
from iop_tui.tui.problems import ProblemsPage
from iop_tui.tui.question import QuestionPage
from iop_tui.tui.reading import Scroll
from iop_tui.tui.result import ResultPage
from iop_tui.tui.welcome import WelcomePage

EVERY = 0.3
"""Seconds from one look at the files to the next: a saved file is on the screen before one has looked up to it."""
_NAMED = 4
"""So many dropped answers are named by their question; the rest are counted."""


class AuthorWizard(Wizard):
    """Loads the screening anew when its files change, and keeps the person's place and the answers that still fit.

    While the files cannot be used, a page of their problems lies over everything.
    """

    def __init__(self, watch: Watch) -> None:
        super().__init__(None, self._at_first)
        self._watch = watch
        self._first = watch.load()
        self._usable = isinstance(self._first, Screening)
        """Whether there is a screening: the files could be used at least once."""

    def _at_first(self) -> Screening:
        if isinstance(self._first, Unusable):
            raise self._first
        return self._first

    @property
    def has_words(self) -> bool:
        """Whether there is a glossary to open."""
        return self._usable and super().has_words

    def help_page(self) -> Overlay:
        """Who to call. Where no screening was ever there, none of its lines is, and no interview begins."""
        return super().help_page() if self._usable else HelpPage(())

    def first_page(self) -> Screen[None]:
        """The welcome page, or what is wrong with the files."""
        return ProblemsPage(self._first.problems) if isinstance(self._first, Unusable) else super().first_page()

    async def look(self) -> None:
        """Take what the files hold now, if they have changed."""
        now = self._watch.look()
        if isinstance(now, Unusable):
            page = self._problems_page
            if page is None:
                await self.push_screen(ProblemsPage(now.problems))
            else:
                page.show(now.problems)
        elif now is not None and (self._problems_page is not None or now.sha256 != self.screening.sha256):
            await self._take(now)

    def _get_ready(self) -> None:
        # Through the app's own queue: a look may change the page, and must not come between two steps of another one.
        self.set_interval(EVERY, lambda: self.call_later(self.look))
        if self._usable:
            super()._get_ready()

    async def follow(self, interview: Interview) -> None:
        """As always; while the files cannot be used, their problems stay on the screen."""
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
        """Another version of the screening: the same pages again, in its words; a page of danger where one is new."""
        pages = [page for page in self.screen_stack if isinstance(page, Page) and not isinstance(page, ProblemsPage)]
        overlays = [page for page in pages if isinstance(page, Overlay)]
        scrolled = [scroll.scroll_y for page in pages[-1:] for scroll in page.query(Scroll)]
        before, self.screening, self._usable = self._interview, screening, True
        stage = next((page for page in pages if page not in overlays), None)
        shown = self._danger if isinstance(stage, CrisisPage) else None
        if before is not None:
            self._interview = carried(before, screening)
        with self.batch_update():
            await self._stage_again(stage)
            # Danger comes first: where it is new, nothing lies over its page.
            for overlay in overlays if self._danger in (None, shown) else ():
                again = overlay.again()
                if again is None:
                    break
                await self.push_screen(again)
        for scroll, y in zip(self.screen.query(Scroll), scrolled, strict=False):
            scroll.call_after_refresh(scroll.scroll_to, y=y, animate=False)
        if before is not None:
            await self._tell([name for name in before.answers if name not in self.interview.answers])

    @property
    def _danger(self) -> str | None:
        """The id of what asks for a page of danger now: of an alarm, or of a question left unsaid."""
        step = self._interview.step if self._interview is not None else None
        if isinstance(step, Alarmed):
            return step.alarm.id
        return step.question.id if isinstance(step, Unsaid) else None

    async def _stage_again(self, stage: Page | None) -> None:
        if stage is None:
            # The files were wrong from the start: there is nothing yet that a page could take the place of.
            while isinstance(self.screen, Overlay):
                await self.pop_screen()
            await self.push_screen(self.welcome_page())
        elif self._danger is not None:
            await super().follow(self.interview)
        elif isinstance(stage, WelcomePage):
            await self.stage(self.welcome_page())
        elif isinstance(stage, ResultPage) and isinstance(self.interview.step, Reviewing):
            await self.stage(self.result_page())
        elif isinstance(self.interview.step, Asking):
            # Not the same page with other words: its foot depends on the screening, too.
            draft = stage.draft if isinstance(stage, QuestionPage) else None
            await self.stage(QuestionPage(self.interview, draft))
        else:
            await super().follow(self.interview)

    async def _tell(self, dropped: Sequence[str]) -> None:
        """Say in one quiet line which answers no longer fit."""
        if not dropped:
            return
        names = ", ".join(dropped[:_NAMED])
        if len(dropped) > _NAMED:
            names = _("{names} and {count} more").format(names=names, count=len(dropped) - _NAMED)
        said = _("The files changed. Answers that no longer fit were dropped: {names}").format(names=names)
        stage = next(page for page in self.screen_stack if isinstance(page, Page) and not isinstance(page, Overlay))
        await stage.mount(Prose([Paragraph(said, "$muted")], id="reloaded"), before=stage.query_one("#feet"))
