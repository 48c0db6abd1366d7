"""Every private or version-bound touch of Textual, each with its reason. `tests/tui/test_compat.py` fails when one
breaks.

What a Textual app offers by itself (a command palette, screenshots, the clipboard, a quit key, a traceback with local
variables) is disabled here: answers must not leak, and nobody should get lost in a menu.
"""

from __future__ import annotations

import asyncio
import functools
import os
import select
import signal
import termios
import threading
import time
from collections.abc import Iterable
from types import FrameType
from typing import Any, ClassVar, Generic, TypeVar

from rich.text import Text
from textual import events
from textual._styles_cache import StylesCache
from textual._time import get_time
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from iop_tui import CRASHED
from iop_tui.cli_support import crash
from iop_tui.screening.i18n.language import _
from iop_tui.tui import compat_caches
from iop_tui.tui.compat_early import ALTERNATE, EarlyApp, EarlyDriver
from iop_tui.tui.compat_input import Input
from iop_tui.tui.compat_prefetch import AheadApp
from iop_tui.tui.compat_writer import mend_writer
from iop_tui.tui.linux_console import drawn, in_console

Result = TypeVar("Result")

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
_LARGEST = 400_000
"""Columns or lines of a terminal: no screen shows more."""

# Textual 8.2.8 caches this method without making it a class method, so the cache holds up to 1,024 dead widgets with
# the lines that they drew: 20 MB, and the answers of people who have left.
_cached: Any = functools.lru_cache(1024)(StylesCache.get_inner_outer.__wrapped__)
StylesCache.get_inner_outer = classmethod(_cached)  # type: ignore[assignment]  # that is the repair

compat_caches.repair()


