"""The base of every page: a header that says where you are, the footer's keys, help, leaving, and a sentence for small
windows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.widget import Widget

from iop_tui.firstpaint.layout import COLUMNS as COLUMNS
from iop_tui.firstpaint.layout import LINES as LINES
from iop_tui.firstpaint.layout import NORMAL_LINES as NORMAL_LINES
from iop_tui.firstpaint.layout import ROOMY_LINES as ROOMY_LINES
from iop_tui.tui.blocks import Prose
from iop_tui.tui.choices import Choices
from iop_tui.tui.footer import BACK as BACK
from iop_tui.tui.footer import DISPLAY as DISPLAY
from iop_tui.tui.footer import HELP as HELP
from iop_tui.tui.footer import LEAVE as LEAVE
from iop_tui.tui.footer import MORE as MORE
from iop_tui.tui.footer import READ_ON as READ_ON
from iop_tui.tui.footer import READ_ON_IF as READ_ON_IF
from iop_tui.tui.footer import WORDS as WORDS
from iop_tui.tui.footer import KeyHint as KeyHint
from iop_tui.tui.footer import PageFooter as PageFooter
from iop_tui.tui.header import PageHeader as PageHeader
from iop_tui.tui.messages import Closed, Opened
from iop_tui.tui.scanned_screen import ScannedScreen

if TYPE_CHECKING:
    from iop_tui.tui.host import AnyPage


class TooSmall(Widget):
    """Shown instead of the page in a window that is too small for it."""

    def __init__(self, words: Callable[[], str]) -> None:
        super().__init__(id="too-small")
        self._words = words

    def render(self) -> RenderResult:
        """What to do in such a window."""
        return Content(self._words())


class Page(ScannedScreen):
    """A page of the wizard. A subclass sets its keys in `HINTS` and its content in `body`."""

    HINTS: ClassVar[Sequence[KeyHint]] = (HELP, LEAVE)
    GLOSSARY_IN_FOOTER: ClassVar[bool] = False
    """Whether the footer shows the key for the glossary. The key works on every page."""
    KEEPS_DISPLAY_HINT: ClassVar[bool] = False
    """Whether the footer keeps the key for the display in a narrow window."""
    OFFERS_LEAVING: ClassVar[bool] = False
    """Whether the page itself asks or offers to leave: a kiosk's footer then names no key to start over."""
    TAKES_LONG_TO_READ: ClassVar[bool] = False
    """Whether it may be read for minutes without a key: a kiosk then waits longer before its warning."""
    BINDINGS: ClassVar[list[BindingType]] = [
        # The footer shows capitals, and Caps Lock may be on.
        Binding("h,H,f1", "help", show=False),
        Binding("question_mark", "more", show=False),
        Binding("g,G", "words", show=False),
        Binding("d,D", "display", show=False),
        Binding("l,L", "language", show=False),
        Binding("q,Q,ctrl+c,ctrl+q", "leave", show=False),
        Binding("left,backspace,b,B,escape", "back", show=False),
    ]
    AUTO_FOCUS = "Choices"
    _had_focus: Widget | None = None
    """The widget that had the focus when the window became too small."""
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (COLUMNS, "-usual"), (100, "-wide")]  # noqa: RUF012  # Textual types it so
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LINES, "-short"), (NORMAL_LINES, "-normal"), (ROOMY_LINES, "-tall")]  # noqa: RUF012  # Textual types it so

    def compose(self) -> ComposeResult:
        """The header, the body, the footer."""
        self._fit_at_once()
        yield PageHeader()
        yield from self.body()
        dropped_first = () if self.KEEPS_DISPLAY_HINT else (DISPLAY.action,)
        yield PageFooter(self.host.footer_hints(self, self._hints()), self.host.OPTIONAL_HINTS, dropped_first)
        yield TooSmall(self.host.too_small_text)

    def _fit_at_once(self) -> None:
        """Set the classes for the window's size before anything is styled. Textual 8.2.8 sets them on a page that is
        laid out already, and styles and lays out all of it a second time.
        """
        width, height = self.app.size
        for cells, points in ((width, self.HORIZONTAL_BREAKPOINTS), (height, self.VERTICAL_BREAKPOINTS)):
            self.add_class([name for least, name in points if cells >= least][-1], update=False)

    def _hints(self) -> Sequence[KeyHint]:
        """The keys of the footer; those that many pages have come before the last, if they are used."""
        if MORE in self.HINTS:
            # The keys of many pages are behind that one.
            return self.HINTS
        language = self.host.language_hint()
        words = [WORDS] if self.GLOSSARY_IN_FOOTER and self.host.has_words else []
        more = [*words, *([language] if language is not None else []), DISPLAY]
        keys = {hint.key for hint in self.HINTS}
        end = self.HINTS.index(LEAVE) if LEAVE in self.HINTS else len(self.HINTS)
        return (*self.HINTS[:end], *(hint for hint in more if hint.key not in keys), *self.HINTS[end:])

    def show_title(self, left: str, right: str = "", done: float = 0.0) -> None:
        """Show words in the header, and how much is done, from 0.0 to 1.0."""
        # Where the program ends before the page is made, it mounts nothing any more.
        with suppress(NoMatches):
            self.query_one(PageHeader).show(left, right, done)

    def body(self) -> ComposeResult:
        """The content between header and footer."""
        raise NotImplementedError

    @property
    def too_small(self) -> bool:
        """Whether the window hides the page: then no key answers what nobody can see."""
        return self.app.size.width < COLUMNS or self.app.size.height < LINES

    @property
    def takes_digits(self) -> bool:
        """Whether digits are typed here, so that the same one may come twice in a row."""
        return False

    @on(events.Resize)
    def _keep_focus(self) -> None:
        """A window that is too small hides the focused widget, which loses the focus by that: it gets it back with the
        room.
        """
        if self.too_small:
            self._had_focus = self.focused or self._had_focus
        elif self._had_focus is not None:
            self.call_after_refresh(self._focus_again, self._had_focus)
            self._had_focus = None

    def _focus_again(self, widget: Widget) -> None:
        if self.focused is None and widget.is_attached and not self.too_small:
            self.set_focus(widget, scroll_visible=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a window that is too small only leaving works. No key asks for a word or a language that does
        not exist.
        """
        if self.too_small and action not in ("leave", "language"):
            return False
        if action == "words" and not self.host.has_words:
            return False
        if action == "language" and self.host.language_hint() is None:
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """The key of a choice chooses it; during switch scanning two keys take what is offered.

        A subclass's own `on_key` comes first. Textual calls this one after it, unless it prevented the default.
        """
        if self.switched(event.key) or (
            not self.too_small and event.character and self.pressed(event.character.lower())
        ):
            event.stop()
            event.prevent_default()

    def pressed(self, character: str) -> bool:
        """A character was typed; returns whether the page used it. `on_key` calls it before bindings are looked up."""
        try:
            chosen = self.query_one(Choices).with_key(character)
        except NoMatches:
            return False
        if chosen is not None:
            self.choose(chosen)
        return chosen is not None

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        """Enter or a click on a line, unless the list was replaced since."""
        event.stop()
        if event.offer is self.query_one(Choices).offered and not self.too_small:
            self.choose(event.choice)

    def action_more(self) -> None:
        """Show the keys that the footer has no room for."""
        if MORE in self.HINTS:
            from iop_tui.tui.more import MorePage

            self.open(lambda: MorePage(self, self.host.more_hints()))

    def action_help(self) -> None:
        """Who to call, over whatever is shown."""
        self.open(self.host.help_page)

    def action_words(self, term: str | None = None) -> None:
        """The glossary: the words of this page first, and before them the one asked for."""
        texts = [text for prose in self.query(Prose) for text in prose.texts]
        texts += [choice.text for choices in self.query(Choices) for choice in choices.offered]
        self.open(lambda: self.host.glossary_page(texts, term))

    @on(Prose.Asked)
    def _asked(self, event: Prose.Asked) -> None:
        event.stop()
        if not self.too_small:
            self.action_words(event.term)

    def action_leave(self) -> None:
        """Ask whether to leave."""
        self.open(self.host.leave_page)

    def action_back(self) -> None:
        """The previous page, if there is one."""

    def open(self, make: Callable[[], AnyPage]) -> None:
        """Open another page over this one."""
        self.post_message(Opened(self, make))

    def action_nothing(self) -> None:
        """A hint about arrows does nothing when it is clicked."""

    def action_language(self) -> None:
        """Change the language."""
        self.host.change_language(self)

    def action_display(self) -> None:
        """The display page."""
        self.open(self.host.display_page)


class Overlay(Page):
    """An overlay: a page that opens over another and goes back to it. The page under it is not asked again for its
    data.
    """

    HINTS: ClassVar[Sequence[KeyHint]] = (BACK, LEAVE)

    def close(self, then: Callable[[], object] | None = None) -> None:
        """Close this page, and then do something. The app closes it once, however often it is asked."""
        self.post_message(Closed(self, then))

    def again(self) -> AnyPage | None:
        """The same page after the screening has changed; None if it has no purpose any more."""
        return None

    def action_back(self) -> None:
        """Back to the page under it."""
        self.close()
