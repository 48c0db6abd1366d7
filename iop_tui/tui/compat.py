"""Every private or version-bound touch of Textual, each with its reason. `tests/tui/test_compat.py` fails when one
breaks.

What a Textual app offers by itself (a command palette, screenshots, the clipboard, a quit key, a traceback with local
variables) is closed here: answers must not get out, and nobody is to be lost in a menu.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
from typing import Any, ClassVar, Generic, TypeVar

from rich.text import Text
from textual.app import App
from textual.theme import Theme

from iop_tui.screening.language import _

Result = TypeVar("Result")

CRASHED = 70
"""The exit status after a fault of the program's own: EX_SOFTWARE of sysexits.h."""
_CLOSED = frozenset(
    {
        "command_palette",
        "change_theme",
        "copy_text",
        "help_quit",
        "hide_help_panel",
        "notify",
        "open_url",
        "quit",
        "screenshot",
        "show_help_panel",
        "simulate_key",
        "suspend_process",
        "toggle_dark",
        "maximize",
        "minimize",
    }
)
_HANG_UP_SECONDS = 1.0


class ClosedApp(App[Result], Generic[Result], inherit_bindings=False):
    """A Textual app without its built-in ways out, that restores the terminal however it ends."""

    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar[set[Any]] = set()
    ALLOW_SELECT = False
    TITLE = "iop-tui"

    THEMES: ClassVar[tuple[Theme, ...]] = ()

    def __init__(self) -> None:
        # Textual picks its filter for NO_COLOR here, before a theme can be set; the other one paints black on black.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.ended_by: int | None = None
        """The signal that ended the program, if one did."""
        # Nothing slides or fades: pages are read, and a slow line or a screen magnifier is not to chase them.
        self.animation_level = "none"
        for theme in self.THEMES:
            self.register_theme(theme)
        # Colours that the terminal does not have, or that the person does not want, are not imitated: the themes named
        # ansi-* send the terminal's own sixteen, and none at all under NO_COLOR (measured with Textual 8.2.8).
        few = self.console.color_system not in ("256", "truecolor")
        self.theme = "ansi-dark" if few or self.no_color or not self.THEMES else self.THEMES[0].name

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No built-in action of Textual's runs, whatever key, text or message asks for it."""
        return False if action in _CLOSED else super().check_action(action, parameters)

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing is copied: an answer could be pasted by the next person."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing is opened."""

    def take_signals(self) -> None:
        """Leave in order on every signal that asks for it. To be called once the app runs."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            loop.add_signal_handler(number, self._end_by, number)
        if sys.__stdin__ is not None and sys.__stdin__.isatty():
            self.set_interval(_HANG_UP_SECONDS, self._notice_hang_up)

    def _end_by(self, number: int) -> None:
        self.ended_by = number
        self.exit()

    def _notice_hang_up(self) -> None:
        # Where SIGHUP is ignored (nohup), Textual's input thread reads end-of-file for ever, at the cost of a whole
        # core.
        poll = select.poll()
        poll.register(sys.__stdin__, 0)  # type: ignore[arg-type]  # checked to be there in take_signals
        if any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _fd, event in poll.poll(0)):
            self._end_by(signal.SIGHUP)

    def _fatal_error(self) -> None:
        # Private: Textual's own prints a traceback with local variables, that is, with answers.
        error = self._exception
        kind = type(error).__name__ if error is not None else "unknown"
        place = _place(error)
        message = _("iop-tui stopped because of a fault of its own ({kind}{place}). No answer was kept. We are sorry.")
        self.panic(Text(message.format(kind=kind, place=place)))

    def exit_status(self) -> int:
        """The status to leave the process with: 0, 128 + the signal that ended it, or CRASHED."""
        if self.ended_by is not None:
            return 128 + self.ended_by
        return CRASHED if self.return_code else 0


def _place(error: BaseException | None) -> str:
    """File and line of a fault, without any value."""
    trace = error.__traceback__ if error is not None else None
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f", {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119  # no file is touched
