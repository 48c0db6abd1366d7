"""The footer: a page's keys, each of which can be clicked; none is cut off."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual.app import ComposeResult, RenderResult
from textual.content import Content
from textual.widget import Widget

from iop_tui.firstpaint import hints as known
from iop_tui.firstpaint.hints import fitting_keys, gap
from iop_tui.screening.i18n.language import N_, _
from iop_tui.tui.choices import MARKER


class KeyHint(Struct, frozen=True):
    """A key in the footer: the key, its label, and the page's action. `short` is the label in a narrow window. With
    `scrolls` it is shown only while something on the page scrolls; with `switch_only` only during switch scanning,
    because the page shows it elsewhere.
    """

    key: str
    label: str
    action: str
    short: str = ""
    scrolls: bool = False
    switch_only: bool = False

    @property
    def shown(self) -> str:
        """The name of the key in the person's language."""
        return _(self.key)

    def said(self, *, short: bool) -> str:
        """The label in the person's language; the short one if there is one."""
        return _((self.short if short else "") or self.label)


READ_ON = KeyHint("↑ ↓", N_("Read on"), "read_on", N_("More"))
READ_ON_IF = KeyHint(*known.READ_ON_IF)
HELP = KeyHint(*known.HELP)
LEAVE = KeyHint(*known.LEAVE)
BACK = KeyHint("←", N_("Back"), "back")
WORDS = KeyHint("G", N_("Words"), "words")
DISPLAY = KeyHint(*known.DISPLAY)
MORE = KeyHint("?", N_("More"), "more")
"""Opens `more.py`: the keys for which the footer has no room."""

BY_HAND = ("nothing", "select", "rename", "tick", "go_on")
"""Actions that switch scanning cannot use: moving a cursor, typing a name."""


class FooterKey(Widget):
    """One key in the footer; a click does the same."""

    def __init__(self, hint: KeyHint) -> None:
        super().__init__()
        self.hint = hint
        self._short = self._offered = False

    def shorten(self, *, short: bool) -> None:
        """Use the short label, or the full one."""
        if short != self._short:
            self._short = short
            # Textual 8.2.8 would keep the width measured for the full label, if the key has just been shown again.
            self.styles.width = _width(self.hint, short=short)
            self.refresh(layout=True)

    def offer(self, offered: bool) -> None:
        """Mark it as offered to a switch, or no longer."""
        if offered != self._offered:
            self._offered = offered
            self.refresh()

    def render(self) -> RenderResult:
        """The key and its label; with a marker between them, and in reverse, while it is offered to a switch."""
        said = self.hint.said(short=self._short)
        if self._offered:
            return Content.styled(f"{self.hint.shown}{MARKER}{said}", "bold reverse")
        return Content.styled(self.hint.shown, "bold $key") + Content.styled(f" {said}", "$muted")

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        event.stop()
        await self.screen.run_action(self.hint.action)


class PageFooter(Widget):
    """The keys of a page in one line. In a narrow window they move closer together, then the optional ones go, then
    short labels are used, and at last more lines. `optional` are groups of actions that go in order; those in
    `dropped_first` go before all groups. The key to read on always stays: a person without a keyboard can click
    nothing else. Switch scanning shows every key that a switch can use.
    """

    def __init__(
        self, hints: Sequence[KeyHint], optional: Sequence[Sequence[str]], dropped_first: Sequence[str] = ("display",)
    ) -> None:
        super().__init__(id="footer")
        self._hints = hints
        self._optional = optional
        self._dropped_first = dropped_first
        self._room = 0
        self._scrolling: Sequence[Widget] = ()
        self._for_switch = False
        self._hidden: frozenset[str] = frozenset()
        """Actions whose keys are hidden for now."""

    def on_mount(self) -> None:
        """Watch what may scroll, once all of the page is there."""
        if any(hint.scrolls for hint in self._hints):
            self.call_after_refresh(self._watch)

    def _watch(self) -> None:
        if self.is_attached:
            self._scrolling = [widget for widget in self.screen.query(Widget) if widget.styles.overflow_y == "auto"]
            for widget in self._scrolling:
                self.watch(widget, "show_vertical_scrollbar", self._fit)

    def on_resize(self, event: events.Resize) -> None:
        """Spread the keys as far as there is room."""
        room = event.size.width - self.gutter.width
        if room != self._room:
            self._room = room
            self._fit()

    def show_for_switch(self, *, serve: bool) -> None:
        """Show every key that a switch can use, or what fits in a line again."""
        if serve != self._for_switch:
            self._for_switch = serve
            self._fit()

    def remove_key(self, action: str) -> None:
        """Remove the key of an action that has nothing left to do."""
        self._hints = [hint for hint in self._hints if hint.action != action]
        self._fit()

    def hide_keys(self, actions: frozenset[str]) -> None:
        """Hide the keys of these actions, and show those hidden before."""
        if actions != self._hidden:
            self._hidden = actions
            self._fit()

    def _fit(self) -> None:
        if not self._room:
            return
        scrolls = any(widget.show_vertical_scrollbar for widget in self._scrolling)
        there = [hint for hint in self._hints if (scrolls or not hint.scrolls) and hint.action not in self._hidden]
        if self._for_switch:
            shown: Sequence[KeyHint] = [hint for hint in there if hint.action not in BY_HAND]
        else:
            there = [hint for hint in there if not hint.switch_only]
            shown = self._fitting(there)
        short = _apart(shown, self._room) < 1
        apart = _apart(shown, self._room, short=short)
        if apart < 1 and not self._for_switch:
            # In two lines there is room for the optional ones, too.
            shown = [hint for hint in there if hint.action not in BY_HAND]
        for key in self.query(FooterKey):
            key.display = key.hint in shown
            key.shorten(short=short and apart >= 1)
        self.set_class(apart < 3, "-close")
        self.set_class(apart < 2, "-closest")
        self._in_lines(shown if apart < 1 else ())

    def _fitting(self, hints: Sequence[KeyHint]) -> Sequence[KeyHint]:
        keys = [(hint.action, _width(hint, short=False)) for hint in hints]
        return [hints[place] for place in fitting_keys(keys, self._room, self._optional, self._dropped_first)]

    def _in_lines(self, hints: Sequence[KeyHint]) -> None:
        """Place these keys on as many lines as they need; without any, all keys are on one line."""
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
            # Most pages fit: hiding it once they are laid out would lay them out twice.
            key.display = not hint.scrolls
            yield key


def _apart(hints: Sequence[KeyHint], room: int, *, short: bool = False) -> int:
    """How many cells there can be between two keys."""
    return gap([_width(hint, short=short) for hint in hints], room)


def _width(hint: KeyHint, *, short: bool) -> int:
    return Content(f"{hint.shown} {hint.said(short=short)}").cell_length
