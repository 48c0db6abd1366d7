"""Whether anybody is at the kiosk: input is debounced, a warning comes after the idle limit, and then the
visit ends.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from iop_tui.kiosk import idle
from iop_tui.kiosk.attract import AttractPage
from iop_tui.kiosk.crisis import LobbyCrisisPage
from iop_tui.kiosk.heartbeat import HeartbeatMessage, HeartbeatPipe
from iop_tui.kiosk.warning import WarningPage
from iop_tui.site.settings import Times
from iop_tui.tui.app import Wizard
from iop_tui.tui.base_screen import Page
from iop_tui.tui.clock import Wait
from iop_tui.tui.input_events import DELIBERATE

_SEND_EVERY = 1.0
"""Seconds between two heartbeats: the supervisor does not need every key."""
_MOVES = ("up", "down", "left", "right", "pageup", "pagedown", "home", "end", "tab", "space", "backspace")
"""Keys that are held down to move. They answer nothing twice."""
_HELD = 0.6
"""Seconds between two events of one key within which it counts as held down. No keyboard repeats more slowly, except
for the first time, and nobody who reads presses a key so often without a pause.
"""
ERASE_KEY = "x"
"""The key that erases everything, whatever is shown."""


class Presence:
    """Follows one visitor's input. `times` are the site's, `end` ends the visit, `calls` are the lines that a warning
    shows over a page of danger.
    """

    def __init__(
        self,
        app: Wizard,
        channel: HeartbeatPipe,
        times: Times,
        clock: Callable[[], float],
        end: Callable[[], None],
        calls: Callable[[], tuple[str, str]],
    ) -> None:
        self._app = app
        self._channel = channel
        self._times = times
        self._clock = clock
        self._end = end
        self._calls = calls
        self._touched = clock()
        self._sent_at = 0.0
        self._last_message = HeartbeatMessage.PAINTED
        self._key = ("", 0.0)
        self._timer: Wait | None = None
        self._released = False
        """Whether the next button release ends a touch that was not passed on."""

    @property
    def is_watched(self) -> bool:
        """Whether a visit has begun."""
        return not isinstance(self._app.screen, AttractPage)

    def page_shown(self) -> None:
        """Another page is shown: watch from now on."""
        self._send_heartbeat(self._clock())
        if self.is_watched:
            self.watch()

    def watch(self) -> None:
        """Start watching, unless already started."""
        if self._timer is None:
            self._touch(self._clock())
            self._check_again_in(0.0)

    # ---- input ----

    def accepts_input(self, event: events.Event) -> bool:
        """Note that somebody is present; returns whether the event is passed on. The key or touch that ends a warning
        does nothing else.
        """
        if isinstance(event, events.MouseUp) and self._released:
            # Together with the press of an older touch it would make a click.
            self._released = False
            return False
        if not isinstance(event, DELIBERATE):
            return not isinstance(self._app.screen, WarningPage)
        moment = self._clock()
        is_held = isinstance(event, events.Key) and self._is_held(event, moment)
        # On the attract screen a key can only begin: one from before the page was shown must not block the next.
        if isinstance(event, events.Key) and self._is_same(event, moment) and self.is_watched:
            return False
        if self.is_watched and isinstance(self._state(moment), idle.Over):
            # The machine slept meanwhile: this is another person.
            self._end()
            return False
        if is_held and self.is_watched:
            # An object on the keyboard: it may scroll, but does not count as a person.
            return not isinstance(self._app.screen, WarningPage)
        return self._note_input(event, moment)

    def _note_input(self, event: events.Event, moment: float) -> bool:
        self._touch(moment)
        page = self._app.screen
        if isinstance(page, WarningPage):
            if isinstance(event, events.Key) and event.key.lower() == ERASE_KEY:
                self._end()
            self._released = isinstance(event, events.MouseDown)
            page.close()
            return False
        self._released = False
        if self.is_watched:
            self.watch()
        return True

    def _is_held(self, event: events.Key, moment: float) -> bool:
        """Whether a key repeats without a pause, as a held key does. Call it before `_is_same`."""
        key, at = self._key
        return event.key == key and moment - at < _HELD

    def _is_same(self, event: events.Key, moment: float) -> bool:
        """Whether a key repeats too soon to be meant. A number may have the same digit twice."""
        key, at = self._key
        self._key = (event.key, moment)
        pause = self._times.same_key / 1000
        if event.key != key or moment - at >= pause or event.key in _MOVES:
            return False
        page = self._app.screen
        return not (event.key.isdecimal() and isinstance(page, Page) and page.takes_digits)

    # ---- time ----

    async def check_idle(self) -> None:
        """Warn after the idle limit; end the visit if nobody answers the warning."""
        state = self._state(self._clock())
        page = self._app.screen
        if not self.is_watched:
            # Staff looked in, and went back to the attract screen.
            self._timer = None
            return
        if isinstance(state, idle.Over):
            self._end()
            return
        if isinstance(state, idle.Rest):
            # Another page may warn sooner: none waits less than an ordinary one.
            self._check_again_in(min(state.seconds, self._times.idle))
            return
        if isinstance(page, WarningPage):
            page.show(state.seconds)
        else:
            await self._app.push_screen(WarningPage(state.seconds, self._calls() if self._in_crisis else ()))
        self._check_again_in(1.0)

    def _state(self, moment: float) -> idle.Rest | idle.Warn | idle.Over:
        return idle.state(moment - self._touched, self._limit, self._times.warning)

    def _check_again_in(self, seconds: float) -> None:
        app = self._app
        self._timer = app.time.after(app, max(0.05, seconds), lambda: app.call_later(self.check_idle))

    @property
    def _limit(self) -> float:
        """Seconds without a touch until the warning."""
        times = self._times
        if self._in_crisis:
            return max(times.crisis, times.reading)
        reads = any(isinstance(page, Page) and page.TAKES_LONG_TO_READ for page in self._app.screen_stack)
        return max(times.idle, times.reading) if reads else times.idle

    @property
    def _in_crisis(self) -> bool:
        return any(isinstance(page, LobbyCrisisPage) for page in self._app.screen_stack)

    # ---- the heartbeat ----

    def _touch(self, moment: float) -> None:
        self._touched = moment
        self._send_heartbeat(moment)

    def _send_heartbeat(self, moment: float) -> None:
        """Send a heartbeat now and then, and at once when the supervisor's timeout changes."""
        message = HeartbeatMessage.CRISIS if self._in_crisis else HeartbeatMessage.ALIVE
        if message is not self._last_message or moment - self._sent_at >= _SEND_EVERY:
            self._sent_at, self._last_message = moment, message
            self._channel.send(message)
