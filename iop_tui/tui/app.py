"""The wizard: one Interview, and the page for its step."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.screen import Screen
from textual.theme import Theme

from iop_tui.screening.engine.interview import Alarmed, Asking, Interview, NotAnswered, Reviewing, begin
from iop_tui.screening.engine.local_day import local_today
from iop_tui.screening.i18n.language import use
from iop_tui.screening.model.definition import Manifest, Screening
from iop_tui.screening.problems import Unusable
from iop_tui.screening.question_types import refusal
from iop_tui.tui import messages
from iop_tui.tui.base_screen import COLUMNS, LINES, Overlay, Page
from iop_tui.tui.prefetch import Prefetch
from iop_tui.tui.shell import Shell
from iop_tui.tui.welcome import BEGINNING, WelcomePage

if TYPE_CHECKING:
    from iop_tui.result.blocks import Document
    from iop_tui.result.model import Result
    from iop_tui.result.offer import Offer
    from iop_tui.tui.host import Host
    from iop_tui.tui.result import ResultPage


_GONE = 0.1
"""Seconds after which nothing holds a removed page."""


class Wizard(Shell):
    """The full-screen face. It holds one person's Interview; nothing of it outlives the process.

    Under the overlays (who to call, the comparison, saving, leaving) is one page: the stage. It is replaced when the
    interview's step needs another one.
    """

    def __init__(
        self, manifest: Manifest | None, load: Callable[[], Screening], interview: Interview | None = None
    ) -> None:
        super().__init__(manifest, load)
        self._interview = interview
        self._ahead = Prefetch(self)
        self.unusable: Unusable | None = None
        """Why the screening could not be loaded after all; the wizard has then ended."""
        self.today = local_today
        """Returns the day on which an interview begins."""
        self._began_early = False
        """Whether the person began before the app ran."""
        self._notices_told: frozenset[str] = frozenset()
        """The ids of the notices that were shown."""
        self._last_shown: Document | None = None
        """The result from which the person went on to more questions."""
        self._had_card = False
        """Whether the person was shown a card."""

    @property
    def has_begun(self) -> bool:
        """Whether an interview was begun."""
        return self._interview is not None

    @property
    def interview(self) -> Interview:
        """The person's interview."""
        if self._interview is None:
            self._interview = begin(self.screening, self.today())
        return self._interview

    async def on_mount(self) -> None:
        """Begin at the welcome page, or after it if the person began before the app ran."""
        self.take_signals()
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        page = self._first_question() if self._began_early else None
        if page is None:
            page = self.first_page()
            self.hold(page)
        await self.push_screen(page)
        self.call_after_refresh(self._collect_from_now_on)
        self.call_after_refresh(self._get_ready)

    def _collect_from_now_on(self) -> None:
        """Enable the garbage collector, but exclude the objects made until now: checking them would delay a key."""
        if self.owns_process:
            gc.freeze()
        gc.enable()

    def takes_early_key(self, key: str) -> bool:
        """The first key typed on the first page before the app ran: if it begins, the first page is skipped."""
        fits = self.size.width >= COLUMNS and self.size.height >= LINES
        self._began_early = fits and key in BEGINNING
        return self._began_early

    def _first_question(self) -> Screen[None] | None:
        """The page of the first question; None if there is none."""
        from iop_tui.tui.question import QuestionPage

        try:
            interview = begin(self.screening, self.today())
        except Unusable as unusable:
            self.give_up(unusable)
            return None
        if not isinstance(interview.step, Asking):
            return None
        self._interview = interview
        return QuestionPage(interview)

    def give_up(self, unusable: Unusable) -> None:
        """End, because the screening cannot be loaded after all."""
        self.unusable = unusable
        self.exit()

    def first_page(self) -> Screen[None]:
        """The first page to show."""
        return self.welcome_page()

    def welcome_page(self) -> Screen[None]:
        """The welcome page. It can be shown before the screening is loaded, if the manifest was given."""
        return WelcomePage(self.manifest, self.other_languages, self.review_lines)

    def _get_ready(self) -> None:
        """Prepare what the questions need while the person reads the first page."""
        self.release()
        if isinstance(self.screen, WelcomePage):
            self._ahead.begin()
        else:
            self._ahead.load()

    def display_changed(self) -> None:
        """A page prepared ahead was made for another size, other colours, or another use."""
        self._ahead.again()

    def _theme_changed(self, _theme: Theme) -> None:
        self.display_changed()

    def tidy(self) -> None:
        """Collect garbage, and exclude what remains from later collections: less memory, and no repeated pauses in
        which the collector goes through the whole program while keys are typed.

        Objects excluded before stay so: to check them again takes 40 ms, in which a key waits, and frees next to
        nothing.
        """
        if self.owns_process:
            gc.collect()
            gc.freeze()

    # ---- the stage ----

    async def stage(self, page: Screen[None]) -> None:
        """Replace the page on the stage; overlays over it are closed."""
        while isinstance(self.screen, Overlay):
            await self.pop_screen()
        self._ahead.drop()
        await self.switch_screen(page)
        self.call_after_refresh(self._let_go)
        reviews = self._interview is not None and isinstance(self._interview.step, Reviewing)
        if isinstance(page, WelcomePage) or reviews:
            self.call_after_refresh(self._ahead.begin)

    async def follow(self, interview: Interview) -> None:
        """Take a new state of the interview, and show the page of its step."""
        from iop_tui.tui.question import QuestionPage

        went_on = self._interview is not None and self._interview.continuing
        self._interview = interview
        step = interview.step
        if isinstance(step, Asking):
            if fresh := [notice.id for notice in interview.notices if notice.id not in self._notices_told]:
                from iop_tui.tui.notice import NoticePage

                self._notices_told |= {*fresh}
                await self.stage(NoticePage(interview.wording, fresh))
            elif isinstance(self.screen, QuestionPage):
                self.screen.ask(interview)
            else:
                await self.stage(await self._ahead.take(interview) or QuestionPage(interview))
        elif isinstance(step, (Alarmed, NotAnswered)):
            await self.stage(self.crisis_page(step, interview.wording))
        elif isinstance(step, Reviewing):
            from iop_tui.tui.review import ReviewPage

            await self.stage(ReviewPage(interview))
        else:
            await self._show_result(interview, self._last_shown if went_on else None)

    async def _show_result(self, interview: Interview, before: Document | None) -> None:
        """Show the result; what is not as it was `before` first, where that is given."""
        page: Page | None = None if before is not None else await self._ahead.take(interview)
        if page is None:
            result = page = self.result_page()
            if before is not None:
                result.begin_where_changed(before)
        await self.stage(page)

    @on(messages.Began)
    async def _began(self, event: messages.Began) -> None:
        if self.screen is event.seen:
            self.page_changes()
            await self.follow(self.interview)

    @on(messages.Answered)
    async def _answered(self, event: messages.Answered) -> None:
        # A second key may have been pressed before the page changed: it was meant for the page before. An answer that
        # the question does not have was meant for it as it was before its file changed.
        step = self.interview.step
        if (
            isinstance(step, Asking)
            and step.question.id == event.question
            and refusal(step.question, event.answer) is None
        ):
            await self.follow(self.interview.answer(event.answer))

    @on(messages.WentBack)
    async def _went_back(self, event: messages.WentBack) -> None:
        if self.screen is not event.seen:
            return
        if isinstance(self.interview.step, Asking) and self.interview.at_start:
            await self.stage(self.welcome_page())
        else:
            await self.follow(self.interview.back())

    @on(messages.Changed)
    async def _changed(self, event: messages.Changed) -> None:
        if self.screen is event.seen:
            await self.follow(self.interview.change(event.question))

    @on(messages.Acknowledged)
    async def _passed_on(self, event: messages.Acknowledged) -> None:
        if self.screen is event.seen:
            await self.follow(self.interview.acknowledged())

    @on(messages.Finished)
    async def _finished(self, event: messages.Finished) -> None:
        if self.screen is event.seen:
            await self.follow(self.interview.confirmed())

    @on(messages.Continued)
    async def _continued(self, event: messages.Continued) -> None:
        if self.screen is event.seen:
            self._last_shown = self.document()
            await self.follow(self.interview.continued())

    @on(messages.Stopped)
    async def _stopped(self, event: messages.Stopped) -> None:
        if self.screen is event.seen:
            await self.follow(self.interview.stopped())

    def result_page(self) -> ResultPage:
        """The result of the answers."""
        from iop_tui.tui.result import ResultPage

        return ResultPage(self.document(), self.offer())

    def offer(self) -> Offer | None:
        """The questions that can follow the result; None where none is left."""
        from iop_tui.result.offer import offer_of

        return offer_of(self.interview)

    def document(self) -> Document:
        """The result as a document, in the person's language."""
        from iop_tui.result.document import document

        return document(self.result())

    def result(self) -> Result:
        """The result of the answers, in the person's language."""
        from iop_tui.result.build import result_for

        return result_for(self.interview.screening, self.interview.answers)

    def marker_arrives(self) -> bool:
        """Whether the marker of a card that is shown now comes to its place: true at most once for each person."""
        first, self._had_card = not self._had_card, True
        return first and self.moves and self.pace is None

    @on(messages.StartedOver)
    async def _started_over(self, event: messages.StartedOver) -> None:
        if self.screen is event.seen:
            await self.start_over()

    async def start_over(self) -> None:
        """Erase everything, and show the first page."""
        self._interview, self._notices_told, self._last_shown, self._had_card = None, frozenset(), None, False
        await self.stage(self.welcome_page())
        # Answers must not stay in memory until the collector runs. The task that removed the last page holds it for a
        # moment.
        self.time.after(self, _GONE, self._erase)

    def _erase(self) -> None:
        # A page may have been excluded with answers on it.
        if self.owns_process:
            gc.unfreeze()
        gc.collect()
        if self.owns_process:
            gc.freeze()

    def _let_go(self) -> None:
        """Free a removed page: its parts reference each other, and stay until the collector runs. By then there would
        be several such pages in memory. It takes some milliseconds, because what stays is excluded; in a process shared
        with others it would go through all their objects.
        """
        if self.owns_process:
            gc.collect()

    def crisis_page(self, step: Alarmed | NotAnswered, screening: Screening) -> Page:
        """The page for a crisis step."""
        from iop_tui.tui.crisis import page_of

        return page_of(step, screening)

    async def speak(self, code: str) -> None:
        """Show the same pages in another language; the answers stay."""
        from iop_tui.tui.rebuild import show_again

        def change() -> None:
            use(code)
            if self._interview is not None:
                self._interview = self._interview.translated(self.screening)

        await show_again(self, change)


if TYPE_CHECKING:

    def _as_host(wizard: Wizard) -> Host:
        """Lets mypy check that the wizard has everything that its pages ask for."""
        return wizard