class WholeCells(ScrollBarRender):
    """A scroll bar of whole cells: no console font has the eighths of a cell that Textual ends it with."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "]
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "]


ScrollBar.renderer = WholeCells
mend_writer()


class QuietDriver(EarlyDriver):
    """Textual's driver, with an input thread that sleeps until there is input.

    Textual's own wakes ten times a second, which costs 10 ms of CPU in 10 s, and when the terminal is closed it reads
    end-of-file forever, at the cost of a whole core.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self._wake: int | None = None
        # Reentrant: a signal may report the end while it is being reported.
        self._waking = threading.RLock()
        self._window_came: bool | None = None
        """Whether a signal reported the same size as before; None if no signal is pending."""
        super().__init__(*args, **options)
        if self._size is None and all(told := self._get_terminal_size()):
            # Private: until the first size report Textual's own takes the size of its console, which believes COLUMNS
            # and LINES: the first page would be laid out for another window.
            self._size = told

    def _sigtstp_application(self, *_: object) -> None:
        # Private: Textual's own waits for its threads within a signal handler, which may have interrupted the app in
        # the middle of what they wait for. Until the app takes signals there is nothing to restore.
        os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        # Private: see above. A hang-up causes this signal, too, and Textual's own would start a second time.
        pass

    def pause(self) -> None:
        """Give the terminal back, and stop until the program is continued."""
        self.suspend_application_mode()
        os.kill(os.getpid(), signal.SIGSTOP)

    def go_on(self) -> bool:
        """Take the terminal again, after a pause or an external stop; returns whether it still exists.

        A shell changes the terminal's settings meanwhile, so all are set again.
        """
        if not _is_there(self.fileno):
            return False
        if self._writer_thread is not None and self._writer_thread.is_alive():
            self.suspend_application_mode()
        self.resume_application_mode()
        return True

    def _query_in_band_window_resize(self) -> None:
        # Private: Textual's own requests sizes in pixels (mode 2048), then reads mouse positions as pixels (1016),
        # whether the terminal sends them or not, and leaves both on at the end. The kernel reports sizes.
        pass

    def _get_terminal_size(self) -> tuple[int, int]:
        # Private: Textual's own believes COLUMNS and LINES, which a shell may have set for another window.
        try:
            return os.get_terminal_size(self.fileno)
        except OSError:
            return super()._get_terminal_size()

    def stop_application_mode(self) -> None:
        """Give the terminal back, with an empty page: GNU screen 4.9.0 (by default) and mosh 1.4.0 do not restore what
        was there before, and the answers would stay readable.
        """
        self._erase()
        super().stop_application_mode()

    def start_application_mode(self) -> None:
        """Take the terminal, and notice a user who attaches to it."""
        super().start_application_mode()
        self._follow_window()

    def _follow_window(self) -> None:
        # To get a page drawn on another terminal a program like dtach sends SIGWINCH, though the size may be the same.
        # Textual's own handler, which is called first, ignores an unchanged size.
        of_textual, told = signal.getsignal(signal.SIGWINCH), self._get_terminal_size()

        def follow(number: int, frame: FrameType | None) -> None:
            nonlocal told
            before, told = told, self._get_terminal_size()
            self._window_came = told == before
            if callable(of_textual):
                of_textual(number, frame)

        signal.signal(signal.SIGWINCH, follow)

    def takes_window(self) -> bool:
        """Call it at each resize event; returns whether everything must be drawn again, because only the signal came
        and the size is the same. Sets the modes of the terminal again if the signal came: it may be another terminal.
        """
        came, self._window_came = self._window_came, None
        if came is not None:
            self._set_modes()
        return bool(came)

    def draw_anew(self) -> None:
        """Set the modes of the terminal again, and clear it, as another program may have written on it."""
        self._set_modes()
        self._erase()

    def _set_modes(self) -> None:
        # Entering the alternate screen while it is shown changes nothing that is not drawn again.
        self.write(ALTERNATE)
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._disable_line_wrap()
        self.write("\x1b[?25l\x1b[?1004h")

    def _erase(self) -> None:
        """Erase line by line: after erasing the whole screen at once some terminals keep its text for scrolling back
        (GNU screen 4.9.0 among them).
        """
        lines = self._get_terminal_size()[1]
        self.write("\x1b[0m" + "".join(f"\x1b[{line};1H\x1b[2K" for line in range(lines, 0, -1)))

    def write(self, data: str) -> None:
        """Write it to the terminal, with characters that a Linux console has."""
        super().write(drawn(data) if in_console() else data)

    def process_message(self, message: Message) -> None:
        """Pass on an event. A terminal that claims to be larger than any, or empty, is not believed: pages would be
        laid out for minutes, or be blank.
        """
        if isinstance(message, events.Resize) and not 0 < message.size.area <= _LARGEST:
            return
        super().process_message(message)

    def _run_input_thread(self) -> None:
        # Private: Textual's own prints a traceback, and the program ends as if nothing were wrong.
        try:
            self.run_input_thread()
        except Exception as fault:
            self._app.call_later(self._app._handle_exception, fault)

    def run_input_thread(self) -> None:
        """Read, parse and pass on input, until the driver stops or the terminal is gone."""
        reader = Input()
        woken, self._wake = os.pipe()
        early, self.typed_early = self.typed_early, b""
        try:
            while not self.exit_event.is_set():
                waits = reader.waits(time.monotonic())
                ready = [self.fileno] if early else select.select([self.fileno, woken], [], [], waits)[0]
                if self.fileno in ready:
                    typed = early or _read(self.fileno)
                    if not typed:
                        self._loop.call_soon_threadsafe(self._terminal_is_gone)
                        return
                    read = reader.feed(typed, time.monotonic())
                    self._pass_on(self.still_meant(read) if early else read)
                    early = b""
                self._pass_on(reader.tick(time.monotonic()))
        finally:
            with self._waking:
                wake, self._wake = self._wake, None
                os.close(wake)
            os.close(woken)

    def _pass_on(self, read: Iterable[Message]) -> None:
        for message in read:
            if isinstance(self._app, ClosedApp):
                self._app.on_input_read(message)
            self.process_message(message)

    def disable_input(self) -> None:
        """Stop the input thread. The byte stays readable while the thread runs, so it cannot be missed."""
        with self._waking:
            if self._wake is not None:
                os.write(self._wake, b".")
        super().disable_input()

    def _terminal_is_gone(self) -> None:
        if isinstance(self._app, ClosedApp):
            self._app.end_by(signal.SIGHUP)


def _is_there(descriptor: int) -> bool:
    try:
        termios.tcgetattr(descriptor)
    except termios.error:
        return False
    return True


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:
        # A pseudo-terminal whose other side is closed says EIO.
        return b""


