"""The wizard: one Interview, and the page that its step asks for."""

from __future__ import annotations

import functools
import gc
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.screen import Screen

from iop_tui.firstpaint.hints import SPARE, language_hint
from iop_tui.screening.answers import Unknown
from iop_tui.screening.clock import local_today
from iop_tui.screening.interview import Alarmed, Asking, Interview, Unsaid, begin
from iop_tui.screening.kinds import ENGLISH
from iop_tui.screening.language import _, current, offered, own_name, use
from iop_tui.screening.model import Manifest, Screening
from iop_tui.screening.problems import Unusable
from iop_tui.screening.question_types import refusal
from iop_tui.tui import messages
from iop_tui.tui.compat import ClosedApp
from iop_tui.tui.page import COLUMNS, LINES, KeyHint, Overlay, Page
from iop_tui.tui.theme import ANSI_VARIABLES, THEMES
from iop_tui.tui.timing import RealTime, Time
from iop_tui.tui.welcome import BEGINNING, WelcomePage

if TYPE_CHECKING:
    from iop_tui.screening.summary import Summary
    from iop_tui.tui.host import AnyPage, Host


_ROOM_FOR_WORDS = 300
"""Cells of a window in which a sentence has room that says all about its size."""


class Wizard(ClosedApp[None]):
    """The full-screen face. It holds one person's Interview; nothing of it outlives the process.

    Under the overlays (who to call, the comparison, saving, leaving) lies one page: the stage. It is replaced when the
    interview's step asks for another one. Pages that most people reach late are imported when they are first shown.
    """

    CSS_PATH = "app.tcss"
    THEMES = THEMES
    time: Time = RealTime()
    """What its waits run by."""
    owns_process: bool = True
    """Whether it is the only app of its process. Where hundreds come and go, as in tests, none of them stays."""
    ONE_KEY: ClassVar[bool] = True
    """Whether the pages can be used with one key."""
    SPARE_FEET: ClassVar[Sequence[Sequence[str]]] = SPARE
    """Actions whose hints go for want of room, first and last: arrows and Enter, which every list is used with."""

    def __init__(
        self, manifest: Manifest | None, load: Callable[[], Screening], interview: Interview | None = None
    ) -> None:
        super().__init__()
        self._interview = interview
        self.unusable: Unusable | None = None
        """Why the screening could not be loaded after all; the wizard has then ended."""
        self._manifest = manifest
        self._load = load
        self.today = local_today
        """Tells the day on which an interview is begun."""
        self._began_early = False
        """Whether the person began before the app ran."""
        self.pace: float | None = None
        """In one-key use, the seconds for which each choice is offered."""

    @functools.cached_property
    def written(self) -> Screening:
        """The screening as it was written, loaded when it is first asked for."""
        return self._load()

    @property
    def screening(self) -> Screening:
        """The screening in the person's language."""
        if current() == ENGLISH:
            return self.written
        from iop_tui.screening.translate import in_language

        return in_language(self.written, current())

    @property
    def manifest(self) -> Manifest:
        """What the first page shows, in the person's language. The rest of the screening need not be there for it."""
        if self._manifest is None:
            return self.screening.manifest
        if current() == ENGLISH:
            return self._manifest
        from iop_tui.screening.translate import manifest_in

        return manifest_in(self._manifest, current())

    @property
    def has_begun(self) -> bool:
        """Whether an interview was begun."""
        return self._interview is not None

    @property
    def has_words(self) -> bool:
        """Whether there is a glossary to open."""
        return bool(self.screening.glossary.terms)

    @property
    def interview(self) -> Interview:
        """The person's way so far."""
        if self._interview is None:
            self._interview = begin(self.screening, self.today())
        return self._interview

    @property
    def own_colours(self) -> str | None:
        """The name of the theme in use; None where the terminal's own colours are used."""
        return None if self.current_theme.ansi else self.theme

    def look_like(self, name: str | None) -> None:
        """Use the theme of a name, where the terminal has so many colours and the person wants any."""
        if name is not None and self.own_colours is not None:
            self.theme = name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that do not know them."""
        return ANSI_VARIABLES

    async def on_mount(self) -> None:
        """Begin at the welcome page, or past it where the person began before the app was there."""
        self.take_signals()
        page = self._first_question() if self._began_early else None
        if page is None:
            page = self.first_page()
            self.hold(page)
        await self.push_screen(page)
        # Until now everything that was made stays.
        self.call_after_refresh(gc.enable)
        self.call_after_refresh(self._get_ready)

    def heard_early(self, key: str) -> bool:
        """The first key that was typed on the first page before the app ran: one that begins needs no such page."""
        fits = self.size.width >= COLUMNS and self.size.height >= LINES
        self._began_early = fits and key in BEGINNING
        return self._began_early

    def _first_question(self) -> Screen[None] | None:
        """The page of the first question; None where there is none."""
        from iop_tui.tui.question import QuestionPage

        try:
            interview = begin(self.screening, self.today())
        except Unusable as unusable:
            self._give_up(unusable)
            return None
        if not isinstance(interview.step, Asking):
            return None
        self._interview = interview
        return QuestionPage(interview)

    def _give_up(self, unusable: Unusable) -> None:
        """End, because the screening cannot be loaded after all."""
        self.unusable = unusable
        self.exit()

    def first_page(self) -> Screen[None]:
        """What is shown first."""
        return self.welcome_page()

    def welcome_page(self) -> Screen[None]:
        """Where everything begins. It is there before the screening is loaded, if the manifest was given."""
        return WelcomePage(self.manifest, self.other_languages)

    def _get_ready(self) -> None:
        """Load what the questions need while the person reads the first page."""
        from iop_tui.screening.terms import found

        self.release()
        try:
            begin(self.screening, self.today()).answer(Unknown.SKIPPED)
            found(self.screening, "")
        except Unusable as unusable:
            self._give_up(unusable)
        # A crisis page must not wait for an import.
        for page in ("question", "crisis", "help", "confirm", "review", "result", "glossary"):
            importlib.import_module(f"iop_tui.tui.{page}")
        self.tidy()

    def tidy(self) -> None:
        """Free what is not used any more, and take what stays out of the garbage collector's way: less memory, and no
        pause of some 40 ms, again and again while keys are typed, in which it looks through all of a program.
        """
        if self.owns_process:
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    # ---- the stage ----

    async def stage(self, page: Screen[None]) -> None:
        """Show a page in place of the one that is on the stage; overlays over it are closed."""
        while isinstance(self.screen, Overlay):
            await self.pop_screen()
        await self.switch_screen(page)

    async def follow(self, interview: Interview) -> None:
        """Take a new state of the interview, and show what its step asks for."""
        from iop_tui.tui.question import QuestionPage

        self._interview = interview
        step = interview.step
        if isinstance(step, Asking):
            if isinstance(self.screen, QuestionPage):
                self.screen.ask(interview)
            else:
                await self.stage(QuestionPage(interview))
        elif isinstance(step, (Alarmed, Unsaid)):
            await self.stage(self.crisis_page(step, interview.wording))
        else:
            from iop_tui.tui.review import ReviewPage

            await self.stage(ReviewPage(interview))

    @on(messages.Began)
    async def _began(self, event: messages.Began) -> None:
        if self.screen is event.seen:
            await self.follow(self.interview)

    @on(messages.Answered)
    async def _answered(self, event: messages.Answered) -> None:
        # A second key may have been pressed before the page changed: it was meant for the page that was seen. An answer
        # that the question does not have was meant for it as it was before its file changed.
        step = self.interview.step
        if (
            isinstance(step, Asking)
            and step.question.id == event.question
            and refusal(step.question, event.answer) is None
        ):
            await self.follow(self.interview.answer(event.answer))

    @on(messages.WentBack)
    async def _went_back(self, event: messages.WentBack) -> None:
        from iop_tui.tui.result import ResultPage

        if self.screen is not event.seen:
            return
        if isinstance(self.screen, ResultPage):
            await self.follow(self.interview)
        elif isinstance(self.interview.step, Asking) and self.interview.at_start:
            await self.stage(self.welcome_page())
        else:
            await self.follow(self.interview.back())

    @on(messages.Changed)
    async def _changed(self, event: messages.Changed) -> None:
        if self.screen is event.seen:
            await self.follow(self.interview.change(event.question))

    @on(messages.PassedOn)
    async def _passed_on(self, event: messages.PassedOn) -> None:
        if self.screen is event.seen:
            await self.follow(self.interview.passed())

    @on(messages.Finished)
    async def _finished(self, event: messages.Finished) -> None:
        if self.screen is event.seen:
            await self.stage(self.result_page())

    def result_page(self) -> Screen[None]:
        """The summary of the answers."""
        from iop_tui.tui.result import ResultPage

        return ResultPage(self.summary())

    def summary(self) -> Summary:
        """What the answers come to, in the person's language."""
        from iop_tui.screening.summary import summarize

        return summarize(self.interview.screening, self.interview.answers)

    @on(messages.StartedOver)
    async def _started_over(self, event: messages.StartedOver) -> None:
        if self.screen is event.seen:
            await self.start_over()

    async def start_over(self) -> None:
        """Erase everything, and show the first page."""
        self._interview = None
        await self.stage(self.welcome_page())
        # What a person answered must not wait in memory until the collector happens to come by.
        self.call_after_refresh(gc.collect)

    def crisis_page(self, step: Alarmed | Unsaid, screening: Screening) -> Page:
        """What a step of danger shows."""
        from iop_tui.tui.crisis import page_of

        return page_of(step, screening)

    def feet(self, page: AnyPage, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        """The keys named at the foot of a page, which asks for these."""
        return hints

    def small_words(self) -> str:
        """What is said in a window that is too small for a page."""
        if self.size.area < _ROOM_FOR_WORDS:
            return _("Too small here. Press Q to leave. Then type: iop-tui --line")
        danger = _("In danger right now? Call 911, or tell someone near you.")
        said = _(
            "Please make this window larger. It needs {columns} columns and {lines} lines; now it has {width} and "
            "{height}. Your answers are kept. Or leave with Q, and type: iop-tui --line. That fits any window."
        )
        small = said.format(columns=COLUMNS, lines=LINES, width=self.size.width, height=self.size.height)
        return f"{danger}\n\n{small}" if self.size.area >= 2 * _ROOM_FOR_WORDS else small

    # ---- how it is said ----

    @property
    def languages(self) -> Sequence[str]:
        """The codes of the languages to choose from."""
        return self._offered

    @functools.cached_property
    def _offered(self) -> Sequence[str]:
        # Looked up once: every page asks.
        written = self._manifest or self.written.manifest
        return offered(Path(written.where.file).parent / "locale")

    @property
    def other_languages(self) -> Sequence[str]:
        """Those that are not in use."""
        return [code for code in self.languages if code != current()]

    def language_hint(self) -> KeyHint | None:
        """The key that changes the language, named in the language that it leads to; None where there is only one."""
        hint = language_hint([own_name(code) for code in self.other_languages])
        return None if hint is None else KeyHint(*hint)

    def change_language(self, page: AnyPage) -> None:
        """To the other language, or to a page of them."""
        others = self.other_languages
        if len(others) == 1:
            self.post_message(messages.LanguageChosen(page, others[0]))
        elif others and isinstance(page, Page):
            page.open(self.languages_page)

    def languages_page(self) -> Overlay:
        """Which language?"""
        from iop_tui.tui.languages import LanguagesPage

        return LanguagesPage(self.languages)

    @on(messages.LanguageChosen)
    async def _language_chosen(self, event: messages.LanguageChosen) -> None:
        if self.screen is not event.seen:
            return
        from iop_tui.tui.again import show_again

        def change() -> None:
            use(event.code)
            if self._interview is not None:
                self._interview = self._interview.told_in(self.screening)

        await show_again(self, change)

    # ---- how it looks, and is used ----

    def display_page(self) -> Overlay:
        """Colours, and one-key use."""
        from iop_tui.tui.display import DisplayPage

        return DisplayPage(self.own_colours, self.pace, one_key=self.ONE_KEY)

    @on(messages.ThemeChosen)
    def _theme_chosen(self, event: messages.ThemeChosen) -> None:
        self.look_like(event.name)

    @on(messages.PaceChosen)
    def _pace_chosen(self, event: messages.PaceChosen) -> None:
        self.pace = event.seconds
        if isinstance(self.screen, Page):
            self.screen.follow_pace()

    # ---- what lies over it ----
    # Pages are laid over and taken away here alone, and each is awaited: until it is there, no key is passed on, so a
    # key pressed meanwhile goes to the page that the person then sees.

    @on(messages.Opened)
    async def _opened(self, event: messages.Opened) -> None:
        if self.screen is event.seen:
            await self.push_screen(event.make())

    @on(messages.Closed)
    async def _closed_page(self, event: messages.Closed) -> None:
        if self.screen is event.page:
            await self.pop_screen()
            if event.then is not None:
                event.then()

    def help_page(self) -> Overlay:
        """Who to call."""
        from iop_tui.tui.help import HelpPage

        words = self.interview.wording
        return HelpPage([words.phone_lines[name] for name in words.help.always])

    def comparison_page(self) -> Overlay:
        """The four kinds of care."""
        from iop_tui.tui.compare import ComparePage

        return ComparePage(self.interview.wording)

    def glossary_page(self, texts: Sequence[str], clicked: str | None = None) -> Overlay:
        """What words mean: those in these texts first, before all the one that was clicked, by its id."""
        from iop_tui.screening.terms import read_in
        from iop_tui.tui.glossary import GlossaryPage

        wording = self.interview.wording
        return GlossaryPage(wording, [*([clicked] if clicked is not None else []), *read_in(wording, texts)])

    def save_page(self, summary: Summary) -> Overlay:
        """Where to save the summary, and how."""
        from iop_tui.takeaway.files import offered as name_offered
        from iop_tui.tui.save import SavePage

        return SavePage(summary, str(name_offered()))

    def leave_page(self) -> Overlay:
        """Leave, and erase everything?"""
        from iop_tui.tui.confirm import ConfirmPage

        words = _("Leave now? Your answers are erased. Nothing is kept.")
        return ConfirmPage(_("Leave"), words, stay=_("Stay"), go=_("Erase and leave"), then=self.exit)

    def start_over_page(self, then: Callable[[], object]) -> Overlay:
        """Erase everything, and begin again?"""
        from iop_tui.tui.confirm import ConfirmPage

        words = _("Start over? Your answers are erased.")
        go = _("Erase and start over")
        return ConfirmPage(_("Start over"), words, stay=_("Keep my answers"), go=go, then=then)


if TYPE_CHECKING:

    def _as_host(wizard: Wizard) -> Host:
        """Proves that the wizard has all that its pages ask for."""
        return wizard
