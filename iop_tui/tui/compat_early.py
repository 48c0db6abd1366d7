"""How Textual takes over a terminal that shows the first page already, without any flicker.

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
    """The terminal, if it was taken early."""
    _held: Screen[Any] | None = None
    _clicked_early: Sequence[events.MouseEvent] = ()

    def takes_early_key(self, key: str) -> bool:
        """The first key typed before the app ran; returns whether the app has handled it."""
        return False

    def hold(self, page: Screen[Any]) -> None:
        """Draw nothing of the next page while the terminal shows it already: what Textual draws before the layout is
        complete would flicker.
        """
        if self.early is not None and self.early.shows(self.size.width, self.size.height):
            self._held = page

    def release(self) -> None:
        """Draw from now on. The whole page is drawn again, in case that anything differs."""
        if self._held is not None:
            self._held = None
            self.refresh(layout=True)
        clicked, self._clicked_early = self._clicked_early, ()
        for event in clicked:
            self.post_message(event)

    async def on_event(self, event: events.Event) -> None:
        """Hold a click back until the page is laid out as it is seen: before, another choice may be under the
        pointer.
        """
        if self._held is not None and isinstance(event, events.MouseEvent):
            self._clicked_early = (*self._clicked_early, event)
        else:
            await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        # Private (Textual 8.2.8): all drawing goes through here, once its cells are known.
        if screen is not self._held:
            self._held = None
            super()._display(screen, renderable)


class DrawnOnce(Screen[None]):
    """A screen that draws nothing while the app shows nothing."""

    def _compositor_refresh(self) -> None:
        # Private: during a batch Textual 8.2.8 draws all the same, discards it, and draws it again at the end.
        if not self.app._batch_count:
            super()._compositor_refresh()


class EarlyDriver(LinuxDriver):
    """Textual's driver for a terminal that may have been taken before."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._taken = False
        self.typed_early = b""
        """Input that was typed before and not read yet."""
        self._dealt_with = False
        super().__init__(*args, **options)
        early = self._early
        if early is not None:
            # Textual's own handlers, set above, do not know what is on the screen.
            early.answer_stops()

    @property
    def _early(self) -> EarlyScreen | None:
        return self._app.early if isinstance(self._app, EarlyApp) else None

    def start_application_mode(self) -> None:
        """Take the terminal; if it was taken before, with the settings from before that for the end."""
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
        """Write it to the terminal. Entering the alternate screen a second time would clear it."""
        if self._taken and data == ALTERNATE:
            return
        if self._taken and data.startswith(_KEYBOARD):
            # The terminal keeps a stack of these: one is removed at the end.
            data = _KEYBOARD_BACK + data
        super().write(data)

    def still_meant(self, read: Iterable[Message]) -> list[Message]:
        """The early input to pass on. After a key that led to another page the rest was meant for the page before, as
        in a batch of several keys.
        """
        return [message for message in read if not (self._dealt_with and isinstance(message, _INPUT))]


def _first_key(typed: bytes) -> str:
    """The first key in the input; "" if something else comes first. A mouse movement or a focus event before it does
    not matter.
    """
    for message in Input().feed(typed, 0.0):
        if isinstance(message, events.Key):
            return message.key
        if not isinstance(message, (events.AppFocus, events.AppBlur, events.MouseMove)):
            return ""
    return ""


def _waiting(descriptor: int) -> bytes:
    """Input that was typed and not read yet."""
    try:
        return os.read(descriptor, 4096) if select.select([descriptor], [], [], 0)[0] else b""
    except OSError:
        return b""