class ClosedApp(EarlyApp[Result], AheadApp[Result], Generic[Result], inherit_bindings=False):
    """A Textual app without its built-in ways out, which restores the terminal however it ends."""

    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar[set[Any]] = set()
    ALLOW_SELECT = False
    TITLE = "iop-tui"

    THEMES: ClassVar[tuple[Theme, ...]] = ()
    _page_since = 0.0
    """When the present page replaced another, in seconds of Textual's clock."""

    def __init__(self) -> None:
        # Textual picks its filter for NO_COLOR here, before a theme can be set; the other filter paints black on black.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.ended_by: int | None = None
        """The signal that ended the program, if one did."""
        self.fault = ""
        """The kind and place of the fault that ended the program, if one did."""
        # No toasts or tooltips: two widgets less for each page (private, Textual 8.2.8).
        self._disable_tooltips = self._disable_notifications = True
        # No animation: pages are read, and a slow line or a screen magnifier should not have to follow.
        self.animation_level = "none"
        for theme in self.THEMES:
            self.register_theme(theme)
        # Colours that the terminal lacks, or that the person does not want, are not imitated: the ansi-* themes send
        # the terminal's own sixteen, and none at all under NO_COLOR (measured with Textual 8.2.8).
        few = self.console.color_system not in ("256", "truecolor")
        self.theme = "ansi-dark" if few or self.no_color or not self.THEMES else self.THEMES[0].name

    def get_driver_class(self) -> type[Driver]:
        """Our driver where Textual would take the one that it fixes; elsewhere (tests, Windows) Textual's choice."""
        chosen = super().get_driver_class()
        return QuietDriver if chosen is LinuxDriver else chosen

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheets again, but not before there is a page: Textual 8.2.8 requests it as the theme is set
        above, and would read them all twice.
        """
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No built-in action of Textual's runs, whatever key, text or message asks for it."""
        return False if action in _CLOSED else super().check_action(action, parameters)

    def copy_to_clipboard(self, text: str) -> None:
        """Nothing is copied: the next person could paste an answer."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Nothing is opened."""

    def on_input_read(self, event: Message) -> None:
        """Called in the thread that reads input, before `accepts_input`, even if the app is busy."""

    def accepts_input(self, event: events.Event) -> bool:
        """Whether a key, click or paste may reach a page. Called before anything else sees it."""
        return True

    async def on_event(self, event: events.Event) -> None:
        """Ask `accepts_input` about every input. Textual's `App.on_key` would not do: it misses what a widget handles
        itself (Textual 8.2.8). What was forwarded to a page and bubbles up again was asked about before.
        """
        if isinstance(event, events.Key) and not event.is_forwarded:
            if event.time < self._page_since:
                return
            if event.key == "ctrl+l":
                self.draw_anew()
        driver = self._driver
        anew = isinstance(event, events.Resize) and isinstance(driver, QuietDriver) and driver.takes_window()
        if not isinstance(event, events.InputEvent) or event.is_forwarded or self.accepts_input(event):
            await super().on_event(event)
        if anew:
            self.draw_anew()

    def page_changes(self) -> None:
        """A page change is about to come: no key typed until now is meant for the new page, every later one is.

        Some keys typed together with the one that led there have been passed to the old page, others still wait:
        without this the first would be lost, and the next, meant for a later question, would answer.
        """
        self._page_since = get_time()

    def draw_anew(self) -> None:
        """Draw the whole page again. Another program may have written on the terminal: a message to all users, the
        kernel, a background job; or a user attached to it from another terminal.
        """
        if isinstance(self._driver, QuietDriver):
            self._driver.draw_anew()
        self.refresh(layout=True)

    def take_signals(self) -> None:
        """Shut down properly on every signal that asks for it. Call it once the app runs."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
            if signal.getsignal(number) is not signal.SIG_IGN:
                loop.add_signal_handler(number, self.end_by, number)
        if isinstance(self._driver, QuietDriver):
            loop.add_signal_handler(signal.SIGTSTP, self._driver.pause)
            loop.add_signal_handler(signal.SIGCONT, self._go_on)

    def _go_on(self) -> None:
        if self.ended_by is None and isinstance(self._driver, QuietDriver) and self._driver.go_on():
            self.refresh(layout=True)

    def end_by(self, number: int) -> None:
        """Shut down because of a signal or because the terminal is gone."""
        self.ended_by = number
        self.exit()

    def _fatal_error(self) -> None:
        # Private: Textual's own prints a traceback with local variables, that is, with answers.
        fault = self._exception or RuntimeError()
        self.fault = crash.named(fault)
        self.panic(Text(crash.sentence(fault, self.after_crash())))

    def after_crash(self) -> str:
        """What happens to the answers after a crash, as a sentence."""
        return _("No answer was kept.")

    def exit_status(self) -> int:
        """The exit status: 0, 128 + the signal that ended it, or CRASHED."""
        if self.ended_by is not None:
            return 128 + self.ended_by
        return CRASHED if self.return_code else 0
