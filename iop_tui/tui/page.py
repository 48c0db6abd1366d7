"""What every page has: a head line that says where you are, the keys at the foot, help, leaving, and a sentence for
small windows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widget import Widget

from iop_tui.screening.language import N_, _
from iop_tui.tui.blocks import Prose
from iop_tui.tui.choices import Choices
from iop_tui.tui.messages import Closed, Opened

if TYPE_CHECKING:
    from iop_tui.tui.app import Wizard

COLUMNS, LINES = 60, 20
"""The smallest window that shows every page whole."""
ROOMY_LINES = 30
"""From this height on, pages take more room for what they show."""


class KeyHint(Struct, frozen=True):
    """A key at the foot of a page: what to press, what it does, and the page's action that does it. `short` says it in
    a narrow window; one that `scrolls` is shown only while something on the page goes on above or below.
    """

    key: str
    label: str
    action: str
    short: str = ""
    scrolls: bool = False

    def said(self, *, short: bool) -> str:
        """What it does, in the person's language, in short where there is such a word."""
        return _((self.short if short else "") or self.label)


class Head(Widget):
    """The head line: where you are, how far along, and a thin line under it."""

    def __init__(self) -> None:
        super().__init__(id="head")
        self._left, self._right, self._done = "", "", 0.0

    def show(self, left: str, right: str = "", done: float = 0.0) -> None:
        """Words on the left and the right; `done` from 0.0 to 1.0 is drawn as the part of the line that lies behind."""
        if (left, right, done) != (self._left, self._right, self._done):
            self._left, self._right, self._done = left, right, done
            self.refresh()

    def render(self) -> RenderResult:
        """Two lines."""
        width = self.content_size.width
        right = Content.styled(self._right, "$muted")
        left = Content.styled(self._left, "bold").truncate(max(4, width - right.cell_length - 2), ellipsis=True)
        behind = round(width * self._done)
        line = Content.styled("━" * behind, "$primary") + Content.styled("─" * (width - behind), "$faint")
        space = " " * max(1, width - left.cell_length - right.cell_length)
        return left + space + right + "\n" + line


class Foot(Widget):
    """One key at the foot of a page; a click does the same."""

    def __init__(self, hint: KeyHint) -> None:
        super().__init__()
        self.hint = hint
        self._short = False

    def shorten(self, *, short: bool) -> None:
        """Say it in short, or in full again."""
        if short != self._short:
            self._short = short
            self.refresh(layout=True)

    def render(self) -> RenderResult:
        """The key, and what it does."""
        said = self.hint.said(short=self._short)
        return Content.styled(self.hint.key, "bold $key") + Content.styled(f" {said}", "$muted")

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        event.stop()
        await self.screen.run_action(self.hint.action)


class Feet(Widget):
    """The keys of a page, in one line: closer together in a narrow window, and without the spare ones where there is
    still no room; at last in short. `spare` are groups of actions; the hints of the first group go first.
    """

    def __init__(self, hints: Sequence[KeyHint], spare: Sequence[Sequence[str]]) -> None:
        super().__init__(id="feet")
        self._hints = hints
        self._spare = spare
        self._room = 0
        self._scrolling: Sequence[Widget] = ()

    def on_mount(self) -> None:
        """Look at what may scroll, once all of the page is there."""
        if any(hint.scrolls for hint in self._hints):
            self.call_after_refresh(self._watch)

    def _watch(self) -> None:
        if self.is_attached:
            self._scrolling = [widget for widget in self.screen.query(Widget) if widget.styles.overflow_y == "auto"]
            for widget in self._scrolling:
                self.watch(widget, "show_vertical_scrollbar", self._fit)

    def on_resize(self, event: events.Resize) -> None:
        """As far apart as there is room."""
        self._room = event.size.width - self.gutter.width
        self._fit()

    def _fit(self) -> None:
        if not self._room:
            return
        scrolls = any(widget.show_vertical_scrollbar for widget in self._scrolling)
        shown, dropped = [hint for hint in self._hints if scrolls or not hint.scrolls], 0
        while (apart := _apart(shown, self._room)) < 1 + (dropped == 0) and dropped < len(self._spare):
            shown = [hint for hint in shown if hint.action not in self._spare[dropped]]
            dropped += 1
        short = apart < 1
        if short:
            apart = _apart(shown, self._room, short=True)
        for foot in self.query(Foot):
            foot.display = foot.hint in shown
            foot.shorten(short=short)
        self.set_class(apart < 3, "-close")
        self.set_class(apart < 2, "-closest")

    def compose(self) -> ComposeResult:
        """One widget a key, so that each can be clicked."""
        for hint in self._hints:
            yield Foot(hint)


def _apart(hints: Sequence[KeyHint], room: int, *, short: bool = False) -> int:
    """How many cells there can be between one key and the next."""
    widths = [Content(f"{hint.key} {hint.said(short=short)}").cell_length for hint in hints]
    return (room - sum(widths)) // max(1, len(widths) - 1)


class TooSmall(Widget):
    """Shown instead of the page in a window that is too small for it."""

    def __init__(self) -> None:
        super().__init__(id="too-small")

    def render(self) -> RenderResult:
        """What the app says: what to do in such a window."""
        return Content(cast("Wizard", self.app).small_words())


