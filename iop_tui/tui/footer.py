"""The keys at the foot of a page: each can be clicked, and none is cut off."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.widget import Widget

from iop_tui.firstpaint import hints as known
from iop_tui.firstpaint.hints import gap, without_spare
from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.choices import MARKER


class KeyHint(Struct, frozen=True):
    """A key at the foot of a page: what to press, what it does, and the page's action that does it. `short` says it in
    a narrow window; one that `scrolls` is shown only while something on the page goes on above or below; one that is
    `aside` is shown only to a switch, because the page has another place for it.
    """

    key: str
    label: str
    action: str
    short: str = ""
    scrolls: bool = False
    aside: bool = False

    @property
    def shown(self) -> str:
        """The key as it is called in the person's language."""
        return _(self.key)

    def said(self, *, short: bool) -> str:
        """What it does, in the person's language, in short where there is such a word."""
        return _((self.short if short else "") or self.label)


READ_ON = KeyHint("↑ ↓", N_("Read on"), "read_on", N_("More"))
READ_ON_IF = KeyHint(*known.READ_ON_IF)
HELP = KeyHint(*known.HELP)
LEAVE = KeyHint(*known.LEAVE)
BACK = KeyHint("←", N_("Back"), "back")
WORDS = KeyHint("G", N_("Words"), "words")
DISPLAY = KeyHint(*known.DISPLAY)
MORE = KeyHint("?", N_("More"), "more")
"""Opens `more.py`: what a page has keys for, and its foot no room."""

BY_HAND = ("nothing", "select", "rename", "tick", "go_on")
"""Actions of hints that a switch has no use for: it moves no cursor, and types no name."""


class FooterKey(Widget):
    """One key at the foot of a page; a click does the same."""

    def __init__(self, hint: KeyHint) -> None:
        super().__init__()
        self.hint = hint
        self._short = self._offered = False

    def shorten(self, *, short: bool) -> None:
        """Say it in short, or in full again."""
        if short != self._short:
            self._short = short
            # Textual 8.2.8 would keep the width that it measured in full, where the key has just come back.
            self.styles.width = _width(self.hint, short=short)
            self.refresh(layout=True)

    def offer(self, offered: bool) -> None:
        """To a switch; or no longer."""
        if offered != self._offered:
            self._offered = offered
            self.refresh()

    def render(self) -> RenderResult:
        """The key, and what it does. What is offered has a sign between them, and stands in reverse."""
        said = self.hint.said(short=self._short)
        if self._offered:
            return Content.styled(f"{self.hint.shown}{MARKER}{said}", "bold reverse")
        return Content.styled(self.hint.shown, "bold $key") + Content.styled(f" {said}", "$muted")

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        event.stop()
        await self.screen.run_action(self.hint.action)


class PageFooter(Widget):
    """The keys of a page, in one line: closer together in a narrow window, and without the spare ones where there is
    still no room; then in short, and at last in more lines than one. `spare` are groups of actions; the hints of the
    first group go first, and those that are `loose` before all. How to read on stays: it is the one way for whoever
    has only clicks. For a switch all are there that it can use.
    """

    def __init__(
        self, hints: Sequence[KeyHint], spare: Sequence[Sequence[str]], loose: Sequence[str] = ("display",)
    ) -> None:
        super().__init__(id="footer")
        self._hints = hints
        self._spare = spare
        self._loose = loose
        self._room = 0
        self._scrolling: Sequence[Widget] = ()
        self._for_switch = False
        self._idle: frozenset[str] = frozenset()
        """Actions that have nothing to do just now."""

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
        room = event.size.width - self.gutter.width
        if room != self._room:
            self._room = room
            self._fit()

    def serve_switch(self, *, serve: bool) -> None:
        """Show all that a switch can use; or what fits in a line again."""
        if serve != self._for_switch:
            self._for_switch = serve
            self._fit()

    def take_away(self, action: str) -> None:
        """Name the key for an action no more: there is nothing left for it to do."""
        self._hints = [hint for hint in self._hints if hint.action != action]
        self._fit()

    def rest(self, actions: frozenset[str]) -> None:
        """Do not name the keys for these actions just now, and name those again that rested before."""
        if actions != self._idle:
            self._idle = actions
            self._fit()

    def _fit(self) -> None:
        if not self._room:
            return
        scrolls = any(widget.show_vertical_scrollbar for widget in self._scrolling)
        there = [hint for hint in self._hints if (scrolls or not hint.scrolls) and hint.action not in self._idle]
        if self._for_switch:
            shown: Sequence[KeyHint] = [hint for hint in there if hint.action not in BY_HAND]
        else:
            there = [hint for hint in there if not hint.aside]
            shown = self._without_spare(there)
        short = _apart(shown, self._room) < 1
        apart = _apart(shown, self._room, short=short)
        if apart < 1 and not self._for_switch:
            # In two lines there is room for the spare ones, too.
            shown = [hint for hint in there if hint.action not in BY_HAND]
        for key in self.query(FooterKey):
            key.display = key.hint in shown
            key.shorten(short=short and apart >= 1)
        self.set_class(apart < 3, "-close")
        self.set_class(apart < 2, "-closest")
        self._in_lines(shown if apart < 1 else ())

    def _without_spare(self, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        keys = [(hint.action, _width(hint, short=False)) for hint in hints]
        return [hints[place] for place in without_spare(keys, self._room, self._spare, self._loose)]

    def _in_lines(self, hints: Sequence[KeyHint]) -> None:
        """Place these in as many lines as they need; where there are none, let all stand in one as they come."""
        x = y = 0
        for key in self.query(FooterKey):
            if key.hint not in hints:
                key.styles.position, key.styles.offset = None, None
                continue
            width = _width(key.hint, short=False)
            if x and x + width > self._room:
                x, y = 0, y + 1
            key.styles.position, key.styles.offset = "absolute", (x, y)
            x += width + 2
        if y:
            self.styles.height = y + 1
        elif self.styles.has_rule("height"):
            self.styles.height = None

    def compose(self) -> ComposeResult:
        """One widget a key, so that each can be clicked."""
        for hint in self._hints:
            key = FooterKey(hint)
            # Most pages fit: to take it away once they are laid out would lay them out twice.
            key.display = not hint.scrolls
            yield key


def _apart(hints: Sequence[KeyHint], room: int, *, short: bool = False) -> int:
    """How many cells there can be between one key and the next."""
    return gap([_width(hint, short=short) for hint in hints], room)


def _width(hint: KeyHint, *, short: bool) -> int:
    return Content(f"{hint.shown} {hint.said(short=short)}").cell_length
