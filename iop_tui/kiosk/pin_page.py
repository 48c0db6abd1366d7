"""The PIN page for staff: a PIN by keys or by touch, then two choices."""

from __future__ import annotations

import math

from textual import events, on
from textual.app import ComposeResult, RenderResult
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from iop_tui.kiosk.messages import StaffLeft
from iop_tui.kiosk.pin_lock import Lock
from iop_tui.screening.i18n.language import _
from iop_tui.tui.base_screen import BACK, Overlay
from iop_tui.tui.blocks import Paragraph, Prose
from iop_tui.tui.choices import Choice, Choices
from iop_tui.tui.clock import Wait

_SHORTEST, _LONGEST = 4, 12
"""Digits of a PIN, as `site/pin.py` makes them."""
_ERASE, _ENTER = "backspace", "enter"
_KEYS = (*"123456789", _ERASE, "0", _ENTER)


class Pad(Widget):
    """A key of the keypad."""

    class Pressed(Message):
        """It was touched."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key

    def render(self) -> RenderResult:
        """The digit, or the name of the key."""
        said = {_ERASE: _("Erase"), _ENTER: _("Enter")}.get(self._key, self._key)
        return Content.styled(f"[ {said} ]", "bold $key")

    def on_click(self, event: events.Click) -> None:
        """A touch acts like the key."""
        event.stop()
        self.post_message(self.Pressed(self._key))


class PinPage(Overlay):
    """Asks for the PIN, shown as dots, and discards it after the check."""

    HINTS = (BACK,)
    AUTO_FOCUS = ""

    def __init__(self, lock: Lock) -> None:
        super().__init__()
        self._lock = lock
        self._typed = ""
        self._timer: Wait | None = None
        self._is_open = False

    def body(self) -> ComposeResult:
        """The typed dots, the keypad, and the choices for later."""
        with Vertical(classes="body"):
            yield Prose(id="pin-said", classes="gap")
            yield Prose(id="pin-typed", classes="gap")
            with Grid(id="pad"):
                for key in _KEYS:
                    yield Pad(key)
            yield Choices([Choice("back", _("Back to the kiosk"), "1"), Choice("end", _("End the kiosk"), "2")])

    def again(self) -> Overlay:
        """Ask for the PIN again."""
        return PinPage(self._lock)

    def on_mount(self) -> None:
        """Show the title, and the delay after earlier tries."""
        self.show_title(_("For staff"))
        self.query_one(Choices).display = False
        self._show()
        if self._lock.wait > 0:
            self._wait(_("Please wait."))
        else:
            self._say(_("Type the PIN, then press Enter."))

    @property
    def too_small(self) -> bool:
        """It is shown in a window of any size."""
        return False

    # ---- what is typed ----

    @property
    def takes_digits(self) -> bool:
        """A PIN may have the same digit twice."""
        return True

    def on_key(self, event: events.Key) -> None:
        """Digits, Backspace and Enter edit the PIN until it is right."""
        digit = event.character or ""
        key = digit if digit.isascii() and digit.isdecimal() else event.key
        if self._is_open or key not in _KEYS or (key == _ERASE and not self._typed):
            return
        event.stop()
        event.prevent_default()
        self._press(key)

    @on(Pad.Pressed)
    def _touched(self, event: Pad.Pressed) -> None:
        event.stop()
        if not self._is_open:
            self._press(event.key)

    def _press(self, key: str) -> None:
        if key == _ENTER:
            self._compare()
        elif key == _ERASE:
            self._typed = self._typed[:-1]
        elif len(self._typed) < _LONGEST:
            self._typed += key
        self._show()

    def _compare(self) -> None:
        typed, self._typed = self._typed, ""
        if self._lock.wait > 0:
            return
        if len(typed) < _SHORTEST:
            self._say(_("A PIN has 4 to 12 digits."))
        elif self._lock.opens(typed):
            self._opened()
        elif self._lock.wait > 0:
            self._wait(_("That was not the PIN."))
        else:
            self._say(_("That was not the PIN. Please try again."))

    def _opened(self) -> None:
        self._is_open = True
        self._say(_("What would you like to do?"))
        self.query_one("#pin-typed", Prose).display = False
        self.query_one("#pad", Grid).display = False
        choices = self.query_one(Choices)
        choices.display = True
        choices.highlighted = 0
        self.set_focus(choices)

    # ---- what is said ----

    def _wait(self, said: str) -> None:
        """Show the remaining delay, once a second."""
        seconds = math.ceil(self._lock.wait)
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if seconds <= 0:
            self._say(_("Type the PIN, then press Enter."))
            return
        self._say(_("{said} Next try in {seconds} s.").format(said=said, seconds=seconds))
        self._timer = self.host.time.after(self, 1.0, lambda: self._wait(said))

    def _say(self, said: str) -> None:
        self.query_one("#pin-said", Prose).show([Paragraph(said, "bold")])

    def _show(self) -> None:
        dots = " ".join("*" * len(self._typed)) or "-"
        self.query_one("#pin-typed", Prose).show([Paragraph(dots, "bold $key")])

    # ---- what is done ----

    def choose(self, choice: str) -> None:
        """Return to the visit, or stop the kiosk."""
        if not self._is_open:
            return
        if choice == "end":
            self.post_message(StaffLeft(self))
        else:
            self.close()
