"""The terminal while the first page is shown and Textual is not there yet: its settings, its size, and signals.

The settings and modes are those that Textual sets (its LinuxDriver), so that a key typed early comes in the same form
as one typed later, and waits in the terminal's queue until Textual reads it. `tests/terminal/test_first_paint.py`
compares the two.
"""

from __future__ import annotations

import os
import select
import signal
import termios

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

Settings = list[int | list[bytes | int]]
"""Of a terminal, as termios.tcgetattr gives them."""

_IN, _OUT = 0, 2
"""Textual reads from standard input and draws on standard error."""
_IFLAG, _LFLAG, _CC = 0, 3, 6
"""Places in the settings."""
_MOUSE = "1000", "1003", "1015", "1006"
_KEYBOARD = "\x1b[>25u"
"""Asks for keys by name, as Textual does where a terminal knows the protocol of kitty: https://sw.kovidgoyal.net/kitty/keyboard-protocol/"""
_KEYBOARD_BACK = "\x1b[<u"
_TAKE = (
    "\x1b[?1049h" + "".join(f"\x1b[?{mode}h" for mode in _MOUSE) + f"\x1b[?25l\x1b[?1004h{_KEYBOARD}\x1b[?2004h\x1b[?7l"
)
"""The alternate screen, the mouse, no cursor, focus reports, named keys, bracketed paste, no line wrapping."""
_LEAVE = (
    "\x1b[?2026l\x1b[0m\x1b[?2004l\x1b[?7h\x1b[?2048l"
    + "".join(f"\x1b[?{mode}l" for mode in _MOUSE)
    + f"{_KEYBOARD_BACK}\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""All of that taken back, a drawing that a signal broke off, and reports of the size that Textual may ask for."""
_AT_ONCE = "\x1b[?2026h{}\x1b[?2026l"
"""What is between is shown in one piece by terminals that know how, and by others as it comes."""
_PATIENCE = 0.2
"""Seconds that a terminal has to take the sequences that give it back: one that is held, or gone, takes none."""
_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)