READ_ON = KeyHint("↑ ↓", N_("Read on"), "read_on")
HELP = KeyHint("H", N_("Who to call"), "help", N_("Help"))
LEAVE = KeyHint("Q", N_("Leave"), "leave")
BACK = KeyHint("←", N_("Back"), "back")
WORDS = KeyHint("G", N_("Words"), "words")


class Page(Screen[None]):
    """A page of the wizard. A subclass gives its keys in `HINTS` and its content in `body`."""

    HINTS: ClassVar[Sequence[KeyHint]] = (HELP, LEAVE)
    WORDS_AT_FOOT: ClassVar[bool] = False
    """Whether the foot names the key for the glossary. The key works on every page."""
    BINDINGS: ClassVar[list[BindingType]] = [
        # The foot shows capitals, and Caps Lock may be on.
        Binding("h,H,f1", "help", show=False),
        Binding("g,G", "words", show=False),
        Binding("q,Q,ctrl+c,ctrl+q", "leave", show=False),
        Binding("left,backspace,b,B,escape", "back", show=False),
    ]
    AUTO_FOCUS = "Choices"
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (COLUMNS, "-usual"), (100, "-wide")]  # noqa: RUF012  # Textual types it so
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LINES, "-short"), (24, "-normal"), (ROOMY_LINES, "-tall")]  # noqa: RUF012  # Textual types it so

    @property
    def wizard(self) -> Wizard:
        """The app, as what it is."""
        return cast("Wizard", self.app)

    def compose(self) -> ComposeResult:
        """The head, the body, the keys."""
        yield Head()
        yield from self.body()
        yield Feet(self.wizard.feet(self, self._hints()), self.wizard.SPARE_FEET)
        yield TooSmall()

    def _hints(self) -> Sequence[KeyHint]:
        """The keys at the foot; the glossary's before those that every page ends with, where there is a glossary."""
        if not (self.WORDS_AT_FOOT and self.wizard.has_words):
            return self.HINTS
        end = next((n for n, hint in enumerate(self.HINTS) if hint in (HELP, LEAVE)), len(self.HINTS))
        return (*self.HINTS[:end], WORDS, *self.HINTS[end:])

    def body(self) -> ComposeResult:
        """What the page shows between head and foot."""
        raise NotImplementedError

    @property
    def too_small(self) -> bool:
        """Whether the window hides the page: then no key answers what nobody can see."""
        return self.app.size.width < COLUMNS or self.app.size.height < LINES

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a window that is too small only leaving works; where no word is explained, no key asks for it."""
        if self.too_small and action != "leave":
            return False
        if action == "words" and not self.wizard.has_words:
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """A digit or letter that stands before a choice chooses it."""
        if not self.too_small and event.character and self.pressed(event.character.lower()):
            event.stop()
            event.prevent_default()

    def pressed(self, character: str) -> bool:
        """A character was typed; True where the page used it. `on_key` calls it before bindings are looked up."""
        try:
            chosen = self.query_one(Choices).with_key(character)
        except NoMatches:
            return False
        if chosen is not None:
            self.choose(chosen)
        return chosen is not None

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        """Enter or a click on a line, unless other lines have come since."""
        event.stop()
        if event.offer is self.query_one(Choices).offered and not self.too_small:
            self.choose(event.choice)

    def choose(self, choice: str) -> None:
        """Do what a choice of the page says."""

    def action_help(self) -> None:
        """Who to call, over whatever is shown."""
        self.open(self.wizard.help_page)

    def action_words(self, term: str | None = None) -> None:
        """What words mean: those of this page first, before all the one asked for."""
        texts = [text for prose in self.query(Prose) for text in prose.texts]
        texts += [choice.text for choices in self.query(Choices) for choice in choices.offered]
        self.open(lambda: self.wizard.glossary_page(texts, term))

    @on(Prose.Asked)
    def _asked(self, event: Prose.Asked) -> None:
        event.stop()
        if not self.too_small:
            self.action_words(event.term)

    def action_leave(self) -> None:
        """Ask whether to leave."""
        self.open(self.wizard.leave_page)

    def action_back(self) -> None:
        """The page before, where there is one."""

    def open(self, make: Callable[[], Overlay]) -> None:
        """Lay another page over this one."""
        self.post_message(Opened(self, make))

    def action_nothing(self) -> None:
        """A hint about arrows does nothing when it is clicked."""

    def action_read_on(self) -> None:
        """A page further down, where there is text that scrolls."""


class Overlay(Page):
    """A page that lies over another and goes back to it. The shown page is not asked again for what it knows."""

    HINTS: ClassVar[Sequence[KeyHint]] = (BACK, LEAVE)

    def close(self, then: Callable[[], object] | None = None) -> None:
        """Back to the page under this one, and then do something. The app closes it once, however often it is asked."""
        self.post_message(Closed(self, then))

    def again(self) -> Overlay | None:
        """The same page after the screening has changed; None where it has no sense any more."""
        return None

    def action_back(self) -> None:
        """Back to the page under it."""
        self.close()
