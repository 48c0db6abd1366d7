"""How Textual takes over a terminal that shows the first page already, so that not one cell flickers.

Private or version-bound touches of Textual, as in `compat.py`: `tests/terminal/test_first_paint.py` and
`tests/tui/test_compat.py` fail when one breaks.
"""

from __future__ import annotations

import os
import select
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.screen import Screen

from iop_tui.firstpaint.takeover import EarlyScreen
from iop_tui.tui.compat_input import Input

if TYPE_CHECKING:
    from rich.console import RenderableType

Result = TypeVar("Result")
_INPUT = (events.InputEvent, events.Paste)
ALTERNATE = "\x1b[?1049h"
_KEYBOARD = "\x1b[>"
_KEYBOARD_BACK = "\x1b[<u"


class EarlyApp(App[Result], Generic[Result], inherit_bindings=False):
    """An app whose first page may be on the screen before it runs."""

    early: EarlyScreen | None = None
    """The terminal, where it was taken early."""
    _held: Screen[Any] | None = None
    _clicked_early: Sequence[events.MouseEvent] = ()

    def takes_early_key(self, key: str) -> bool:
        """The first key that was typed before the app ran; True where the app has dealt with it."""
        return False

    def hold(self, page: Screen[Any]) -> None:
        """Draw nothing of a page that is to be shown, where the terminal shows it already: what Textual draws before
        all is laid out would flicker.
        """
        if self.early is not None and self.early.shows(self.size.width, self.size.height):
            self._held = page

    def release(self) -> None:
        """Draw from now on. All of the page is drawn once more, in case that anything is not as it should be."""
        if self._held is not None:
            self._held = None
            self.refresh(layout=True)
        clicked, self._clicked_early = self._clicked_early, ()
        for event in clicked:
            self.post_message(event)

    async def on_event(self, event: events.Event) -> None:
        """Keep a click for when the page lies as it is seen: before, another choice may stand where it points to."""
        if self._held is not None and isinstance(event, events.MouseEvent):
            self._clicked_early = (*self._clicked_early, event)
        else:
            await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        # Private (Textual 8.2.8): all drawing comes through here, once its cells are known.
        if screen is not self._held:
            self._held = None
            super()._display(screen, renderable)


class DrawnOnce(Screen[None]):
    """A screen that draws nothing while the app shows nothing: it is drawn when it can be seen."""

    def _compositor_refresh(self) -> None:
        # Private: while an app collects what is to be drawn (a batch), Textual 8.2.8 draws all the same, throws it
        # away, and draws it again at the end.
        if not self.app._batch_count:
            super()._compositor_refresh()


class EarlyDriver(LinuxDriver):
    """Textual's driver, on a terminal that may have been taken before."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._taken = False
        self.typed_early = b""
        """What was typed before, and is still to be read."""
        self._dealt_with = False
        super().__init__(*args, **options)
        early = self._early
        if early is not None:
            # Textual's own handlers, set above, know nothing of what is on the screen.
            early.answer_stops()

    @property
    def _early(self) -> EarlyScreen | None:
        return self._app.early if isinstance(self._app, EarlyApp) else None

    def start_application_mode(self) -> None:
        """Take the terminal; where it was taken before, with the settings that it had before that for the end."""
        before = self._early.hand_over() if self._early is not None else None
        if before is None:
            super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
            return
        # Before the input thread reads it.
        self.typed_early = _waiting(self.fileno)
        key = _first_key(self.typed_early)
        self._dealt_with = bool(key) and isinstance(self._app, EarlyApp) and self._app.takes_early_key(key)
        self._taken = True
        super().start_application_mode()  # type: ignore[no-untyped-call]  # the same
        self._taken = False
        self.attrs_before = before

    def write(self, data: str) -> None:
        """Send it to the terminal. To enter the alternate screen a second time would clear it."""
        if self._taken and data == ALTERNATE:
            return
        if self._taken and data.startswith(_KEYBOARD):
            # The terminal keeps a stack of these: one is taken away at the end.
            data = _KEYBOARD_BACK + data
        super().write(data)

    def still_meant(self, read: Iterable[Message]) -> list[Message]:
        """What of that which was typed early is to be passed on. After a key that led to another page all the rest was
        meant for the page before, as it is where several keys are read at once.
        """
        return [message for message in read if not (self._dealt_with and isinstance(message, _INPUT))]


def _first_key(typed: bytes) -> str:
    """The first key in what was typed; "" where something else comes first. That the mouse was moved before, or the
    window came to the front, is no matter.
    """
    for message in Input().feed(typed, 0.0):
        if isinstance(message, events.Key):
            return message.key
        if not isinstance(message, (events.AppFocus, events.AppBlur, events.MouseMove)):
            return ""
    return ""


def _waiting(descriptor: int) -> bytes:
    """What was typed and not read yet."""
    try:
        return os.read(descriptor, 4096) if select.select([descriptor], [], [], 0)[0] else b""
    except OSError:
        return b""