class EarlyScreen:
    """The alternate screen with the first page on it, until it is handed over or given back.

    Signals are answered until Textual's app answers them itself: each end gives the terminal back first.
    """

    def __init__(self, page: Callable[[int, int], str | None]) -> None:
        """`page` returns the output for a window size; None if the page cannot be painted."""
        self._page = page
        self._before: Settings | None = None
        self._handed_over = False
        self._painting = False
        self._outdated = False
        self._shown: tuple[int, int] | None = None
        """The size of the window that the page was painted for."""

    def show(self) -> bool:
        """Take the terminal and paint the page; whether that could be done. If not, nothing was changed."""
        try:
            drawn = self._drawn()
            before: Settings = termios.tcgetattr(_IN)
        except (OSError, termios.error):
            return False
        if drawn is None:
            return False
        self._before = before
        self._answer_signals()
        self._take(drawn)
        return True

    def shows(self, width: int, height: int) -> bool:
        """Whether the whole page is on the screen, as it is for that size of the window."""
        return self._shown == (width, height)

    def hand_over(self) -> Settings | None:
        """Leave the terminal to Textual, in the state that it sets itself. The settings that it had before, for the
        end; None where it was given back, or handed over before.
        """
        if self._handed_over:
            return None
        self._handed_over = self._before is not None
        return self._before

    def give_back(self) -> None:
        """Put everything back as it was; nothing where that was done, or where Textual has the terminal now."""
        if not self._handed_over:
            self._leave()

    # ---- inside ----

    def _take(self, drawn: str) -> None:
        """Take the terminal, and write the page. If it is gone nothing happens: Textual notices, too."""
        try:
            # Not TCSAFLUSH: what was typed before now was meant for this page.
            termios.tcsetattr(_IN, termios.TCSANOW, _raw(self._before or termios.tcgetattr(_IN)))
            self._paint(f"{_TAKE}{drawn}")
        except (OSError, termios.error):
            self._shown = None

    def _paint(self, drawn: str) -> None:
        """Raises OSError where the terminal is gone."""
        self._painting = True
        try:
            _write(_AT_ONCE.format(drawn))
            while self._outdated:
                self._outdated = False
                _write(_AT_ONCE.format(self._anew()))
        finally:
            self._painting = False

    def _leave(self) -> None:
        before, self._before = self._before, None
        if before is None or not is_ours():
            return
        try:
            if select.select([], [_OUT], [], _PATIENCE)[1]:
                _write(_erased(os.get_terminal_size(_IN).lines) + _LEAVE)
            termios.tcsetattr(_IN, termios.TCSANOW, before)
        except (OSError, termios.error):
            return

    def _drawn(self) -> str | None:
        """The page for the window as it is now; None where it cannot be painted. Raises OSError."""
        size = os.get_terminal_size(_IN)
        drawn = self._page(size.columns, size.lines)
        self._shown = None if drawn is None else (size.columns, size.lines)
        return drawn

    def _anew(self) -> str:
        """The same, in place of whatever is on the screen; no page where it cannot be painted. Raises OSError."""
        return _erased(os.get_terminal_size(_IN).lines) + (self._drawn() or "")

    # ---- signals ----

    def _answer_signals(self) -> None:
        for number in _ENDING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._end)
        signal.signal(signal.SIGWINCH, self._fit)
        self.answer_stops()

    def answer_stops(self) -> None:
        """Hide the page for a stop, and show it again afterwards. Call it again once another handler was set for these
        signals.
        """
        if self._before is not None:
            if signal.getsignal(signal.SIGTSTP) is not signal.SIG_IGN:
                signal.signal(signal.SIGTSTP, self._stop)
            signal.signal(signal.SIGCONT, self._go_on)

    def _end(self, number: int, _frame: object) -> None:
        self._leave()
        # Not by an exception: this may be in the middle of an import, or of anything else.
        os._exit(128 + number)

    def _stop(self, _number: int, _frame: object) -> None:
        self._leave()
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self, _number: int, _frame: object) -> None:
        """After a stop. Another program may have changed the terminal's settings meanwhile."""
        if not is_ours():
            return
        try:
            if self._before is None:
                self._before = termios.tcgetattr(_IN)
            else:
                # Not put away before the stop: the terminal keeps a stack of these.
                _write(_KEYBOARD_BACK)
            self._take(self._anew())
        except (OSError, termios.error):
            return

    def _fit(self, _number: int, _frame: object) -> None:
        """The window has another size."""
        self._outdated = self._painting
        if self._before is not None and not self._painting:
            try:
                self._paint(self._anew())
            except OSError:
                return


def is_ours() -> bool:
    """Whether this process may use its terminal: it has one, and is not in the background of a shell."""
    try:
        return os.tcgetpgrp(_IN) == os.getpgrp()
    except OSError:
        return False


def _raw(settings: Settings) -> Settings:
    """The settings in which each key comes by itself, as it is, and is not shown."""
    raw = [*settings[:_CC], list(settings[_CC])]  # type: ignore[arg-type]  # a list of characters
    raw[_LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)  # type: ignore[operator]  # a number
    off = termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
    raw[_IFLAG] &= ~off  # type: ignore[operator]  # the same
    raw[_CC][termios.VMIN] = 1  # type: ignore[index]  # as above
    return raw


def _erased(lines: int) -> str:
    """An empty page, line by line, as the driver leaves one: some terminals do not bring back what was there before."""
    return "\x1b[0m" + "".join(f"\x1b[{line};1H\x1b[2K" for line in range(lines, 0, -1))


def _write(text: str) -> None:
    """Write all of a text to the terminal. Raises OSError where it is gone."""
    left = text.encode()
    while left:
        left = left[os.write(_OUT, left) :]
