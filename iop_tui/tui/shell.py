"""The application shell around the interview's pages: the screening in the person's language, the display, and the
overlays.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual import on

from iop_tui.firstpaint.hints import OPTIONAL, language_hint
from iop_tui.firstpaint.words import NOT_REVIEWED
from iop_tui.screening.engine.interview import Interview
from iop_tui.screening.i18n.language import N_, _, current, offered, own_name
from iop_tui.screening.model.definition import Manifest, Screening
from iop_tui.screening.model.field_types import ENGLISH, Level
from iop_tui.screening.problems import Unusable
from iop_tui.tui import messages
from iop_tui.tui.base_screen import COLUMNS, LEAVE, LINES, KeyHint, Overlay, Page
from iop_tui.tui.clock import RealTime, Time
from iop_tui.tui.compat import ClosedApp
from iop_tui.tui.compat_writer import keeps_up
from iop_tui.tui.footer import DISPLAY, WORDS
from iop_tui.tui.themes import ANSI_VARIABLES, THEMES

if TYPE_CHECKING:
    from iop_tui.result.model import Result
    from iop_tui.tui.host import AnyPage


_ROOM_FOR_WORDS = 300
"""Columns of a window with room for the full sentence about its size."""


class Shell(ClosedApp[None]):
    """What an app has around the pages of an interview: languages, colours, one-key use, overlays.

    Pages that most people reach late are imported when they are first shown.
    """

    CSS_PATH = "app.tcss"
    THEMES = THEMES
    time: Time = RealTime()
    """The clock behind the timers."""
    owns_process: bool = True
    """Whether it is the only app of its process. In tests hundreds come and go in one process."""
    ONE_KEY: ClassVar[bool] = True
    """Whether the pages can be used with one key."""
    OPTIONAL_HINTS: ClassVar[Sequence[Sequence[str]]] = OPTIONAL
    """Groups of actions whose hints are left out for want of room, in order: arrows and Enter, which work in every
    list.
    """

    def __init__(self, manifest: Manifest | None, load: Callable[[], Screening]) -> None:
        super().__init__()
        self._manifest = manifest
        self._load = load
        self.pace: float | None = None
        """In one-key use, the seconds for which each choice is offered."""
        self.moves = False
        """Whether anything may move on a page (`arrival.py`): whoever runs it in a terminal knows."""

    # ---- the screening ----

    @functools.cached_property
    def written(self) -> Screening:
        """The screening as it was written, loaded on first use."""
        return self._load()

    @property
    def screening(self) -> Screening:
        """The screening in the person's language."""
        if current() == ENGLISH:
            return self.written
        from iop_tui.screening.i18n.localize import in_language

        return in_language(self.written, current())

    @property
    def manifest(self) -> Manifest:
        """The content of the first page, in the person's language. The rest of the screening need not be loaded
        for it.
        """
        if self._manifest is None:
            return self.screening.manifest
        if current() == ENGLISH:
            return self._manifest
        from iop_tui.screening.i18n.localize import manifest_in

        return manifest_in(self._manifest, current())

    @property
    def review_lines(self) -> Sequence[str]:
        """Who has reviewed the screening, in the person's language: in one line, then in full."""
        # One whose manifest alone is loaded for the first page has no reviews.
        if self._manifest is not None or not self.written.reviews.exist:
            return (_(NOT_REVIEWED),)
        from iop_tui.review.sentences import review_lines

        return review_lines(self.screening)

    @property
    def has_words(self) -> bool:
        """Whether there is a glossary to open."""
        return bool(self.screening.glossary.terms)

    @property
    def has_begun(self) -> bool:
        """Whether an interview was begun."""
        raise NotImplementedError

    @property
    def interview(self) -> Interview:
        """The person's interview."""
        raise NotImplementedError

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
        """The languages that are not in use."""
        return [code for code in self.languages if code != current()]

    def language_hint(self) -> KeyHint | None:
        """The key that changes the language, named in the language that it leads to; None if there is only one."""
        hint = language_hint([own_name(code) for code in self.other_languages])
        return None if hint is None else KeyHint(*hint)

    def change_language(self, page: AnyPage) -> None:
        """Change to the other language, or open the list of them."""
        others = self.other_languages
        if len(others) == 1:
            self.post_message(messages.LanguageChosen(page, others[0]))
        elif others and isinstance(page, Page):
            page.open(self.languages_page)

    def languages_page(self) -> Overlay:
        """The language page."""
        from iop_tui.tui.language_screen import LanguagesPage

        return LanguagesPage(self.languages)

    @on(messages.LanguageChosen)
    async def _language_chosen(self, event: messages.LanguageChosen) -> None:
        if self.screen is event.seen:
            await self.speak(event.code)

    async def speak(self, code: str) -> None:
        """Rebuild the pages in another language."""
        raise NotImplementedError

    # ---- how it looks, and is used ----

    def display_page(self) -> Overlay:
        """Colours, and one-key use."""
        from iop_tui.tui.appearance import DisplayPage

        return DisplayPage(self.own_theme, self.pace, one_key=self.ONE_KEY)

    def display_changed(self) -> None:
        """Other colours, another window size, or another use: prepared pages may have to change."""

    def on_resize(self) -> None:
        """The window size changed."""
        self.display_changed()

    @on(messages.ThemeChosen)
    def _theme_chosen(self, event: messages.ThemeChosen) -> None:
        self.use_theme(event.name)

    @on(messages.PaceChosen)
    def _pace_chosen(self, event: messages.PaceChosen) -> None:
        self.pace = event.seconds
        self.display_changed()
        if isinstance(self.screen, Page):
            self.screen.follow_pace()

    @property
    def own_theme(self) -> str | None:
        """The name of the theme in use; None if the terminal's own colours are used."""
        return None if self.current_theme.ansi else self.theme

    def use_theme(self, name: str | None) -> None:
        """Use a theme by its name, if the terminal has enough colours and the person wants any."""
        if name is not None and self.own_theme is not None:
            self.theme = name

    def keeps_up(self) -> bool:
        """Whether the terminal has taken all that was drawn."""
        return keeps_up(self)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that do not know them."""
        return ANSI_VARIABLES

    def footer_hints(self, page: Page, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        """The hints of the footer; the page asks for these."""
        return hints

    def more_hints(self) -> Sequence[KeyHint]:
        """The keys that work on every page of the interview and have no room in its footer."""
        language = self.language_hint()
        return [
            *([replace(WORDS, label=N_("What words mean"))] if self.has_words else []),
            *([language] if language is not None else []),
            DISPLAY,
            LEAVE,
        ]

    def too_small_text(self) -> str:
        """The text of a window that is too small for a page."""
        if self.size.area < _ROOM_FOR_WORDS:
            return _("Too small here. Press Q to leave. Then type: iop-tui --line")
        danger = self.in_danger()
        said = _(
            "Please make this window larger. It needs {columns} columns and {lines} lines; now it has {width} and "
            "{height}. Your answers are kept. Or leave with Q, and type: iop-tui --line. That fits any window."
        )
        small = said.format(columns=COLUMNS, lines=LINES, width=self.size.width, height=self.size.height)
        return f"{danger}\n\n{small}" if self.size.area >= 2 * _ROOM_FOR_WORDS else small

    # ---- what lies over it ----
    # Overlays are opened and closed only here, and each change is awaited: until it is done, no key is passed on, so
    # that a key goes to the page that the person then sees.

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

    def in_danger(self) -> str:
        """What to do in danger, in one or two sentences."""
        from iop_tui.screening.assessment.call_sentences import in_danger

        try:
            return in_danger(self.interview.wording if self.has_begun else self.screening)
        except Unusable:
            # The app ends with an error; until then a window may be too small for its pages.
            return in_danger(None)

    def help_page(self) -> Overlay:
        """Who to call."""
        from iop_tui.tui.help import HelpPage

        words = self.interview.wording
        return HelpPage(self.in_danger(), [words.phone_lines[name] for name in words.help.always])

    def comparison_page(self, mine: Level | None = None) -> Overlay:
        """The comparison of the levels of care, with the person's own highlighted, if there is one."""
        from iop_tui.tui.compare import ComparePage

        return ComparePage(self.interview.wording, mine)

    def glossary_page(self, texts: Sequence[str], clicked: str | None = None) -> Overlay:
        """The glossary: the words in these texts first, and before them the clicked one, by its id."""
        from iop_tui.screening.assessment.glossary_terms import read_in
        from iop_tui.tui.glossary import GlossaryPage

        wording = self.interview.wording
        return GlossaryPage(wording, [*([clicked] if clicked is not None else []), *read_in(wording, texts)])

    def save_page(self, result: Result) -> Overlay:
        """The page to save the summary."""
        from iop_tui.takeaway.summary_file import offered as name_offered
        from iop_tui.tui.save import SavePage

        return SavePage(result, str(name_offered()))

    def leave_page(self) -> Overlay:
        """Leave, and erase everything?"""
        from iop_tui.tui.confirm import ConfirmPage

        words = _("Leave? We'll erase your answers. Nothing is kept.")
        return ConfirmPage(_("Leave"), words, stay=_("Stay"), go=_("Erase and leave"), then=self.exit)

    def start_over_page(self, then: Callable[[], object]) -> Overlay:
        """Erase everything, and begin again?"""
        from iop_tui.tui.confirm import ConfirmPage

        words = _("Start over? Your answers are erased.")
        go = _("Erase and start over")
        return ConfirmPage(_("Start over"), words, stay=_("Keep my answers"), go=go, then=then)
